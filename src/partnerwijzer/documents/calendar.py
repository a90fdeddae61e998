"""Activities as a calendar file (iCalendar, RFC 5545) that every agenda reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

import icalendar
from django.utils import timezone

from partnerwijzer.documents.paper import clean

ZONE = ZoneInfo("Europe/Brussels")
PRODUCT = "-//Partnerwijzer//NL"
END = b"END:VCALENDAR\r\n"
# Bytes of a line, without its end.
LONGEST = 75
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
    every = list(events)
    zone = _zone() if any(isinstance(event.start, datetime) for event in every) else b""
    written = "".join(_written(event, stamp or timezone.now()) for event in every)
    return bytes(calendar.to_ical()).replace(END, zone + written.encode() + END)


@cache
def _zone() -> bytes:
    """The rules of our time zone, as agendas want them beside local times."""
    return bytes(icalendar.Timezone.from_tzid(ZONE.key).to_ical())


def _written(event: Event, stamp: datetime) -> str:
    """One appointment. Written here: an agenda holds thousands, and an object of the library for
    each property takes ten times as long."""
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY:{_escaped(_line(event.title))}",
        f"DTSTART{_moment(event.start)}",
        f"DTEND{_moment(_end(event.end))}",
        f"DTSTAMP:{(event.made or stamp).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"UID:{_escaped(_line(event.uid))}",
        f"SEQUENCE:{event.changes}",
        f"DESCRIPTION:{_escaped(clean(event.description))}" if event.description else "",
        f"LOCATION:{_escaped(_line(event.place))}" if event.place else "",
        f"STATUS:{event.status.upper()}",
        f"URL:{''.join(clean(event.url).split())}" if event.url else "",
        "END:VEVENT",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines if line)


def _escaped(text: str) -> str:
    """A text as a value (RFC 5545, 3.3.11). Expects a cleaned text: its lines end with LF."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 bytes, or more of them, each next one after a space; no letter is cut
    through (RFC 5545, 3.1)."""
    if len(line) <= LONGEST and line.isascii():
        return line
    data, parts, start, room = line.encode(), [], 0, LONGEST
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end].decode())
        start, room = end, LONGEST - 1
    return "\r\n ".join(parts)


def _moment(moment: datetime | date) -> str:
    """What stands behind the name of a property that is a time or a whole day."""
    if isinstance(moment, datetime):
        return f";TZID={ZONE.key}:{moment.astimezone(ZONE):%Y%m%dT%H%M%S}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _end(moment: datetime | date) -> datetime | date:
    """An agenda counts the end of whole days as the first day after."""
    return moment if isinstance(moment, datetime) else moment + timedelta(days=1)
