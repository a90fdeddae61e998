"""A table as it was read, and the limits that hold for every kind of file. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

# A list is written in one transaction, which on SQLite lets others wait: so not without end.
MOST_ROWS = 1_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
# Rows of the sheet that are looked at at all: programs mark whole empty columns as used.
DEEPEST = 50_000
# What a spreadsheet shows where a formula failed, also in Dutch: no value for us.
FAILED = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
    | {"#VERW!", "#N/B", "#NAAM?", "#WAARDE!", "#DEEL/0!", "#LEEG!", "#GETAL!"}
)


class BadTable(ValueError):
    """The file cannot be read as a table. `str()` says in Dutch why and what to do."""


@dataclass(frozen=True)
class Line:
    """One row that is not empty: its number in the sheet, counted from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass
class Table:
    """The rows of one sheet. `others`: names of sheets that hold something and were not read."""

    kind: str
    sheet: str = ""
    lines: list[Line] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def lines_of(rows: Iterable[tuple[int, Iterable[object]]]) -> list[Line]:
    """The rows that hold something, as text.

    Raises:
        BadTable: more rows than we take in one go.
    """
    found: list[Line] = []
    for number, values in rows:
        cells = [text_of(value) for value in values][:MOST_COLUMNS]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(found) > MOST_ROWS:  # one more than that: the names of the columns
            text = _("De lijst is te lang: hoogstens {most} rijen. Splits ze in twee bestanden.")
            raise BadTable(text.format(most=MOST_ROWS))
        found.append(Line(number, tuple(cells)))
    return found


def text_of(value: object) -> str:
    """What a cell shows. Whole numbers lose the `.0` of spreadsheets, days lose an hour of zero."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value.replace(tzinfo=None)
    if isinstance(value, date | time):
        return value.isoformat()
    text = tidy(str(value))
    return "" if text in FAILED else text


def tidy(text: str) -> str:
    """Without control characters, hard spaces and spaces at the ends; lines stay lines."""
    plain = text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in plain if c in "\n\t" or c.isprintable())
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return "\n".join(lines).strip()[:LONGEST_CELL]
