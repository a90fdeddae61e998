"""What counts towards a ceiling, and what may not be asked at all: domain.md 3.3."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.costs import reckoning
from partnerwijzer.costs.book import book
from partnerwijzer.costs.reckoning import Breach, Ceiling, Charge, Priced
from partnerwijzer.frameworks import vocabulary

YEAR = 2026
SEEN = date(2026, 9, 1)


def charge(each: str = "10", **more: Any) -> Charge:
    given = {
        "year": YEAR,
        "group_level": "lager-graad-3",
        "label": "5A",
        "kind": "one-day",
        "need": "extra",
        "what": "Toneel",
        **more,
    }
    return Charge(each=Decimal(each), **given)


def ceilings(amount: str, kind: str = "one-day", level: str = "lager", year: int = YEAR) -> Any:
    return {(kind, level, year): Ceiling(Decimal(amount), "bron", "", SEEN, entered=True)}


def told(charges: list[Charge], known: Any, year: int = YEAR) -> list[tuple[str, str, str, str]]:
    found = reckoning.standings(charges, known, book(), year)
    return [(s.label, s.kind, str(s.asked), s.state) for s in found]


@pytest.mark.parametrize(
    ("unit", "times", "total"),
    [("pupil", 1, "450"), ("group", 1, "20"), ("session", 3, "30"), ("transport", 1, "10"),
     ("total", 1, "10"), ("pupil", 2, "900")],
)  # fmt: skip
def test_a_price_is_reckoned_by_its_unit(unit: str, times: int, total: str) -> None:
    line = Priced(unit, Decimal(10), times, Decimal(0), (20, 25))

    assert (line.total, line.parents, line.school) == (Decimal(total), 0, Decimal(total))


@given(
    amount=st.decimals(0, 1000, places=2),
    each=st.decimals(0, 100, places=2),
    pupils=st.lists(st.integers(0, 30), max_size=4),
)
def test_school_and_parents_pay_all_of_it_together(
    amount: Decimal, each: Decimal, pupils: list[int]
) -> None:
    line = Priced("pupil", amount, 1, each, tuple(pupils))

    assert line.school + line.parents == line.total


def test_what_is_asked_of_a_group_adds_up_over_the_year() -> None:
    """domain.md 3.3: the sharp ceiling holds per school year."""
    charges = [charge("40"), charge("50", what="Sport"), charge("70", label="5B")]

    assert told(charges, ceilings("85")) == [
        ("5A", "one-day", "90", "over"),
        ("5B", "one-day", "70", "under"),
    ]


def test_exactly_the_ceiling_may_be_asked() -> None:
    assert told([charge("85")], ceilings("85")) == [("5A", "one-day", "85", "under")]


def test_a_class_is_the_same_however_it_is_written() -> None:
    charges = [charge("40", label="5A"), charge("50", label="5 a")]

    assert told(charges, ceilings("85")) == [("5A", "one-day", "90", "over")]


def test_kleuter_1a_is_not_lager_1a() -> None:
    """domain.md 3.3: each level has a ceiling of its own."""
    charges = [charge("10", label="1A", group_level="kleuter"), charge("150", label="1A")]

    assert told(charges, {**ceilings("100"), **ceilings("60", level="kleuter")}) == [
        ("1A", "one-day", "150", "over"),
        ("1A", "one-day", "10", "under"),
    ]


def test_groups_without_a_name_are_never_added_up() -> None:
    charges = [charge("60", label="3de graad", unnamed=n, dossier=1) for n in (1, 2, 2)]

    assert told(charges, ceilings("100")) == [
        ("3de graad", "one-day", "120", "over"),
        ("3de graad", "one-day", "60", "under"),
    ]


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [("5de leerjaar", True), ("5A en 5B", True), ("5A/5B", True), ("4A+5A", True), ("5B", False),
     ("4de leerjaar", False), ("5B en 5C", False), ("6A, 6B", False), ("5E", False),
     ("5e", True), ("5DE LEERJAAR", True)],
)  # fmt: skip
def test_a_group_that_may_hold_the_same_pupils_is_told_and_not_added(
    other: str, overlaps: bool
) -> None:
    charges = [charge("80"), charge("60", label=other)]

    found = reckoning.standings(charges, ceilings("100"), book(), YEAR)

    assert {s.label: (str(s.asked), s.beside) for s in found} == {
        "5A": ("80", (other,) if overlaps else ()),
        other: ("60", ("5A",) if overlaps else ()),
    }


def test_a_year_that_nobody_entered_is_not_guessed_from_another() -> None:
    """domain.md 3.3: amounts are data for each school year, with their source."""
    assert told([charge("300")], ceilings("85", year=YEAR - 1)) == [
        ("5A", "one-day", "300", "unknown")
    ]


def test_one_day_and_several_days_are_kept_apart() -> None:
    """domain.md 3.3: the sharp and the less sharp maximum bill."""
    charges = [charge("80"), charge("300", kind="several-days")]
    known = {**ceilings("85"), **ceilings("420", "several-days")}

    assert told(charges, known) == [
        ("5A", "one-day", "80", "under"),
        ("5A", "several-days", "300", "under"),
    ]


def test_outings_of_several_days_add_up_over_the_whole_of_primary_school() -> None:
    """domain.md 3.3: the less sharp ceiling holds over the whole of lager onderwijs. A class takes
    along what it was asked under the name that it had then."""
    charges = [
        charge("250", kind="several-days"),
        charge("200", kind="several-days", label="3A", year=YEAR - 2, group_level="lager-graad-2"),
        charge("999", kind="several-days", label="3B", year=YEAR - 2, group_level="lager-graad-2"),
        charge("999", kind="several-days", label="5A", year=YEAR - 1),
    ]

    assert told(charges, ceilings("420", "several-days")) == [("5A", "several-days", "450", "over")]


def test_earlier_years_of_one_day_outings_do_not_count() -> None:
    charges = [charge("80"), charge("80", label="4A", year=YEAR - 1)]

    assert told(charges, ceilings("85")) == [("5A", "one-day", "80", "under")]


@pytest.mark.parametrize(
    ("label", "years", "then"),
    [("5A", 2, "3A"), ("5de leerjaar", 1, "4de leerjaar"), ("1A", 1, None), ("juf An", 1, None),
     ("L4", 1, "L3"), ("6 blauw", 0, "6 blauw"), ("3de graad", 1, None)],
)  # fmt: skip
def test_the_name_of_a_class_tells_what_it_was_called(
    label: str, years: int, then: str | None
) -> None:
    assert reckoning.earlier(label, years) == then


def test_what_is_needed_for_the_goals_is_free_and_counts_towards_nothing() -> None:
    """domain.md 3.3: free is all that is strictly necessary for the goals."""
    needed = charge("5", need="needed")

    assert reckoning.breaches([needed], book()) == [
        Breach("needed-is-free", "Toneel", "5A", Decimal(5))
    ]
    assert told([needed], ceilings("85")) == []


def test_of_kleuters_nothing_may_be_asked_for_several_days() -> None:
    """domain.md 3.3: for kleuters none may be asked."""
    night = charge("5", kind="several-days", group_level="kleuter", label="K3")

    assert reckoning.breaches([night], book()) == [
        Breach("no-several-days-kleuter", "Toneel", "K3", Decimal(5))
    ]
    assert told([night], ceilings("420", "several-days")) == []


@pytest.mark.parametrize(
    "more",
    [
        {"need": "free"},
        {"group_level": "secundair-1-a"},
        {"group_level": "dko-music"},
        {"group_level": "volwassenen"},
    ],
)
def test_outside_lesson_hours_and_above_primary_nothing_counts(more: dict[str, str]) -> None:
    """domain.md 3.3: the contribution list; no maximum bill was found for other levels."""
    outside = charge("500", **more)

    assert told([outside], ceilings("85")) == []
    assert reckoning.breaches([outside], book()) == []


def test_what_costs_parents_nothing_is_no_breach() -> None:
    assert reckoning.breaches([charge("0", need="needed")], book()) == []


# What ships


def test_the_amounts_that_ship_are_those_of_the_facts_that_were_read() -> None:
    """domain.md 3.3, the table; 2024-25 and later were not found, and are not there."""
    found = {(c.kind, c.level, c.year): c.amount for c in book().ceilings}

    assert found == {
        ("one-day", "kleuter", 2016): 45, ("one-day", "lager", 2016): 85,
        ("several-days", "lager", 2016): 420,
        ("one-day", "kleuter", 2019): 45, ("one-day", "lager", 2019): 90,
        ("several-days", "lager", 2021): 450,
        ("one-day", "kleuter", 2022): 50, ("one-day", "lager", 2022): 95,
        ("several-days", "lager", 2022): 480,
        ("one-day", "kleuter", 2023): 55, ("one-day", "lager", 2023): 105,
        ("several-days", "lager", 2023): 520,
    }  # fmt: skip


def test_everything_that_ships_has_a_source_that_is_there() -> None:
    sources = [c.source for c in book().ceilings] + [r.source for r in book().rules.values()]

    assert set(sources) <= set(book().source)


@pytest.mark.django_db
def test_each_level_of_the_vocabulary_is_covered_once_or_has_no_ceiling() -> None:
    from partnerwijzer.frameworks import actions as frameworks

    frameworks.ensure_published()
    known = {level.key: level for level in vocabulary.current().vocab.education_levels}
    covered = [key for level in book().levels for key in level.covers]
    basic = {key for key, level in known.items() if level.branch == "basic"}

    assert set(covered) == basic
    assert len(covered) == len(set(covered))
    assert set(book().unclear) == {k for k, level in known.items() if level.branch == "ask"}
