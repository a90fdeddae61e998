"""The Flemish school year: 1 September to 31 August. Pure.

It stands in `ui`, below everything that counts or shows school years, so that they agree.
"""

from datetime import date

FIRST_MONTH = 9


def of(day: date) -> int:
    """The year in which the school year of this day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def label(start: int) -> str:
    """As people write it: 2026-2027."""
    return f"{start}-{start + 1}"
