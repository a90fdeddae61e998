"""Which days fall in the days before elections. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Vote:
    """A day of elections as the rule needs it."""

    name: str
    on: date


@dataclass(frozen=True)
class Clash:
    """A day that falls in the days before an election."""

    day: date
    vote: Vote

    @property
    def days_before(self) -> int:
        return (self.vote.on - self.day).days


def first_day(vote: Vote, days: int) -> date:
    """The first of so many days before the election; the day itself is not among them."""
    return vote.on - timedelta(days=days)


def clashes(planned: Iterable[date], votes: Iterable[Vote], days: int) -> list[Clash]:
    """The planned days that fall in the days before an election or on its very day, in order.

    Args:
        days: how many days before the election count (domain.md 3.2: ninety).
    """
    every = list(votes)
    return [
        Clash(day, vote)
        for day in sorted(set(planned))
        for vote in every
        if first_day(vote, days) <= day <= vote.on
    ]


def span_clashes(first: date, last: date, votes: Iterable[Vote], days: int) -> list[Clash]:
    """As clashes(), for a period of which the days are not known yet: the first day that touches
    the days before each election."""
    return [
        Clash(max(first, first_day(vote, days)), vote)
        for vote in votes
        if first <= vote.on and first_day(vote, days) <= last
    ]


def known_until(votes: Iterable[Vote]) -> date | None:
    """Up to which day somebody looked: after the last election that is entered, nothing is known.

    Before that day the next election is known, so a day can be said to be outside its ninety days.
    """
    return max((vote.on for vote in votes), default=None)
