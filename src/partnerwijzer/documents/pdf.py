"""A paper as PDF: tagged, PDF/UA-1, the same bytes for the same paper.

The text goes to the template as JSON and is never read as markup there. What the fonts that we ship
cannot draw is written as its number, [U+4E2D]: nothing disappears in silence.
"""

import json
import subprocess
import sys
from bisect import bisect_right
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partnerwijzer.documents import logo, qr
from partnerwijzer.documents.paper import (
    EMPTY,
    LINE,
    Block,
    Bullets,
    Facts,
    Heading,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    QrCode,
    Signatures,
    Table,
    are_numbers,
    clean,
    flat,
    paragraphs,
    shares,
)

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
NO_DAY = date(2000, 1, 1)
# Seconds for one paper; a whole dossier takes one.
LONGEST = 120


def to_pdf(paper: Paper) -> bytes:
    """The paper as a PDF file."""
    with translation.override(paper.language):
        data = _data(paper)
    made = datetime.combine(paper.dated or NO_DAY, time(12 if paper.dated else 0), UTC)
    order = {"paper": json.dumps(data), "made": made.isoformat()}
    # In a process of its own: see documents.press.
    done = subprocess.run(  # noqa: S603 -- a file of ours
        [sys.executable, "-I", str(HERE / "press.py")],
        input=json.dumps(order).encode(),
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the PDF was not made: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


@cache
def _drawable() -> tuple[list[int], list[int]]:
    """First and last code point of each run of characters that our fonts can draw."""
    lines = (FONTS / "coverage.txt").read_text().split()
    runs = [tuple(int(end, 16) for end in line.split("-")) for line in lines]
    return [run[0] for run in runs], [run[-1] for run in runs]


def _can_draw(letter: str) -> bool:
    first, last = _drawable()
    place = bisect_right(first, ord(letter)) - 1
    return place >= 0 and ord(letter) <= last[place]


def drawable(text: str) -> str:
    """The cleaned text with the number of each character that our fonts do not have."""
    return "".join(
        letter if letter == "\n" or _can_draw(letter) else f"[U+{ord(letter):04X}]"
        for letter in clean(text)
    )


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "title": _flat(paper.title),
        "subtitle": _flat(paper.subtitle),
        "school": _flat(paper.school),
        "lines": [_flat(line) for line in paper.head.lines] if paper.head else [],
        "logo": _logo(paper),
        "footer": _flat(paper.footer),
        "dated": date_format(paper.dated, "j F Y") if paper.dated else "",
        "language": paper.language,
        "dense": paper.dense,
        "contents": paper.contents,
        "words": {
            "name": _("Naam"),
            "date": _("Datum"),
            "signature": _("Handtekening"),
            "page": pgettext("page number of a paper", "Pagina"),
            "of": pgettext("page 1 of 3", "van"),
        },
        "blocks": [_block(block) for block in paper.blocks if block != Facts(())],
    }


def _logo(paper: Paper) -> dict[str, Any] | None:
    """The picture as numbers: the template reads no files."""
    if paper.head is None or not paper.head.logo:
        return None
    width, height = logo.size_in_mm(paper.head.logo)
    words = _("Logo van {school}").format(school=paper.school)
    return {
        "bytes": list(paper.head.logo), "width": width, "height": height, "words": _flat(words)
    }  # fmt: skip


def _flat(text: str) -> str:
    return drawable(flat(text))


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"is": "heading", "text": _flat(text) or EMPTY, "level": level}
        case Paragraph(text):
            return {"is": "paragraphs", "texts": _paragraphs(text)}
        case Facts(rows):
            pairs = [{"term": _flat(term), "text": drawable(text)} for term, text in rows]
            return {"is": "facts", "rows": pairs}
        case Bullets(items, numbered):
            return {"is": "bullets", "items": [drawable(i) for i in items], "numbered": numbered}
        case Table():
            return _table(block)
        case Note(text, tone, title):
            return {
                "is": "note",
                "tone": tone,
                "title": _flat(title),
                "texts": _paragraphs(text),
            }
        case Signatures(roles):
            return {"is": "signatures", "roles": [_flat(role) for role in roles]}
        case QrCode(address, caption):
            return _qr(address, caption)
        case PageBreak():
            return {"is": "pagebreak"}


def _paragraphs(text: str) -> list[str]:
    return [drawable(part) for part in paragraphs(text)]


def _table(table: Table) -> dict[str, Any]:
    widths = shares(table)
    return {
        "is": "table",
        "summary": _flat(table.summary),
        "header": [_flat(cell) for cell in table.header],
        "rows": [[drawable(cell) if cell.strip() else EMPTY for cell in row] for row in table.rows],
        "shares": widths,
        "fits": [max(6, LINE * width // 100) for width in widths],
        "numbers": are_numbers(table),
    }


def _qr(address: str, caption: str) -> dict[str, Any]:
    return {
        "is": "qr",
        "svg": qr.svg(address, title=caption),
        "address": drawable(address),
        "caption": _flat(caption),
    }
