"""The calendar of a school: its own free days, study days and lessons; read from a file too."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.organisations import holidays
from partnerwijzer.organisations.models import School
from partnerwijzer.schooldays import actions, agenda_file, forms, queries
from partnerwijzer.schooldays.models import SchoolDay
from partnerwijzer.ui import schoolyear

MANAGE = "schooldays.manage"


@page("schooldays.view")
def days(request: Request) -> HttpResponse:
    """Wanneer is er geen les? The holidays of all schools, with what this one decided."""
    school = queries.get_school(request.actor, request.actor.school_id)
    year = _year(request)
    week = queries.week_of(school)
    part = request.POST.get("deel", "") if request.method == "POST" else ""
    day_form = forms.DayForm(request.POST if part == "dag" else None, auto_id="id_dag_%s")
    week_form = forms.WeekForm(
        request.POST if part == "week" else None,
        initial={"version": week.version, "weekdays": week.weekdays},
        auto_id="id_week_%s",
    )
    if part:
        require(request.actor, MANAGE, school)
        form = day_form if part == "dag" else week_form
        if _attempt(form, lambda data: _save(request, school, part, data))[0]:
            messages.success(request, _("Bewaard."))
            return redirect(f"{request.path}?jaar={year}")
    context = {
        "school": school,
        "year": year,
        "lines": _lines(request, school, year),
        "day_form": day_form,
        "week_form": week_form,
        "may_manage": allowed(request.actor, MANAGE, school),
        "first_day": holidays.first_day(year),
        "last_day": holidays.last_day(year),
    }
    return render(request, "schooldays/days.html", context)


def _year(request: Request) -> int:
    """The school year of the address; this one where that names none near."""
    now = schoolyear.of(timezone.localdate())
    text = request.GET.get("jaar", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else now
    return year if abs(year - now) <= 5 else now


def _lines(request: Request, school: School, year: int) -> list[dict[str, Any]]:
    """The year in one list, by date; what the school decided can be changed."""
    own = queries.own_days(request.actor, school, date(year, 9, 1), date(year + 1, 8, 31))
    rows = [{"first": d.first, "last": d.last, "name": d.name, "day": d} for d in own]
    for holiday in holidays.of_year(year, part_time=school.is_part_time):
        rows.append({"first": holiday.first, "last": holiday.last, "name": holiday.name})
    return sorted(rows, key=lambda row: (row["first"], row["last"]))


def _save(request: Request, school: School, part: str, data: dict[str, Any]) -> None:
    if part == "week":
        actions.save_week(school, actor=request.actor, **data)
    else:
        facts = {name: data[name] for name in ("first", "last", "kind", "name")}
        actions.add_day(school, actor=request.actor, **facts)


def _attempt(form: django_forms.BaseForm, act: Callable[[dict[str, Any]], Any]) -> tuple[bool, Any]:
    """Does `act` with what was typed. Gives whether it is done, and what somebody else saved in
    between: then the form carries the version of that."""
    if not form.is_valid():
        return False, None
    try:
        act(form.cleaned_data)
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False, None
    except Conflict as conflict:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(conflict.current.version)  # type: ignore[index]
        words = _("Een collega paste dit intussen aan. Bewaar je opnieuw, dan geldt jouw versie.")
        form.add_error(None, words)
        return False, conflict.current
    return True, None


@page(MANAGE)
def day(request: Request, pk: int) -> HttpResponse:
    """Changes or takes away one day."""
    found = queries.get_day(request.actor, pk, to=MANAGE)
    if request.method == "POST" and request.POST.get("wat") == "weg":
        actions.remove_day(found, actor=request.actor)
        messages.success(request, _("De dag is weg."))
        return redirect("schooldays:days")
    form = forms.DayForm(request.POST or None, instance=queries.get_day(request.actor, pk))
    conflict = None
    if request.method == "POST":
        saved, conflict = _attempt(form, lambda d: _edit(request, pk, d))
        if saved:
            messages.success(request, _("Bewaard."))
            return redirect("schooldays:days")
    context = {"day": found, "form": form, "conflict": conflict}
    return render(request, "schooldays/day.html", context)


def _edit(request: Request, pk: int, data: dict[str, Any]) -> None:
    fresh = queries.get_day(request.actor, pk)
    facts = {**data, "version": data["version"] or 0}
    actions.edit_day(fresh, actor=request.actor, **facts)


@page(MANAGE)
def read(request: Request) -> HttpResponse:
    """Reads the days out of an agenda file: first a look, then what was chosen is kept."""
    school = queries.get_school(request.actor, request.actor.school_id, to=MANAGE)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    rows = None
    if request.POST.get("deel") == "kies":
        rows = forms.ReadFormSet(request.POST, prefix="rij")
        kept = _keep(request, school, rows) if rows.is_valid() else None
        if kept is not None:
            return kept
        form = forms.FileForm()
    elif request.method == "POST" and form.is_valid():
        rows = _found(request, school, form)
    if rows is not None:
        _with_before(request, school, rows)
    context = {"school": school, "form": form, "rows": rows}
    return render(request, "schooldays/read.html", context)


def _with_before(request: Request, school: School, rows: Any) -> None:
    """Each line with what it would change: the day as it stands in the calendar."""
    before = queries.read_before(request.actor, school, [row["uid"].value() or "" for row in rows])
    for row in rows:
        day = before.get(row["uid"].value() or "")
        said = (row["name"].value(), str(row["first"].value()), str(row["last"].value()))
        if day and said != (day.name, str(day.first), str(day.last)):
            row.before = day


def _found(request: Request, school: School, form: forms.FileForm) -> Any:
    """What the file holds of this school year and the next."""
    since = date(schoolyear.of(timezone.localdate()), 9, 1)
    try:
        found = agenda_file.read(
            form.cleaned_data["file"].read(agenda_file.MOST_BYTES + 1),
            since=since,
            until=since + timedelta(days=2 * 365),
        )
    except agenda_file.NotAnAgenda:
        form.add_error("file", _("Dit is geen agendabestand, of het is te groot. Kies een .ics."))
        return None
    if not found:
        form.add_error("file", _("In dit bestand staat niets van dit of volgend schooljaar."))
        return None
    before = queries.read_before(request.actor, school, [row.uid for row in found])
    initial = [
        {**vars(row), "version": before[row.uid].version if row.uid in before else None}
        for row in found
    ]
    return forms.ReadFormSet(initial=initial, prefix="rij")


def _keep(request: Request, school: School, rows: Any) -> HttpResponse | None:
    chosen = [row for row in rows.cleaned_data if row.get("kind")]
    if not chosen:
        messages.info(request, _("Er is niets gekozen: er is niets overgenomen."))
        return redirect("schooldays:read")
    try:
        count = actions.read_days(school, actor=request.actor, rows=chosen)
    except Conflict as conflict:
        _say_conflict(rows, conflict.current)
        return None
    text = ngettext("{n} dag is overgenomen.", "{n} dagen zijn overgenomen.", count)
    messages.success(request, text.format(n=count))
    return redirect("schooldays:days")


def _say_conflict(rows: Any, day: SchoolDay) -> None:
    """At the line of the day that a colleague changed; sent again, the file counts."""
    rows.data = rows.data.copy()
    for row in rows:
        if row["uid"].value() == day.uid:
            words = _("Een collega paste dit intussen aan. Bewaar je opnieuw, dan geldt dit.")
            row.add_error(None, words)
            row.data = rows.data
            rows.data[row.add_prefix("version")] = str(day.version)
