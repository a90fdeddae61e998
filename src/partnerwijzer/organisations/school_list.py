"""Reads the official list of schools: UTF-8 with BOM, `;`, quoted, lines that end in CR alone.

Other line ends are read too. Every row is one vestigingsplaats. The column with the names of
administrators is personal data and is dropped here: nothing after this file ever sees it.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

NEEDED = ("schoolnummer", "intern_vplnummer", "naam")
DROPPED = ("beheerder(s)",)
_BOARD = re.compile(r"^\s*(\d{3,10})?[\s:–-]*(.*?)\s*$")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_URL_IS_RIGHT = URLValidator(schemes=["http", "https"])


class BadSchoolFile(ValueError):
    """The file is no list of schools. The message names the file and what is wrong."""


class BadRow(ValueError):
    """A row that cannot be used; the message says why."""


@dataclass(frozen=True)
class Row:
    """One vestigingsplaats as the list gives it."""

    line: int
    number: str
    campus: str
    name: str
    network: str
    is_main: bool
    street: str
    postcode: str
    town: str
    phone: str
    email: str
    website: str
    level: str
    words: tuple[str, ...]
    codes: tuple[str, ...]
    board_number: str
    board_name: str
    lambert_x: float | None
    lambert_y: float | None
    ended_on: date | None


@dataclass
class SchoolList:
    """What was read: rows that can be used, and for the others the line and the reason."""

    rows: list[Row] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def read(path: Path) -> SchoolList:
    """All rows of a file.

    Raises:
        BadSchoolFile: not there, not UTF-8, another dialect, or columns are missing.
    """
    found, seen = SchoolList(), set[tuple[str, str]]()
    for line, cells in _cells(path):
        try:
            row = _row(line, cells)
            if (row.number, row.campus) in seen:
                text = _("school {number}, vestigingsplaats {campus} staat er twee keer in")
                raise BadRow(text.format(number=row.number, campus=row.campus))
        except BadRow as wrong:
            found.refused.append((line, str(wrong)))
            continue
        seen.add((row.number, row.campus))
        found.rows.append(row)
    return found


def _cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by name of column, of each row that is not empty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened, delimiter=";", strict=True)
            names = _columns(path, next(reader, []))
            for values in reader:
                if any(value.strip() for value in values):
                    yield reader.line_num, _by_name(names, values)
    except UnicodeDecodeError:
        raise BadSchoolFile(_("{file} is geen tekst in UTF-8.").format(file=path.name)) from None
    except csv.Error as wrong:
        text = _("{file}, regel {line}: geen geldige CSV ({why}).")
        line = reader.line_num
        raise BadSchoolFile(text.format(file=path.name, line=line, why=wrong)) from None
    except OSError as wrong:
        text = _("{file} kan niet gelezen worden: {why}.")
        raise BadSchoolFile(text.format(file=path, why=wrong.strerror)) from None


def _columns(path: Path, head: list[str]) -> list[str]:
    names = [name.strip().lower() for name in head]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        text = _("{file} is geen lijst van scholen met puntkomma’s: kolom {missing} ontbreekt.")
        raise BadSchoolFile(text.format(file=path.name, missing=", ".join(missing)))
    return names


def _by_name(names: list[str], values: list[str]) -> dict[str, str]:
    cells = {n: " ".join(v.split()) for n, v in zip(names, values, strict=False)}
    if len(values) != len(names):
        cells["?"] = _("{found} kolommen in plaats van {wanted}").format(
            found=len(values), wanted=len(names)
        )
    return {name: value for name, value in cells.items() if name not in DROPPED}


def _row(line: int, cells: dict[str, str]) -> Row:
    def cell(name: str) -> str:
        return cells.get(name, "").replace("\x00", "")

    _check(cells)
    board_number, board_name = _board(cell("bestuur"))
    return Row(
        line=line,
        number=cell("schoolnummer"),
        campus=cell("intern_vplnummer"),
        name=cell("naam")[:200],
        network=cell("net")[:60],
        is_main=cell("hoofdzetel").lower() in {"true", "ja", "1", "waar"},
        street=_street(cell("straat"), cell("huisnummer"), cell("busnummer"))
        or cell("adres")[:200],
        postcode=cell("postcode")[:10],
        town=cell("gemeente")[:100],
        phone=cell("telefoon")[:40],
        email=_email(cell("e-mail")),
        website=_website(cell("website")),
        level=cell("onderwijsniveau")[:200],
        words=(cell("soort instelling"), cell("onderwijsniveau"), cell("instellingstype")),
        codes=tuple(re.findall(r"\d{3}", cell("ingerichte hoofdstructuren"))),
        board_number=board_number,
        board_name=board_name,
        lambert_x=_metres(cell("lx")),
        lambert_y=_metres(cell("ly")),
        ended_on=_day(cell("einddatum")),
    )


def _check(cells: dict[str, str]) -> None:
    if "?" in cells:
        raise BadRow(cells["?"])
    number, campus = cells.get("schoolnummer", ""), cells.get("intern_vplnummer", "")
    if not re.fullmatch(r"[0-9]{1,10}", number):
        raise BadRow(_("schoolnummer “{value}” is geen nummer").format(value=number))
    if not re.fullmatch(r"[0-9]{1,10}", campus):
        raise BadRow(_("intern_vplnummer “{value}” is geen nummer").format(value=campus))
    if not cells.get("naam"):
        raise BadRow(_("school {number} heeft geen naam").format(number=number))


def _street(street: str, number: str, box: str) -> str:
    return " ".join(part for part in (street, number, f"bus {box}" if box else "") if part)[:200]


def _board(text: str) -> tuple[str, str]:
    """`"123456 - Gemeente X"` is number and name; either may be missing."""
    found = _BOARD.match(text)
    return (found[1] or "", found[2][:200]) if found else ("", "")


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def _website(text: str) -> str:
    """With a scheme; nothing where it is no address."""
    address = text if text.startswith(("http://", "https://")) else f"https://{text}"
    try:
        _URL_IS_RIGHT(address)
    except ValidationError:
        return ""
    return address if len(address) <= 200 else ""


def _metres(text: str) -> float | None:
    """Lambert 72 (EPSG:31370). Zero stands for unknown."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value < 1_000_000 else None


def _day(text: str) -> date | None:
    """31/08/2025, 31-8-2025 or 2025-08-31, with or without a time behind it."""
    day_first = _DAY_FIRST.match(text)
    try:
        if day_first:
            return date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
