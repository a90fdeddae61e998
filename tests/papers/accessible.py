"""What of PDF/UA-1 (ISO 14289-1) a parser can tell: what a screen reader needs to read a paper."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

SHOWS = {b"Tj", b"TJ", b"'", b'"', b"Do", b"S", b"s", b"f", b"F", b"f*", b"B", b"b", b"sh"}


def problems(content: bytes, *, title: str, pictures: int) -> list[str]:
    """What is wrong, in words; empty where nothing is.

    Args:
        title: what the window has to show instead of the name of the file.
        pictures: how many there are, each with words beside it.
    """
    pdf = PdfReader(io.BytesIO(content))
    root: Any = pdf.trailer["/Root"]
    if "/StructTreeRoot" not in root:
        return ["no tags"]
    nodes = list(_nodes(root["/StructTreeRoot"]["/K"]))
    return [
        *_declared(pdf, root, title),
        *_headings(pdf, nodes),
        *_tables(nodes),
        *_pictures(nodes, pictures),
        *_links(pdf, nodes),
        *_pages(pdf),
    ]


def headings(content: bytes) -> list[str]:
    """The bookmarks of a file, in order, whatever their level."""
    return [title for title, _level in _outline(PdfReader(io.BytesIO(content)).outline)]


def _nodes(thing: Any) -> Iterator[Any]:
    """Every element of the structure, in reading order."""
    thing = thing.get_object()
    if isinstance(thing, list):
        for each in thing:
            yield from _nodes(each)
    elif isinstance(thing, dict) and "/S" in thing:
        yield thing
        if "/K" in thing:
            yield from _nodes(thing["/K"])


def _inside(node: Any, *names: str) -> list[Any]:
    return [n for n in _nodes(node["/K"]) if n["/S"] in names] if "/K" in node else []


def _declared(pdf: PdfReader, root: Any, title: str) -> Iterator[str]:
    about = root["/Metadata"].get_data().decode()
    if "<pdfuaid:part>1</pdfuaid:part>" not in about:
        yield "does not say that it is PDF/UA-1"
    if pdf.metadata is None or pdf.metadata.title != title or f">{title}</rdf:li>" not in about:
        yield "another title"
    if not root["/ViewerPreferences"]["/DisplayDocTitle"].value:
        yield "the window shows the name of the file"
    if str(root.get("/Lang")) != "nl-BE" or not root["/MarkInfo"]["/Marked"].value:
        yield "no language, or not marked"
    if "/Suspects" in root["/MarkInfo"] and root["/MarkInfo"]["/Suspects"].value:
        yield "suspects"


def _headings(pdf: PdfReader, nodes: list[Any]) -> Iterator[str]:
    """No level is skipped on the way down, and each is a bookmark, at the same depth."""
    found = [n for n in nodes if re.fullmatch(r"/H\d", n["/S"])]
    levels = [int(n["/S"][2:]) for n in found]
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"level {level} after {before}"
    marks = list(_outline(pdf.outline))
    if [level for _title, level in marks] != levels:
        yield "the bookmarks are not the headings"
    if any(not title.strip() for title, _level in marks):
        yield "an empty heading"


def _outline(items: Any, level: int = 1) -> Iterator[tuple[str, int]]:
    for item in items:
        if isinstance(item, list):
            yield from _outline(item, level + 1)
        else:
            yield str(item.title), level


def _tables(nodes: list[Any]) -> Iterator[str]:
    """A head above each column, every row as wide, and every cell knows its head."""
    for table in (n for n in nodes if n["/S"] == "/Table"):
        rows = [_inside(row, "/TH", "/TD") for row in _inside(table, "/TR")]
        if not rows or {c["/S"] for c in rows[0]} != {"/TH"}:
            yield "a table without heads"
            continue
        if any(len(row) != len(rows[0]) for row in rows):
            yield "rows of another width"
        if any(_told(cell, "/Scope") != "/Column" for cell in rows[0]):
            yield "a head that does not say of what"
        if any(not _told(cell, "/Headers") for row in rows[1:] for cell in row):
            yield "a cell that does not know its head"


def _told(node: Any, name: str) -> Any:
    return next((a.get_object()[name] for a in node.get("/A", []) if name in a.get_object()), None)


def _pictures(nodes: list[Any], count: int) -> Iterator[str]:
    found = [n for n in nodes if n["/S"] == "/Figure"]
    if len(found) != count:
        yield f"{len(found)} pictures"
    if any(not str(n.get("/Alt", "")).strip() for n in found):
        yield "a picture without words"


def _links(pdf: PdfReader, nodes: list[Any]) -> Iterator[str]:
    """Each link stands in the structure and says in words where it leads."""
    notes = [a.get_object() for page in pdf.pages for a in page.get("/Annots", [])]
    if any(not str(note.get("/Contents", "")).strip() for note in notes):
        yield "a link without words"
    if any("/StructParent" not in note for note in notes):
        yield "a link outside the structure"
    if notes and not any(n["/S"] == "/Link" for n in nodes):
        yield "links that are no links"


def _pages(pdf: PdfReader) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        if page.get("/Tabs") != "/S":
            yield f"page {number}: another order for the keyboard"
        if not _all_marked(pdf, page):
            yield f"page {number}: something is neither content nor decoration"
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            if not _readable(font.get_object()):
                yield f"page {number}: letters without meaning"


def _all_marked(pdf: PdfReader, page: Any) -> bool:
    """Whatever is drawn stands between marks: of the structure, or as decoration."""
    depth = 0
    for _operands, operator in ContentStream(page.get_contents(), pdf).operations:
        depth += (operator in (b"BDC", b"BMC")) - (operator == b"EMC")
        if operator in SHOWS and depth < 1:
            return False
    return True


def _readable(font: Any) -> bool:
    """Its letters are in the file, and each says which letter it is."""
    own = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    return "/ToUnicode" in font and bool({"/FontFile2", "/FontFile3"} & set(own))
