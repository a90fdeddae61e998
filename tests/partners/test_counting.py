"""Schools are counted, not ticks; under the minimum nothing is said; never an average."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.partners import counting
from partnerwijzer.partners.counting import (
    MOST_DOTS,
    AgeCount,
    FactorCount,
    Summary,
    Told,
    weight_of,
)

THIS_YEAR = 2026  # the school year in which these tests play

FACTORS = st.tuples(
    st.sampled_from(["easy-to-reach", "goal-clear", "right-level"]),
    st.sampled_from(["smooth", "difficult"]),
)
TOLD = st.builds(
    Told,
    school=st.integers(1, 6),
    year=st.integers(2017, 2026),
    again=st.sampled_from(["yes", "changed", "no"]),
    factors=st.lists(FACTORS, max_size=4).map(tuple),
)
ROWS = st.lists(TOLD, max_size=25)


def summarise(rows: list[Told], minimum: int = 3, this_year: int = THIS_YEAR) -> Summary:
    return counting.summarise(rows, minimum, this_year=this_year)


def told(school: int, year: int = 2025, again: str = "yes", *factors: tuple[str, str]) -> Told:
    return Told(school, year, again, factors)


def test_two_schools_are_too_few_to_say_anything() -> None:
    rows = [told(1, 2024, "no", ("goal-clear", "difficult")), told(2, 2025, "yes")]

    assert summarise(rows) == Summary(schools=2)
    assert summarise(rows).too_few


def test_three_schools_are_counted() -> None:
    rows = [told(1, 2023), told(2, 2024, "changed"), told(3, 2025, "no")]

    assert summarise(rows) == Summary(
        schools=3, again=1, changed=1, not_again=1, newest=2025, oldest=2023,
        weight=Fraction(2), weight_positive=Fraction(1),
        ages=(AgeCount(0, 1, 1, Fraction(1)), AgeCount(2, 3, 2, Fraction(1, 2))),
    )  # fmt: skip


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

    assert counts == (FactorCount("easy-to-reach", 2, 1, weight=Fraction(5, 2)),)


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

    assert found.schools + found.outdated == len({row.school for row in rows})
    if not found.too_few:
        assert found.again + found.changed + found.not_again == found.schools
        assert found.dots.count(True) == found.positive


@given(ROWS)
def test_under_the_minimum_nothing_shows_but_the_number_of_schools(rows: list[Told]) -> None:
    found = summarise(rows, minimum=7)

    assert found == Summary(schools=found.schools, minimum=7, outdated=found.outdated)


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
    by_hand = Counter(again for year, again in last.values() if THIS_YEAR - year <= 5)
    found = summarise(rows, minimum=0)

    assert (found.again, found.changed, found.not_again) == (
        by_hand["yes"],
        by_hand["changed"],
        by_hand["no"],
    )


# What is older weighs less


def test_the_weights_are_those_that_the_page_explains() -> None:
    assert [weight_of(age) for age in range(8)] == [
        1, 1, Fraction(1, 2), Fraction(1, 2), Fraction(1, 4), Fraction(1, 4), 0, 0,
    ]  # fmt: skip


def test_an_experience_from_next_school_year_weighs_whole() -> None:
    assert weight_of(-1) == 1


def test_three_old_schools_are_not_enough_any_more() -> None:
    rows = [told(1, 2019), told(2, 2020), told(3, 2020, "no")]

    assert summarise(rows) == Summary(schools=0, outdated=3)


def test_what_is_too_old_is_in_no_figure() -> None:
    recent = [told(1), told(2), told(3)]
    old = told(4, 2018, "no", ("goal-clear", "difficult"))

    found = summarise([old, *recent])

    assert (found.schools, found.not_again, found.factors, found.outdated) == (3, 0, (), 1)
    assert found.oldest == 2025


def test_what_few_said_lately_stands_before_what_as_many_said_long_ago() -> None:
    rows = [
        told(1, 2021, "yes", ("a", "smooth")),
        told(2, 2021, "yes", ("a", "smooth")),
        told(3, 2026, "yes", ("b", "smooth")),
    ]

    assert [(c.factor, c.smooth) for c in summarise(rows).factors] == [("b", 1), ("a", 2)]


def test_it_is_said_when_recent_experiences_are_worse() -> None:
    good_before = [told(n, 2021) for n in range(3)]
    bad_now = [told(n, 2026, "no") for n in range(5, 7)]

    assert summarise([*good_before, *bad_now]).trend == -1
    assert summarise([told(n, 2021, "no") for n in range(3)] + [told(9, 2026)]).trend == 1
    assert summarise([told(n, 2026) for n in range(4)]).trend == 0


@given(st.integers(-2, 30), st.integers(0, 30))
def test_what_is_older_never_weighs_more(age: int, later: int) -> None:
    assert 0 <= weight_of(age + later) <= weight_of(age) <= 1


@given(ROWS)
def test_the_weights_add_up(rows: list[Told]) -> None:
    found = summarise(rows, minimum=0)

    assert found.weight == sum(a.schools * a.weight for a in found.ages)
    assert 0 <= found.weight_positive <= found.weight <= found.schools
    assert sum(a.schools for a in found.ages) == found.schools


@given(ROWS)
def test_a_year_later_nothing_weighs_more(rows: list[Told]) -> None:
    now, later = (summarise(rows, minimum=0, this_year=year) for year in (2026, 2027))

    assert later.weight <= now.weight
    assert later.schools <= now.schools
