"""What several words find together, and what other words for them add."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from partnerwijzer.search import index, matches
from partnerwijzer.search.index import Finder
from partnerwijzer.search.matches import Match, Other, Term
from partnerwijzer.search.table import Group, Table, Unit

GROUPS = [
    Group(
        1,
        "muziekacademie",
        (
            Unit(0, "Muziekacademie Linde", "Lessen in Gent", frozenset({"kind:academy"})),
            Unit(11, "Klankbad", "Zingen met de klas"),
            Unit(12, "Dansen", "Bewegen in de turnzaal"),
        ),
    ),
    Group(2, "boswandelaars", (Unit(0, "Boswandelaars", "Van Gent tot de zee"),)),
    Group(3, "bibliotheek", (Unit(0, "Bibliotheek", "Boeken over zingen in Gent"),)),
]

Find = Callable[..., Match]
Keys = Callable[[Match], list[tuple[int, int]]]


@pytest.fixture
def table() -> Table:
    return Table.built(GROUPS)


@pytest.fixture
def find(tmp_path: Path, table: Table) -> Find:
    index.make_index(tmp_path)
    index.write(tmp_path, index.documents(GROUPS))
    finder = Finder(tmp_path)

    def look(text: str, others: Sequence[Other] = ()) -> Match:
        words = text.split()
        terms = [Term((word,)) for word in words[:-1]]
        return matches.find(finder, table, [*terms, Term((words[-1],), (), tuple(others))])

    return look


@pytest.fixture
def keys(table: Table) -> Keys:
    """What was found, best first, as (group, unit)."""

    def of(match: Match) -> list[tuple[int, int]]:
        places = [place for _fit, ring in match.rings for place in table.members(ring)]
        return [(table.keys[table.number_at(p)], table.unit_at(p)) for p in places]

    return of


def test_the_words_of_the_first_unit_hold_for_its_group(find: Find, keys: Keys) -> None:
    assert keys(find("linde")) == [(1, 0), (1, 11), (1, 12)]
    assert keys(find("klankbad")) == [(1, 11)]
    assert keys(find("linde zingen")) == [(1, 11)]


def test_words_of_two_units_are_not_added_up(find: Find, keys: Keys) -> None:
    assert keys(find("zingen turnzaal")) == []


def test_what_fits_best_comes_first(find: Find, keys: Keys) -> None:
    found = find("gent boek")
    assert keys(found) == [(3, 0)]
    assert [fit for fit, _places in found.rings] == [3.0 + 2.5]
    assert keys(find("zingen"))[0] == (3, 0)


def test_no_words_find_nothing(tmp_path: Path, table: Table) -> None:
    index.make_index(tmp_path)

    assert matches.find(Finder(tmp_path), table, []) == Match([])


def test_a_slip_is_forgiven_where_little_is_found(find: Find, keys: Keys) -> None:
    assert keys(find("biblioteek gent")) == [(3, 0)]


def test_a_word_that_is_known_by_a_token_finds_who_has_it(
    tmp_path: Path, table: Table, keys: Keys
) -> None:
    index.make_index(tmp_path)
    term = Term(("deeltijds",), (("kind:academy",),))

    assert keys(matches.find(Finder(tmp_path), table, [term])) == [(1, 0)]


def test_other_words_add_what_they_find_behind_what_was_typed(find: Find, keys: Keys) -> None:
    others = [Other("bos", ("boswandelaars",)), Other("iets anders", ("zzzz",))]

    found = find("bibliotheek", others)

    assert keys(found) == [(3, 0), (2, 0)]
    assert [label for label, _places in found.added] == ["bos"]


def test_other_words_that_add_nothing_are_not_named(find: Find) -> None:
    assert find("zingen", [Other("boeken", ("boeken",))]).added == ()


def test_other_words_have_to_fit_with_the_rest(find: Find, keys: Keys) -> None:
    found = find("zee muziek", [Other("bos", ("boswandelaars",))])

    assert keys(found) == [(2, 0)]
