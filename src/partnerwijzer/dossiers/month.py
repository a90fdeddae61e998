"""A month as a grid of whole weeks, Monday first. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

# Months that are shown: enough for any school, and no sum with days leaves what a date can be.
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 1)


@dataclass(frozen=True)
class Day:
    """One square of the grid."""

    on: date
    activities: list[Any] = field(default_factory=list)
    in_month: bool = True
    is_today: bool = False

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= 5

    @property
    def classes(self) -> str:
        """As the style sheet names them: void without anything, out of the month, off days."""
        marks = [
            ("void", not self.activities and not self.is_today),
            ("out", not self.in_month),
            ("off-day", self.is_weekend),
            ("today", self.is_today),
        ]
        return " ".join(name for name, so in marks if so)


def first_day(text: str, today: date) -> date:
    """The first of the month written as 2026-11; of this month where that is none that we show."""
    try:
        year, number = text.split("-")
        found = date(int(year), int(number), 1)
    except ValueError:
        found = today.replace(day=1)
    return found if FIRST <= found <= LAST else today.replace(day=1)


def before(start: date) -> date:
    return (start - timedelta(days=1)).replace(day=1) if start > FIRST else start


def after(start: date) -> date:
    return (start + timedelta(days=32)).replace(day=1) if start < LAST else start


def weeks(start: date) -> list[date]:
    """Every day of the weeks that this month touches."""
    first = start - timedelta(days=start.weekday())
    last = start.replace(day=monthrange(start.year, start.month)[1])
    count = (last - first).days + 7 - last.weekday()
    return [first + timedelta(days=i) for i in range(count)]


def grid(start: date, activities: Sequence[Any], today: date) -> list[Day]:
    """The days with what happens on each."""
    by_day: dict[date, list[Any]] = {}
    for activity in activities:
        by_day.setdefault(activity.on, []).append(activity)
    return [
        Day(
            day,
            by_day.get(day, []),
            (day.year, day.month) == (start.year, start.month),
            day == today,
        )
        for day in weeks(start)
    ]
