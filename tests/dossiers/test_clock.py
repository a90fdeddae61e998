"""Terms of the school council: 21 and 30 calendar days, at rest in holidays (K5; domain.md 4)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.dossiers import clock
from partnerwijzer.organisations import holidays

starts = st.dates(date(2020, 1, 1), date(2060, 1, 1))


def test_twenty_one_days_run_from_the_day_after() -> None:
    assert clock.deadline(date(2026, 11, 9), clock.CONSULTATION_DAYS, []) == date(2026, 11, 30)


def test_a_holiday_inside_the_term_makes_it_longer_by_its_days() -> None:
    pauses = [h for h in holidays.of_year(2026) if h.key == "christmas"]

    assert clock.deadline(date(2026, 12, 10), 21, pauses) == date(2027, 1, 14)


@given(starts, st.integers(1, 60))
def test_as_many_days_count_as_the_term_has(start: date, days: int) -> None:
    pauses = holidays.between(start, start + timedelta(days=400))

    last = clock.deadline(start, days, pauses)

    span = (start + timedelta(days=i) for i in range(1, (last - start).days + 1))
    assert sum(not any(day in p for p in pauses) for day in span) == days
    assert not any(last in p for p in pauses)
