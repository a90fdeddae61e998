"""Terms of the school council: 21 and 30 calendar days, at rest in holidays (K5; domain.md 4)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.councils import terms
from partnerwijzer.organisations import holidays

starts = st.dates(date(2020, 1, 1), date(2060, 1, 1))


def test_twenty_one_days_run_from_the_day_after() -> None:
    assert terms.deadline(date(2026, 11, 9), 21, []) == date(2026, 11, 30)


def test_a_holiday_inside_the_term_makes_it_longer_by_its_days() -> None:
    pauses = [h for h in holidays.of_year(2026) if h.key == "christmas"]

    assert terms.deadline(date(2026, 12, 10), 21, pauses) == date(2027, 1, 14)


@given(starts, st.integers(1, 60))
def test_as_many_days_count_as_the_term_has(start: date, days: int) -> None:
    pauses = holidays.between(start, start + timedelta(days=400))

    last = terms.deadline(start, days, pauses)

    span = (start + timedelta(days=i) for i in range(1, (last - start).days + 1))
    assert sum(not any(day in p for p in pauses) for day in span) == days
    assert not any(last in p for p in pauses)


# How it was computed (issue: clocks shown as dates)


def test_a_term_says_what_made_it_longer() -> None:
    christmas = next(h for h in holidays.of_year(2026) if h.key == "christmas")

    found = terms.term(date(2026, 12, 10), 21, [christmas])

    assert found.last == date(2027, 1, 14)
    assert found.without_rests == date(2026, 12, 31)
    assert [(r.name, r.first, r.last, r.days) for r in found.rests] == [
        ("kerstvakantie", date(2026, 12, 21), date(2027, 1, 3), 14)
    ]
    assert found.left(date(2027, 1, 10)) == 4


def test_of_two_holidays_that_meet_each_day_counts_once() -> None:
    every = [h for h in holidays.of_year(2026) if h.key in ("easter", "easter-monday")]

    found = terms.term(date(2027, 3, 20), 21, every)

    assert [(r.name, r.days) for r in found.rests] == [("paasvakantie", 14)]


@given(starts, st.integers(1, 60))
def test_the_days_that_rest_explain_the_whole_delay(start: date, days: int) -> None:
    found = terms.term(start, days, holidays.between(start, start + timedelta(days=400)))

    assert found.last == terms.deadline(
        start, days, holidays.between(start, start + timedelta(days=400))
    )
    assert (found.last - found.without_rests).days == sum(r.days for r in found.rests)
