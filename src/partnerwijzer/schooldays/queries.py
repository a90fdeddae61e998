"""Reading the calendar of a school, and the addresses that agendas read."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access import links
from partnerwijzer.access.actor import STAFF, Actor
from partnerwijzer.access.gate import require
from partnerwijzer.organisations.models import School
from partnerwijzer.schooldays import off
from partnerwijzer.schooldays.models import MONDAY_TO_FRIDAY, CalendarFeed, SchoolDay, SchoolWeek

FEED = "calendar-feed"


def get_school(actor: Actor, pk: int | None, *, to: str = "") -> School:
    """The school whose days the actor may see; 404 otherwise."""
    if pk is None or not actor.works_at(pk, STAFF):
        raise Http404
    school = get_object_or_404(School, pk=pk)
    if to:
        require(actor, to, school)
    return school


def week_of(school: School) -> SchoolWeek:
    """On which days there are lessons; the usual week where nobody said."""
    found = SchoolWeek.objects.filter(school=school).first()
    return found or SchoolWeek(school=school, weekdays=list(MONDAY_TO_FRIDAY), version=0)


def days_of(school: School) -> off.Days:
    """The calendar of a school, to ask about any day: two queries."""
    rows = SchoolDay.objects.filter(school=school)
    own = [off.Own(row.first, row.last, row.kind, row.name) for row in rows]
    return off.days(week_of(school).weekdays, own, part_time=school.is_part_time)


def own_days(actor: Actor, school: School, first: date, last: date) -> QuerySet[SchoolDay]:
    """What the school itself decided, between two days."""
    rows = SchoolDay.objects.visible_to(actor).filter(school=school)
    return rows.filter(first__lte=last, last__gte=first)


def read_before(actor: Actor, school: School, uids: Iterable[str]) -> dict[str, SchoolDay]:
    """What came out of an agenda file before, by its key there."""
    rows = SchoolDay.objects.visible_to(actor).filter(school=school, uid__in=list(uids))
    return {row.uid: row for row in rows.exclude(uid="")}


def get_day(actor: Actor, pk: int, *, to: str = "") -> SchoolDay:
    day = get_object_or_404(SchoolDay.objects.visible_to(actor).select_related("school"), pk=pk)
    if to:
        require(actor, to, day)
    return day


# Addresses for agendas


def my_feed(actor: Actor, school: School) -> CalendarFeed | None:
    """The actor's own address for this school; none where there is none in use."""
    rows = CalendarFeed.objects.filter(school=school, user_id=actor.uid)
    return rows.filter(link__withdrawn_at=None).select_related("link").first()


def school_feed(actor: Actor, school: School) -> CalendarFeed | None:
    """The address of the whole school; for its staff to know that it is there."""
    if not actor.works_at(school.pk):
        return None
    rows = CalendarFeed.objects.filter(school=school, user=None, link__withdrawn_at=None)
    return rows.select_related("link", "made_by").first()


def feed_by(token: str) -> CalendarFeed:
    """The feed behind a secret address.

    Raises:
        Http404: none, or it does not work any more.
    """
    link = links.find(FEED, token)
    if link is None or not link.usable:
        raise Http404
    return get_object_or_404(CalendarFeed.objects.select_related("school", "user"), link=link)
