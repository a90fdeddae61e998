"""Reads the days of a school out of an agenda file (iCalendar) that it has already. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from partnerwijzer.schooldays.off import FREE, STUDY

ZONE = ZoneInfo("Europe/Brussels")
MOST_BYTES, MOST_EVENTS = 1_000_000, 300
# Words in a title that tell what a day is. A file says nothing else about that.
STUDY_WORDS = ("studiedag", "pedagogisch", "nascholing", "personeelsdag")
FREE_WORDS = (
    *("vrije dag", "vrijaf", "facultatie", "lokale verlof", "verlofdag", "geen les", "geen school"),
    *("brugdag", "sluitingsdag"),
)


class NotAnAgenda(ValueError):
    """This is no agenda file, or one that is too large."""


@dataclass(frozen=True)
class Found:
    """Something in the file. `kind` is a guess from its title; empty where nothing tells. `uid` is
    the same when the day moved: of a time of something that repeats, with the day it had first."""

    uid: str
    name: str
    first: date
    last: date
    kind: str


def read(content: bytes, *, since: date, until: date) -> list[Found]:
    """What the file holds between two days, by date, what looks like a day off first in the guess.

    Of something that repeats only the first time is read.

    Raises:
        NotAnAgenda: no agenda file, or too large.
    """
    if len(content) > MOST_BYTES:
        raise NotAnAgenda("too large")
    try:
        calendar = icalendar.Calendar.from_ical(content)
        found = [row for event in calendar.walk("VEVENT") for row in _found(event)]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as wrong:
        raise NotAnAgenda(str(wrong)) from None
    inside = [row for row in found if row.first <= until and row.last >= since]
    return sorted(inside, key=lambda row: (row.first, row.last, row.name))[:MOST_EVENTS]


def _found(event: Any) -> Iterator[Found]:
    starts = event.get("DTSTART")
    if starts is None or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    first = _day(starts.dt)
    last = max(first, _last_day(event, first))
    name = " ".join(str(event.get("SUMMARY", "")).split())[:120]
    if name:
        yield Found(_key(event), name, first, last, guess(name))


def _key(event: Any) -> str:
    """RFC 5545, 3.8.4.4: what stands for one time of an event is UID with RECURRENCE-ID."""
    uid, time = str(event.get("UID", ""))[:180], event.get("RECURRENCE-ID")
    return f"{uid}/{_day(time.dt).isoformat()}" if uid and time is not None else uid


def _last_day(event: Any, first: date) -> date:
    """The end of whole days is the first day after; of hours it is that very day."""
    ends = event.get("DTEND")
    if ends is None:
        length = event.get("DURATION")
        days = length.dt.days if length is not None else 1
        return first + timedelta(days=max(days, 1) - 1)
    if isinstance(ends.dt, datetime):
        return _day(ends.dt)
    return _day(ends.dt) - timedelta(days=1)


def _day(moment: date | datetime) -> date:
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(ZONE) if moment.tzinfo else moment).date()


def guess(name: str) -> str:
    """study, free or nothing, from the words of a title."""
    text = name.lower()
    if any(word in text for word in STUDY_WORDS):
        return STUDY
    return FREE if any(word in text for word in FREE_WORDS) else ""
