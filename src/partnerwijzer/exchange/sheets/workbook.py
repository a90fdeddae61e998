"""Reads and writes Excel workbooks (xlsx), with openpyxl.

Formulas are not computed: a cell shows what Excel had found when it was saved. What we write is
never a formula, so that a name that begins with `=` stays a name.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from partnerwijzer.documents.workbooks import BROKEN, holdable
from partnerwijzer.exchange.sheets.table import (
    DEEPEST,
    MOST_COLUMNS,
    BadTable,
    Table,
    lines_of,
)

LONGEST_CELL = 32_000  # Excel itself stops at 32,767
LONGEST_NAME = 31


def read(file: IO[bytes], wanted: str = "") -> Table:
    """The sheet that is called so, or else the first with something in it.

    Raises:
        BadTable: broken, or too long.
    """
    found = Table("xlsx")
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                rows = _rows(sheet)
                if sheet.title == wanted if wanted else not found.lines:
                    found.sheet, found.lines = sheet.title, lines_of(rows)
                elif any(any(v is not None for v in values) for _n, values in rows):
                    found.others.append(sheet.title)
        finally:
            book.close()
    except BadTable:
        raise
    except BROKEN:
        raise BadTable(
            _("Dit bestand is beschadigd. Open het en bewaar het opnieuw, of bewaar het als csv.")
        ) from None
    return found


def _rows(sheet: Any) -> Iterator[tuple[int, list[object]]]:
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    rows = sheet.iter_rows(max_row=DEEPEST, max_col=MOST_COLUMNS, values_only=True)
    for number, values in enumerate(rows, start=1):
        yield number, list(values)


class Book:
    """A workbook that is written sheet by sheet and row by row, in little memory."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def sheet(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Adds a sheet; its first row stays in sight. Numbers, days and yes or no stay so."""
        sheet = self._book.create_sheet(name[:LONGEST_NAME])
        sheet.freeze_panes = "A2"
        for number, head in enumerate(heads, start=1):
            letter = sheet.column_dimensions[_letters(number)]
            letter.width = min(60, max(12, len(head) + 4))
        sheet.append([_cell(sheet, head, bold=True) for head in heads])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])

    def write_to(self, file: IO[bytes]) -> None:
        self._book.save(file)


def _letters(number: int) -> str:
    """1 is A, 27 is AA."""
    number -= 1
    first = _letters(number // 26) if number >= 26 else ""
    return first + chr(ord("A") + number % 26)


def _cell(sheet: Any, value: object, *, bold: bool = False) -> Any:
    if not isinstance(value, str):
        return value
    plain = holdable(value)[:LONGEST_CELL]
    if not bold and not plain.startswith("="):
        return plain
    cell = WriteOnlyCell(sheet, value=plain)
    cell.data_type = "s"  # a text, and no formula
    if bold:
        cell.font = Font(bold=True)
    return cell
