"""Days of elections out of a table that an operator keeps. Pure.

The columns: naam, dag, bron, nagekeken; days as 2030-06-09 or 9/6/2030. Nothing is guessed: a line
without its source or its day is refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

COLUMNS = {
    "name": ("naam", "verkiezingen", "name"),
    "on": ("dag", "datum", "on"),
    "source": ("bron", "source"),
    "read_on": ("nagekeken", "nagekeken op", "read_on"),
}
LONGEST = {"name": 120, "source": 300}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class NoColumns(ValueError):
    """The first row does not name the four columns. `str()` says which are needed."""


@dataclass(frozen=True)
class Listed:
    """One day of elections, as it stands on a line."""

    line: int
    name: str
    on: date
    source: str
    read_on: date


@dataclass(frozen=True)
class Wrong:
    """A line that is refused, and why."""

    line: int
    why: str


def read(
    rows: Iterable[tuple[int, Sequence[str]]], today: date
) -> tuple[list[Listed], list[Wrong]]:
    """The days of elections in a table, and the lines that cannot be used.

    Args:
        rows: number of each line and its cells, the names of the columns first.
        today: nobody can have looked something up later than this.

    Raises:
        NoColumns: one of the columns is missing.
    """
    (_first, heads), *others = list(rows) or [(0, ())]
    names = [head.casefold().strip() for head in heads]
    places = {
        field: next((i for i, name in enumerate(names) if name in known), -1)
        for field, known in COLUMNS.items()
    }
    if min(places.values()) < 0:
        raise NoColumns(_("Zet in de eerste rij: naam, dag, bron, nagekeken."))
    found: list[Listed] = []
    wrong: list[Wrong] = []
    for line, cells in others:
        cell = {f: cells[i].strip() if i < len(cells) else "" for f, i in places.items()}
        one = _line(line, cell, today)
        (found if isinstance(one, Listed) else wrong).append(one)  # type: ignore[arg-type]
    return found, wrong


def _line(line: int, cell: dict[str, str], today: date) -> Listed | Wrong:
    on, read_on = _day(cell["on"]), _day(cell["read_on"])
    if on is None or read_on is None:
        return Wrong(line, _("een dag ontbreekt of is geen datum."))
    if read_on > today:
        return Wrong(line, _("nagekeken op een dag die nog moet komen."))
    for field, most in LONGEST.items():
        if not cell[field] or len(cell[field]) > most:
            return Wrong(
                line, _("{field} ontbreekt of is te lang.").format(field=COLUMNS[field][0])
            )
    return Listed(line, cell["name"], on, cell["source"], read_on)


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
