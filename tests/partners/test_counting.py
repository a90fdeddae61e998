"""Schools are counted, not ticks; under the minimum nothing is said; never an average."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.partners.counting import MOST_DOTS, FactorCount, Summary, Told, summarise

FACTORS = st.tuples(
    st.sampled_from(["easy-to-reach", "goal-clear", "right-level"]),
    st.sampled_from(["smooth", "difficult"]),
)
TOLD = st.builds(
    Told,
    school=st.integers(1, 6),
    year=st.integers(2019, 2026),
    again=st.sampled_from(["yes", "changed", "no"]),
    factors=st.lists(FACTORS, max_size=4).map(tuple),
)
ROWS = st.lists(TOLD, max_size=25)


def told(school: int, year: int = 2025, again: str = "yes", *factors: tuple[str, str]) -> Told:
    return Told(school, year, again, factors)


def test_two_schools_are_too_few_to_say_anything() -> None:
    rows = [told(1, 2024, "no", ("goal-clear", "difficult")), told(2, 2025, "yes")]

    assert summarise(rows) == Summary(schools=2)
    assert summarise(rows).too_few


def test_three_schools_are_counted() -> None:
    rows = [told(1, 2023), told(2, 2024, "changed"), told(3, 2025, "no")]

    assert summarise(rows) == Summary(
        schools=3, again=1, changed=1, not_again=1, newest=2025, oldest=2023
    )


def test_one_school_that_shares_ten_times_is_still_one_school() -> None:
    assert summarise([told(1, year) for year in range(2015, 2025)]) == Summary(schools=1)


def test_of_a_school_that_shared_in_several_years_the_newest_word_counts() -> None:
    rows = [told(1, 2023, "no"), told(2), told(3), told(1, 2025, "yes")]

    assert summarise(rows).again == 3


def test_of_two_experiences_in_one_year_the_later_word_counts() -> None:
    rows = [told(1, 2025, "no"), told(2), told(3), told(1, 2025, "changed")]

    assert (summarise(rows).changed, summarise(rows).not_again) == (1, 0)


def test_a_factor_counts_once_for_a_school_and_a_school_year() -> None:
    smooth = ("easy-to-reach", "smooth")
    twice_this_year = [told(1, 2025, "yes", smooth), told(1, 2025, "yes", smooth)]
    and_last_year = [told(1, 2024, "yes", smooth)]
    others = [told(2, 2025, "yes", ("easy-to-reach", "difficult")), told(3)]

    counts = summarise([*and_last_year, *twice_this_year, *others]).factors

    assert counts == (FactorCount("easy-to-reach", smooth=2, difficult=1),)


def test_two_cooperations_in_one_year_keep_the_factors_of_both() -> None:
    rows = [
        told(1, 2025, "yes", ("goal-clear", "smooth")),
        told(1, 2025, "yes", ("right-level", "difficult")),
        told(2),
        told(3),
    ]

    assert {c.factor for c in summarise(rows).factors} == {"goal-clear", "right-level"}


def test_the_factor_that_most_schools_named_comes_first() -> None:
    rows = [
        told(1, 2025, "yes", ("b", "smooth"), ("a", "smooth")),
        told(2, 2025, "yes", ("b", "difficult")),
        told(3, 2025, "yes", ("c", "smooth")),
    ]

    assert [c.factor for c in summarise(rows).factors] == ["b", "a", "c"]


def test_more_schools_than_fit_in_a_row_of_dots_get_words_only() -> None:
    few, many = (summarise([told(i) for i in range(n)]) for n in (MOST_DOTS, MOST_DOTS + 1))

    assert (len(few.dots), many.dots) == (MOST_DOTS, [])


@given(ROWS)
def test_each_school_is_in_exactly_one_answer(rows: list[Told]) -> None:
    found = summarise(rows)

    assert found.schools == len({row.school for row in rows})
    if not found.too_few:
        assert found.again + found.changed + found.not_again == found.schools
        assert found.dots.count(True) == found.positive


@given(ROWS)
def test_under_the_minimum_nothing_shows_but_the_number_of_schools(rows: list[Told]) -> None:
    found = summarise(rows, minimum=7)

    assert found == Summary(schools=found.schools, minimum=7)


@given(ROWS)
def test_a_factor_is_never_counted_more_often_than_schools_had_years(rows: list[Told]) -> None:
    turns = len({(row.school, row.year) for row in rows})
    counts = summarise(rows, minimum=0).factors

    assert all(0 <= c.smooth <= turns and 0 <= c.difficult <= turns for c in counts)
    assert all(c.smooth + c.difficult > 0 for c in counts)


@given(ROWS)
def test_sharing_the_very_same_twice_changes_nothing(rows: list[Told]) -> None:
    assert summarise([row for row in rows for _ in range(2)]) == summarise(rows)


@given(ROWS)
def test_which_school_comes_first_does_not_matter(rows: list[Told]) -> None:
    by_school = sorted(rows, key=lambda row: row.school)  # stable: years keep their order

    assert summarise(by_school) == summarise(rows)


@given(ROWS)
def test_the_counts_are_those_of_counting_by_hand(rows: list[Told]) -> None:
    last: dict[int, tuple[int, str]] = {}
    for row in rows:
        if row.school not in last or last[row.school][0] <= row.year:
            last[row.school] = (row.year, row.again)
    by_hand = Counter(again for _year, again in last.values())
    found = summarise(rows, minimum=0)

    assert (found.again, found.changed, found.not_again) == (
        by_hand["yes"],
        by_hand["changed"],
        by_hand["no"],
    )
