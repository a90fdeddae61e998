"""Step 5: the activities of a dossier, the planning of the school, and the survey of pupils."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import calendar, delivery
from partnerwijzer.dossiers import month, planner
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.running import ActivityForm, CancelForm
from partnerwijzer.dossiers.known_facts import election_warnings
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.dossiers.queries import running as queries
from partnerwijzer.organisations import holidays
from partnerwijzer.organisations import queries as organisations


@page("dossiers.view")
def activities(request: Request, pk: int) -> HttpResponse:
    """Wie komt er wanneer, en wie blijft erbij?"""
    dossier = reading.get_whole(request.actor, pk)
    rows = list(queries.activities(request.actor, dossier))
    today = timezone.localdate()
    met, staff = running.what_is_met(dossier), running.staff_of(dossier)
    for activity in rows:
        activity.dossier = dossier  # with what was read already
    before_vote = election_warnings(
        dossier, [a.on for a in rows if a.state != ActivityState.CANCELLED and a.on >= today]
    )
    context = {
        "dossier": dossier,
        "rows": [
            {
                "activity": a,
                "over": a.on < today,
                "gaps": _gaps(a, today, met, staff),
                "clash": _clash(a, today),
                "election": before_vote.get(a.on, ""),
            }
            for a in rows
        ],
        "may_plan": allowed(request.actor, "dossiers.plan", dossier),
        "today": today,
    }
    return render(request, "dossiers/activities.html", context)


def _gaps(activity: Activity, today: date, met: set[str], staff: set[int]) -> list[str]:
    """What stands in the way of confirming; only asked where confirming still matters."""
    if activity.state != ActivityState.PLANNED or activity.on < today:
        return []
    return running.gaps(activity, met, staff)


def _clash(activity: Activity, today: date) -> str:
    """Why this day is an odd one; only for what still has to come."""
    if activity.state == ActivityState.CANCELLED or activity.on < today:
        return ""
    return planner.clash(activity.on, part_time=activity.dossier.school.is_part_time)


@page("dossiers.plan")
def edit(request: Request, pk: int, activity_pk: int = 0) -> HttpResponse:
    """Plans a new moment or changes one."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.plan")
    activity = queries.get_activity(request.actor, pk, activity_pk) if activity_pk else None
    form = ActivityForm(
        request.POST or None,
        instance=activity,
        dossier=dossier,
        colleagues=reading.colleagues(request.actor, dossier),
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _store(request, dossier, activity_pk, form)
        except Conflict as found:
            conflict = found.current
        except NotAllowedNow as reason:
            form.add_error("teachers", str(reason))
        else:
            messages.success(request, _("Bewaard."))
            _say_clash(request, form.cleaned_data["on"], dossier)
            return redirect("dossiers:activities", pk)
    context = {"dossier": dossier, "activity": activity, "form": form, "conflict": conflict}
    return render(request, "dossiers/activity_edit.html", context)


def _say_clash(request: Request, on: date, dossier: Dossier) -> None:
    if clash := planner.clash(on, part_time=dossier.school.is_part_time):
        messages.warning(request, clash)
    if vote := election_warnings(dossier, [on]).get(on):
        messages.warning(request, vote)


def _store(request: Request, dossier: Dossier, activity_pk: int, form: ActivityForm) -> None:
    data = {
        "facts": form.facts(),
        "groups": form.cleaned_data["groups"],
        "teachers": form.cleaned_data["teachers"],
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
    """Confirms, cancels, puts back, or starts the survey of the pupils."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    acts: dict[str, Callable[[], Any]] = {
        "bevestig": lambda: running.confirm_activity(activity, actor=request.actor),
        "terug": lambda: running.restore_activity(activity, actor=request.actor),
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


@page("dossiers.plan")
def cancel(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Asks why before an activity is cancelled."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    require(request.actor, "dossiers.plan", activity)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            running.cancel_activity(activity, actor=request.actor, **form.cleaned_data)
            messages.success(
                request, _("De activiteit gaat niet door. Je kunt ze nog terugzetten.")
            )
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        return redirect("dossiers:activities", pk)
    context = {"dossier": activity.dossier, "activity": activity, "form": form}
    return render(request, "dossiers/activity_cancel.html", context)


@page("dossiers.view")
def activity_ics(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """One activity as a calendar file."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    content = calendar.ics([_event(activity)], name=activity.title)
    return delivery.made(content, name=f"{activity.title}.ics", kind="ics")


@page("dossiers.open")
def planning(request: Request) -> HttpResponse:
    """Wie komt er wanneer? A month of the school: a grid on a wide page, a list on a phone."""
    start = month.first_day(request.GET.get("maand", ""), timezone.localdate())
    days = month.weeks(start)
    mine = bool(request.GET.get("mijn"))
    rows = list(
        queries.planning(
            request.actor, days[0], days[-1], mine=mine, school=request.actor.school_id
        )
    )
    school = organisations.my_school(request.actor)
    part_time = bool(school and school.is_part_time)
    context = {
        "squares": planner.squares(rows),
        "off": holidays.days(days[0], days[-1], part_time=part_time),
        "start": start,
        "before": month.before(start),
        "after": month.after(start),
        "rows": rows,
        "mine": mine,
        "missing": next(
            (a for a in rows if not a.teachers.all() and a.on >= timezone.localdate()), None
        ),
    }
    return render(request, "dossiers/planning.html", context)


@page("dossiers.open")
def planning_ics(request: Request) -> HttpResponse:
    """Everything from a month ago to a year ahead as a calendar file."""
    today = timezone.localdate()
    rows = queries.planning(
        request.actor,
        today - timedelta(days=31),
        today + timedelta(days=366),
        school=request.actor.school_id,
    )
    content = calendar.ics([_event(a) for a in rows], name=_("Partnerwijzer"))
    return delivery.made(content, name="partnerwijzer.ics", kind="ics")


def _event(activity: Activity) -> calendar.Event:
    zone = timezone.get_current_timezone()
    groups = ", ".join(str(g) for g in activity.groups.all())
    teachers = ", ".join(str(t) for t in activity.teachers.all())
    address = reverse("dossiers:activities", args=[activity.dossier_id])
    statuses = {ActivityState.CONFIRMED: "confirmed", ActivityState.CANCELLED: "cancelled"}
    return calendar.Event(
        uid=f"{activity.uid}@partnerwijzer",
        title=activity.title,
        start=datetime.combine(activity.on, activity.starts, zone),
        end=datetime.combine(activity.on, activity.ends, zone),
        place=activity.place,
        description="\n".join(filter(None, (groups, teachers))),
        url=f"{settings.SITE_URL}{address}",
        status=statuses.get(ActivityState(activity.state), "tentative"),  # type: ignore[arg-type]
        changes=activity.version,
    )
