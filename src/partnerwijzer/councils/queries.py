"""Reading bodies, meetings and advice. Filtered by what the actor may see; a stranger gets 404."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import STAFF, Actor
from partnerwijzer.access.gate import require
from partnerwijzer.councils import kinds, terms
from partnerwijzer.councils.models import (
    AgendaPoint,
    CouncilAdvice,
    CouncilBody,
    CouncilMeeting,
    CouncilMember,
)
from partnerwijzer.frameworks.schema.governance import CouncilSection
from partnerwijzer.organisations.models import Membership, Role, School, User

LIMIT = 6
# How long before a mandate is over it becomes a task, and for how long after.
MANDATE_AHEAD, MANDATE_BEHIND = timedelta(days=30), timedelta(days=365)
# Who takes a seat over may begin that long before the last day of the other.
MANDATE_AROUND = timedelta(days=60)
# How long before an agenda is due it becomes a task, and the longest lead time of any rules.
AHEAD, LONGEST_LEAD = timedelta(days=7), timedelta(days=60)


@dataclass(frozen=True)
class Group:
    """The seats of one section, those in office and those that are over."""

    section: CouncilSection
    members: list[CouncilMember]
    past: list[CouncilMember]


def get_school(actor: Actor, pk: int | None) -> School:
    """The school whose bodies the actor may see; 404 otherwise."""
    if pk is None or not actor.works_at(pk, STAFF):
        raise Http404
    return get_object_or_404(School, pk=pk)


def bodies(actor: Actor, school: School, *, ended: bool = False) -> QuerySet[CouncilBody]:
    """The bodies of a school, the main one first, with how many sit in them."""
    rows = CouncilBody.objects.visible_to(actor).filter(school=school, ended_at__isnull=not ended)
    today = Q(members__in=CouncilMember.objects.in_office().values("pk"))
    return rows.annotate(seats=Count("members", filter=today))


def bodies_of(school: School) -> list[CouncilBody]:
    """Bodies that a dossier of this school can go to. The caller has checked that the reader works
    with it."""
    rows = CouncilBody.objects.filter(school=school, ended_at=None)
    return list(rows.select_related("school"))


def get_body(actor: Actor, pk: int, *, to: str = "") -> CouncilBody:
    """One body, or 404; with `to` a reader without that permission on it gets 403."""
    rows = CouncilBody.objects.visible_to(actor).select_related("school")
    body = get_object_or_404(rows, pk=pk)
    if to:
        require(actor, to, body)
    return body


def groups(body: CouncilBody) -> list[Group]:
    """The seats by section, in the order of the framework: each section that the body has. One that
    has no seat in a school of this level, only where somebody sits for it."""
    today = {m.pk for m in CouncilMember.objects.in_office().filter(body=body)}
    rows = list(body.members.select_related("user"))
    known = kinds.kind_of(body)
    must = kinds.seated(body)
    sit = [key for key in known.sections if not must or key in must] if known else []
    keys = dict.fromkeys([*sit, *(m.section for m in rows)])
    every = kinds.governance().council_section
    return [
        Group(
            every[key],
            [m for m in rows if m.section == key and m.pk in today],
            [m for m in rows if m.section == key and m.pk not in today],
        )
        for key in keys
        if key in every
    ]


def unequal(body: CouncilBody, found: list[Group]) -> bool:
    """The decree asks as many seats for each group, and these are not (domain.md 4). A group that
    nobody sits for does not count: not each school has each group."""
    known = kinds.kind_of(body)
    counts = {len(group.members) for group in found if group.members}
    return bool(known and known.equal_sections and len(counts) > 1)


def missing(body: CouncilBody, found: list[Group]) -> list[CouncilSection]:
    """Groups that have a seat in such a body and for which nobody sits today (domain.md 4)."""
    must = kinds.seated(body)
    return [g.section for g in found if g.section.key in must and not g.members]


def _seats(**which: Any) -> Coalesce:
    """How many of the same group in the same body."""
    same = CouncilMember.objects.filter(body=OuterRef("body"), section=OuterRef("section"), **which)
    counted = same.order_by().values("body").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def mandates_over(actor: Actor, schools: tuple[int, ...]) -> QuerySet[CouncilBody]:
    """Bodies of these schools in which a mandate is over, or nearly, and fewer of that group began
    around that day or later than stopped. `over_on`: the first such last day. What is long past is
    left alone."""
    today = timezone.localdate()
    around = Cast(OuterRef("until") - MANDATE_AROUND, DateField())
    stopped = _seats(until__gte=around, until__lte=today + MANDATE_AHEAD)
    seats = CouncilMember.objects.alias(stopped=stopped, began=_seats(since__gte=around)).filter(
        began__lt=F("stopped"),
        body=OuterRef("pk"),
        until__lte=today + MANDATE_AHEAD,
        until__gte=today - MANDATE_BEHIND,
    )
    first = seats.order_by("until").values("until")[:1]
    rows = CouncilBody.objects.visible_to(actor).filter(school_id__in=schools, ended_at=None)
    return rows.annotate(over_on=Subquery(first)).exclude(over_on=None)


def accounts(school: School) -> QuerySet[User]:
    """Who has the role of council member at this school, to tie to a seat."""
    rows = Membership.objects.working([Role.COUNCIL_MEMBER]).filter(school=school)
    return User.objects.filter(pk__in=rows.values("user_id")).order_by("name", "pk")


# Meetings


def meetings(actor: Actor, *, body: CouncilBody | None = None) -> QuerySet[CouncilMeeting]:
    """Meetings that the actor may see, by date."""
    rows = CouncilMeeting.objects.visible_to(actor).select_related("body__school")
    return rows.filter(body=body) if body else rows


def coming(actor: Actor, today: date, *, school: int | None = None) -> list[CouncilMeeting]:
    """The next meetings that go on."""
    rows = meetings(actor).filter(on__gte=today, cancelled_at=None)
    if school:
        rows = rows.filter(body__school_id=school)
    return list(rows.order_by("on", "starts", "pk")[:LIMIT])


def between(actor: Actor, first: date, last: date, *, school: int) -> QuerySet[CouncilMeeting]:
    """What goes on between two days at a school, both days included."""
    rows = meetings(actor).filter(body__school_id=school, cancelled_at=None)
    return rows.filter(on__gte=first, on__lte=last)


def between_of(school: School, first: date, last: date) -> QuerySet[CouncilMeeting]:
    """As between(), with what was cancelled too: for an agenda that follows the school."""
    rows = CouncilMeeting.objects.filter(body__school=school, on__gte=first, on__lte=last)
    return rows.select_related("body")


def planned(body: CouncilBody, today: date) -> list[CouncilMeeting]:
    """The next meetings of a body, to choose from. The caller has checked the reader."""
    rows = body.meetings.filter(on__gte=today, cancelled_at=None)
    return list(rows.order_by("on")[:LIMIT])


def agendas_to_send(actor: Actor, schools: tuple[int, ...]) -> QuerySet[CouncilMeeting]:
    """Meetings of these schools whose agenda may be due within AHEAD: terms.agenda_by() tells the
    day."""
    today = timezone.localdate()
    return meetings(actor).filter(
        body__school_id__in=schools,
        body__lead_days__gt=0,
        agenda_sent_on=None,
        cancelled_at=None,
        on__gte=today,
        on__lte=today + LONGEST_LEAD + AHEAD,
    )


def get_meeting(actor: Actor, pk: int, *, to: str = "") -> CouncilMeeting:
    """One meeting with its body and points, or 404."""
    rows = meetings(actor).prefetch_related("points")
    meeting = get_object_or_404(rows, pk=pk)
    if to:
        require(actor, to, meeting)
    return meeting


def get_point(actor: Actor, pk: int) -> AgendaPoint:
    visible = CouncilMeeting.objects.visible_to(actor)
    rows = AgendaPoint.objects.select_related("meeting__body__school")
    return get_object_or_404(rows, pk=pk, meeting__in=visible.values("pk"))


def get_member(actor: Actor, pk: int) -> CouncilMember:
    rows = CouncilMember.objects.select_related("body__school")
    visible = CouncilBody.objects.visible_to(actor)
    return get_object_or_404(rows, pk=pk, body__in=visible.values("pk"))


# Advice


def advices(actor: Actor, body: CouncilBody | None = None) -> QuerySet[CouncilAdvice]:
    rows = CouncilAdvice.objects.visible_to(actor).select_related("body__school")
    return rows.filter(body=body) if body else rows


def get_advice(actor: Actor, pk: int) -> CouncilAdvice:
    return get_object_or_404(advices(actor), pk=pk)


def waiting_advice(actor: Actor, schools: tuple[int, ...]) -> QuerySet[CouncilAdvice]:
    """Advice that the board has not answered, of these schools."""
    return advices(actor).filter(answered_on=None, body__school_id__in=schools)


def answer_by(advice: CouncilAdvice) -> terms.Term | None:
    """The term in which the board answers: of the body's own rules, else of the framework; none
    where the framework did not read the rules for such a body."""
    days = kinds.days_of(advice.body, terms.ANSWER)
    return advice.term(days) if days else None
