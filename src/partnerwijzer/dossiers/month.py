"""Which month is looked at, and which weeks it touches, Monday first. Pure."""

from calendar import monthrange
from datetime import date, timedelta

# Months that are shown: enough for any school, and no sum with days leaves what a date can be.
WEEK = timedelta(days=7)
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 1)


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


def monday(text: str, today: date) -> date:
    """The Monday of the week of the day written as 2026-11-22; of this week where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    day = day if FIRST + WEEK <= day <= LAST else today
    return day - timedelta(days=day.weekday())


def in_week(start: date, today: date) -> date:
    """The day whose week is looked at after this month: today where it is in it, else the first
    that is not in a weekend."""
    if (start.year, start.month) == (today.year, today.month):
        return today
    return start + timedelta(days=(7 - start.weekday()) % 7 if start.weekday() > 4 else 0)


def in_month(first: date, today: date) -> date:
    """The day whose month is looked at after the week of this Monday: today where it is in it, else
    the Friday. So a month, its week and back is the same month."""
    return today if first <= today < first + WEEK else first + timedelta(days=4)


def weeks(start: date) -> list[date]:
    """Every day of the weeks that this month touches."""
    first = start - timedelta(days=start.weekday())
    last = start.replace(day=monthrange(start.year, start.month)[1])
    count = (last - first).days + 7 - last.weekday()
    return [first + timedelta(days=i) for i in range(count)]
