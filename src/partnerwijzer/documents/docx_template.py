"""Word templates that a school made: what they may hold, what they lack, and how they are filled.

A template is a normal Word file with placeholders between double braces. Where {{ inhoud }} stands
comes the whole content of the paper; the others are replaced by a line of text, whatever their
layout. Only text is replaced: nothing in a template is carried out.
"""

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import docx
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree  # type: ignore[import-untyped]

from partnerwijzer.documents import docx_look as look
from partnerwijzer.documents import logo
from partnerwijzer.documents.inspection.refusal import BadFile

CONTENT, LOGO = "inhoud", "logo"
PLACEHOLDERS: dict[str, str | Promise] = {
    "titel": gettext_lazy("waarover het gaat"),
    "ondertitel": gettext_lazy("welk document het is"),
    "school": gettext_lazy("de naam van jullie school"),
    "adres": gettext_lazy("de regels onder de naam"),
    "datum": gettext_lazy("de dag van het document"),
    "voettekst": gettext_lazy("de kleine tekst onderaan"),
    LOGO: gettext_lazy("jullie logo"),
    CONTENT: gettext_lazy("alles wat in het document staat: dit moet er zijn, op een eigen regel"),
}
_HOLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
# Styles that the content needs, with which a template may come without.
STYLES = (
    *("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3"),
    *("List Bullet", "List Number", "Caption", "Table Grid"),
)


class BrokenTemplate(Exception):
    """This template cannot be filled: ours is used instead."""


@dataclass(frozen=True)
class Filling:
    """What comes in the holes: lines of text, and a picture where there is one."""

    texts: dict[str, str]
    logo: bytes = b""
    logo_words: str = ""


def check(content: bytes) -> None:
    """Refuses a template that cannot be filled, or asks for what we do not know.

    Raises:
        BadFile: its text names what is unknown or missing, and what is possible.
    """
    try:
        document = docx.Document(io.BytesIO(content))
        holes = [name for paragraph in _paragraphs(document) for name in _names(paragraph)]
        inside = sum(_is_content(p) for p in document.paragraphs)
        every = sum(name == CONTENT for name in holes)
    except Exception:  # noqa: BLE001 -- whatever is wrong with it, it is no template
        raise BadFile(
            _("We kunnen dit Word-bestand niet openen. Bewaar het opnieuw als .docx."), "broken"
        ) from None
    known = ", ".join(f"{{{{ {name} }}}}" for name in PLACEHOLDERS)
    if unknown := sorted({name for name in holes if name not in PLACEHOLDERS}):
        asked = ", ".join(f"{{{{ {name} }}}}" for name in unknown)
        words = _("Dit kennen we niet: {asked}. Je kunt gebruiken: {known}.")
        raise BadFile(words.format(asked=asked, known=known), "unknown")
    if not every:
        words = _("{hole} ontbreekt: daar komt de inhoud. Zet het op een eigen regel.")
        raise BadFile(words.format(hole="{{ inhoud }}"), "missing")
    if inside != 1 or every != 1:
        words = _(
            "{hole} moet één keer voorkomen, alleen op een regel van de tekst zelf, niet in een "
            "tabel, kop- of voettekst."
        )
        raise BadFile(words.format(hole="{{ inhoud }}"), "place")


def example() -> bytes:
    """A template to begin with: every placeholder once, in our own looks."""
    document = docx.Document()
    look.dress(document, "nl-BE")
    for hole in (LOGO, "school", "adres"):
        document.add_paragraph(f"{{{{ {hole} }}}}")
    document.add_paragraph("{{ titel }}", style="Title")
    document.add_paragraph("{{ ondertitel }}", style="Subtitle")
    document.add_paragraph("{{ datum }}")
    document.add_paragraph("{{ inhoud }}")
    document.sections[0].footer.paragraphs[0].text = "{{ voettekst }}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def fill(
    content: bytes, filling: Filling, ours: Document, write: Callable[[Document], None]
) -> bytes:
    """The template with its holes filled.

    Args:
        ours: a document of ours, from which styles come that the template lacks.
        write: writes the content at the end of a document; it is moved to its place.

    Raises:
        BrokenTemplate: it cannot be filled after all.
    """
    try:
        document = docx.Document(io.BytesIO(content))
        place = next(p for p in document.paragraphs if _is_content(p))
        _lend_styles(document, ours)
        # Before the content comes: braces that somebody typed in it are no holes.
        for paragraph in list(_paragraphs(document)):
            if paragraph._p is not place._p:
                _fill(paragraph, filling)
        _move_content(document, place, write)
        out = io.BytesIO()
        document.save(out)
    except (StopIteration, KeyError, ValueError, AttributeError, etree.LxmlError) as error:
        raise BrokenTemplate(str(error)) from error
    except (zipfile.BadZipFile, OSError) as error:
        raise BrokenTemplate(str(error)) from error
    return out.getvalue()


def _names(paragraph: WordParagraph) -> list[str]:
    return [found.strip().lower() for found in _HOLE.findall(paragraph.text)]


def _is_content(paragraph: WordParagraph) -> bool:
    found = _HOLE.fullmatch(paragraph.text.strip())
    return bool(found and found.group(1).strip().lower() == CONTENT)


def _paragraphs(document: Document) -> Iterator[WordParagraph]:
    """Every paragraph: of the text, of tables and boxes in it, of headers and footers."""
    yield from _inside(document.element.body, document)
    for section in document.sections:
        for edge in (
            *(section.header, section.first_page_header, section.even_page_header),
            *(section.footer, section.first_page_footer, section.even_page_footer),
        ):
            if not edge.is_linked_to_previous:
                yield from _inside(edge._element, edge)


def _inside(element: Any, owner: Any) -> Iterator[WordParagraph]:
    for found in element.iter(qn("w:p")):
        yield WordParagraph(found, owner)


def _fill(paragraph: WordParagraph, filling: Filling) -> None:
    """Puts texts in the holes, from the last to the first. Word may have cut a hole over several
    runs: the first one keeps its looks and gets the text, the others lose what was of the hole."""
    for found in reversed(list(_HOLE.finditer("".join(run.text for run in paragraph.runs)))):
        name = found.group(1).strip().lower()
        text = "" if name == LOGO else filling.texts.get(name, "")
        first = _replace(paragraph, found.start(), found.end(), text)
        if name == LOGO and filling.logo and first is not None:
            width, height = logo.size_in_mm(filling.logo)
            picture = first.add_picture(io.BytesIO(filling.logo), Mm(width), Mm(height))
            picture._inline.docPr.set("descr", filling.logo_words)


def _replace(paragraph: WordParagraph, start: int, end: int, text: str) -> Any:
    """Replaces characters start to end of the runs of a paragraph; gives the first run of them."""
    place, first = 0, None
    for run in paragraph.runs:
        length, own = len(run.text), run.text
        low, high = max(start - place, 0), min(end - place, length)
        if low < high:
            run.text = own[:low] + (text if first is None else "") + own[high:]
            first = first or run
        place += length
    return first


def _move_content(
    document: Document, place: WordParagraph, write: Callable[[Document], None]
) -> None:
    body = document.element.body
    there = list(body)  # held on to: lxml makes an element anew when nobody does
    write(document)
    for element in list(body):
        if not any(element is known for known in there):
            place._p.addprevious(element)
    body.remove(place._p)


def _lend_styles(document: Document, ours: Document) -> None:
    """Styles that the content uses and the template lacks come from ours; its own stay."""
    there = {style.name for style in document.styles}
    for name in STYLES:
        if name not in there:
            document.styles.element.append(copy.deepcopy(ours.styles[name].element))
