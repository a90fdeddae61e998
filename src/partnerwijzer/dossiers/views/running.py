"""Step 5: the activities of a dossier, and the survey of pupils."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import calendar, delivery
from partnerwijzer.dossiers import agendas, beside, casework, clashing, together, working
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.running import ActivityForm, TypedForm
from partnerwijzer.dossiers.known_facts import election_warnings
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.dossiers.queries import running as queries
from partnerwijzer.schooldays import queries as schooldays
from partnerwijzer.schooldays.off import Days

CLASH = "botsing"


@page("dossiers.view")
def activities(request: Request, pk: int) -> HttpResponse:
    """Wie komt er wanneer, en wie blijft erbij?"""
    dossier = reading.get_page(request.actor, pk)
    rows = list(queries.activities(request.actor, dossier))
    today = timezone.localdate()
    met, staff = running.what_is_met(dossier), running.staff_of(dossier)
    days = schooldays.days_of(dossier.school)
    for activity in rows:
        activity.dossier = dossier  # with what was read already
    gaps = _gaps_of(rows, today, met, staff)
    common = _common(gaps)
    before_vote = election_warnings(
        dossier, [a.on for a in rows if a.state != ActivityState.CANCELLED and a.on >= today]
    )
    partners = list(dossier.partners.all())
    if len(partners) > 1:
        prefetch_related_objects(rows, together.PARTNERS)
    content = casework.content(dossier)
    context = {
        "dossier": dossier,
        "rows": [
            {
                "activity": a,
                "over": a.on < today,
                "gaps": [gap for gap in gaps.get(a.pk, []) if gap not in common],
                "clash": _clash(a, today, days),
                "election": before_vote.get(a.on, ""),
                "together": together.words(a) if len(partners) > 1 else "",
                "sheet": working.sheet(content, a, today, rows),
            }
            for a in rows
        ],
        "gaps": common,
        "may_plan": allowed(request.actor, "dossiers.plan", dossier),
        "today": today,
    }
    return render(request, "dossiers/activities.html", context)


def _gaps_of(
    rows: list[Activity], today: date, met: set[str], staff: set[int]
) -> dict[int, list[str]]:
    """What stands in the way of confirming, by activity; only where confirming still matters. The
    gate is asked once for each way of meeting it: with a teacher and without."""
    told: dict[tuple[bool, frozenset[str]], list[str]] = {}
    found = {}
    for activity in rows:
        if activity.state == ActivityState.PLANNED and activity.on >= today:
            how = running.has_teacher(activity, staff), beside.met_by(activity)
            if how not in told:
                told[how] = running.gaps(activity, met, staff)
            found[activity.pk] = told[how]
    return found


def _common(gaps: dict[int, list[str]]) -> list[str]:
    """What stands in the way of several moments: said once, above them."""
    first, *others = gaps.values() or [[]]
    return [gap for gap in first if all(gap in other for other in others)] if others else []


def _clash(activity: Activity, today: date, days: Days) -> str:
    """Why this day is an odd one; only for what still has to come."""
    if activity.state == ActivityState.CANCELLED or activity.on < today:
        return ""
    return days.clash(activity.on)


@page("dossiers.plan")
def edit(request: Request, pk: int, activity_pk: int = 0) -> HttpResponse:
    """Plans a new moment or changes one. By htmx (GET): clashes while one types, and the fields of
    the working form that is chosen; without script a button asks for those."""
    dossier = reading.get_outline(request.actor, pk, to="dossiers.plan")
    activity = queries.get_activity(request.actor, pk, activity_pk) if activity_pk else None
    if request.htmx and request.method == "GET" and CLASH in request.GET:
        told = {"clashes": _clashes(request, dossier, activity)}
        return render(request, "dossiers/activity_edit.html#clash", told)
    form = _form(request, dossier, activity)
    if request.htmx and request.method == "GET":
        return render(request, "dossiers/activity_edit.html#details", {"form": form})
    conflict = None
    if form.is_bound and form.is_valid():
        try:
            _store(request, dossier, activity_pk, form)
        except Conflict as found:
            conflict = found.current
        except NotAllowedNow as reason:
            form.add_error("teachers", str(reason))
        else:
            messages.success(request, _("Bewaard."))
            for words in _clashes(request, dossier, activity):
                messages.warning(request, words)
            return redirect("dossiers:activities", pk)
    context = {
        "dossier": dossier,
        "activity": activity,
        "form": form,
        "conflict": conflict,
        "clashes": _clashes(request, dossier, activity),
    }
    return render(request, "dossiers/activity_edit.html", context)


def _form(request: Request, dossier: Dossier, activity: Activity | None) -> ActivityForm:
    """Bound where it is to be saved; else with what was typed, when only the fields of a working
    form were asked for."""
    typed = request.POST or request.GET
    chooses = typed.get("working_form") or (activity and activity.working_form)
    asked = "velden" in request.POST or (request.method == "GET" and "working_form" in typed)
    lists = {name: typed.getlist(name) for name in typed} if asked else {}
    return ActivityForm(
        None if asked else request.POST or None,
        instance=activity,
        initial={name: v[0] if len(v) == 1 else v for name, v in lists.items()},
        dossier=dossier,
        colleagues=reading.colleagues(request.actor, dossier),
        content=casework.content(dossier),
        # Only the fields of a working form choose among the other moments.
        others=queries.activities(request.actor, dossier) if chooses else (),
    )


def _clashes(request: Request, dossier: Dossier, activity: Activity | None) -> list[str]:
    """Of what is typed; before that of what is stored and still to come."""
    typed = request.POST or request.GET
    if CLASH in typed or request.method == "POST":
        form = TypedForm(
            typed,
            dossier=dossier,
            colleagues=reading.colleagues(request.actor, dossier),
            content=casework.content(dossier),
        )
        return clashing.warnings(dossier, form.wanted(activity))
    to_come = activity is not None and activity.on >= timezone.localdate()
    return clashing.warnings(dossier, clashing.of(activity)) if activity and to_come else []


def _store(request: Request, dossier: Dossier, activity_pk: int, form: ActivityForm) -> None:
    data = {
        "facts": form.facts(),
        "groups": form.cleaned_data["groups"],
        "teachers": form.cleaned_data["teachers"],
        "partners": form.parts() if form.partner_names else None,
    }
    if not activity_pk:
        running.plan_activity(dossier, actor=request.actor, **data)
        return
    # The model form wrote on its instance: the action reads the row anew.
    fresh = queries.get_activity(request.actor, dossier.pk, activity_pk)
    version = form.cleaned_data["version"] or 0
    running.edit_activity(fresh, actor=request.actor, version=version, **data)


@page("dossiers.plan")
def change(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Confirms, or starts the survey of the pupils."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    acts: dict[str, Callable[[], Any]] = {
        "bevestig": lambda: running.confirm_activity(activity, actor=request.actor),
        "bevraging": lambda: running.start_pupil_survey(activity, actor=request.actor),
    }
    act = acts.get(request.POST.get("wat", ""))
    if request.method != "POST" or act is None:
        raise Http404
    try:
        act()
        messages.success(request, _("Bewaard."))
    except NotAllowedNow as reason:
        messages.error(request, str(reason))
    activity.refresh_from_db()
    if request.POST.get("wat") == "bevraging" and activity.survey_id:
        return redirect("surveys:results", activity.survey_id)
    return redirect("dossiers:activities", pk)


@page("dossiers.view")
def activity_ics(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """One activity as a calendar file."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    content = calendar.ics([agendas.event(activity)], name=activity.title)
    return delivery.made(content, name=f"{activity.title}.ics", kind="ics")
