"""On which days a series falls. Pure."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from partnerwijzer.schooldays.off import Days

WEEKLY, TWO_WEEKLY, MONTHLY = "weekly", "two-weekly", "monthly"
STEPS = {WEEKLY: 7, TWO_WEEKLY: 14}
MOST = 60


class TooMany(ValueError):
    """A series of more than MOST moments: that is a mistake in the last day."""


@dataclass(frozen=True)
class Moment:
    """A day by the rule. `skipped`: why nothing is planned then; empty where something is.
    `warning`: why it asks for care where something is."""

    on: date
    skipped: str = ""
    warning: str = ""


def days(rule: str, first: date, until: date) -> list[date]:
    """The days by the rule, from the first up to and including the last.

    Each month: the same day of the week in the same week of the month as the first; the fifth where
    a month has no fifth, is the last.

    Raises:
        TooMany: more than MOST.
    """
    found: list[date] = []
    day, months = first, 0
    while day <= until:
        found.append(day)
        if len(found) > MOST:
            raise TooMany
        months += 1
        step = STEPS.get(rule)
        day = day + timedelta(days=step) if step else in_month(first, months)
    return found


def in_month(first: date, months: int) -> date:
    """The same weekday, in the same week of the month, so many months later."""
    count = first.year * 12 + first.month - 1 + months
    year, month = count // 12, count % 12 + 1
    week = (first.day - 1) // 7
    start = date(year, month, 1)
    day = 1 + (first.weekday() - start.weekday()) % 7 + 7 * week
    return start.replace(day=day if day <= monthrange(year, month)[1] else day - 7)


def moments(
    rule: str,
    first: date,
    until: date,
    calendar: Days,
    *,
    skip: bool = True,
    taken: Collection[date] = (),
) -> list[Moment]:
    """The days by the rule, with why some are passed over.

    Args:
        skip: pass over holidays and days off of the school.
        taken: days that have a moment of this series already.
    """
    found = []
    for day in days(rule, first, until):
        off = calendar.clash(day) if skip else ""
        found.append(Moment(day, _("Daar blijft een activiteit staan.") if day in taken else off))
    return found
