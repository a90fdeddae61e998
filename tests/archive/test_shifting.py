"""Days of one school year in another (holidays: decision of 17 April 1991, see holidays.py)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.archive import shifting
from partnerwijzer.organisations import holidays
from partnerwijzer.schooldays import off
from partnerwijzer.ui import schoolyear

DAYS_OF = off.days(range(5))
DAYS = st.dates(date(2020, 9, 1), date(2035, 6, 30))


def test_a_day_lands_on_the_same_weekday_of_the_same_time_of_year() -> None:
    assert shifting.shift(date(2026, 3, 10), 1, DAYS_OF) == shifting.Shifted(date(2027, 3, 9))


def test_a_day_without_school_gives_way_and_says_so() -> None:
    # Tuesday 4 November 2025 lies after that autumn holiday; a year on it lies in one.
    found = shifting.shift(date(2025, 11, 4), 1, DAYS_OF)
    assert found == shifting.Shifted(date(2026, 11, 10), (date(2026, 11, 3), "herfstvakantie"))


def test_a_free_day_of_the_school_gives_way_with_its_own_name() -> None:
    own = off.Own(date(2027, 3, 9), date(2027, 3, 9), off.FREE, "Lokale verlofdag")
    found = shifting.shift(date(2026, 3, 10), 1, off.days(range(5), [own]))
    assert found == shifting.Shifted(date(2027, 3, 16), (own.first, "Lokale verlofdag"))


def test_lessons_that_the_school_gives_in_a_holiday_are_a_day_of_school() -> None:
    own = off.Own(date(2026, 11, 3), date(2026, 11, 3), off.LESSON, "Toch les")
    days = off.days(range(5), [own])
    assert shifting.shift(date(2025, 11, 4), 1, days) == shifting.Shifted(date(2026, 11, 3))


def test_a_weekday_without_lessons_stays_what_it_was() -> None:
    own = off.Own(date(2026, 3, 14), date(2026, 3, 14), off.LESSON, "Les op zaterdag")
    days = off.days(range(5), [own])
    assert shifting.shift(date(2026, 3, 14), 1, days) == shifting.Shifted(date(2027, 3, 13))


def test_what_was_in_a_holiday_may_be_in_one_again() -> None:
    assert shifting.shift(date(2025, 7, 8), 1, DAYS_OF) == shifting.Shifted(date(2026, 7, 7))


def test_the_last_days_of_june_do_not_land_in_the_summer_holiday() -> None:
    found = shifting.shift(date(2026, 6, 29), 1, DAYS_OF)
    assert found.day == date(2027, 6, 28)


@given(DAYS, st.integers(1, 3))
def test_it_stays_in_the_school_year_on_its_weekday_and_on_a_day_of_school(
    day: date, years: int
) -> None:
    found = shifting.shift(day, years, DAYS_OF)
    assert found.day is not None
    assert found.day.weekday() == day.weekday()
    assert schoolyear.of(found.day) == schoolyear.of(day) + years
    if holidays.on(day) is None:
        assert holidays.on(found.day) is None
    assert (found.free is None) == (found.day == shifting.same_weekday(day, years))
