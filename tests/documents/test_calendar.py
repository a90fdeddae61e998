"""Calendar files that every agenda reads, whatever somebody typed in them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.documents.calendar import Event, ics
from partnerwijzer.documents.paper import clean, flat

BRUSSELS = ZoneInfo("Europe/Brussels")
STAMP = datetime(2026, 11, 22, 9, tzinfo=UTC)
LESSON = Event(
    uid="activity-12@partnerwijzer.example",
    title="Workshop, deel 1",
    start=datetime(2027, 3, 25, 9, tzinfo=BRUSSELS),
    end=datetime(2027, 3, 25, 10, 40, tzinfo=BRUSSELS),
    place="Zaal; beneden",
    description="Breng mee:\n- schaar",
    url="https://partnerwijzer.example/d/3",
    changes=2,
)


def read(content: bytes) -> Any:
    return icalendar.Calendar.from_ical(content)


def test_an_event_comes_back_as_it_went_in() -> None:
    calendar = read(ics([LESSON], name="Onze agenda", stamp=STAMP))
    (event,) = calendar.walk("VEVENT")

    assert (calendar["VERSION"], calendar["METHOD"], str(calendar["X-WR-CALNAME"])) == (
        "2.0", "PUBLISH", "Onze agenda",
    )  # fmt: skip
    assert {key: event.decoded(key) for key in event} == {
        "UID": "activity-12@partnerwijzer.example",
        "DTSTAMP": STAMP,
        "SEQUENCE": 2,
        "STATUS": "CONFIRMED",
        "SUMMARY": "Workshop, deel 1",
        "DTSTART": LESSON.start,
        "DTEND": LESSON.end,
        "LOCATION": "Zaal; beneden",
        "DESCRIPTION": "Breng mee:\n- schaar",
        "URL": "https://partnerwijzer.example/d/3",
    }


def test_times_are_local_with_the_rules_of_the_zone_beside_them() -> None:
    utc = Event("u", "t", datetime(2027, 7, 1, 7, tzinfo=UTC), datetime(2027, 7, 1, 8, tzinfo=UTC))

    content = ics([utc], stamp=STAMP).decode()

    assert "DTSTART;TZID=Europe/Brussels:20270701T090000\r\n" in content
    assert [z["TZID"] for z in read(content.encode()).walk("VTIMEZONE")] == ["Europe/Brussels"]


def test_whole_days_include_the_last_one() -> None:
    week = Event("u", "Projectweek", date(2027, 3, 1), date(2027, 3, 5))

    content = ics([week], stamp=STAMP).decode()

    assert "DTSTART;VALUE=DATE:20270301\r\nDTEND;VALUE=DATE:20270306\r\n" in content


def test_lines_end_and_fold_as_the_format_asks() -> None:
    long = Event("u", "é" * 200, LESSON.start, LESSON.end)

    lines = ics([long], stamp=STAMP).split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)
    assert read(b"\r\n".join(lines)).walk("VEVENT")[0]["SUMMARY"] == "é" * 200


def test_nobody_writes_a_line_of_the_calendar() -> None:
    sly = "x\r\nATTENDEE:mailto:a@b.example\nEND:VEVENT"
    event = Event(sly, sly, LESSON.start, LESSON.end, place=sly, description=sly, url=sly)

    found = read(ics([event], name=sly, stamp=STAMP)).walk()

    assert [part.name for part in found if part.name in ("VCALENDAR", "VEVENT")] == [
        "VCALENDAR",
        "VEVENT",
    ]
    assert not any("ATTENDEE" in part for part in found)


@pytest.mark.parametrize("status", ["confirmed", "tentative", "cancelled"])
def test_a_status_is_told(status: Any) -> None:
    event = Event("u", "t", LESSON.start, LESSON.end, status=status)

    assert f"STATUS:{status.upper()}\r\n" in ics([event], stamp=STAMP).decode()


def test_an_empty_calendar_is_a_calendar() -> None:
    assert read(ics([], stamp=STAMP)).walk("VEVENT") == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (LESSON.start, LESSON.start - timedelta(minutes=1)),
        (datetime(2027, 3, 25, 9), datetime(2027, 3, 25, 10)),
        (date(2027, 3, 25), LESSON.end),
    ],
)
def test_impossible_times_are_refused(start: Any, end: Any) -> None:
    with pytest.raises(ValueError, match=r"time|ends"):
        Event("u", "t", start, end)


@given(st.text(), st.text(), st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)))
def test_any_text_and_time_make_a_calendar_that_can_be_read(
    title: str, place: str, start: datetime
) -> None:
    begin = start.replace(tzinfo=UTC, microsecond=0)
    event = Event("u", title, begin, begin + timedelta(hours=1), place=place)

    (found,) = read(ics([event], stamp=STAMP)).walk("VEVENT")

    assert found.decoded("DTSTART") == begin


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_words_come_back_and_no_line_is_too_long(title: str, description: str) -> None:
    content = ics(
        [Event("u", title, LESSON.start, LESSON.end, description=description)], stamp=STAMP
    )

    (found,) = read(content).walk("VEVENT")

    assert str(found["SUMMARY"]) == flat(title)
    assert str(found.get("DESCRIPTION", "")) == clean(description)
    assert max(map(len, content.split(b"\r\n"))) <= 75
