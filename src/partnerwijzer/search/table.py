"""The facets of everything that is indexed, in memory, kept in one file beside the index.

Groups stand in the order in which they are listed, each with its units. Every token that a unit has
(theme:reading, shape:series) is a set of places; an amount (a price, a day) is one set for each of
its bits. See search.bits.
"""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

from partnerwijzer.search import bits
from partnerwijzer.search.bits import Fields

AMOUNT_BITS = 32
MOST_AMOUNT = (1 << AMOUNT_BITS) - 1


class Unit(NamedTuple):
    """One thing that is found: its key, its words, the tokens and amounts to filter by.

    Args:
        keys: tokens for which nothing is counted (postcodes, goals), with a space between.
    """

    key: int
    name: str
    text: str
    tokens: frozenset[str] = frozenset()
    keys: str = ""
    amounts: Mapping[str, int] = {}


class Group(NamedTuple):
    """Units that are listed and replaced together.

    Args:
        order: by what groups are listed.
        facts: what a list needs of the group before it is read: numbers and words.
    """

    key: int
    order: str
    units: tuple[Unit, ...]
    facts: tuple[Any, ...] = ()


@dataclass
class Table:
    """All groups with their facets; a change gives another table."""

    keys: list[int] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    # Tuples: of those that hold no more than numbers and words the garbage collector keeps off.
    facts: list[tuple[Any, ...]] = field(default_factory=list)
    units: list[tuple[int, ...]] = field(default_factory=list)
    sets: dict[str, int] = field(default_factory=dict)

    # What a caller works out of the table and wants to keep as long as it.
    kept: dict[Any, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def fields(self) -> Fields:
        return Fields([len(units) for units in self.units])

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each group by its key."""
        return {key: number for number, key in enumerate(self.keys)}

    def set_of(self, token: str) -> int:
        return self.sets.get(token, 0)

    def any_of(self, tokens: Iterable[str]) -> int:
        """The places that have at least one of these tokens."""
        found = 0
        for token in tokens:
            found |= self.set_of(token)
        return found

    def at_most(self, name: str, most: int) -> int:
        """The places with an amount up to this one."""
        planes = [self.set_of(f"{name}#{bit}") for bit in range(AMOUNT_BITS)]
        return bits.at_most(planes, self.set_of(f"{name}#"), max(0, most))

    def at_least(self, name: str, least: int) -> int:
        if least <= 0:
            return self.set_of(f"{name}#")
        return self.set_of(f"{name}#") & ~self.at_most(name, least - 1)

    def of_groups(self, keys: Iterable[int]) -> int:
        """All places of these groups, those that are there."""
        return self.of_numbers(self.numbers[key] for key in keys if key in self.numbers)

    def of_numbers(self, numbers: Iterable[int]) -> int:
        """All places of the groups with these numbers."""
        starts = self.fields.starts
        return self.fields.whole(bits.made((starts[n] for n in numbers), self.fields.length))

    @cached_property
    def _start_of(self) -> dict[int, int]:
        return dict(zip(self.keys, self.fields.starts, strict=True))

    def of_hits(self, groups: Sequence[int], slots: Sequence[int]) -> int:
        """The places of what an index found."""
        length = self.fields.length
        try:
            places = bits.made(self.places(groups, slots), length)
        except (KeyError, IndexError):  # the index was replaced between opening it and the table
            known = [(g, s) for g, s in zip(groups, slots, strict=True) if g in self.numbers]
            found = (self._start_of[g] + s for g, s in known)
            places = bits.made((place for place in found if place < length), length)
        return places & self.fields.all

    def places(self, groups: Iterable[int], slots: Iterable[int]) -> Iterator[int]:
        """The place of each hit of an index; KeyError where a group is not there."""
        return map(add, map(self._start_of.__getitem__, groups), slots)

    def number_at(self, place: int) -> int:
        """The number of the group at a place."""
        return bisect_right(self.fields.starts, place) - 1

    def unit_at(self, place: int) -> int:
        """The key of the unit at a place."""
        number = self.number_at(place)
        return self.units[number][place - self.fields.starts[number]]

    def members(self, places: int) -> list[int]:
        """The places in a set, in order."""
        return bits.members(places, self.fields.length)

    # Making and changing

    @classmethod
    def built(cls, groups: Iterable[Group]) -> "Table":
        """A table of these groups."""
        builder = Builder()
        for group in groups:
            builder.add(group)
        return builder.table()

    def replaced(self, gone: Iterable[int], groups: Iterable[Group]) -> "Table":
        """The table without some groups, and with others put in their place in the order."""
        table = Table(self.keys[:], self.orders[:], self.facts[:], self.units[:], dict(self.sets))
        for key in gone:
            table._take_out(key)
        for group in groups:
            table._put_in(group)
        table.sets = {token: places for token, places in table.sets.items() if places}
        return table

    def _take_out(self, key: int) -> None:
        if key not in self.keys:
            return
        number = self.keys.index(key)
        start, size = self._start(number), len(self.units[number]) + 1
        for column in (self.keys, self.orders, self.facts, self.units):
            del column[number]
        for token, places in self.sets.items():
            self.sets[token] = bits.without(places, start, size)

    def _put_in(self, group: Group) -> None:
        number = bisect_left(self._sorted(), (group.order, group.key))
        start, size = self._start(number), len(group.units) + 1
        self.keys.insert(number, group.key)
        self.orders.insert(number, group.order)
        self.facts.insert(number, _tuple(group.facts))
        self.units.insert(number, tuple(unit.key for unit in group.units))
        pieces: dict[str, int] = {}
        for slot, unit in enumerate(group.units):
            for token in _tokens(unit):
                pieces[token] = pieces.get(token, 0) | 1 << slot
        for token in {*self.sets, *pieces}:
            places = self.sets.get(token, 0)
            self.sets[token] = bits.with_piece(places, start, size, pieces.get(token, 0))

    def _start(self, number: int) -> int:
        return sum(map(len, self.units[:number])) + number

    def _sorted(self) -> list[tuple[str, int]]:
        return list(zip(self.orders, self.keys, strict=True))

    # Keeping

    def write(self, path: Path) -> None:
        """Keeps the table in a file."""
        size = self.fields.length // 8 + 1
        head = {
            "keys": self.keys,
            "orders": self.orders,
            "facts": self.facts,
            "units": self.units,
            "tokens": list(self.sets),
            "size": size,
        }
        with path.open("wb") as file:
            file.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
            for places in self.sets.values():
                file.write(places.to_bytes(size, "little"))
            file.write(b".")

    @classmethod
    def read(cls, path: Path) -> "Table":
        """The table that was kept.

        Raises:
            ValueError: the file broke off, or is something else.
            OSError: there is none.
        """
        head, _line, body = path.read_bytes().partition(b"\n")
        try:
            found = json.loads(head)
            size, tokens = found["size"], found["tokens"]
            if len(body) != size * len(tokens) + 1:
                raise ValueError(path)
            columns: dict[str, Any] = {n: found[n] for n in ("keys", "orders")}
            columns |= {n: [_tuple(row) for row in found[n]] for n in ("facts", "units")}
        except (KeyError, TypeError) as error:
            raise ValueError(path) from error
        sets = {
            token: int.from_bytes(body[at * size : (at + 1) * size], "little")
            for at, token in enumerate(tokens)
        }
        return cls(**columns, sets=sets)


class Builder:
    """Makes a table of groups that pass by one at a time; their words are not held."""

    def __init__(self) -> None:
        self._groups: list[tuple[str, int, tuple[int, ...], tuple[Any, ...], int]] = []
        self._holders: dict[str, array[int]] = {}
        self._count = 0

    def passing(self, groups: Iterable[Group]) -> Iterator[Group]:
        """The same groups, each noted as it passes."""
        for group in groups:
            self.add(group)
            yield group

    def add(self, group: Group) -> None:
        keys = tuple(unit.key for unit in group.units)
        self._groups.append((group.order, group.key, keys, _tuple(group.facts), self._count))
        for number, unit in enumerate(group.units, self._count):
            for token in _tokens(unit):
                self._holders.setdefault(token, array("L")).append(number)
        self._count += len(keys)

    def table(self) -> Table:
        """The table of all that passed."""
        every = sorted(self._groups, key=lambda group: group[:2])
        orders, keys, units, facts, firsts = (
            map(list, zip(*every, strict=True)) if every else ([] for _ in range(5))
        )
        table = Table(keys, orders, facts, units)
        places = array("L", bytes(array("L").itemsize * self._count))
        for start, first, of_group in zip(table.fields.starts, firsts, units, strict=True):
            for slot in range(len(of_group)):
                places[first + slot] = start + slot
        length = table.fields.length
        table.sets = {
            token: bits.made((places[number] for number in numbers), length)
            for token, numbers in self._holders.items()
        }
        return table


def _tuple(row: Iterable[Any]) -> tuple[Any, ...]:
    """A row with all that is in it as tuples; JSON gives lists."""
    return tuple(_tuple(one) if isinstance(one, list) else one for one in row)


def _tokens(unit: Unit) -> Iterator[str]:
    """The sets that a unit is in: its tokens, and the bits of its amounts."""
    yield from unit.tokens
    for name, amount in unit.amounts.items():
        whole = min(max(0, amount), MOST_AMOUNT)
        yield f"{name}#"
        yield from (f"{name}#{bit}" for bit in range(AMOUNT_BITS) if whole >> bit & 1)
