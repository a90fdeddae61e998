"""Holidays of Flemish schools, computed from the rules. Pure.

The rules stand in the decision of the Flemish Government of 17 April 1991, as summarised by
schools; they give the calendars that were published for 2023-2024 to 2027-2028. Optional days off
and study days are each school's own and are not here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnerwijzer.ui import schoolyear

WEEK = timedelta(days=7)
SATURDAY, SUNDAY = 5, 6
LATE_EASTER = (4, 15)  # after this day the Easter holidays begin before Easter


@dataclass(frozen=True)
class Holiday:
    """Days on which there is no school.

    Attributes:
        first, last: the days, both included.
        is_long: a holiday of a week or more; else a single free day.
    """

    key: str
    name: str | Promise
    first: date
    last: date

    @property
    def is_long(self) -> bool:
        return self.last - self.first >= timedelta(days=6)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@lru_cache(maxsize=64)
def of_year(start: int, *, part_time: bool = False) -> tuple[Holiday, ...]:
    """The holidays of a school year, by date.

    Args:
        start: the year in which the school year begins.
        part_time: an academy or adult education: the Friday after Ascension is a day of school.
    """
    ascension = easter(start + 1) + timedelta(days=39)
    found = [
        _weeks("autumn", _("herfstvakantie"), _autumn(start), 1),
        _day("armistice", _("Wapenstilstand"), date(start, 11, 11)),
        _weeks("christmas", _("kerstvakantie"), _christmas(start), 2),
        _weeks("carnival", _("krokusvakantie"), _monday(easter(start + 1)) - 6 * WEEK, 1),
        _easter_holidays(start + 1),
        _day("easter-monday", _("paasmaandag"), easter(start + 1) + timedelta(days=1)),
        _day("labour", _("Dag van de Arbeid"), date(start + 1, 5, 1)),
        Holiday(
            "ascension",
            _("Hemelvaart"),
            ascension,
            ascension if part_time else ascension + timedelta(days=1),
        ),
        _day("whit-monday", _("pinkstermaandag"), easter(start + 1) + timedelta(days=50)),
        Holiday("summer", _("zomervakantie"), date(start + 1, 7, 1), date(start + 1, 8, 31)),
    ]
    return tuple(sorted(found, key=lambda h: (h.first, h.key)))


def on(day: date, *, part_time: bool = False) -> Holiday | None:
    """The holiday on this day; the longest where two meet."""
    found = [h for h in of_year(schoolyear.of(day), part_time=part_time) if day in h]
    return max(found, key=lambda h: h.last - h.first, default=None)


def between(first: date, last: date, *, part_time: bool = False) -> list[Holiday]:
    """Holidays that have at least one day from first up to last, by date."""
    years = range(schoolyear.of(first), schoolyear.of(last) + 1)
    every = (h for start in years for h in of_year(start, part_time=part_time))
    return [h for h in every if h.first <= last and h.last >= first]


def days(first: date, last: date, *, part_time: bool = False) -> dict[date, str]:
    """Each day without school from first up to last, with what it is called."""
    count = (last - first).days + 1
    span = [first + timedelta(days=i) for i in range(count)]
    named = ((day, on(day, part_time=part_time)) for day in span)
    return {day: capfirst(str(h.name)) for day, h in named if h}


def first_day(start: int) -> date:
    """The first day of school: 1 September, or the Monday after when that is in a weekend."""
    return _or_monday_after(date(start, 9, 1))


def last_day(start: int) -> date:
    """The last day of school: 30 June, or the Friday before when that is in a weekend."""
    day = date(start + 1, 6, 30)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _autumn(year: int) -> date:
    """The Monday of the week of 1 November; the day after where that is a Sunday."""
    day = date(year, 11, 1)
    return day + timedelta(days=1) if day.weekday() == SUNDAY else _monday(day)


def _christmas(year: int) -> date:
    """The Monday of the week of 25 December; the Monday after where that is in a weekend."""
    day = date(year, 12, 25)
    return _or_monday_after(day) if day.weekday() >= SATURDAY else _monday(day)


def _easter_holidays(year: int) -> Holiday:
    """Two weeks from the first Monday of April, moved when Easter is in March or late in April."""
    day = easter(year)
    key, name = "easter", _("paasvakantie")
    if day.month == 3:
        return _weeks(key, name, day + timedelta(days=1), 2)
    if (day.month, day.day) > LATE_EASTER:
        return Holiday(key, name, _monday(day) - WEEK, day + timedelta(days=1))
    return _weeks(key, name, _or_monday(date(year, 4, 1)), 2)


def _weeks(key: str, name: str | Promise, first: date, weeks: int) -> Holiday:
    """Whole weeks: from the Monday to the Sunday."""
    return Holiday(key, name, first, first + weeks * WEEK - timedelta(days=1))


def _day(key: str, name: str | Promise, day: date) -> Holiday:
    return Holiday(key, name, day, day)


def _monday(day: date) -> date:
    """The Monday of the week of this day."""
    return day - timedelta(days=day.weekday())


def _or_monday(day: date) -> date:
    """This day, or the first Monday after it."""
    return day + timedelta(days=-day.weekday() % 7)


def _or_monday_after(day: date) -> date:
    """This day, or the Monday after it where it is in a weekend."""
    return _or_monday(day) if day.weekday() >= SATURDAY else day
