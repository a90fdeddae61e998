"""A paper: what stands in a document, without how it looks. Pure data.

`documents/pdf.py` and `documents/docx.py` make the same paper into PDF and Word. Every text is
plain: no markup is read in it, so what people typed comes out as they typed it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Tone = Literal["info", "warn", "ok"]
LEVELS = (1, 2, 3)
EMPTY = "–"  # stands where nothing was filled in
LINE = 90  # characters on one line of a table
BOLD_LINE = 80  # the same in bold, as heads are
USUAL = 12  # letters of a word that is not cut where there is room
SHORT = 18  # a cell of at most so many characters stays on one line where there is room

_NUMBER = re.compile(r"[\s€%+–\-−.,\d]+")
# Characters that would turn the text round them about: a name must not be able to do that.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_GONE = dict.fromkeys(map(ord, _TURNING + "\ufeff\ufff9\ufffa\ufffb"))
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Heading:
    """The heading of a part. Level 1 comes first; no level is skipped on the way down."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text. An empty line begins a new paragraph, a single line end a new line."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Terms with what is true of them: (“Plaats”, “sporthal”)."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bullets:
    """A list; `numbered` where the order matters or where one wants to point at an item."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table with one header row, that comes back on every page. `summary` says what it shows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    summary: str = ""

    def __post_init__(self) -> None:
        if not self.header or any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row of a table has as many cells as its header")


@dataclass(frozen=True)
class Note:
    """Something to notice. The tone only colours it: `title` and `text` say it."""

    text: str
    tone: Tone = "info"
    title: str = ""


@dataclass(frozen=True)
class Signatures:
    """Room to sign, for each role: name, date, signature."""

    roles: tuple[str, ...]


@dataclass(frozen=True)
class QrCode:
    """An address to scan; it stands below in letters too."""

    address: str
    caption: str


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Facts | Bullets | Table | Note | Signatures | QrCode | PageBreak


@dataclass(frozen=True)
class Head:
    """The letterhead of a school: lines below its name, a logo (PNG), a Word template of its own.
    documents/letterhead.py puts it on a paper."""

    lines: tuple[str, ...] = ()
    logo: bytes = b""
    template: bytes = b""


@dataclass(frozen=True)
class Paper:
    """One document. `school` is whose document it is; `footer` stands small on every page; `kind`
    is one of documents.models.PaperKind and chooses the template. `dense`: meant for one page, so
    the PDF is set smaller and closer. `contents`: long, so the PDF begins with a list of its parts.

    Raises:
        ValueError: no title, or headings that skip a level (a reader by ear would lose the way).
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    school: str = ""
    dated: date | None = None
    footer: str = ""
    language: str = "nl"
    kind: str = ""
    head: Head | None = None
    dense: bool = False
    contents: bool = False

    def __post_init__(self) -> None:
        if not clean(self.title).strip():
            raise ValueError("a paper has a title")
        reached = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if block.level not in LEVELS or block.level > reached + 1:
                    raise ValueError(f"heading {block.text!r} skips a level")
                reached = block.level


def clean(text: str) -> str:
    """The text as it can stand in any document: composed letters, LF as line end, no tabs.

    Drops what no document format may hold or what turns text round: control characters, halves of
    surrogate pairs, noncharacters and marks that turn the writing direction.
    """
    text = _LINE_ENDS.sub("\n", str(text)).replace("\t", " ").translate(_GONE)
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in text if letter == "\n" or _may_stand(letter))


def _may_stand(letter: str) -> bool:
    code = ord(letter)
    nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not nothing and unicodedata.category(letter) not in ("Cc", "Cs")


def flat(text: str) -> str:
    """The cleaned text on one line."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each with single line ends at most."""
    parts = re.split(r"\n[ \n]*\n", clean(text))
    return [part.strip("\n ") for part in parts if part.strip("\n ")]


def texts(paper: Paper) -> Iterator[str]:
    """Every text of a paper in reading order, cleaned; without what the renderer adds."""
    yield from (clean(t) for t in (paper.title, paper.subtitle, paper.school, paper.footer) if t)
    for block in paper.blocks:
        yield from (clean(text) for text in _texts_of(block) if text)


def _texts_of(block: Block) -> tuple[str, ...]:
    match block:
        case Heading(text) | Paragraph(text):
            return (text,)
        case Facts(rows):
            return tuple(text for row in rows for text in row)
        case Bullets(items) | Signatures(items):
            return items
        case Table(header, rows, summary):
            return (summary, *header, *(cell for row in rows for cell in row))
        case Note(text, _, title):
            return (title, text)
        case QrCode(address, caption):
            return (caption, address)
        case PageBreak():
            return ()


def shares(table: Table) -> list[int]:
    """How much of the width each column gets, in per cent (sum 100 or just under).

    A column of short texts (dates, amounts) gets what it needs, so that they stay on one line. The
    others share the rest by the root of their longest text: else one remark would take it all. No
    column is too narrow for a usual word in it, as long as there is room; what stands above it may
    take several lines.
    """
    columns = list(zip(*table.rows, strict=True)) or [(head,) for head in table.header]
    longest = [max(map(len, column)) for column in columns]
    least = [
        max(_for_head(head), _for_words(column))
        for head, column in zip(table.header, columns, strict=True)
    ]
    needs = [
        max(_per_cent(length), room) if length <= SHORT else 0
        for length, room in zip(longest, least, strict=True)
    ]
    if sum(needs) > 60 or all(needs):
        needs = [0] * len(longest)
    if sum(max(pair) for pair in zip(needs, least, strict=True)) > 100:
        least = [0] * len(longest)
    return _shared(needs, least, [min(max(length, 9), 400) ** 0.5 for length in longest])


def _shared(needs: list[int], least: list[int], weights: list[float]) -> list[int]:
    """What each column gets: what it needs, else a share of the rest by its weight; a share below
    its least becomes that, and the others share what is left."""
    given = list(needs)
    while True:
        rest = 100 - sum(given)
        open_ = sum(w for w, g in zip(weights, given, strict=True) if not g)
        found = [g or int(rest * w / open_) for g, w in zip(given, weights, strict=True)]
        narrow = [at for at, part in enumerate(found) if part < least[at]]
        if not narrow:
            return found
        given = [least[at] if at in narrow else part for at, part in enumerate(given)]


def _per_cent(length: int) -> int:
    return 4 + length * 100 // LINE


def _for_words(column: tuple[str, ...]) -> int:
    """What the longest usual word of these cells needs, in per cent; longer ones are hyphenated."""
    lengths = {len(word) for cell in column for word in cell.split()}
    return _per_cent(max((length for length in lengths if length <= USUAL), default=0))


def _for_head(head: str) -> int:
    """What the longest word of a head needs, in per cent. Very long ones may be split."""
    word = max(map(len, head.split()), default=0)
    return 5 + word * 100 // BOLD_LINE if word <= SHORT else 0


def are_numbers(table: Table) -> list[bool]:
    """For each column whether it holds nothing but numbers and amounts: those align at the end."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.header)
    return [
        any(map(str.strip, column)) and all(not c or _NUMBER.fullmatch(c) for c in column)
        for column in columns
    ]
