"""The text of office files, for the guards: all of it, also of sheets, slides, notes and headers.

A paragraph is a line, and so is a row of a table, with a tab between its cells: the guards know a
list by its lines. Reading streams: what stands in the file costs no more memory than its text, and
there is an end to text, to marks and to what lies inside something else.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.parsers import expat

from partnerwijzer.documents.inspection import archive, limits

MAX_MARKS = 4_000_000  # elements of XML
DEPTH = 2  # a document, and a sheet inside it
_CHUNK = 1 << 16
_NO_TEXT = ("[Content_Types].xml", "docProps/", "customXml/")
_SHARED, _SHEETS, _STYLES = "xl/sharedStrings.xml", "xl/worksheets/", "xl/styles.xml"
_EMBEDDED = (".docx", ".xlsx", ".pptx")

# What text stands in, and what stands for a mark in the text. Both families: the names never clash.
_TEXT = {"t", "delText", "instrText", "text"}
_OPEN_TEXT = {"p", "h"}
_STANDS_FOR = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-"}
_LINE_ENDS = {"p", "h", "tr", "table-row", "comment"}
_MARGINS = ("oddHeader", "oddFooter")
# What a sheet is called, in a list of sheets or of itself.
_TITLES = {"sheet": "name", "table": "table:name"}
_CELL_ENDS = {"tc", "table-cell"}


@dataclass
class Found:
    """The text so far, and how much more may come."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: int = 0

    def add(self, piece: str) -> None:
        self.length += len(piece)
        if self.length > limits.MAX_TEXT:
            raise limits.too_long()
        self.pieces.append(piece)

    def end_cell(self) -> None:
        """A tab, in the place of the end of the last paragraph in the cell."""
        if self.pieces and self.pieces[-1] == "\n":
            self.pieces.pop()
        self.add("\t")

    def count(self) -> None:
        self.marks += 1
        if self.marks > MAX_MARKS:
            raise limits.too_long()


def text_of(opened: zipfile.ZipFile, kind: str) -> str:
    """All text of an office file (kind: docx, xlsx, pptx, odt, ods or odp).

    Raises:
        BadFile: a part that is no XML, or more text than can be looked at.
    """
    found = Found()
    _read(opened, kind, found, depth=1)
    return "".join(found.pieces)


def _read(opened: zipfile.ZipFile, kind: str, found: Found, *, depth: int) -> None:
    names = opened.namelist()
    cells = _Cells.of(opened, found) if kind == "xlsx" else None
    for name in names:
        if "/embeddings/" in name and name.endswith(_EMBEDDED):
            _read_inside(opened, name, found, depth)
        elif _has_text(name, kind):
            sheet = cells is not None and name.startswith(_SHEETS)
            reader = _Sheet(found, cells) if sheet and cells else _Words(found, kind[:2] == "od")
            _parse(opened, name, reader)
            found.add("\n")


def _has_text(name: str, kind: str) -> bool:
    if kind[:2] == "od":
        return name.endswith(("content.xml", "styles.xml"))
    return name.endswith(".xml") and not name.startswith((*_NO_TEXT, _SHARED, _STYLES))


def _read_inside(opened: zipfile.ZipFile, name: str, found: Found, depth: int) -> None:
    """A sheet that lies in a document, for a chart."""
    entry = opened.getinfo(name)
    if depth >= DEPTH or entry.file_size > archive.MAX_XML:
        raise limits.too_long()
    try:
        with zipfile.ZipFile(io.BytesIO(opened.read(entry))) as inner:
            kind = archive.office_kind(inner)
            if kind is not None:
                archive.check(inner, kind)
                _read(inner, kind, found, depth=depth + 1)
    except (zipfile.BadZipFile, EOFError, OSError):
        raise archive.broken() from None


class _Reader:
    """Hears of every mark and every text of one part."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class _Words(_Reader):
    """A document, a slide, a note; of OpenDocument also a sheet."""

    def __init__(self, found: Found, is_open: bool) -> None:
        super().__init__(found)
        self.inside = 0
        self.text = _OPEN_TEXT if is_open else _TEXT
        self.is_open = is_open

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self.text:
            self.inside += 1
        elif tag in _STANDS_FOR:
            self.found.add(_STANDS_FOR[tag])
        elif self.is_open and tag == "s":
            self.found.add(" ")
        elif tag == "table-cell" and (value := _long_number(attributes.get("office:value", ""))):
            self.found.add(value + "\t")
        elif title := attributes.get(_TITLES.get(tag, ""), ""):
            self.found.add(f"\n{title}\n\n")

    def end(self, tag: str) -> None:
        if tag in self.text:
            self.inside -= 1
        if tag in _LINE_ENDS:
            self.found.add("\n")
        elif tag in _CELL_ENDS:
            self.found.end_cell()

    def data(self, text: str) -> None:
        if self.inside:
            self.found.add(text)


@dataclass
class _Cells:
    """What the cells of a workbook point to: texts, and which styles show a number as a date."""

    texts: list[str]
    dates: frozenset[int]

    @classmethod
    def of(cls, opened: zipfile.ZipFile, found: Found) -> "_Cells":
        strings = _Strings(found)
        names = opened.namelist()
        if _SHARED in names:
            _parse(opened, _SHARED, strings)
        dates = frozenset(_date_styles(opened)) if _STYLES in names else frozenset[int]()
        return cls(strings.texts, dates)

    def shown(self, kind: str, style: str, value: str) -> str:
        """What somebody reads in a cell."""
        if kind == "s":
            return self.texts[int(value)] if value and int(value) < len(self.texts) else ""
        if kind in ("str", "inlineStr", "d"):
            return value
        if style.isdecimal() and int(style) in self.dates:
            return _as_date(value)
        return _long_number(value) or value


class _Strings(_Reader):
    """The texts of a workbook; each stands once, whatever number of cells shows it."""

    def __init__(self, found: Found) -> None:
        super().__init__(found)
        self.texts: list[str] = []
        self.parts: list[str] = []
        self.inside, self.length = False, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.inside = tag == "t"

    def end(self, tag: str) -> None:
        self.inside = False
        if tag == "si":
            self.texts.append("".join(self.parts))
            self.parts = []

    def data(self, text: str) -> None:
        if self.inside:
            self.length += len(text)
            if self.length > limits.MAX_TEXT:
                raise limits.too_long()
            self.parts.append(text)


class _Sheet(_Reader):
    """One sheet of a workbook."""

    def __init__(self, found: Found, cells: _Cells) -> None:
        super().__init__(found)
        self.cells = cells
        self.kind = self.style = self.value = ""
        self.inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.inside = tag in ("v", "t", *_MARGINS)
        if tag == "c" or tag in _MARGINS:
            self.value = ""

    def end(self, tag: str) -> None:
        self.inside = False
        if tag == "c" and self.value:
            self.found.add(self.cells.shown(self.kind, self.style, self.value))
            self.found.add("\t")
        elif tag in _MARGINS:
            self.found.add(self.value + "\n")
        elif tag == "row":
            self.found.add("\n")

    def data(self, text: str) -> None:
        if self.inside and len(self.value) + len(text) <= limits.MAX_TEXT:
            self.value += text


def _long_number(value: str) -> str:
    """A whole number of ten or eleven digits, as eleven: a cell that holds a number loses the zero
    that a national number of 2001 to 2009 begins with. Empty for any other value."""
    try:
        number = float(value) if len(value) >= 10 else 0.0
    except ValueError:
        return ""
    whole = number.is_integer() and 1e9 <= number < 1e11
    return f"{int(number):011}" if whole else ""


def _as_date(value: str) -> str:
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - heavy, and seldom needed

    try:
        day = from_excel(float(value))
    except (ValueError, OverflowError, TypeError):
        return value
    return f"{day:%d/%m/%Y}" if isinstance(day, datetime) else value


def _date_styles(opened: zipfile.ZipFile) -> Iterator[int]:
    from openpyxl.styles import numbers  # noqa: PLC0415 - heavy, and seldom needed

    codes = {str(key): code for key, code in numbers.BUILTIN_FORMATS.items()}
    count = 0
    for element in archive.elements(opened, _STYLES):
        parent = element.getparent()
        if archive.tag(element) == "numFmt":
            codes[str(element.get("numFmtId"))] = str(element.get("formatCode"))
        elif archive.tag(element) == "xf" and archive.tag(parent) == "cellXfs":
            if numbers.is_date_format(codes.get(str(element.get("numFmtId")), "General")):
                yield count
            count += 1


def _parse(opened: zipfile.ZipFile, name: str, reader: _Reader) -> None:
    """Raises: BadFile: no XML, or with a document type (which office files never have)."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = _starting(reader)
    parser.EndElementHandler = lambda tag: reader.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with opened.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, ValueError, LookupError):
        raise archive.broken() from None


def _starting(reader: _Reader) -> Callable[[str, dict[str, str]], None]:
    def start(tag: str, attributes: dict[str, str]) -> None:
        reader.found.count()
        reader.start(tag.rpartition(":")[2], attributes)

    return start


def _refuse_doctype(*_about: object) -> None:
    raise ValueError("a document type in an office file")
