"""What lines of cost come to, and how far each group is from what parents may be asked. Pure.

Amounts in euro. The rules are those of domain.md 3.3 as content/costs/ceilings.yaml words them:
what is strictly needed for the goals is free; what is in school time but not strictly needed counts
towards the ceiling of the school year (one day) or of the whole of primary school (several days);
what is outside lesson hours and free to choose counts towards none.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from partnerwijzer.costs import sharing
from partnerwijzer.costs.book import Book
from partnerwijzer.costs.sharing import Asked, class_in
from partnerwijzer.dossiers.grouping import name_of

State = Literal["under", "over", "unclear", "unknown"]
ZERO = Decimal(0)
CENT = Decimal("0.01")


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
    # Groups that may hold the same pupils: nothing of theirs is counted here. What a pupil who is
    # in all of them would be asked, is the worst case.
    beside: tuple[str, ...] = ()
    worst: Decimal = ZERO

    @property
    def state(self) -> State:
        """Over where what is known passes the ceiling, under where even the worst case does not;
        else that cannot be told. Unknown without a ceiling."""
        if self.ceiling is None:
            return "unknown"
        if self.asked > self.ceiling.amount:
            return "over"
        return "unclear" if self.worst > self.ceiling.amount else "under"

    @property
    def left(self) -> Decimal:
        """What may still be asked in any case; 0 where nothing may."""
        most = max(self.asked, self.worst)
        return max(self.ceiling.amount - most, ZERO) if self.ceiling else ZERO

    @property
    def excess(self) -> Decimal:
        return max(self.asked - self.ceiling.amount, ZERO) if self.ceiling else ZERO


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
        whole = kind.period == "primary"
        mine = [c for c in every if c.kind == kind.key and (whole or c.year == year)]
        circle = Circle(mine, book, year)
        for group, label in _groups([c for c in mine if c.year == year], book).items():
            rows = [c for c in mine if _counts_for(c, group, label, year, book, whole=whole)]
            asked = sum((c.each for c in rows), ZERO)
            others = circle.others(group, rows)
            found.append(
                Standing(
                    label=label,
                    level=group.level,
                    kind=kind.key,
                    year=year,
                    asked=asked,
                    ceiling=ceilings.get((kind.key, group.level, year)),
                    charges=tuple(rows),
                    unnamed=group.unnamed,
                    beside=_called(others, year),
                    worst=max(asked, circle.worst(group)) if others else asked,
                )
            )
    return sorted(found, key=lambda s: (s.state != "over", s.kind, s.level, s.label))


def _called(charges: Iterable[Charge], year: int) -> tuple[str, ...]:
    """How the groups of these charges are called, with the school year where that is another."""
    said = (c.label if c.year == year else f"{c.label} ({_school_year(c.year)})" for c in charges)
    return tuple(dict.fromkeys(sorted(said)))


def _school_year(year: int) -> str:
    return f"{year}-{year + 1}"


class Circle:
    """What is asked towards one ceiling, by group, to see which groups may hold the same pupils."""

    def __init__(self, charges: Iterable[Charge], book: Book, year: int) -> None:
        self.year = year
        self.kept: dict[tuple[Group, int], list[tuple[Charge, Asked]]] = {}
        for charge in charges:
            found = self.kept.setdefault((group_of(charge, book), charge.year), [])
            found.append((charge, _asked_now(charge, book, year)))
        self.parts = {
            key: tuple(dict.fromkeys(part for _charge, asked in rows for part in asked.parts))
            for key, rows in self.kept.items()
        }

    def near(self, group: Group) -> list[tuple[Charge, Asked]]:
        """What is asked of groups of its level in which its pupils may be, its own included."""
        own = self.parts[group, self.year]
        return [
            row
            for (other, year), rows in self.kept.items()
            if other.level == group.level and sharing.share(own, self.parts[other, year])
            for row in rows
        ]

    def others(self, group: Group, counted: Collection[Charge]) -> list[Charge]:
        """What may be asked of its pupils and is not counted for it. Two groups of one dossier of
        which one has no name, are two groups."""
        own = [asked for _charge, asked in self.kept[group, self.year]]
        places, known = {asked.place for asked in own}, set(counted)
        return [
            charge
            for charge, asked in self.near(group)
            if charge not in known
            and not (asked.place in places and (asked.row, group.unnamed) != (None, None))
        ]

    def worst(self, group: Group) -> Decimal:
        """What one of its pupils is asked at most: sharing.worst()."""
        own = self.kept[group, self.year][0][1]
        who = replace(own, parts=self.parts[group, self.year])
        return sharing.worst(who, [asked for _charge, asked in self.near(group)])


def _asked_now(charge: Charge, book: Book, year: int) -> Asked:
    grades, named = book.grades_of(charge.group_level), charge.unnamed is None
    parts = sharing.parts_of(charge.label, grades, named=named)
    # What belongs to no dossier stands by itself.
    at = charge.dossier if charge.dossier is not None else -(charge.other or charge.unnamed or 0)
    return Asked(
        parts=sharing.years_later(parts, year - charge.year),
        each=charge.each,
        row=charge.unnamed,
        place=(at, charge.year),
    )


def _groups(charges: Iterable[Charge], book: Book) -> dict[Group, str]:
    """Each group once, with its name as it was first written; in the order of their names."""
    seen: dict[Group, str] = {}
    for charge in charges:
        seen.setdefault(group_of(charge, book), charge.label)
    return dict(sorted(seen.items(), key=lambda item: (item[1], item[0].level)))


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
    found = class_in(label)
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
