"""Facets in memory: sets of places, counted by group, changed in place, kept in a file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.search import bits
from partnerwijzer.search.bits import Fields
from partnerwijzer.search.table import Group, Table, Unit

SIZES = st.lists(st.integers(1, 5), max_size=30)


@given(SIZES, st.randoms(use_true_random=False))
def test_fields_with_something_in_them_are_counted_exactly(sizes, chance) -> None:  # type: ignore[no-untyped-def]
    fields = Fields(sizes)
    own = [range(start, start + size) for start, size in zip(fields.starts, sizes, strict=True)]
    chosen = {place for places in own for place in places if chance.random() < 0.3}

    found = bits.made(chosen, fields.length)

    expected = [n for n, places in enumerate(own) if chosen & set(places)]
    assert fields.count(found) == len(expected)
    assert fields.numbers(found) == expected
    assert bits.members(found, fields.length) == sorted(chosen)
    firsts = bits.made((fields.starts[n] for n in expected), fields.length)
    every = [place for n in expected for place in own[n]]
    assert bits.members(fields.whole(firsts), fields.length) == every


@given(st.lists(st.one_of(st.none(), st.integers(0, 300)), max_size=40), st.integers(0, 400))
def test_amounts_up_to_a_limit(amounts: list[int | None], most: int) -> None:
    units = (Unit(n, "", "", amounts={} if a is None else {"a": a}) for n, a in enumerate(amounts))
    table = Table.built([Group(1, "", tuple(units))] if amounts else [])

    assert table.members(table.at_most("a", most)) == [
        n for n, amount in enumerate(amounts) if amount is not None and amount <= most
    ]
    assert table.members(table.at_least("a", most)) == [
        n for n, amount in enumerate(amounts) if amount is not None and amount >= most
    ]


TOKENS = st.frozensets(st.sampled_from(["a", "b", "c"]))


@st.composite
def group(draw: st.DrawFn, key: int) -> Group:
    units = [
        Unit(key * 100 + slot, "", "", draw(TOKENS), amounts={"p": draw(st.integers(0, 9))})
        for slot in range(draw(st.integers(1, 4)))
    ]
    return Group(key, draw(st.sampled_from("xyz")), tuple(units), (key,))


@given(st.data())
def test_a_table_that_was_changed_is_as_one_that_was_made_so(data: st.DataObject) -> None:
    before = [data.draw(group(key)) for key in range(data.draw(st.integers(0, 8)))]
    keys = data.draw(st.lists(st.integers(0, 10), unique=True, max_size=6))
    back = [data.draw(group(key)) for key in keys if data.draw(st.booleans())]

    changed = Table.built(before).replaced(keys, back)

    assert changed == Table.built([g for g in before if g.key not in keys] + back)


def test_a_table_comes_back_from_its_file(tmp_path: Path) -> None:
    one = Group(7, "één", (Unit(0, "", "", frozenset({"a"})), Unit(3, "", "", amounts={"p": 5})))
    table = Table.built([one, Group(9, "b", (Unit(0, "", ""),), (1, "9000"))])

    table.write(tmp_path / "t")

    assert Table.read(tmp_path / "t") == table
    assert Table.built([]) == Table()


@pytest.mark.parametrize("keep", [0, 10, -1])
def test_a_file_that_broke_off_is_refused(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "t"
    Table.built([Group(7, "a", (Unit(0, "", "", frozenset({"a"})),))]).write(path)
    path.write_bytes(path.read_bytes()[:keep])

    with pytest.raises(ValueError, match=r"t|Expecting"):
        Table.read(path)


def test_what_an_index_found_becomes_places() -> None:
    table = Table.built(Group(key, f"{key}", (Unit(0, "", ""), Unit(5, "", ""))) for key in (4, 8))

    assert table.members(table.of_hits([8, 4], [1, 0])) == [0, 4]
    assert table.members(table.of_hits([8, 99, 4], [0, 0, 0])) == [0, 3]
    assert table.members(table.of_groups([8, 99])) == [3, 4]
    assert [table.unit_at(place) for place in (0, 1, 3, 4)] == [0, 5, 0, 5]
