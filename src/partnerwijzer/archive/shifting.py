"""Days of one school year in another. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from partnerwijzer.schooldays.off import Days, Off
from partnerwijzer.ui import schoolyear

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Shifted:
    """Where a day lands.

    Attributes:
        day: None where there is no such day left in that school year.
        free: the day without school that it would have been, and what that is called.
    """

    day: date | None
    free: tuple[date, str] | None = None


def years_on(day: date, years: int) -> date:
    """The same date so many years on; 29 February becomes 28 February where it must."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def same_weekday(day: date, years: int) -> date:
    """The day nearest to the same date with the same day of the week, inside the same school
    year."""
    around = years_on(day, years)
    ahead = (day.weekday() - around.weekday()) % 7
    found = around + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    target = schoolyear.of(day) + years
    if schoolyear.of(found) == target:
        return found
    return found + (WEEK if schoolyear.of(found) < target else -WEEK)


def shift(day: date, years: int, days: Days) -> Shifted:
    """A day of school so many school years on: the same weekday, and where that is a day without
    school the first such weekday after it, else before it.

    A day that was in a holiday then, may be in one again: it was meant so.

    Args:
        days: the calendar of the school, with its own free days and study days.
    """
    first = same_weekday(day, years)
    free = _free(first, days)
    if free is None or _free(day, days) is not None:
        return Shifted(first)
    told = (first, free.name)
    for step in (WEEK, -WEEK):
        found = first + step
        while _free(found, days) is not None and _in_year(found, first):
            found += step
        if _in_year(found, first):
            return Shifted(found, told)
    return Shifted(None, told)


def _free(day: date, days: Days) -> Off | None:
    """Why this day is free, by name. A weekday without lessons is not: each week has it."""
    found = days.off(day)
    return None if found is None or found.why == "weekday" else found


def _in_year(day: date, other: date) -> bool:
    return schoolyear.of(day) == schoolyear.of(other)
