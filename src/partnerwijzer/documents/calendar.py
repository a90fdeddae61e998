"""Activities as a calendar file (iCalendar, RFC 5545) that every agenda reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import icalendar
from django.utils import timezone

from partnerwijzer.documents.paper import clean

ZONE = ZoneInfo("Europe/Brussels")
PRODUCT = "-//Partnerwijzer//NL"
Status = Literal["confirmed", "tentative", "cancelled"]


@dataclass(frozen=True)
class Event:
    """One appointment. With dates instead of times it takes whole days, `end` included.

    `uid` stays the same for ever for the same appointment, so that an agenda replaces the old one;
    `changes` counts how often it was changed; `made` is when it was written down first, so that a
    file that nobody changed stays the same to the byte.

    Raises:
        ValueError: it ends before it begins, or a time has no zone.
    """

    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    place: str = ""
    description: str = ""
    url: str = ""
    status: Status = "confirmed"
    changes: int = 0
    made: datetime | None = None

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) != isinstance(self.end, datetime):
            raise ValueError("either two times or two dates")
        if any(isinstance(t, datetime) and t.tzinfo is None for t in (self.start, self.end)):
            raise ValueError("a time needs its zone")
        if self.end < self.start:
            raise ValueError("an appointment ends after it begins")


def ics(
    events: Iterable[Event],
    *,
    name: str = "",
    stamp: datetime | None = None,
    refresh: timedelta | None = None,
) -> bytes:
    """The events as one .ics file, with the rules of our time zone inside.

    Args:
        name: how an agenda calls the collection.
        stamp: when the file was made; now if not given.
        refresh: how often an agenda that follows this address may ask anew.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", _line(name))
    if refresh:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", icalendar.vDuration(refresh))
    for event in events:
        calendar.add_component(_component(event, stamp or timezone.now()))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _component(event: Event, stamp: datetime) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", _line(event.uid))
    component.add("dtstamp", event.made or stamp)
    component.add("sequence", event.changes)
    component.add("status", event.status.upper())
    component.add("summary", _line(event.title))
    component.add("dtstart", _local(event.start))
    component.add("dtend", _end(event.end))
    if event.place:
        component.add("location", _line(event.place))
    if event.description:
        component.add("description", clean(event.description))
    if event.url:
        component.add("url", "".join(clean(event.url).split()))
    return component


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _local(moment: datetime | date) -> datetime | date:
    return moment.astimezone(ZONE) if isinstance(moment, datetime) else moment


def _end(moment: datetime | date) -> datetime | date:
    """An agenda counts the end of whole days as the first day after."""
    return _local(moment) if isinstance(moment, datetime) else moment + timedelta(days=1)
