"""The school year: 1 September to 31 August."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.ui import schoolyear


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_school_year_runs_from_september_to_august(day: date) -> None:
    start = schoolyear.of(day)

    assert date(start, 9, 1) <= day <= date(start + 1, 8, 31)


def test_a_school_year_is_written_as_two_years() -> None:
    assert schoolyear.label(2026) == "2026-2027"
