"""A paper as a Word file: the same content as the PDF, to work on further.

Real heading styles, lists and table headers, so that Word can navigate, number and read aloud.
"""

import io
import logging
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import docx
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from partnerwijzer.documents import docx_look as look
from partnerwijzer.documents import docx_template, logo, qr
from partnerwijzer.documents.paper import (
    EMPTY,
    Block,
    Bullets,
    Facts,
    Head,
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

logger = logging.getLogger(__name__)

REGIONS = {"nl": "nl-BE", "en": "en-GB"}
PROPERTY = 255  # characters that a property of a Word file may have


def to_docx(paper: Paper) -> bytes:
    """The paper as a .docx file: in the school's own template, or in ours where that is broken."""
    if paper.head is not None and paper.head.template:
        try:
            return _in_template(paper, paper.head)
        except docx_template.BrokenTemplate as broken:
            logger.warning("a template of a school was not used: %s", broken)
    return _ours(paper)


def _in_template(paper: Paper, head: Head) -> bytes:
    ours = docx.Document()
    language = REGIONS.get(paper.language, paper.language)
    look.dress(ours, language)
    with translation.override(paper.language):
        filling = docx_template.Filling(
            texts={
                "titel": flat(paper.title),
                "ondertitel": flat(paper.subtitle),
                "school": flat(paper.school),
                "adres": clean("\n".join(head.lines)),
                "datum": date_format(paper.dated, "j F Y") if paper.dated else "",
                "voettekst": flat(paper.footer),
            },
            logo=head.logo,
            logo_words=_("Logo van {school}").format(school=flat(paper.school)),
        )

        def write(document: Document) -> None:
            for block in paper.blocks:
                _WRITERS[type(block)](document, block)
            _properties(document, paper, language)

        return docx_template.fill(head.template, filling, ours, write)


def _ours(paper: Paper) -> bytes:
    document = docx.Document()
    language = REGIONS.get(paper.language, paper.language)
    look.dress(document, language)
    _properties(document, paper, language)
    with translation.override(paper.language):
        _edges(document, paper)
        _opening(document, paper)
        for block in paper.blocks:
            _WRITERS[type(block)](document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _properties(document: Document, paper: Paper, language: str) -> None:
    made = datetime.combine(paper.dated, time(12), UTC) if paper.dated else timezone.now()
    properties = document.core_properties
    properties.title = flat(paper.title)[:PROPERTY]
    properties.subject = flat(paper.subtitle)[:PROPERTY]
    properties.author = properties.last_modified_by = flat(paper.school)[:PROPERTY]
    properties.language = language
    properties.comments = ""
    properties.created = properties.modified = made


def _edges(document: Document, paper: Paper) -> None:
    """Header and footer. The first page has its title in the text and needs no header."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    running = section.header.paragraphs[0]
    running.text = " · ".join(flat(part) for part in (paper.school, paper.title) if part)
    look.edge(running, "bottom", look.LINE, 4, 4)
    page, of = pgettext("page number of a paper", "Pagina"), pgettext("page 1 of 3", "van")
    for footer in (section.footer, section.first_page_footer):
        look.foot(footer.paragraphs[0], flat(paper.footer), page, of)


def _opening(document: Document, paper: Paper) -> None:
    if paper.head is not None and paper.head.logo:
        width, height = logo.size_in_mm(paper.head.logo)
        picture = document.add_picture(io.BytesIO(paper.head.logo), Mm(width), Mm(height))
        look.alternative(picture, _("Logo van {school}").format(school=flat(paper.school)))
    if paper.school:
        _write(document.add_paragraph(), flat(paper.school), bold=True, colour=look.MUTED)
    if paper.head is not None and paper.head.lines:
        lines = "\n".join(flat(line) for line in paper.head.lines)
        _write(document.add_paragraph(), lines, colour=look.MUTED)
    last = document.add_paragraph(flat(paper.title), style="Title")
    if paper.subtitle:
        last = document.add_paragraph(flat(paper.subtitle), style="Subtitle")
    if paper.dated:
        last = document.add_paragraph()
        _write(last, date_format(paper.dated, "j F Y"), colour=look.MUTED)
    look.edge(last, "bottom", look.MARIGOLD, 18, 8)
    last.paragraph_format.space_after = Pt(16)


def _write(paragraph: WordParagraph, text: str, *, bold: bool = False, colour: str = "") -> None:
    """Adds text; each LF in it becomes a line end."""
    run = paragraph.add_run(clean(text))
    run.bold = bold or None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _heading(document: Document, heading: Heading) -> None:
    document.add_heading(flat(heading.text) or EMPTY, heading.level)


def _paragraph(document: Document, paragraph: Paragraph) -> None:
    for part in paragraphs(paragraph.text):
        _write(document.add_paragraph(), part)


def _facts(document: Document, facts: Facts) -> None:
    if not facts.rows:
        return
    table = document.add_table(rows=len(facts.rows), cols=2)
    _columns(table, [28, 72])
    look.heads(table, row=False, column=True)
    for row, (term, text) in zip(table.rows, facts.rows, strict=True):
        _write(row.cells[0].paragraphs[0], flat(term), bold=True, colour=look.MUTED)
        _write(row.cells[1].paragraphs[0], text.strip() or EMPTY)
    _tighten(table)
    look.gap(document)


def _bullets(document: Document, bullets: Bullets) -> None:
    number = look.count_anew(document) if bullets.numbered else 0
    for item in bullets.items:
        paragraph = document.add_paragraph(style="List Number" if number else "List Bullet")
        if number:
            look.use_count(paragraph, number)
        _write(paragraph, item)


def _table(document: Document, block: Table) -> None:
    if block.summary:
        caption = document.add_paragraph(flat(block.summary), style="Caption")
        caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.header))
    _columns(table, shares(block))
    look.lines_between_rows(table)
    look.heads(table, row=True, column=False)
    look.describe(table, flat(block.summary))
    numbers = are_numbers(block)
    for row, texts in zip(table.rows, (block.header, *block.rows), strict=True):
        for cell, text, number in zip(row.cells, texts, numbers, strict=True):
            _write(cell.paragraphs[0], text if text.strip() else EMPTY)
            if number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _tighten(table)
    _dress_header(table)
    look.gap(document)


def _dress_header(table: WordTable) -> None:
    for cell in table.rows[0].cells:
        look.fill_cell(cell, look.SHEET)
        for run in cell.paragraphs[0].runs:
            run.bold = True
            run.font.color.rgb = RGBColor.from_string(look.PETROL)


def _columns(table: WordTable, parts: list[int]) -> None:
    """Widths in per cent of the text. Word heeds those of cells, others those of columns."""
    table.autofit = False
    for column, part in zip(table.columns, parts, strict=True):
        column.width = look.WIDTH * part // 100
        for cell in column.cells:
            cell.width = look.WIDTH * part // 100


def _tighten(table: WordTable) -> None:
    for row in table.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_before = Pt(2)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _note(document: Document, note: Note) -> None:
    paragraph = document.add_paragraph()
    look.box(paragraph, *look.TINTS[note.tone])
    if note.title:
        _write(paragraph, f"{flat(note.title)}\n", bold=True)
    _write(paragraph, "\n".join(paragraphs(note.text)))


def _signatures(document: Document, block: Signatures) -> None:
    for role in block.roles:
        heading = document.add_paragraph()
        _write(heading, flat(role), bold=True)
        heading.paragraph_format.space_before = Pt(18)
        heading.paragraph_format.keep_with_next = True
        for word, space in ((_("Naam"), 8), (_("Datum"), 8), (_("Handtekening"), 34)):
            line = document.add_paragraph()
            _write(line, word, colour=look.MUTED)
            look.room_to_write(line, space)
            line.paragraph_format.keep_with_next = space < 34


def _qr(document: Document, code: QrCode) -> None:
    picture = document.add_picture(io.BytesIO(qr.png(code.address)), width=Mm(55))
    look.alternative(picture, f"{flat(code.caption)}: {flat(code.address)}")
    _write(document.add_paragraph(), flat(code.caption), bold=True)
    _write(document.add_paragraph(), code.address)


def _page_break(document: Document, block: PageBreak) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


_WRITERS: dict[type[Block], Callable[[Document, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Facts: _facts,
    Bullets: _bullets,
    Table: _table,
    Note: _note,
    Signatures: _signatures,
    QrCode: _qr,
    PageBreak: _page_break,
}
