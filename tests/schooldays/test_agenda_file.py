"""Reading the free days of a school out of the agenda that it has (D15)."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.documents.calendar import Event, ics
from partnerwijzer.schooldays import agenda_file
from partnerwijzer.schooldays.agenda_file import Found, NotAnAgenda

SINCE, UNTIL = date(2026, 9, 1), date(2028, 8, 31)


def file(*events: Event) -> bytes:
    return ics(events, stamp=datetime(2026, 9, 1, tzinfo=UTC))


def read(content: bytes) -> list[Found]:
    return agenda_file.read(content, since=SINCE, until=UNTIL)


def test_whole_days_and_hours_are_read_with_a_guess() -> None:
    content = file(
        Event("a", "Pedagogische studiedag", date(2027, 3, 17), date(2027, 3, 17)),
        Event("b", "Facultatieve verlofdag", date(2027, 2, 15), date(2027, 2, 16)),
        Event("c", "Oudercontact", datetime(2027, 1, 12, 17, tzinfo=UTC),
              datetime(2027, 1, 12, 20, tzinfo=UTC)),
        Event("d", "Vorige eeuw", date(1999, 1, 1), date(1999, 1, 1)),
    )  # fmt: skip

    assert read(content) == [
        Found("c", "Oudercontact", date(2027, 1, 12), date(2027, 1, 12), ""),
        Found("b", "Facultatieve verlofdag", date(2027, 2, 15), date(2027, 2, 16),
              "free"),
        Found("a", "Pedagogische studiedag", date(2027, 3, 17), date(2027, 3, 17),
              "study"),
    ]  # fmt: skip


def test_what_was_cancelled_or_has_no_name_or_day_is_left_out() -> None:
    calendar = icalendar.Calendar()
    for name, day, status in (("", date(2027, 1, 1), ""), ("Weg", date(2027, 1, 1), "CANCELLED")):
        event = icalendar.Event()
        event.add("summary", name)
        event.add("dtstart", day)
        event.add("status", status or "CONFIRMED")
        calendar.add_component(event)
    without = icalendar.Event()
    without.add("summary", "Zonder dag")
    calendar.add_component(without)

    assert read(calendar.to_ical()) == []


def test_a_length_counts_as_an_end() -> None:
    calendar, event = icalendar.Calendar(), icalendar.Event()
    event.add("summary", "Brugdag")
    event.add("dtstart", date(2027, 5, 7))
    event.add("duration", timedelta(days=2))
    calendar.add_component(event)

    (found,) = read(calendar.to_ical())

    assert (found.first, found.last, found.kind) == (date(2027, 5, 7), date(2027, 5, 8), "free")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"BEGIN:VCALENDAR", b"x" * 1_000_001])
def test_something_else_is_no_agenda(content: bytes) -> None:
    with pytest.raises(NotAnAgenda):
        read(content)


@given(st.binary(max_size=300))
def test_whatever_is_read_it_is_an_agenda_or_refused(content: bytes) -> None:
    try:
        found = read(content)
    except NotAnAgenda:
        return
    assert found == []


def test_a_time_of_something_that_repeats_has_its_own_key() -> None:
    """RFC 5545, 3.8.4.4: UID with RECURRENCE-ID, so that a day that moved stays the same."""
    calendar = icalendar.Calendar()
    for own in (None, date(2027, 2, 1)):
        event = icalendar.Event()
        event.add("uid", "u")
        event.add("summary", "Studiedag")
        event.add("dtstart", date(2027, 2, 3) if own else date(2027, 1, 4))
        if own:
            event.add("recurrence-id", own)
        calendar.add_component(event)

    assert [row.uid for row in read(calendar.to_ical())] == ["u", "u/2027-02-01"]
