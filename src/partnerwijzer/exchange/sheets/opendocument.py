"""Reads an OpenDocument spreadsheet: content.xml, row by row. Pure.

Format: OASIS OpenDocument 1.3, part 3, chapter 9 (tables) and section 19.385 (value types).
Formulas are not computed: a cell shows what the program that saved it had found.
"""

import zipfile
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]

from partnerwijzer.exchange.sheets.table import (
    DEEPEST,
    MOST_COLUMNS,
    MOST_ROWS,
    BadTable,
    Table,
    lines_of,
)

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = f"{{{_NS}table:1.0}}", f"{{{_NS}office:1.0}}", f"{{{_NS}text:1.0}}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_SPACE, _TAB, _BREAK = f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"
_NUMBERS = {"float", "currency", "percentage"}
_SHOWN_AS_KEPT = {"date": f"{_OFFICE}date-value", "time": f"{_OFFICE}time-value"}

Row = tuple[int, list[object]]


def read(opened: zipfile.ZipFile, wanted: str = "") -> Table:
    """The sheet that is called so, or else the first with something in it.

    Raises:
        BadTable: broken, or too long.
    """
    found = Table("ods")
    try:
        with opened.open("content.xml") as stream:
            for name, rows in _sheets(stream):
                if name == wanted if wanted else not found.lines:
                    found.sheet, found.lines = name, lines_of(rows)
                elif any(any(values) for _number, values in rows):
                    found.others.append(name)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, EOFError, ValueError) as wrong:
        if isinstance(wrong, BadTable):
            raise
        raise BadTable(
            _("Dit bestand is beschadigd. Open het en bewaar het opnieuw, of bewaar het als csv.")
        ) from None
    return found


def _sheets(stream: IO[bytes]) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each sheet with its rows. Nested tables (in a cell) are left out with their cell."""
    reader = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    for event, element in reader:
        if element.getroottree().docinfo.internalDTD is not None:
            raise ValueError("a document type in a spreadsheet")
        if event == "start" and element.tag == f"{_TABLE}table":
            rows = list(_rows(reader))
            yield str(element.get(f"{_TABLE}name") or ""), iter(rows)


def _rows(reader: Iterator[tuple[str, etree._Element]]) -> Iterator[Row]:
    """The rows up to the end of this sheet, as far as anybody would fill them in."""
    number, filled, deep = 1, 0, 0
    for event, element in reader:
        if element.tag == f"{_TABLE}table":
            deep += 1 if event == "start" else -1
            if deep < 0:
                return
        if event != "end" or deep or element.tag != f"{_TABLE}table-row":
            continue
        times = _times(element, "number-rows-repeated")
        values = list(_values(element))
        if any(value != "" for value in values):
            for extra in range(min(times, MOST_ROWS + 2 - filled)):
                yield number + extra, values
                filled += 1
        number += times
        element.clear(keep_tail=False)
        if number > DEEPEST or filled > MOST_ROWS + 1:
            continue  # the rest is still parsed, to find the end of the sheet, but not kept


def _times(element: etree._Element, name: str) -> int:
    said = element.get(f"{_TABLE}{name}") or "1"
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _values(row: etree._Element) -> Iterator[object]:
    wide = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        times = min(_times(cell, "number-columns-repeated"), MOST_COLUMNS - wide)
        value = _value(cell) if cell.tag == f"{_TABLE}table-cell" else ""
        for _time in range(times):
            yield value
        wide += times
        if wide >= MOST_COLUMNS:
            return


def _value(cell: etree._Element) -> object:
    """A number or a day as it was kept; else the text, without remarks that hang on the cell."""
    kind = cell.get(f"{_OFFICE}value-type") or ""
    kept = cell.get(f"{_OFFICE}value")
    text = "\n".join(_words(part) for part in cell if part.tag == f"{_TEXT}p")
    if kind in _NUMBERS and kept is not None:
        try:
            number = float(kept)
        except ValueError:
            return text
        # As shown, where a zero stands before it: of 092345678 the number is no phone number.
        return text if text.startswith("0") and _digits(text).lstrip("0") == kept else number
    if kind in _SHOWN_AS_KEPT:
        return (cell.get(_SHOWN_AS_KEPT[kind]) or text).removesuffix("T00:00:00")
    return text


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _words(part: etree._Element) -> str:
    found = [part.text or ""]
    for child in part:
        if child.tag == _SPACE:
            found.append(" ")
        elif child.tag in (_TAB, _BREAK):
            found.append("\n" if child.tag == _BREAK else " ")
        elif isinstance(child.tag, str) and not child.tag.endswith("}annotation"):
            found.append(_words(child))
        found.append(child.tail or "")
    return "".join(found)
