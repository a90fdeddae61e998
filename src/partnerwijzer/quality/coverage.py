"""Which goals a school reaches with partners, by group and school year. Pure.

A goal is worked on where an activity that goes on works at it; where the dossier says of no
activity at which goals it works, the goal counts as named only, for all groups of the dossier.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

State = Literal["gap", "named", "worked-on"]


@dataclass(frozen=True, order=True)
class Group:
    """A group as far as it can be told from others: its level and its name, however that is
    written. Without a name it is only itself: `row` says which.

    label: how people call it, and level_words its level, to tell kleuter 1A from lager 1A.
    """

    name: str
    level: str
    row: int = 0
    label: str = field(default="", compare=False)
    level_words: str = field(default="", compare=False)


@dataclass(frozen=True)
class Touch:
    """One goal in one dossier for one group."""

    area: str
    goal: int
    code: str
    text: str
    group: Group
    dossier: int
    title: str
    activity: str = ""


@dataclass(frozen=True)
class Cell:
    """One area for one group: how many goals, in which dossiers."""

    worked_on: int = 0
    named: int = 0
    dossiers: tuple[tuple[int, str], ...] = ()

    @property
    def state(self) -> State:
        return "worked-on" if self.worked_on else "named" if self.named else "gap"


@dataclass(frozen=True)
class Row:
    area: str
    cells: tuple[Cell, ...]

    @property
    def is_gap(self) -> bool:
        return all(cell.state == "gap" for cell in self.cells)


@dataclass(frozen=True)
class Coverage:
    """Areas down, groups across.

    groups: as they are called; with the level where two would be called the same.
    """

    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    touches: tuple[Touch, ...] = field(default=())

    @property
    def gaps(self) -> tuple[str, ...]:
        """Areas in which nothing happens for any group."""
        return tuple(row.area for row in self.rows if row.is_gap)


def cover(areas: Iterable[str], touches: Iterable[Touch]) -> Coverage:
    """Lays what happens over all areas and groups of a school year."""
    every = list(touches)
    called = _called(t.group for t in every)
    across = sorted(called, key=lambda group: (called[group], group))
    down = sorted(set(areas) | {t.area for t in every}, key=_in_order)
    found: dict[tuple[str, Group], list[Touch]] = {}
    for touch in every:
        found.setdefault((touch.area, touch.group), []).append(touch)
    rows = tuple(Row(a, tuple(_cell(found.get((a, g), [])) for g in across)) for a in down)
    told = tuple(replace(t, group=replace(t.group, label=called[t.group])) for t in every)
    return Coverage(
        tuple(called[group] for group in across), rows, tuple(sorted(told, key=_by_place))
    )


def _called(groups: Iterable[Group]) -> dict[Group, str]:
    """What each group is called, as it was first written; two that would be called the same, with
    their level, and if need be by number."""
    labels: dict[Group, str] = {}
    for group in groups:
        labels.setdefault(group, group.label)
    for more in (lambda group, _n: group.level_words, lambda _group, n: str(n)):
        often, seen = Counter(labels.values()), Counter[str]()
        for group, label in labels.items():
            seen[label] += 1
            if often[label] > 1:
                labels[group] = f"{label} ({more(group, seen[label])})"
    return labels


def _cell(touches: list[Touch]) -> Cell:
    worked = {t.goal for t in touches if t.activity}
    named = {t.goal for t in touches} - worked
    dossiers = tuple(sorted({(t.dossier, t.title) for t in touches}))
    return Cell(len(worked), len(named), dossiers)


def _in_order(area: str) -> tuple[int, str]:
    """Key competences by their number, other sets after them by name."""
    number, _dot, _rest = area.partition(".")
    return (int(number), area) if number.isdecimal() else (99, area)


def _by_place(touch: Touch) -> tuple[object, ...]:
    what = (_in_order(touch.area), touch.code, touch.text)
    return (*what, touch.group.label, touch.group, touch.title, touch.activity)
