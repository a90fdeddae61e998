"""Reading the log of changes, and forgetting what every index has long followed.

Numbers of rows are given out before a transaction ends, so on PostgreSQL a lower number may appear
after a higher one. A `Place` therefore keeps the numbers that it saw above the first that is
missing; a number that is missing for an hour belongs to a transaction that was rolled back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from partnerwijzer.search.models import Change

LONGEST_TRANSACTION = timedelta(hours=1)
KEPT = timedelta(days=7)


class Noted(NamedTuple):
    """One row of the log."""

    id: int
    topic: str
    key: int
    mark: int
    at: datetime


@dataclass(frozen=True)
class Place:
    """How far somebody followed: all up to `floor`, and above it those in `seen` (number, mark)."""

    floor: int = 0
    mark: int = 0
    seen: dict[int, int] = field(default_factory=dict)


class OtherLog(Exception):
    """The log is not the one that was followed, or what comes next in it was forgotten."""


def follow(place: Place) -> tuple[list[Noted], Place]:
    """The rows that somebody at this place has not seen, and the place after them: one query.

    Raises:
        OtherLog: a row that was seen is not there, or is another one.
    """
    rows = _rows(place.floor)
    found = {row.id: row.mark for row in rows}
    followed = place.seen | ({place.floor: place.mark} if place.floor else {})
    if any(found.get(number) != mark for number, mark in followed.items()):
        raise OtherLog
    fresh = [row for row in rows if row.id > place.floor and row.id not in place.seen]
    return fresh, _after(place, rows)


def now() -> Place:
    """The place of who reads everything after this call."""
    recent = Change.objects.filter(at__gte=timezone.now() - LONGEST_TRANSACTION)
    first = recent.order_by("id").values_list("id", flat=True).first()
    settled = Change.objects.filter(id__lt=first) if first else Change.objects.all()
    last = settled.order_by("-id").values_list("id", "mark").first() or (0, 0)
    return _after(Place(*last), _rows(last[0] + 1))


def _after(place: Place, rows: Iterable[Noted]) -> Place:
    """The place when these rows, all there are above it, were seen."""
    floor, mark = place.floor, place.mark
    old = timezone.now() - LONGEST_TRANSACTION
    above = [row for row in rows if row.id > floor]
    for row in above:
        if row.id > floor + 1 and row.at > old:
            break
        floor, mark = row.id, row.mark
    return Place(floor, mark, {row.id: row.mark for row in above if row.id > floor})


def _rows(first: int) -> list[Noted]:
    rows = Change.objects.filter(id__gte=first).order_by("id")
    return [Noted(*row) for row in rows.values_list("id", "topic", "key", "mark", "at")]


def clean_up() -> None:
    """Forgets all but the last week. An index that is further behind is built anew."""
    newest = Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
    Change.objects.filter(at__lt=timezone.now() - KEPT, id__lt=newest).delete()
