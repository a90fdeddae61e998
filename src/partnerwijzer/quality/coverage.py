"""Which goals a school reaches with partners, by group and school year. Pure.

A goal is worked on where an activity that goes on works at it; where the dossier says of no
activity at which goals it works, the goal counts as named only, for all groups of the dossier.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

State = Literal["gap", "named", "worked-on"]


@dataclass(frozen=True)
class Touch:
    """One goal in one dossier for one group."""

    area: str
    goal: int
    code: str
    text: str
    group: str
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
    """Areas down, groups across."""

    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    touches: tuple[Touch, ...] = field(default=())

    @property
    def gaps(self) -> tuple[str, ...]:
        """Areas in which nothing happens for any group."""
        return tuple(row.area for row in self.rows if row.is_gap)


def cover(areas: Iterable[str], groups: Iterable[str], touches: Iterable[Touch]) -> Coverage:
    """Lays what happens over all areas and groups of a school year."""
    every = list(touches)
    across = sorted(set(groups) | {t.group for t in every})
    down = sorted(set(areas) | {t.area for t in every}, key=_in_order)
    found: dict[tuple[str, str], list[Touch]] = {}
    for touch in every:
        found.setdefault((touch.area, touch.group), []).append(touch)
    rows = tuple(Row(a, tuple(_cell(found.get((a, g), [])) for g in across)) for a in down)
    return Coverage(tuple(across), rows, tuple(sorted(every, key=_by_place)))


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
    return (_in_order(touch.area), touch.code, touch.text, touch.group, touch.title, touch.activity)
