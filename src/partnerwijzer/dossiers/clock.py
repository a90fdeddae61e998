"""Terms of the school council, in calendar days that rest during holidays. Pure.

Source: the consultation on a draft decision takes place within 21 calendar days, the board answers
an advice of the council within 30; both rest in the holidays that the council's own rules name
(decree on participation of 2 April 2004, circular of 16 May 2014).
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Protocol

CONSULTATION_DAYS = 21
ANSWER_DAYS = 30


class Pause(Protocol):
    """Days that do not count."""

    def __contains__(self, day: date) -> bool: ...


def deadline(start: date, days: int, pauses: Collection[Pause]) -> date:
    """The last day of a term.

    Args:
        start: the day on which it begins; the day after is the first that counts.
        days: how many calendar days count.
    """
    day = start
    while days:
        day += timedelta(days=1)
        days -= not any(day in pause for pause in pauses)
    return day
