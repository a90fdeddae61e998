"""What lines of cost come to, and how far each group is from what parents may be asked. Pure.

Amounts in euro. The rules are those of domain.md 3.3 as content/costs/ceilings.yaml words them:
what is strictly needed for the goals is free; what is in school time but not strictly needed counts
towards the ceiling of the school year (one day) or of the whole of primary school (several days);
what is outside lesson hours and free to choose counts towards none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from partnerwijzer.costs.book import Book

State = Literal["under", "over", "unknown"]
ZERO = Decimal(0)
CENT = Decimal("0.01")
# A class of primary school as schools name it: 5A, 5de leerjaar, 3 blauw.
# The E of class 5E is a letter of its own; that of `5e` is not.
_TH = r"(?:(?-i:ste|de|e|ᵉ)|(?:ste|de|e)(?=\s*(?:leerjaar|lj)))"
_CLASS = re.compile(rf"(?:l\s*)?([1-6])\s*{_TH}?\s*(?:leerjaar|lj)?\s*(.*)", re.IGNORECASE)
# Between the classes of a group that holds several: `5A en 5B`, `5A+5B`, `5A/5B`.
_BETWEEN = re.compile(r"\s*(?:[,+/&]|\ben\b)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Priced:
    """A line of cost, as far as its sum needs it.

    amount: the price of one time. parents_each: what one pupil pays for all times together.
    pupils: of each of its groups.
    """

    unit: str
    amount: Decimal
    times: int
    parents_each: Decimal
    pupils: tuple[int, ...]

    @property
    def total(self) -> Decimal:
        """For all its groups together."""
        many = {"pupil": sum(self.pupils), "group": len(self.pupils)}.get(self.unit, 1)
        return self.amount * many * self.times

    @property
    def parents(self) -> Decimal:
        """What all parents together pay of it."""
        return self.parents_each * sum(self.pupils)

    @property
    def parents_a_time(self) -> Decimal:
        """What one pupil pays for one time, to the cent below."""
        return (self.parents_each / self.times).quantize(CENT, ROUND_DOWN)

    @property
    def school(self) -> Decimal:
        return self.total - self.parents


@dataclass(frozen=True)
class Charge:
    """What the parents of one pupil of one group are asked, over a whole school year.

    label: how people call the group. `unnamed`: the row of a group without a name of its own; its
    label is then only its level in words, which tells it from no other group.
    """

    year: int
    group_level: str
    label: str
    kind: str
    need: str
    each: Decimal
    what: str
    dossier: int | None = None
    other: int | None = None
    unnamed: int | None = None


@dataclass(frozen=True)
class Ceiling:
    """An amount with where it comes from. `entered`: by an umbrella or a school, whose name is in
    `by`; else it ships."""

    amount: Decimal
    source: str
    url: str
    read_on: date
    entered: bool = False
    by: str = ""


Ceilings = Mapping[tuple[str, str, int], Ceiling]


@dataclass(frozen=True)
class Standing:
    """One group against one ceiling: what is asked, what may be, and what it is made of."""

    label: str
    level: str
    kind: str
    year: int
    asked: Decimal
    ceiling: Ceiling | None
    charges: tuple[Charge, ...] = field(default=(), compare=False)
    unnamed: int | None = None
    # Groups of the same year that may hold the same pupils: nothing of theirs is counted here.
    beside: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        if self.ceiling is None:
            return "unknown"
        return "over" if self.asked > self.ceiling.amount else "under"

    @property
    def left(self) -> Decimal:
        """What may still be asked; 0 where nothing may."""
        return max(self.ceiling.amount - self.asked, ZERO) if self.ceiling else ZERO

    @property
    def excess(self) -> Decimal:
        return max(self.asked - self.ceiling.amount, ZERO) if self.ceiling else ZERO


def name_of(label: str) -> str:
    """Two spellings of a class are one: `5a`, `5 A` and `5A`."""
    return re.sub(r"[\s.-]+", "", label).casefold()


def counted(charges: Iterable[Charge], book: Book) -> list[Charge]:
    """The charges that count towards a ceiling: in school time, not strictly needed, at a level
    that has one, and something is asked."""
    return [
        c
        for c in charges
        if c.need == "extra" and c.each > 0 and book.level_of(c.group_level)
        and book.level_of(c.group_level) in book.kind[c.kind].levels
    ]  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A group of pupils as far as its names tell: the level with a ceiling, and its own name or,
    without one, the row that it is."""

    level: str
    name: str
    unnamed: int | None = None


def group_of(charge: Charge, book: Book) -> Group:
    """Kleuter 1A is not lager 1A, and two groups without a name are never one."""
    level = book.level_of(charge.group_level)
    if charge.unnamed is not None:
        return Group(level, "", charge.unnamed)
    return Group(level, name_of(charge.label))


def standings(
    charges: Iterable[Charge], ceilings: Ceilings, book: Book, year: int
) -> list[Standing]:
    """Each group of a school year against each ceiling for which something was asked."""
    every = counted(charges, book)
    found = []
    for kind in book.kinds:
        mine = [c for c in every if c.kind == kind.key]
        groups = _groups([c for c in mine if c.year == year], book)
        for group, label in groups.items():
            whole = kind.period == "primary"
            rows = [c for c in mine if _counts_for(c, group, label, year, book, whole=whole)]
            found.append(
                Standing(
                    label=label,
                    level=group.level,
                    kind=kind.key,
                    year=year,
                    asked=sum((c.each for c in rows), ZERO),
                    ceiling=ceilings.get((kind.key, group.level, year)),
                    charges=tuple(rows),
                    unnamed=group.unnamed,
                    beside=_beside(group, label, groups),
                )
            )
    return sorted(found, key=lambda s: (s.state != "over", s.kind, s.level, s.label))


def _groups(charges: Iterable[Charge], book: Book) -> dict[Group, str]:
    """Each group once, with its name as it was first written; in the order of their names."""
    seen: dict[Group, str] = {}
    for charge in charges:
        seen.setdefault(group_of(charge, book), charge.label)
    return dict(sorted(seen.items(), key=lambda item: (item[1], item[0].level)))


def _beside(group: Group, label: str, groups: Mapping[Group, str]) -> tuple[str, ...]:
    """Other groups of its level that may hold the same pupils: `5de leerjaar` beside 5A."""
    if group.unnamed is not None:
        return ()
    others = [(g, name) for g, name in groups.items() if g != group and g.level == group.level]
    return tuple(name for g, name in others if g.unnamed is None and _overlap(label, name))


def _overlap(one: str, other: str) -> bool:
    """Whether a pupil may be in both: one of them is a whole year, or holds several classes, of
    the same year."""
    mine, theirs = _classes(one), _classes(other)
    return any(
        grade == same and (not name or not also or name == also)
        for grade, name in mine
        for same, also in theirs
    )


def _classes(label: str) -> list[tuple[str, str]]:
    """The year and the class of each class in a name; the class is empty for a whole year."""
    found = []
    for part in _BETWEEN.split(label):
        if match := _CLASS.fullmatch(part.strip()):
            found.append((match[1], name_of(match[2])))
    return found


def _counts_for(
    charge: Charge, group: Group, label: str, year: int, book: Book, *, whole: bool
) -> bool:
    if charge.year == year:
        return group_of(charge, book) == group
    if not whole or group.unnamed is not None or charge.unnamed is not None:
        return False
    then = name_of(earlier(label, year - charge.year) or "")
    return bool(then) and group_of(charge, book) == Group(group.level, then)


def earlier(label: str, years: int) -> str | None:
    """What a class was called so many years ago: 5A was 3A. None where the name does not tell, or
    where the pupils were not in primary school yet."""
    found = _CLASS.fullmatch(label.strip())
    if found is None or years < 0:
        return None
    grade = int(found[1]) - years
    return label.strip().replace(found[1], str(grade), 1) if grade >= 1 else None


def tells_grade(label: str) -> bool:
    """Whether earlier years of this class can be found by its name."""
    return earlier(label, 0) is not None


@dataclass(frozen=True)
class Breach:
    """Something that may not be asked whatever the year. `rule` is a key of the book."""

    rule: str
    what: str
    label: str
    each: Decimal


def breaches(charges: Sequence[Charge], book: Book) -> list[Breach]:
    """What is asked of parents that the rules do not allow at a level with a ceiling."""
    found = []
    for charge in charges:
        level = book.level_of(charge.group_level)
        if not level or charge.each <= 0:
            continue
        if charge.need == "needed":
            found.append(Breach("needed-is-free", charge.what, charge.label, charge.each))
        elif charge.need == "extra" and level not in book.kind[charge.kind].levels:
            found.append(Breach("no-several-days-kleuter", charge.what, charge.label, charge.each))
    return found
