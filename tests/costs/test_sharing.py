"""Groups that may hold the same pupils: whether something stays under a ceiling is said only where
that can be told (domain.md 3.3: one group adds up over the school year)."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.costs import reckoning, sharing
from partnerwijzer.costs.book import book
from partnerwijzer.costs.reckoning import Charge, Standing
from tests.costs.test_reckoning import YEAR, ceilings, charge

LABELS = ("5A", "5B", "5de leerjaar", "5A en 5B", "4A", "3de graad", "Dolfijnen", "Pinguïns",
          "hele school")  # fmt: skip


def verdicts(charges: list[Charge], most: str = "100") -> dict[str, tuple[str, str]]:
    """Of each group the verdict and the worst case."""
    found = reckoning.standings(charges, ceilings(most), book(), YEAR)
    return {s.label: (s.state, str(s.worst)) for s in found}


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        # Even all together: under.
        ([("5de leerjaar", "20")], ("under", "100")),
        # A pupil who is in both pays too much: nobody can say.
        ([("5de leerjaar", "21")], ("unclear", "101")),
        ([("5A en 5B", "30")], ("unclear", "110")),
        ([("3de graad", "30")], ("unclear", "110")),
        ([("hele school", "30")], ("unclear", "110")),
        ([("Dolfijnen", "30")], ("unclear", "110")),
        # A pupil is in one class, and these are of another year or class.
        ([("5B", "90"), ("4A", "90"), ("4de leerjaar", "90"), ("5B en 5C", "90")],
         ("under", "80")),
        # In `5A en 5B` and in the whole year, but never in 5B.
        ([("5A en 5B", "5"), ("5de leerjaar", "5"), ("5B", "90")], ("under", "90")),
    ],
)  # fmt: skip
def test_under_is_said_only_where_the_worst_case_is_under(
    others: list[tuple[str, str]], expected: tuple[str, str]
) -> None:
    charges = [charge("80"), *(charge(each, label=label) for label, each in others)]

    assert verdicts(charges)["5A"] == expected


def test_over_is_said_where_the_known_part_is_over() -> None:
    charges = [charge("101"), charge("101", label="5de leerjaar")]

    assert {state for state, _worst in verdicts(charges).values()} == {"over"}


def test_of_a_whole_year_the_dearest_class_counts_not_all_classes() -> None:
    charges = [charge("60", label="5de leerjaar"), charge("30"), charge("40", label="5B")]

    assert verdicts(charges) == {
        "5de leerjaar": ("under", "100"), "5A": ("under", "90"), "5B": ("under", "100"),
    }  # fmt: skip


def test_a_group_without_a_name_may_be_any_class_of_its_level_elsewhere() -> None:
    """Not in the dossier where that class stands beside it: there they are two groups."""
    unnamed = charge("30", label="lager, 3de graad", unnamed=7, dossier=1)

    elsewhere = verdicts([charge("80", dossier=2), unnamed])
    beside = verdicts([charge("80", dossier=1), unnamed])
    other_years = verdicts([charge("80", label="2A", group_level="lager", dossier=2), unnamed])

    assert elsewhere == {"5A": ("unclear", "110"), "lager, 3de graad": ("unclear", "110")}
    assert beside == {"5A": ("under", "80"), "lager, 3de graad": ("under", "30")}
    assert other_years == {"2A": ("under", "80"), "lager, 3de graad": ("under", "30")}


def test_outings_of_earlier_years_that_may_be_theirs_count_in_the_worst_case() -> None:
    """domain.md 3.3: the less sharp ceiling holds over the whole of lager onderwijs."""
    night = {"kind": "several-days", "group_level": "lager"}
    then = charge("300", label="3de leerjaar", year=YEAR - 2, **night)
    left = charge("300", label="6de leerjaar", year=YEAR - 2, **night)
    known = ceilings("420", "several-days")

    (found,) = reckoning.standings([charge("200", **night), then, left], known, book(), YEAR)

    assert (found.asked, found.state, found.worst) == (200, "unclear", 500)
    assert found.beside == (f"3de leerjaar ({YEAR - 2}-{YEAR - 1})",)


charges_of = st.lists(
    st.builds(
        lambda label, each, at: charge(str(each), label=label, dossier=at),
        st.sampled_from(LABELS), st.integers(1, 90), st.integers(1, 3),
    ),
    min_size=1, max_size=9,
)  # fmt: skip


def standing_of(charges: list[Charge], most: int) -> list[Standing]:
    return reckoning.standings(charges, ceilings(str(most)), book(), YEAR)


@given(charges_of, st.integers(1, 200))
def test_the_verdict_follows_from_what_is_known_and_the_worst_case(
    charges: list[Charge], most: int
) -> None:
    together = sum(c.each for c in charges)

    for found in standing_of(charges, most):
        assert found.asked <= found.worst <= together
        assert (found.state == "over") is (found.asked > most)
        assert (found.state == "under") is (found.worst <= most)
        assert found.beside or found.worst == found.asked
        assert found.left == max(most - found.worst, 0)


@given(charges_of, st.integers(1, 200))
def test_who_is_in_a_group_that_is_under_never_pays_more(charges: list[Charge], most: int) -> None:
    """Each pupil that there may be, in each class and group that may hold them."""
    parts = {c.label: sharing.parts_of(c.label, (5, 6)) for c in charges}
    under = {s.label for s in standing_of(charges, most) if s.state == "under"}

    for grade, letter, own in product((4, 5, 6), "abc", ("dolfijnen", "pinguïns", "x")):
        pupil = sharing.Pupil(grade, letter, own)
        groups = {n for n, p in parts.items() if sharing.holds(p, pupil)}
        pays = sum((c.each for c in charges if c.label in groups), Decimal(0))
        assert pays <= most or not groups & under


@given(charges_of, st.sampled_from(LABELS), st.integers(1, 90))
def test_asking_more_never_makes_the_worst_case_better(
    charges: list[Charge], label: str, each: int
) -> None:
    before = {s.label: s.worst for s in standing_of(charges, 100)}
    after = {s.label: s.worst for s in standing_of([*charges, charge(str(each), label=label)], 100)}

    assert all(after[name] >= worst for name, worst in before.items())
