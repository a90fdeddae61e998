"""Which month is looked at."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.dossiers import month

months = st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(lambda day: day.replace(day=1))


@given(months)
def test_a_month_is_whole_weeks_from_monday(start: date) -> None:
    days = month.weeks(start)

    assert days[0].weekday() == 0
    assert len(days) in (28, 35, 42)
    assert days == [days[0] + timedelta(days=i) for i in range(len(days))]


@given(months)
def test_a_month_holds_all_its_days_and_no_week_without(start: date) -> None:
    days = month.weeks(start)
    mine = [day for day in days if (day.year, day.month) == (start.year, start.month)]

    assert mine[0] == start
    assert mine[-1] == (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    assert days.index(mine[0]) < 7
    assert len(days) - days.index(mine[-1]) <= 7


@given(months)
def test_before_and_after_are_each_other_s_way_back(start: date) -> None:
    if start > date(1900, 1, 1):
        assert month.after(month.before(start)) == start
    if start < date(2999, 12, 1):
        assert month.before(month.after(start)) == start


def test_the_calendar_ends_somewhere() -> None:
    assert month.before(date(1900, 1, 1)) == date(1900, 1, 1)
    assert month.after(date(2999, 12, 1)) == date(2999, 12, 1)


@given(st.text())
def test_any_text_gives_the_first_of_a_month_that_can_be_shown(text: str) -> None:
    start = month.first_day(text, date(2026, 11, 22))

    assert start.day == 1
    assert month.weeks(start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2027-02", date(2027, 2, 1)),
        ("2027-13", date(2026, 11, 1)),
        ("", date(2026, 11, 1)),
        ("0001-01", date(2026, 11, 1)),
        ("9999-12", date(2026, 11, 1)),
        ("volgende maand", date(2026, 11, 1)),
    ],
)
def test_a_month_is_read_as_people_s_addresses_write_it(text: str, start: date) -> None:
    assert month.first_day(text, date(2026, 11, 22)) == start


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_a_month_its_week_and_back_is_the_same_month(any_day: date, today: date) -> None:
    start = any_day.replace(day=1)

    day = month.in_week(start, today)
    back = month.in_month(day - timedelta(days=day.weekday()), today)

    assert day.replace(day=1) == start
    if today.replace(day=1) == start:
        assert day == back == today
    else:
        assert day.weekday() < 5
        assert back.replace(day=1) == start or back == today  # a week of two months, with today
