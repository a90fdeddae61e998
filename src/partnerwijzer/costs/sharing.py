"""Which groups may hold the same pupils, as far as their names tell. Pure.

5A beside `5de leerjaar`, `3de graad` beside a group without a name: nobody can see from outside
whether a pupil is in both. What such a pupil would be asked at most, is the worst case.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from partnerwijzer.dossiers.grouping import name_of

ZERO = Decimal(0)
# A class of primary school as schools name it: 5A, 5de leerjaar, 3 blauw.
# The E of class 5E is a letter of its own; that of `5e` is not.
_TH = r"(?:(?-i:ste|de|e|ᵉ)|(?:ste|de|e)(?=\s*(?:leerjaar|lj|lager|kleuter)))"
_YEAR = r"(?:leerjaar|lj|lager|kleuterklas|kleuters?)"
CLASS = re.compile(rf"(?:l\s*)?([1-6])\s*{_TH}?\s*{_YEAR}?\s*(.*)", re.IGNORECASE)
# Between the classes of a group that holds several: `5A en 5B`, `5A+5B`, `5A/5B`.
_BETWEEN = re.compile(r"\s*(?:[,+/&]|\ben\b)\s*", re.IGNORECASE)
# A name with such a word is that of several classes, not of one.
_SEVERAL = re.compile(
    r"graad|leerjaren|klassen|school|iedereen|\balle|\bhele?\b|samen|\blager|\bkleuters?\b",
    re.IGNORECASE,
)
LAST_GRADE = 6


def class_in(label: str) -> re.Match[str] | None:
    """The year and the class in a name; nothing where it is no class, as `3de graad`."""
    found = CLASS.fullmatch(label.strip())
    return None if found is None or _SEVERAL.search(found[2]) else found


@dataclass(frozen=True)
class Part:
    """Pupils of whom one thing or another is known. None: it may be any.

    grades: the years of primary school. letter: the class within its year. own: the name of a class
    that tells no year, as `Dolfijnen`.
    """

    grades: frozenset[int] | None
    letter: str | None = None
    own: str | None = None


@dataclass(frozen=True)
class Pupil:
    """One pupil that there may be."""

    grade: int
    letter: str
    own: str


@dataclass(frozen=True)
class Asked:
    """What one group is asked by one charge.

    parts: who may be in the group. row: of a group without a name, which one it is. place: where
    two groups are two groups, also when one has no name: a dossier in a school year.
    """

    parts: tuple[Part, ...]
    each: Decimal = ZERO
    row: int | None = None
    place: tuple[int, int] = (0, 0)


def holds(parts: Iterable[Part], pupil: Pupil) -> bool:
    return any(
        (part.grades is None or pupil.grade in part.grades)
        and part.letter in (None, pupil.letter)
        and part.own in (None, pupil.own)
        for part in parts
    )


def parts_of(label: str, grades: Iterable[int], *, named: bool = True) -> tuple[Part, ...]:
    """Who may be in a group that is called so.

    Args:
        grades: the years that its level holds; nothing where that is not known.
    """
    of_level = frozenset(grades) or None
    if not named:
        return (Part(of_level),)
    found = []
    for part in _BETWEEN.split(label):
        if match := class_in(part):
            found.append(Part(frozenset({int(match[1])}), name_of(match[2]) or None))
    if found:
        return tuple(found)
    return (Part(of_level, own=None if _SEVERAL.search(label) else name_of(label)),)


def years_later(parts: Sequence[Part], years: int) -> tuple[Part, ...]:
    """Where these pupils are so many years later; who has left primary school is nowhere. A name
    that tells no year may be that of other pupils by then."""
    later = []
    for part in parts:
        own = part.own if not years else None
        grades = part.grades and frozenset(
            g + years for g in part.grades if g + years <= LAST_GRADE
        )
        if grades is None or grades:
            later.append(replace(part, grades=grades, own=own))
    return tuple(later)


def share(one: Sequence[Part], other: Sequence[Part]) -> bool:
    """Whether a pupil may be in both."""
    return any(_share(mine, theirs) for mine in one for theirs in other)


def _share(one: Part, other: Part) -> bool:
    grades = one.grades is None or other.grades is None or bool(one.grades & other.grades)
    letters = None in (one.letter, other.letter) or one.letter == other.letter
    return grades and letters and (None in (one.own, other.own) or one.own == other.own)


def worst(group: Asked, every: Sequence[Asked]) -> Decimal:
    """What a pupil of this group is asked at most, over everything that is asked.

    A pupil is in one class; of the groups without a name of one place in one at most, and in none
    where a group with a name of that place is theirs already.
    """
    alike: dict[tuple[Part, ...], list[Asked]] = {}
    for asked in every:
        alike.setdefault(asked.parts, []).append(asked)
    near = {parts: rows for parts, rows in alike.items() if share(parts, group.parts)}
    pupils = [pupil for pupil in _pupils(near) if holds(group.parts, pupil)]
    return max((_of(pupil, group, near) for pupil in pupils), default=ZERO)


def _of(pupil: Pupil, group: Asked, near: Mapping[tuple[Part, ...], list[Asked]]) -> Decimal:
    theirs = [row for parts, rows in near.items() if holds(parts, pupil) for row in rows]
    named = [asked for asked in theirs if asked.row is None]
    placed = {asked.place for asked in named}
    if group.row is not None and group.place in placed:
        return ZERO  # there this pupil is in the group with a name
    rows: dict[tuple[int, int], dict[int, Decimal]] = {}
    for asked in theirs:
        if asked.row is not None and asked.place not in placed:
            sums = rows.setdefault(asked.place, {})
            sums[asked.row] = sums.get(asked.row, ZERO) + asked.each
    total = sum((asked.each for asked in named), ZERO)
    for place, sums in rows.items():
        mine = group.row if place == group.place else None
        total += sums[mine] if mine in sums else max(sums.values())
    return total


def _pupils(near: Iterable[Iterable[Part]]) -> list[Pupil]:
    """Each pupil that can make a difference: of each year, class and name that is written, and of
    one that is not."""
    parts = {part for every in near for part in every}
    grades = {g for part in parts for g in part.grades or ()} | {0}
    letters = {part.letter or "" for part in parts} | {""}
    owns = {part.own or "" for part in parts} | {""}
    return [Pupil(*one) for one in product(sorted(grades), sorted(letters), sorted(owns))]
