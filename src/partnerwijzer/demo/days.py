"""Days of the demo: it is made today, and nobody works in a weekend or a holiday."""

from datetime import date, timedelta

from django.utils import timezone

from partnerwijzer.organisations import holidays

SATURDAY = 5


def school_day(day: date) -> date:
    """The same day, or the nearest school day after it; before it where it lies behind: what was,
    stays behind."""
    step = timedelta(days=-1 if day < timezone.localdate() else 1)
    while day.weekday() >= SATURDAY or holidays.on(day):
        day += step
    return day
