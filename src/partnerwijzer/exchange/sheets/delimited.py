"""CSV in any dialect: semicolons, commas, tabs or bars; with or without BOM; UTF-8, UTF-16 or
Windows-1252; lines that end in CR, LF or both; quoted or not. Pure."""

import codecs
import csv
import io
import re
from collections import Counter

from django.utils.translation import gettext as _

from partnerwijzer.exchange.sheets.table import DEEPEST, BadTable, Table, lines_of

DELIMITERS = ";,\t|"
TRIED_ROWS = 60
# Control characters that no text has.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKED = re.compile(r"\s*<(!doctype|html|table|\?xml)", re.IGNORECASE)
_SAYS = re.compile(r'\s*"?sep=(.)"?\s*$', re.IGNORECASE)


def read(content: bytes) -> Table:
    """The table of a file in plain text.

    Raises:
        BadTable: no text, a web page, or quotes that are never closed.
    """
    text = _decoded(content)
    if _MARKED.match(text):
        raise BadTable(
            _("Dit is een webpagina, geen lijst. Open ze in een rekenblad en bewaar als xlsx.")
        )
    text, delimiter = _delimiter_of(text)
    return Table("csv", lines=lines_of(_rows(text, delimiter)))


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for values in reader:
            found.append((line, values))
            line = reader.line_num + 1
            if len(found) > DEEPEST:
                break
    except csv.Error:
        text_ = _("Regel {line}: hier staat een aanhalingsteken te veel of te weinig. Kijk dat na.")
        raise BadTable(text_.format(line=line)) from None
    return found


def _decoded(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_TEXT.search(text):
            return text
    raise BadTable(_("Dit is geen lijst die we kunnen lezen. Bewaar ze als xlsx, ods of csv."))


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252", "latin-1")


def _delimiter_of(text: str) -> tuple[str, str]:
    """The text without Excel's own line that names the delimiter, and the delimiter."""
    first = re.match(r"[^\r\n]*", text)
    said = _SAYS.match(first[0]) if first else None
    if first and said:
        return text[first.end() :].lstrip("\r\n"), said[1]
    return text, max(DELIMITERS, key=lambda one: _fits(text, one))


def _fits(text: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter cuts the first rows: how many of them have the same width, if that is
    more than one; then how wide they are."""
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
    widths: list[int] = []
    try:
        for values in reader:
            if any(value.strip() for value in values):
                widths.append(len(values))
            if len(widths) == TRIED_ROWS:
                break
    except csv.Error:
        return (0.0, 0)
    counted = Counter(width for width in widths if width > 1).most_common(1)
    if not counted:
        return (0.0, 0)
    width, often = counted[0]
    return (often / len(widths), width)
