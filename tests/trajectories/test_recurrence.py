"""On which days a series falls (D14)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.schooldays.off import Own
from partnerwijzer.schooldays.off import days as calendar
from partnerwijzer.trajectories import recurrence
from partnerwijzer.trajectories.recurrence import TooMany

DECEMBER, FEBRUARY = date(2026, 12, 1), date(2027, 2, 28)


def test_each_week_and_every_two_weeks() -> None:
    assert recurrence.days("weekly", DECEMBER, date(2026, 12, 22)) == [
        date(2026, 12, day) for day in (1, 8, 15, 22)
    ]
    assert recurrence.days("two-weekly", DECEMBER, date(2026, 12, 31)) == [
        date(2026, 12, day) for day in (1, 15, 29)
    ]


def test_each_month_on_the_same_day_of_the_week() -> None:
    second_tuesday = date(2026, 12, 8)

    assert recurrence.days("monthly", second_tuesday, date(2027, 3, 31)) == [
        date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9), date(2027, 3, 9),
    ]  # fmt: skip


def test_a_fifth_that_a_month_does_not_have_is_the_last() -> None:
    fifth_monday = date(2026, 11, 30)

    found = recurrence.days("monthly", fifth_monday, date(2027, 3, 31))

    assert found[1:4] == [date(2026, 12, 28), date(2027, 1, 25), date(2027, 2, 22)]
    assert found[4] == date(2027, 3, 29)


def test_holidays_and_days_off_are_passed_over_and_said() -> None:
    """domain.md 6.4: Christmas of 2026-27 is 21 December to 3 January."""
    own = [Own(date(2027, 1, 12), date(2027, 1, 12), "free", "Lokale verlofdag")]

    found = recurrence.moments(
        "weekly", date(2026, 12, 15), date(2027, 1, 19), calendar(range(5), own)
    )

    assert [(m.on.isoformat(), bool(m.skipped)) for m in found] == [
        ("2026-12-15", False), ("2026-12-22", True), ("2026-12-29", True),
        ("2027-01-05", False), ("2027-01-12", True), ("2027-01-19", False),
    ]  # fmt: skip
    assert "kerstvakantie" in found[1].skipped


def test_who_wants_to_plan_in_holidays_may() -> None:
    found = recurrence.moments(
        "weekly", date(2026, 12, 22), date(2026, 12, 29), calendar(range(5)), skip=False
    )

    assert [m.skipped for m in found] == ["", ""]


def test_a_series_has_an_end_that_makes_sense() -> None:
    with pytest.raises(TooMany):
        recurrence.days("weekly", DECEMBER, date(2036, 12, 1))


@given(
    st.sampled_from(["weekly", "two-weekly", "monthly"]),
    st.dates(date(2020, 1, 1), date(2060, 1, 1)),
    st.integers(0, 360),
)
def test_days_come_in_order_on_one_day_of_the_week(rule: str, first: date, length: int) -> None:
    until = first + timedelta(days=length)

    found = recurrence.days(rule, first, until)

    assert found[0] == first
    assert found == sorted(set(found))
    assert {day.weekday() for day in found} == {first.weekday()}
    assert all(first <= day <= until for day in found)
