"""Is there school on a day: holidays of all, own days, academies (D15; domain.md 6.4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.organisations import holidays
from partnerwijzer.schooldays.off import Days, Own, days

WEEK = range(5)
FREE = Own(date(2027, 3, 15), date(2027, 3, 16), "free", "Lokale verlofdag")
STUDY = Own(date(2027, 3, 17), date(2027, 3, 17), "study", "Studiedag")


def test_days_of_the_school_itself_are_off() -> None:
    calendar = days(WEEK, [FREE, STUDY])

    assert calendar.clash(date(2027, 3, 15)) == (
        "Die dag is er geen school: Lokale verlofdag, tot en met 16 maart 2027."
    )
    assert calendar.clash(date(2027, 3, 16)) == "Die dag is er geen school: Lokale verlofdag."
    assert calendar.clash(date(2027, 3, 17)) == "Die dag zijn er geen leerlingen: Studiedag."
    assert calendar.clash(date(2027, 3, 18)) == ""


def test_a_study_day_is_just_right_for_the_team() -> None:
    """domain.md 6.4: a study day is itself a typical partner slot."""
    calendar = days(WEEK, [STUDY])

    assert calendar.clash(date(2027, 3, 17), for_team=True) == ""
    assert calendar.clash(date(2027, 3, 20), for_team=True) != ""


def test_a_weekend_is_no_day_of_lessons_unless_the_school_teaches_then() -> None:
    """domain.md 6.4: part-time art education can have Saturday and Sunday lessons."""
    saturday = date(2027, 3, 20)

    assert days(WEEK).clash(saturday) == "Die dag zijn er bij jullie geen lessen: zaterdag."
    assert days([2, 5]).clash(saturday) == ""
    assert days([2, 5]).clash(date(2027, 3, 18)) != ""


def test_an_academy_teaches_on_the_first_saturday_of_a_holiday() -> None:
    """domain.md 6.4: an academy that teaches the first Saturday of the autumn holidays."""
    first = date(2026, 11, 7)
    lesson = Own(first, first, "lesson", "Eerste zaterdag")
    assert "herfstvakantie" in days([2, 5], part_time=True).clash(first)

    assert days([2, 5], [lesson], part_time=True).clash(first) == ""


def test_an_academy_has_only_ascension_day_itself() -> None:
    """domain.md 6.4: DKO and adults: only Ascension Day, not the Friday after."""
    friday = date(2027, 5, 7)

    assert days(WEEK).clash(friday) != ""
    assert days(WEEK, part_time=True).clash(friday) == ""
    assert days(WEEK, part_time=True).clash(date(2027, 5, 6)) != ""


def test_named_days_leave_plain_weekends_out() -> None:
    found = days(WEEK, [STUDY]).named(date(2027, 3, 15), date(2027, 3, 21))

    assert found == {date(2027, 3, 17): "Studiedag"}


@pytest.mark.parametrize(
    ("year", "last"),
    [(2023, date(2024, 4, 14)), (2024, date(2025, 4, 21)), (2025, date(2026, 4, 19)),
     (2026, date(2027, 4, 11)), (2027, date(2028, 4, 17))],
)  # fmt: skip
def test_the_published_easter_holidays_are_off_to_their_last_day(year: int, last: date) -> None:
    """domain.md 6.4: the published calendars, and 2026-27 as computed from the rules."""
    calendar = days(WEEK)

    assert calendar.off(last) is not None
    assert calendar.off(last + timedelta(days=1 if last.weekday() == 0 else 2)) is None


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.booleans())
def test_a_holiday_is_always_off_and_lessons_always_win(day: date, part_time: bool) -> None:
    plain = Days(frozenset(WEEK), (), part_time)
    taught = Days(frozenset(WEEK), (Own(day, day, "lesson", "Toch les"),), part_time)

    if holidays.on(day, part_time=part_time):
        assert plain.off(day) is not None
    assert taught.off(day) is None
