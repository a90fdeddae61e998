"""The ninety days before elections (domain.md 3.2)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.elections import near
from partnerwijzer.elections.near import Clash, Vote

VOTE = Vote("Gemeenteraad", date(2030, 10, 13))
DAYS = st.dates(date(2029, 1, 1), date(2031, 12, 31))


def test_the_ninetieth_day_before_counts_and_the_one_before_does_not() -> None:
    found = near.clashes([date(2030, 7, 14), date(2030, 7, 15)], [VOTE], 90)

    assert found == [Clash(date(2030, 7, 15), VOTE)]
    assert found[0].days_before == 90


def test_the_day_itself_counts_and_the_day_after_does_not() -> None:
    found = near.clashes([VOTE.on, VOTE.on + timedelta(days=1)], [VOTE], 90)

    assert found == [Clash(VOTE.on, VOTE)]


@given(st.lists(DAYS), st.integers(0, 200))
def test_a_day_clashes_when_it_is_at_most_so_many_days_before(days: list[date], most: int) -> None:
    expected = sorted({day for day in days if 0 <= (VOTE.on - day).days <= most})

    assert [clash.day for clash in near.clashes(days, [VOTE], most)] == expected


@given(DAYS, DAYS, st.integers(0, 200))
def test_a_period_clashes_when_one_of_its_days_does(one: date, other: date, most: int) -> None:
    first, last = sorted((one, other))
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]

    found = near.span_clashes(first, last, [VOTE], most)

    assert found == near.clashes(every, [VOTE], most)[:1]


def test_beyond_the_last_election_nothing_is_known() -> None:
    assert near.known_until([VOTE, Vote("Eerder", date(2029, 6, 10))]) == VOTE.on
    assert near.known_until([]) is None
