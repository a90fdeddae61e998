"""A longer cooperation: its series with a look before they are made, milestones, and its plan."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import delivery, intake
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.clashing import Wanted
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.trajectories import actions, forms, queries
from partnerwijzer.trajectories.models import Series

PLAN = "trajectories.plan"


def _attempt(form: django_forms.BaseForm, act: Callable[[], Any]) -> tuple[bool, Any]:
    """Does `act` with what was typed. Gives whether it is done, and what somebody else saved in
    between: then the form carries the version of that."""
    try:
        act()
    except actions.Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False, None
    except intake.BadFile as bad:
        form.add_error("upload", str(bad))
        return False, None
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return False, None
    except Conflict as conflict:
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(conflict.current.version)  # type: ignore[index]
        words = _("Een collega paste dit intussen aan. Bewaar je opnieuw, dan geldt jouw versie.")
        form.add_error(None, words)
        return False, conflict.current
    return True, None


@page("dossiers.view")
def trajectory(request: Request, pk: int) -> HttpResponse:
    """Hoe loopt dit traject? Milestones, series, and the plan that it belongs to."""
    dossier = reading.get_whole(request.actor, pk)
    part = request.POST.get("deel", "") if request.method == "POST" else ""
    milestone = forms.MilestoneForm(
        request.POST if part == "mijlpaal" else None, auto_id="id_mijlpaal_%s"
    )
    plan = forms.ImprovementForm(
        request.POST if part == "plan" else None,
        request.FILES if part == "plan" else None,
        instance=queries.improvement_of(dossier),
        auto_id="id_plan_%s",
    )
    conflict = None
    if part:
        require(request.actor, PLAN, dossier)
        saved, conflict = _save(request, dossier, part, milestone, plan)
        if saved:
            messages.success(request, _("Bewaard."))
            return redirect("trajectories:trajectory", pk)
    context = {
        "dossier": dossier,
        "series": queries.series_of(dossier),
        "milestones": queries.milestones_of(dossier),
        "plan": queries.improvement_of(dossier),
        "milestone_form": milestone,
        "plan_form": plan,
        "conflict": conflict,
        "today": timezone.localdate(),
        "may_plan": allowed(request.actor, PLAN, dossier),
    }
    return render(request, "trajectories/trajectory.html", context)


def _save(request: Request, dossier: Dossier, part: str, milestone: Any, plan: Any) -> Any:
    form = {"mijlpaal": milestone, "plan": plan}.get(part)
    if form is None:
        raise Http404
    if not form.is_valid():
        return False, None
    data, actor = dict(form.cleaned_data), request.actor
    if part == "mijlpaal":
        return _attempt(form, lambda: actions.add_milestone(dossier, actor=actor, **data))
    version, upload = data.pop("version"), data.pop("upload")
    return _attempt(
        form,
        lambda: actions.save_improvement(
            dossier, actor=actor, version=version, facts=data, upload=upload
        ),
    )


@page("dossiers.view")
def plan_file(request: Request, pk: int) -> HttpResponseBase:
    """The file of the improvement plan."""
    found = queries.improvement_of(reading.get_dossier(request.actor, pk))
    if found is None or found.file is None:
        raise Http404
    return delivery.response(found.file)


@page(PLAN)
def series(request: Request, pk: int, series_pk: int = 0) -> HttpResponse:
    """Plans a series, or changes one from a day on; shows what it gives before it is made."""
    dossier = reading.get_whole(request.actor, pk, to=PLAN)
    found = queries.get_series(request.actor, pk, series_pk) if series_pk else None
    form = forms.SeriesForm(
        request.POST or None,
        instance=queries.get_series(request.actor, pk, series_pk) if series_pk else None,
        initial={} if found is None else {"first": max(found.first, timezone.localdate())},
        dossier=dossier,
        colleagues=reading.colleagues(request.actor, dossier),
        content=casework.content(dossier),
        mails=queries.partner_mails(found) if found else None,
    )
    look: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        make = request.POST.get("deel") == "maak"
        saved, _conflict = _attempt(form, lambda: _make(request, dossier, found, form, make, look))
        if saved and make:
            return redirect("dossiers:activities", pk)
    context = {"dossier": dossier, "series": found, "form": form, **look}
    return render(request, "trajectories/series.html", context)


def _make(
    request: Request,
    dossier: Dossier,
    found: Series | None,
    form: forms.SeriesForm,
    make: bool,
    look: dict[str, Any],
) -> None:
    """Shows in `look` what it gives; makes it where that was asked."""
    facts = form.facts()
    kept, free = queries.kept_and_free(found, facts["first"]) if found else ([], [])
    moments = actions.foreseen(dossier, facts, [a.on for a in kept], found)
    people = form.people()
    wanted = Wanted(
        starts=facts["starts"],
        ends=facts["ends"],
        groups=people["groups"],
        teachers=people["teachers"],
    )
    moments = queries.with_clashes(dossier, moments, wanted, besides=free)
    count = sum(not m.skipped for m in moments)
    look |= {"moments": moments, "count": count, "kept": kept, "free": free}
    if not make:
        return
    if found is None:
        actions.make_series(dossier, actor=request.actor, facts=facts, **people)
    else:
        version = form.cleaned_data["version"] or 0
        people |= {"partner_mail": form.cleaned_data.get("partner_mail", [])}
        actions.change_from(found, actor=request.actor, version=version, facts=facts, **people)
    text = ngettext("{n} activiteit is gepland.", "{n} activiteiten zijn gepland.", count)
    messages.success(request, text.format(n=count))


@page(PLAN)
def series_stop(request: Request, pk: int, series_pk: int) -> HttpResponse:
    """Stops a series from a day on; shows what does not go on before it is done."""
    dossier = reading.get_whole(request.actor, pk, to=PLAN)
    found = queries.get_series(request.actor, pk, series_pk)
    form = forms.StopForm(
        request.POST or None,
        initial={"version": found.version},
        mails=queries.stop_mails(found),
    )
    look: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        stop = request.POST.get("deel") == "stop"
        saved, _conflict = _attempt(form, lambda: _stop(request, found, form, stop, look))
        if saved and stop:
            return redirect("trajectories:trajectory", pk)
    context = {"dossier": dossier, "series": found, "form": form, **look}
    return render(request, "trajectories/series_stop.html", context)


def _stop(
    request: Request, found: Series, form: forms.StopForm, stop: bool, look: dict[str, Any]
) -> None:
    """Shows in `look` what does not go on, and who hears it; stops it where that was asked."""
    data = form.cleaned_data
    off, gone = actions.what_stops(found, data["day"])
    teachers = queries.teachers_at([*off, *gone], request.actor)
    mails = queries.mails_at(found.dossier, [*off, *gone], data["partner_mail"])
    told_to = dict.fromkeys(to for rows in mails.values() for to in rows)
    look |= {"off": off, "gone": gone, "told": [*teachers, *told_to]}
    if not stop:
        return
    told = actions.stop_from(found, actor=request.actor, **data)
    text = _("De reeks is gestopt vanaf {day}.").format(day=date_format(data["day"], "j F Y"))
    if told.names:
        text += _(" Mail vertrok naar: {names}.").format(names=", ".join(told.names))
    messages.success(request, text)


@page(PLAN)
def milestone(request: Request, pk: int, milestone_pk: int) -> HttpResponse:
    """Says how a milestone stands, or takes it away."""
    found = queries.get_milestone(request.actor, pk, milestone_pk)
    if request.method == "POST" and request.POST.get("wat") == "weg":
        actions.remove_milestone(found, actor=request.actor)
        messages.success(request, _("De mijlpaal is weg."))
        return redirect("trajectories:trajectory", pk)
    instance = queries.get_milestone(request.actor, pk, milestone_pk)
    form = forms.MilestoneStateForm(request.POST or None, instance=instance)
    conflict = None
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        saved, conflict = _attempt(
            form, lambda: actions.edit_milestone(found, actor=request.actor, **data)
        )
        if saved:
            messages.success(request, _("Bewaard."))
            return redirect("trajectories:trajectory", pk)
    context = {"dossier": found.dossier, "milestone": found, "form": form, "conflict": conflict}
    return render(request, "trajectories/milestone.html", context)
