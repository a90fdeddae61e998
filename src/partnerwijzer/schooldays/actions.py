"""Keeping the calendar of a school, and giving out addresses that agendas read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from partnerwijzer.access import links, versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.organisations.models import School
from partnerwijzer.schooldays.models import CalendarFeed, DayKind, SchoolDay, SchoolWeek
from partnerwijzer.schooldays.queries import FEED

FEED_DAYS = 3650  # an agenda keeps reading for years; who wants it to stop, withdraws it
MARK = 12


class Refused(ValueError):
    """What cannot be; the words are for who tried, `field` is what they stand at."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field or None


@action("schooldays.manage")
def save_week(school: School, *, actor: Actor, version: int, weekdays: Iterable[int]) -> SchoolWeek:
    """On which days there are lessons.

    Raises:
        Conflict: a colleague saved in between.
        Refused: not one day.
    """
    chosen = sorted(set(weekdays))
    if not chosen:
        raise Refused(_("Kies minstens één dag."), "weekdays")
    made, new = SchoolWeek.objects.get_or_create(school=school)
    week = made if new and not version else versions.claim(SchoolWeek, made.pk, version)
    week.weekdays = chosen
    week.save(update_fields=["weekdays"])
    record("schooldays.week", school, actor=actor, school_id=school.pk)
    return week


@action("schooldays.manage")
def add_day(
    school: School, *, actor: Actor, first: date, last: date | None, kind: str, name: str
) -> SchoolDay:
    """A free day, a study day, or lessons in a holiday."""
    _in_order(first, last)
    day = SchoolDay.objects.create(
        school=school, first=first, last=last or first, kind=DayKind(kind), name=name
    )
    record("schooldays.added", school, actor=actor, school_id=school.pk, name=name)
    return day


def _in_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise Refused(_("Dit ligt voor de eerste dag."), "last")


@action("schooldays.manage")
def edit_day(
    day: SchoolDay,
    *,
    actor: Actor,
    version: int,
    first: date,
    last: date | None,
    kind: str,
    name: str,
) -> SchoolDay:
    """Mends a day.

    Raises:
        Conflict: a colleague saved in between.
    """
    _in_order(first, last)
    fresh = versions.claim(SchoolDay, day.pk, version)
    fresh.first, fresh.last, fresh.kind, fresh.name = first, last or first, DayKind(kind), name
    fresh.save(update_fields=["first", "last", "kind", "name"])
    record("schooldays.edited", fresh.school, actor=actor, school_id=fresh.school_id, name=name)
    return fresh


@action("schooldays.manage")
def remove_day(day: SchoolDay, *, actor: Actor) -> None:
    """Takes a day out of the calendar."""
    record("schooldays.removed", day.school, actor=actor, school_id=day.school_id, name=day.name)
    day.delete()


@action("schooldays.manage")
def read_days(school: School, *, actor: Actor, rows: Iterable[Mapping[str, Any]]) -> int:
    """Keeps what was chosen from an agenda file. What was read before is replaced, not doubled.

    Args:
        rows: `uid`, `name`, `first`, `last`, `kind` of each; `version` of the day that it replaces.

    Raises:
        Conflict: a colleague changed such a day in between.

    Returns:
        How many were kept.
    """
    count = 0
    for row in rows:
        facts = {name: row[name] for name in ("name", "first", "last", "kind")}
        there = SchoolDay.objects.filter(school=school, uid=row["uid"]).exclude(uid="").first()
        if there is not None:
            _replace(there, facts, row.get("version") or 0)
        elif row["uid"]:
            SchoolDay.objects.create(school=school, uid=row["uid"], **facts)
        else:
            SchoolDay.objects.get_or_create(school=school, **facts)
        count += 1
    record("schooldays.read", school, actor=actor, school_id=school.pk, count=count)
    return count


def _replace(there: SchoolDay, facts: Mapping[str, Any], version: int) -> None:
    if all(getattr(there, name) == value for name, value in facts.items()):
        return
    fresh = versions.claim(SchoolDay, there.pk, version)
    for name, value in facts.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(facts))


# Addresses for agendas


@action("schooldays.feed")
def make_my_feed(school: School, *, actor: Actor) -> tuple[CalendarFeed, str]:
    """An address with what the actor accompanies at this school. The secret is given only here.

    Raises:
        Refused: there is one already.
    """
    return _make(school, actor, actor.user_id)


@action("schooldays.school_feed")
def make_school_feed(school: School, *, actor: Actor) -> tuple[CalendarFeed, str]:
    """An address with everything that is planned at this school. The secret is given only here.

    Raises:
        Refused: there is one already.
    """
    return _make(school, actor, None)


def _make(school: School, actor: Actor, user_id: int | None) -> tuple[CalendarFeed, str]:
    rows = CalendarFeed.objects.select_for_update().select_related("link")
    whose = {"user": None} if user_id is None else {"user_id": user_id}
    found = rows.filter(school=school, **whose).first()
    if found is not None and found.link.withdrawn_at is None:
        raise Refused(_("Er is al een adres. Maak een nieuw als je het kwijt bent."))
    if found is not None:
        token = links.renew(found.link, days=FEED_DAYS)
    else:
        link, token = links.issue(FEED, days=FEED_DAYS)
        found = CalendarFeed.objects.create(
            school=school, user_id=user_id, link=link, made_by_id=actor.uid
        )
    record("feed.made", found, actor=actor, school_id=school.pk)
    return found, token


def mark_of(feed: CalendarFeed) -> str:
    """Which address a page is about: another after each renewal."""
    return feed.link.token_hash[:MARK]


@action("schooldays.feed")
def renew_feed(feed: CalendarFeed, *, actor: Actor, mark: str) -> str:
    """A new secret: the old address stops working at once.

    Raises:
        Refused: it was renewed already (a form that is sent twice must not renew twice).
    """
    fresh = CalendarFeed.objects.select_for_update().select_related("link").get(pk=feed.pk)
    if mark_of(fresh) != mark:
        raise Refused(_("Dit adres werd net vernieuwd. Maak nog een nieuw als je het niet zag."))
    token = links.renew(fresh.link, days=FEED_DAYS)
    record("feed.renewed", fresh, actor=actor, school_id=fresh.school_id)
    return token


@action("schooldays.feed")
def withdraw_feed(feed: CalendarFeed, *, actor: Actor) -> None:
    """The address stops working at once."""
    links.mark(feed.link, "withdrawn_at")
    record("feed.withdrawn", feed, actor=actor, school_id=feed.school_id)
