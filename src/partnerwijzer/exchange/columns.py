"""Which column of somebody's own list holds what: by the words above it, and by what stands in it.

The words stand in content/exchange/columns.yaml. Pure, but for reading that file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerwijzer.exchange.sheets.table import Line, Table
from partnerwijzer.kbo import numbers
from partnerwijzer.search.spelling import folded

LABELS: dict[str, str | Promise] = {
    "name": _("Naam van de organisatie"),
    "enterprise_number": _("Ondernemingsnummer"),
    "kind": _("Soort organisatie"),
    "description": _("Wat doet de organisatie"),
    "website": _("Website"),
    "themes": _("Thema’s"),
    "levels": _("Niveaus"),
    "regions": _("Waar werkt de organisatie"),
    "address": _("Volledig adres"),
    "street": _("Straat en nummer"),
    "house_number": _("Huisnummer"),
    "postcode": _("Postcode"),
    "town": _("Gemeente"),
    "place": _("Postcode en gemeente samen"),
    "contact_name": _("Contactpersoon: naam"),
    "contact_first_name": _("Contactpersoon: voornaam"),
    "contact_function": _("Contactpersoon: functie"),
    "contact_email": _("Contactpersoon: e-mailadres van het werk"),
    "contact_phone": _("Contactpersoon: telefoon van het werk"),
}
NEVER, REPORT = "never", "report"
SURE, MAYBE, PART, CONTENT = 100, 50, 40, 30
LOOKED_AT = 60
HEAD_ROWS = 15
SHARE = 0.6
_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[a-z]{2,}", re.IGNORECASE)
_SITE = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.(be|com|org|eu|net|vlaanderen|brussels)\b(/\S*)?", re.I)  # fmt: skip  # noqa: E501
_PHONE = re.compile(r"(\+32|0032|0)[\d\s./()-]{7,16}")
_POSTCODE = re.compile(r"[1-9]\d{3}")


@dataclass(frozen=True)
class Column:
    """One column: what stands above it, a few of its values, and what we think it holds."""

    head: str
    examples: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class Layout:
    """The columns of a table and the rows below them."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def fields(self) -> list[str]:
        return [column.field for column in self.columns]


@cache
def words() -> dict[str, Any]:
    """The table of words, each folded."""
    path = settings.CONTENT_DIR / "exchange" / "columns.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        "fields": {
            name: {sort: {folded(w) for w in found} for sort, found in sorts.items()}
            for name, sorts in raw["fields"].items()
        },
        **{name: {folded(word) for word in raw[name]} for name in (NEVER, REPORT)},
        "kinds": {folded(w): kind for kind, found in raw["kinds"].items() for w in found},
    }


def layout(table: Table) -> Layout:
    """Finds the row with the names of the columns, and what each column holds.

    Cells of a column about private people are emptied here: nothing after this ever sees them.
    """
    at = _head_row(table.lines)
    heads = list(table.lines[at].cells) if at is not None else []
    below = table.lines[at + 1 :] if at is not None else table.lines
    width = max([len(heads), *(len(line.cells) for line in below)])
    heads += [""] * (width - len(heads))
    samples = [_values(below, number) for number in range(width)]
    fields = recognise(heads, samples)
    gone = {number for number, field in enumerate(fields) if field in (NEVER, REPORT)}
    lines = tuple(_whole(line, width, gone) for line in below)
    columns = tuple(
        Column(head or f"{number + 1}", _examples(samples[number], field), field)
        for number, (head, field) in enumerate(zip(heads, fields, strict=True))
    )
    return Layout(columns, tuple(line for line in lines if any(line.cells)))


def _examples(values: Sequence[str], field: str) -> tuple[str, ...]:
    shown = [] if field in (NEVER, REPORT) else list(dict.fromkeys(values))[:3]
    return tuple(value if len(value) <= 60 else f"{value[:59]}…" for value in shown)


def _whole(line: Line, width: int, gone: set[int]) -> Line:
    cells = list(line.cells) + [""] * (width - len(line.cells))
    return Line(line.number, tuple("" if n in gone else cell for n, cell in enumerate(cells)))


def _values(lines: Sequence[Line], number: int) -> list[str]:
    """The first values of a column that are not empty."""
    found = (line.cells[number] for line in lines if number < len(line.cells))
    return [value for value in found if value][:LOOKED_AT]


def _head_row(lines: Sequence[Line]) -> int | None:
    """The row that names the columns: of the first rows the one with most words that we know; else
    the first, unless it looks like a row with values."""
    known = [sum(_meaning(cell)[1] >= MAYBE for cell in line.cells) for line in lines[:HEAD_ROWS]]
    if max(known) >= 1:
        return known.index(max(known))
    return None if _looks_like_values(lines[0]) or len(lines) == 1 else 0


def _looks_like_values(line: Line) -> bool:
    return any(
        test(cell)
        for cell in line.cells
        for test in (numbers.is_valid, _EMAIL.fullmatch, _SITE.fullmatch, _POSTCODE.fullmatch)
    )


def _meaning(head: str) -> tuple[str, int]:
    """The field that a heading names best, and how sure that is."""
    return max(_meanings(head), key=lambda pair: pair[1], default=("", 0))


def _meanings(head: str) -> list[tuple[str, int]]:
    text = folded(head)
    if not text:
        return []
    table = words()
    for special in (NEVER, REPORT):
        if text in table[special]:
            return [(special, SURE)]
    found = []
    for name, sorts in table["fields"].items():
        if text in sorts["sure"]:
            found.append((name, SURE))
        elif text in sorts["maybe"]:
            found.append((name, MAYBE - 5 if name.startswith("contact") else MAYBE))
        elif any(f" {word} " in f" {text} " for word in sorts["sure"] if len(word) > 3):
            found.append((name, PART))
    return found


def recognise(heads: Sequence[str], samples: Sequence[Sequence[str]]) -> list[str]:
    """What each column holds: a field, `never`, `report`, or nothing where we do not know.

    Each field is given once, to the column that is surest of it.
    """
    guesses: list[tuple[int, int, str]] = []
    fields = [""] * len(heads)
    for number, (head, values) in enumerate(zip(heads, samples, strict=True)):
        if _mostly(values, _is_national_number):
            fields[number] = NEVER
            continue
        for field, sure in (*_meanings(head), *_by_content(values)):
            if field in (NEVER, REPORT):
                fields[number] = field
            guesses.append((_trusted(field, sure, values), -number, field))
    taken = {NEVER, REPORT}
    for sure, minus, field in sorted(guesses, reverse=True):
        if sure > 0 and field not in taken and not fields[-minus]:
            fields[-minus] = field
            taken.add(field)
    return _with_a_name(fields, samples)


def _trusted(field: str, sure: int, values: Sequence[str]) -> int:
    """A heading is believed less where what stands below it is something else."""
    test = TESTS.get(field)
    if test is None or not values or _mostly(values, test, least=0.3):
        return sure
    return sure if sure >= SURE else 0


def _by_content(values: Sequence[str]) -> list[tuple[str, int]]:
    return [(field, CONTENT) for field, test in TESTS.items() if _mostly(values, test)]


def _mostly(values: Sequence[str], test: Any, least: float = SHARE) -> bool:
    return bool(values) and sum(bool(test(value)) for value in values) >= least * len(values)


def _with_a_name(fields: list[str], samples: Sequence[Sequence[str]]) -> list[str]:
    """Without a column with names, the first that holds different words will be it."""
    if "name" in fields:
        return fields
    for number, values in enumerate(samples):
        wordy = [value for value in values if re.search(r"[^\W\d_]{3}", value)]
        if not fields[number] and values and len(set(wordy)) > 0.7 * len(values):
            return [*fields[:number], "name", *fields[number + 1 :]]
    return fields


def _is_national_number(value: str) -> bool:
    """Eleven digits of the national register: check 97 - (first nine mod 97), with a 2 before them
    for who was born in this century."""
    digits = re.sub(r"[\s.\-]", "", value)
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return False
    check = int(digits[9:])
    return check in (97 - int(digits[:9]) % 97, 97 - int(f"2{digits[:9]}") % 97)


TESTS: dict[str, Any] = {
    "enterprise_number": numbers.is_valid,
    "contact_email": _EMAIL.fullmatch,
    "website": _SITE.fullmatch,
    "contact_phone": _PHONE.fullmatch,
    "postcode": _POSTCODE.fullmatch,
}
