"""The calendar of the school: month, week and list; and the addresses that agendas follow."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import LEADS
from partnerwijzer.access.gate import Request, page, public
from partnerwijzer.councils import queries as councils
from partnerwijzer.documents import calendar, delivery
from partnerwijzer.documents.calendar import Event
from partnerwijzer.dossiers import agendas, election_days, month, planner, together
from partnerwijzer.dossiers.models import Activity
from partnerwijzer.dossiers.queries import calendar as queries
from partnerwijzer.dossiers.queries.calendar import Wanted
from partnerwijzer.organisations import actors
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import School
from partnerwijzer.schooldays import actions as schooldays_actions
from partnerwijzer.schooldays import queries as schooldays
from partnerwijzer.schooldays.models import CalendarFeed

VIEWS = ("maand", "week", "lijst")
STATES = {"gepland": "planned", "bevestigd": "confirmed", "leerkracht": "teacher"}
BEFORE, AHEAD = timedelta(days=31), timedelta(days=366)
# How long an agenda may keep what it read, and how often it is asked to look again.
FRESH = 900
REFRESH = timedelta(hours=1)


@page("dossiers.open")
def planning(request: Request) -> HttpResponse:
    """Wie komt er wanneer? A month (on a phone a list of days), a week, or a list."""
    look = request.GET.get("toon", "")
    look = look if look in VIEWS else "maand"
    wanted = Wanted(
        mine=bool(request.GET.get("mijn")),
        state=STATES.get(request.GET.get("stand", ""), ""),
        text=request.GET.get("q", "")[:100],
    )
    school = organisations.my_school(request.actor)
    shown = _list if look == "lijst" else _grid
    context = {
        "look": look,
        "wanted": wanted,
        "state": request.GET.get("stand", ""),
        "school": school,
        "address": _address(request),
        **shown(request, look, wanted, school),
    }
    rows: list[Activity] = context["rows"]
    today = timezone.localdate()
    context["missing"] = next((a for a in rows if not a.teachers.all() and a.on >= today), None)
    return render(request, "dossiers/planning.html", context)


def _address(request: Request) -> str:
    """The filters of the address, to take along to another view or month. The day that is looked at
    goes along by itself: `other` is where the month shows its week, or the week its month."""
    kept = {name: request.GET[name] for name in ("mijn", "stand", "q") if request.GET.get(name)}
    return urlencode(kept)


def _grid(request: Request, look: str, wanted: Wanted, school: School | None) -> dict[str, Any]:
    today = timezone.localdate()
    if look == "week":
        start = month.monday(request.GET.get("dag", ""), today)
        days = [start + timedelta(days=i) for i in range(7)]
        turn = {"before": start - month.WEEK, "after": start + month.WEEK, "last": days[-1]}
        turn["other"] = month.in_month(start, today)
    else:
        start = month.first_day(request.GET.get("maand", ""), today)
        days = month.weeks(start)
        turn = {"before": month.before(start), "after": month.after(start)}
        turn["other"] = month.in_week(start, today)
    rows = queries.many(
        queries.planning(request.actor, days[0], days[-1], wanted, school=request.actor.school_id)
    )
    own = schooldays.days_of(school) if school else None
    spans = election_days.spans(days[0], days[-1])
    squares = planner.squares(rows, election_days.in_them(rows, spans))
    if wanted.is_all and school:
        squares += planner.meetings(
            councils.between(request.actor, days[0], days[-1], school=school.pk)
        )
    off = own.named(days[0], days[-1]) if own else {}
    context = {"rows": rows, "squares": squares, "start": start, "off": off, "spans": spans}
    return {**context, **turn}


def _list(request: Request, look: str, wanted: Wanted, school: School | None) -> dict[str, Any]:
    today = timezone.localdate()
    rows = queries.planning(request.actor, today, None, wanted, school=request.actor.school_id)
    found = Paginator(rows, 25).get_page(request.GET.get("pagina"))
    own = schooldays.days_of(school) if school else None
    lines = [(a, own.clash(a.on) if own else "") for a in found]
    shown = [a for a, _clash in lines]
    near = election_days.spans(shown[0].on, shown[-1].on) if shown else []
    before_vote = election_days.in_them(shown, near)
    return {"rows": shown, "lines": lines, "found": found, "before_vote": before_vote}


@page("dossiers.open")
def planning_ics(request: Request) -> HttpResponse:
    """Everything from a month ago to a year ahead as a calendar file."""
    today = timezone.localdate()
    rows = queries.planning(
        request.actor, today - BEFORE, today + AHEAD, school=request.actor.school_id
    )
    content = calendar.ics(_appointments(rows), name=_("Partnerwijzer"))
    return delivery.made(content, name="partnerwijzer.ics", kind="ics")


def _appointments(rows: QuerySet[Activity]) -> list[Event]:
    """Activities as appointments; who comes is read with them."""
    found = queries.many(rows)
    prefetch_related_objects(found, together.PARTNERS)
    return [agendas.event(activity) for activity in found]


# Addresses that agendas follow


@page("schooldays.view")
def follow(request: Request) -> HttpResponse:
    """Hoe komt dit in mijn agenda? An address of one's own, and one of the school."""
    school = schooldays.get_school(request.actor, request.actor.school_id)
    token = ""
    if request.method == "POST":
        try:
            token = _change(request, school)
        except schooldays_actions.Refused as refused:
            messages.error(request, str(refused))
        if not token:
            return redirect("dossiers:follow")
    mine = schooldays.my_feed(request.actor, school)
    whole = schooldays.school_feed(request.actor, school)
    context = {
        "school": school,
        "feeds": [
            ("mijn", mine, mine and schooldays_actions.mark_of(mine), True),
            (
                "school",
                whole,
                whole and schooldays_actions.mark_of(whole),
                request.actor.works_at(school.pk, LEADS),
            ),
        ],
        "of": request.POST.get("van", ""),
        "secret": _secret(token) if token else "",
    }
    return render(request, "dossiers/follow.html", context)


def _secret(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('dossiers:feed', args=[token])}"


def _change(request: Request, school: School) -> str:
    """Makes, renews or withdraws; gives the secret where there is a new one."""
    actor, of_school = request.actor, request.POST.get("van") == "school"
    what = request.POST.get("wat", "")
    found = (schooldays.school_feed if of_school else schooldays.my_feed)(actor, school)
    if what == "maak":
        if of_school:
            return schooldays_actions.make_school_feed(school, actor=actor)[1]
        return schooldays_actions.make_my_feed(school, actor=actor)[1]
    if found is None:
        raise schooldays_actions.Refused(_("Dit adres is al ingetrokken."))
    if what == "vernieuw":
        mark = request.POST.get("merk", "")
        return schooldays_actions.renew_feed(found, actor=actor, mark=mark)
    schooldays_actions.withdraw_feed(found, actor=actor)
    messages.success(request, _("Het adres werkt niet meer."))
    return ""


@public("an agenda follows a secret, revocable address; it cannot sign in")
def feed(request: Request, token: str) -> HttpResponse:
    """The appointments behind a secret address, in Dutch whatever the agenda speaks."""
    found = schooldays.feed_by(token)
    with translation.override("nl"):
        content = _followed(found)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = delivery.made(content, name="partnerwijzer.ics", kind="ics")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"private, max-age={FRESH}"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _followed(found: CalendarFeed) -> bytes:
    """What its owner may see now: who left the school, follows nothing any more."""
    owner = found.user or found.made_by
    actor = actors.actor_of(owner, found.school_id)
    today = timezone.localdate()
    first, last = today - BEFORE, today + AHEAD
    mine = found.user_id is not None
    allowed = owner.is_active and actor.works_at(found.school_id)
    events = []
    if allowed or not mine:
        reader = actor if mine else actors.of_school(found.school_id)
        rows = queries.followed(reader, found.school_id, first, last, mine=mine)
        events = _appointments(rows)
        days = schooldays.days_of(found.school)
        events += agendas.free_days(days, first, last)
    if not mine:
        events += [agendas.meeting(row) for row in councils.between_of(found.school, first, last)]
    name = _("Partnerwijzer: {school}").format(school=found.school.name)
    return calendar.ics(events, name=name, stamp=agendas.BEGINNING, refresh=REFRESH)
