"""Terms of a council, in calendar days that rest during holidays. Pure.

Source: the consultation on a draft decision takes place within 21 calendar days, the board answers
an advice of the council within 30; both rest in the holidays that the council's own rules name
(decree on participation of 2 April 2004, circular of 16 May 2014; domain.md 4). The numbers of days
stand in the content (governance.yaml: clocks); a body may have numbers of its own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

CONSULTATION, ANSWER = "consultation", "answer-to-advice"


class Pause(Protocol):
    """Days that do not count."""

    def __contains__(self, day: date) -> bool: ...


class Named(Pause, Protocol):
    """A pause with its name and its days."""

    @property
    def name(self) -> object: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


@dataclass(frozen=True)
class Rest:
    """A holiday inside a term, and how many days of it the term stood still."""

    name: str
    first: date
    last: date
    days: int


@dataclass(frozen=True)
class Term:
    """How a last day was found: shown to who has to rely on it.

    Attributes:
        start: the day on which it begins; the day after is the first that counts.
        days: how many calendar days count.
        last: the last day.
        rests: what made it longer, in order of date.
    """

    start: date
    days: int
    last: date
    rests: tuple[Rest, ...] = ()

    @property
    def without_rests(self) -> date:
        """What the last day would have been without holidays."""
        return self.start + timedelta(days=self.days)

    def left(self, today: date) -> int:
        """Calendar days until the last day; below zero when it has passed."""
        return (self.last - today).days


def agenda_by(meeting: date, lead_days: int) -> date:
    """The last day on which the agenda may go out, by the body's own rules."""
    return meeting - timedelta(days=lead_days)


def mandate_end(since: date, years: int) -> date:
    """The last day of a mandate of so many years: the day before its anniversary."""
    leap = (since.month, since.day) == (2, 29)
    return (since + timedelta(days=leap)).replace(year=since.year + years) - timedelta(days=1)


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


def term(start: date, days: int, pauses: Collection[Named]) -> Term:
    """The term with what made it longer. A day in two holidays counts for the first of them."""
    last = deadline(start, days, pauses)
    taken: set[date] = set()
    rests = []
    for pause in sorted(pauses, key=lambda p: (p.first, -p.last.toordinal())):
        inside = _days_inside(pause, start, last) - taken
        taken |= inside
        if inside:
            rests.append(Rest(str(pause.name), pause.first, pause.last, len(inside)))
    return Term(start, days, last, tuple(rests))


def _days_inside(pause: Named, start: date, last: date) -> set[date]:
    first = max(pause.first, start + timedelta(days=1))
    count = (min(pause.last, last) - first).days + 1
    return {first + timedelta(days=i) for i in range(count)}
