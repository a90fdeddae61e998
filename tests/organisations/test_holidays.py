"""Holidays follow from the rules (issue 3, calendar; the decision of 17 April 1991)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.organisations import holidays

LONG = ("autumn", "christmas", "carnival", "easter")

# As published for Flemish schools: first and last day, month and day.
PUBLISHED = {
    2023: ("10-30 11-05", "12-25 01-07", "02-12 02-18", "04-01 04-14"),
    2024: ("10-28 11-03", "12-23 01-05", "03-03 03-09", "04-07 04-21"),
    2025: ("10-27 11-02", "12-22 01-04", "02-16 02-22", "04-06 04-19"),
    2026: ("11-02 11-08", "12-21 01-03", "02-08 02-14", "03-29 04-11"),
    2027: ("11-01 11-07", "12-27 01-09", "02-28 03-05", "04-03 04-17"),
    2028: ("10-30 11-05", "12-25 01-07", "02-12 02-18", "04-02 04-15"),
}


@pytest.mark.parametrize("start", PUBLISHED)
def test_the_published_calendars_come_out_of_the_rules(start: int) -> None:
    """domain.md 6.4: the long holidays follow from the rules, as published."""
    found = {h.key: h for h in holidays.of_year(start)}

    assert tuple(f"{found[k].first:%m-%d} {found[k].last:%m-%d}" for k in LONG) == PUBLISHED[start]


def test_single_days_of_2026_2027() -> None:
    """domain.md 6.4: single days off."""
    single = {h.key: (h.first, h.last) for h in holidays.of_year(2026) if not h.is_long}

    assert single == {
        "armistice": (date(2026, 11, 11), date(2026, 11, 11)),
        "easter-monday": (date(2027, 3, 29), date(2027, 3, 29)),
        "labour": (date(2027, 5, 1), date(2027, 5, 1)),
        "ascension": (date(2027, 5, 6), date(2027, 5, 7)),
        "whit-monday": (date(2027, 5, 17), date(2027, 5, 17)),
    }


def test_an_academy_teaches_on_the_friday_after_ascension() -> None:
    friday = date(2027, 5, 7)

    assert holidays.on(friday) is not None
    assert holidays.on(friday, part_time=True) is None
    assert holidays.on(date(2027, 5, 6), part_time=True) is not None


@pytest.mark.parametrize(
    ("start", "first", "last"),
    [
        (2024, date(2024, 9, 2), date(2025, 6, 30)),
        (2026, date(2026, 9, 1), date(2027, 6, 30)),
        (2028, date(2028, 9, 1), date(2029, 6, 29)),
        (2023, date(2023, 9, 1), date(2024, 6, 28)),
    ],
)
def test_school_does_not_begin_or_end_in_a_weekend(start: int, first: date, last: date) -> None:
    """domain.md 6.4: the year does not begin or end in a weekend."""
    assert (holidays.first_day(start), holidays.last_day(start)) == (first, last)


def test_of_two_that_meet_the_longest_is_named() -> None:
    monday = holidays.on(date(2027, 3, 29))  # Easter Monday, in the Easter holidays

    assert monday is not None
    assert monday.key == "easter"


@given(st.integers(1990, 2090))
def test_every_year_has_its_holidays_in_order(start: int) -> None:
    found = [h for h in holidays.of_year(start) if h.is_long]

    assert [h.key for h in found] == [*LONG, "summer"]
    assert all(a.last < b.first for a, b in pairwise(found))
    assert all(h.first.weekday() == 0 for h in found if h.key in ("christmas", "carnival"))
    days = {h.key: (h.last - h.first).days + 1 for h in found}
    assert (days["autumn"], days["christmas"], days["carnival"]) == (7, 14, 7)
    assert 14 <= days["easter"] <= 15


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 400))
def test_what_lies_between_two_days_has_each_of_their_holidays(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = holidays.between(first, last)

    days = (first + timedelta(days=i) for i in range(0, length + 1, 7))
    assert all(h in found for day in days if (h := holidays.on(day)))
    assert all(h.first <= last and h.last >= first for h in found)
