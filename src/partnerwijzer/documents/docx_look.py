"""How our Word files look: styles, borders, fields. Only documents/docx.py uses it."""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

PETROL, MARIGOLD, INK, MUTED = "0B5063", "F6B73C", "16262B", "43565C"
LINE, SHEET = "D5CFBF", "F3F0E8"
TINTS = {"info": ("E2EFF1", PETROL), "warn": ("FCEFD3", MARIGOLD), "ok": ("E2F1E6", "1B6738")}
FONT = "Calibri"
WIDTH = Mm(210 - 2 * 25)

# Style: size, colour, space before and after, all in points; bold.
_LOOKS: dict[str, tuple[float, str, int, int, bool]] = {
    "Normal": (10.5, INK, 0, 6, False),
    "Title": (23, PETROL, 4, 4, True),
    "Subtitle": (13, INK, 0, 4, False),
    "Heading 1": (15, PETROL, 20, 6, True),
    "Heading 2": (12, PETROL, 14, 5, True),
    "Heading 3": (10.5, INK, 12, 4, True),
    "Header": (8.5, MUTED, 0, 0, False),
    "Footer": (8.5, MUTED, 0, 0, False),
    "Caption": (9.5, MUTED, 6, 3, False),
}


def dress(document: Document, language: str) -> None:
    """Page size, styles and language of a new document."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(28), Mm(25)
    styles: Any = document.styles
    for tag in styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)
    for name, look in _LOOKS.items():
        _style(styles[name], *look)
    styles["Normal"].paragraph_format.line_spacing = 1.2
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(3)
    for style, what in (("Title", "pBdr"), ("Header", "tabs"), ("Footer", "tabs")):
        _without(styles[style].element, f".//{qn(f'w:{what}')}")
    for name in ("Title", "Subtitle"):
        _without(styles[name].element, f".//{qn('w:rPr')}/{qn('w:spacing')}")


def _without(style: Any, path: str) -> None:
    for found in style.findall(path):
        found.getparent().remove(found)


def _style(style: Any, size: float, colour: str, before: int, after: int, bold: bool) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):  # the theme's fonts would go before ours
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def edge(paragraph: WordParagraph, side: str, colour: str, eighths: int, space: int) -> None:
    """A line along one side. Width in eighths of a point, space to the text in points."""
    borders = OxmlElement("w:pBdr")
    borders.append(_line(side, colour, eighths, space))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


# Order matters in this format: what may follow the borders of a paragraph.
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:jc", "w:outlineLvl", "w:rPr",
)  # fmt: skip


def box(paragraph: WordParagraph, tint: str, bar: str) -> None:
    """A tinted paragraph with a bar at its left. The other borders only give the tint some room."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        colour, width = (bar, 18) if side == "left" else (tint, 4)
        borders.append(_line(side, colour, width, 6))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    properties.insert_element_before(_shade(tint), *_AFTER_BORDERS[1:])
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(2.5)
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.space_after = Pt(12)


def room_to_write(paragraph: WordParagraph, above: int) -> None:
    """Ends a line with dots to write on, and keeps `above` points free for the pen."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(26), WD_TAB_ALIGNMENT.LEFT)
    stops.add_tab_stop(Mm(110), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
    paragraph.add_run("\t\t")
    paragraph.paragraph_format.space_before = Pt(above)


def gap(document: Document) -> None:
    """A little air below a table; Word also needs a paragraph between two tables."""
    layout = document.add_paragraph().paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = Pt(8)


def fill_cell(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(_shade(colour))


def _line(side: str, colour: str, eighths: int, space: int = 0) -> Any:
    line = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
        line.set(qn(f"w:{key}"), str(value))
    return line


def _shade(colour: str) -> Any:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    return shade


def lines_between_rows(table: WordTable) -> None:
    """Thin lines under the rows and none elsewhere."""
    borders = OxmlElement("w:tblBorders")
    borders.append(_line("bottom", LINE, 4))
    borders.append(_line("insideH", LINE, 4))
    _into_table(table, borders)


def describe(table: WordTable, text: str) -> None:
    """What assistive tools say of a table before they read it."""
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), text)
    table._tbl.tblPr.append(description)


def heads(table: WordTable, *, row: bool, column: bool) -> None:
    """Which cells are headers: those of the first row, of the first column."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        table._tbl.tblPr.remove(look)
    look = OxmlElement("w:tblLook")
    flags = {"firstRow": row, "lastRow": False, "firstColumn": column, "lastColumn": False}
    look.set(qn("w:val"), f"{0x0020 * row + 0x0080 * column + 0x0600:04X}")
    for key, value in {**flags, "noHBand": True, "noVBand": True}.items():
        look.set(qn(f"w:{key}"), str(int(value)))
    table._tbl.tblPr.append(look)
    if row:
        _flag(table.rows[0], "w:tblHeader")
    for each in table.rows:
        _flag(each, "w:cantSplit")


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _into_table(table: WordTable, element: Any) -> None:
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        table._tbl.tblPr.append(element)
    else:
        look.addprevious(element)


def foot(paragraph: WordParagraph, text: str, page: str, of: str) -> None:
    """The footer line, and at the right “Pagina 1 van 3” that Word counts itself."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    edge(paragraph, "top", LINE, 4, 4)
    paragraph.add_run(f"{text}\t{page} ")
    _count(paragraph, "PAGE")
    paragraph.add_run(f" {of} ")
    _count(paragraph, "NUMPAGES")


def _count(paragraph: WordParagraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def count_anew(document: Document) -> int:
    """The id of a new numbering that begins at one: else every list goes on from the one before."""
    numbering: Any = document.part.numbering_part.element
    styles: Any = document.styles
    of_style = styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(of_style).abstractNumId.val
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(num.numId)


def use_count(paragraph: WordParagraph, number: int) -> None:
    """Puts a paragraph in the numbering that count_anew() made."""
    properties: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def alternative(picture: Any, text: str) -> None:
    """What stands for a picture where it cannot be seen."""
    picture._inline.docPr.set("descr", text)
