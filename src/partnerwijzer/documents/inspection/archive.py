"""Office files are zip archives. Which kind one is, and whether it is safe to keep.

Refused are macros, archives that would burst, and things that load from elsewhere when the file is
opened (a template, a picture, a linked object): those tell their owner who reads it, or bring code.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]

from partnerwijzer.documents.inspection.refusal import BadFile

MAX_PARTS = 5_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_XML = 80 * 1024 * 1024

_MAIN = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    f"{_MAIN}wordprocessingml.document.main+xml": "docx",
    f"{_MAIN}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_MAIN}presentationml.presentation.main+xml": "pptx",
}
_WITH_MACROS = re.compile(r"macroEnabled|vbaProject|vbaData|macrosheet|activeX", re.IGNORECASE)
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_TYPES = "[Content_Types].xml"
_LINK = "{http://www.w3.org/1999/xlink}href"
# A link to click on, or a film that plays when asked, loads nothing by itself.
_HARMLESS = ("/hyperlink", "/video", "/audio", "/media")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:|//|\\\\", re.IGNORECASE)
# A file of the writer's own machine (“C:\…”, file:///C:/…) leads nowhere on another one.
_OWN_DISK = re.compile(r"(file:///)?[a-z]:[\\/]|file:///[^/\\]", re.IGNORECASE)
_CLICKED = {"a", "text-box", "plugin"}


def office_kind(opened: zipfile.ZipFile) -> str | None:
    """docx, xlsx, pptx, odt, ods or odp; None for any other archive.

    Raises:
        BadFile: an office file with macros by its own word.
    """
    names = set(opened.namelist())
    if "mimetype" in names:
        return _OPEN.get(_read(opened, "mimetype", 200).strip())
    if _TYPES not in names:
        return None
    types = [str(e.get("ContentType")) for e in elements(opened, _TYPES)]
    if any(_WITH_MACROS.search(found) for found in types):
        raise _macros()
    return next((_OFFICE[found] for found in types if found in _OFFICE), None)


def check(opened: zipfile.ZipFile, kind: str) -> None:
    """Refuses an office file that is not safe to keep.

    Raises:
        BadFile: it bursts, holds macros or loads things from elsewhere.
    """
    _check_size(opened)
    names = [entry.filename for entry in opened.infolist()]
    if kind in ("docx", "xlsx", "pptx"):
        _check_office(opened, names)
    else:
        _check_open_document(opened, names)


def _check_size(opened: zipfile.ZipFile) -> None:
    entries = opened.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNPACKED:
        raise BadFile(
            _("Uitgepakt is dit bestand te groot. Bewaar het als pdf en voeg die toe."), "bomb"
        )
    odd = any(name.startswith("/") or ".." in name.split("/") for name in names)
    if odd or len(set(names)) < len(names):
        raise BadFile(
            _("Dit bestand zit vreemd in elkaar. Open het, bewaar het als pdf en voeg die toe."),
            "odd",
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked()


def _check_office(opened: zipfile.ZipFile, names: list[str]) -> None:
    if any(_is_code(name) for name in names):
        raise _macros()
    for name in names:
        if name.endswith(".rels"):
            for relation in elements(opened, name):
                _check_relation(relation)
        if name.startswith("xl/externalLinks/") and _starts_programs(opened, name):
            raise _macros()


def _starts_programs(opened: zipfile.ZipFile, name: str) -> bool:
    """Whether a link of a sheet to elsewhere is one to a running program (DDE)."""
    return name.endswith(".xml") and any(
        tag(element) in ("ddeLink", "oleLink") for element in elements(opened, name)
    )


def _is_code(name: str) -> bool:
    """A part with macros or with an object of another program in it; charts keep a plain sheet."""
    embedded = "/embeddings/" in name and not name.endswith((".xlsx", ".docx", ".pptx", "/"))
    return bool(_WITH_MACROS.search(name)) or embedded


def _check_relation(relation: etree._Element) -> None:
    if relation.get("TargetMode") != "External":
        return
    kind, target = str(relation.get("Type")), str(relation.get("Target")).strip()
    if not kind.endswith(_HARMLESS) and _loads(target):
        raise _outside()


def _loads(target: str) -> bool:
    return bool(_ELSEWHERE.match(target)) and not _OWN_DISK.match(target)


def _check_open_document(opened: zipfile.ZipFile, names: list[str]) -> None:
    if any(_is_open_code(name) for name in names):
        raise _macros()
    if "META-INF/manifest.xml" in names:
        tags = {tag(element) for element in elements(opened, "META-INF/manifest.xml")}
        if "encryption-data" in tags:
            raise locked()
    for part in ("content.xml", "styles.xml"):
        if part in names:
            for element in elements(opened, part):
                _check_element(element)


def _is_open_code(name: str) -> bool:
    """OpenDocument writes empty libraries too; only a module in one is code."""
    base = posixpath.basename(name)
    module = name.startswith("Basic/") and name.count("/") > 1 and not base.startswith("script-l")
    return (module and base != "") or (name.startswith("Scripts/") and base != "")


def _check_element(element: etree._Element) -> None:
    target = element.get(_LINK)
    if target is None or tag(element) in _CLICKED:
        return
    if target.startswith(("vnd.sun.star.script:", "macro:")):
        raise _macros()
    if _loads(target):
        raise _outside()


def elements(opened: zipfile.ZipFile, part: str) -> Iterator[etree._Element]:
    """Every element of a part as it is read, with its attributes and text.

    Raises:
        BadFile: not XML, or with a document type (which office files never have).
    """
    entry = opened.getinfo(part)
    if entry.file_size > MAX_XML:
        raise BadFile(_("Dit bestand is te groot. Bewaar het als pdf en voeg die toe."), "bomb")
    try:
        with opened.open(entry) as stream:
            yield from _parse(stream)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, EOFError, ValueError):
        raise broken() from None


def _parse(stream: IO[bytes]) -> Iterator[etree._Element]:
    reader = etree.iterparse(
        stream, events=("end",), resolve_entities=False, load_dtd=False, no_network=True
    )
    for count, (_event, element) in enumerate(reader):
        if not count and element.getroottree().docinfo.internalDTD is not None:
            raise ValueError("a document type in an office file")
        if isinstance(element.tag, str):
            yield element
        element.clear(keep_tail=True)
        while element.getprevious() is not None:
            del element.getparent()[0]


def tag(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _read(opened: zipfile.ZipFile, part: str, most: int) -> bytes:
    with opened.open(part) as stream:
        return stream.read(most)


def broken() -> BadFile:
    return BadFile(
        _("Dit bestand is beschadigd: we kunnen het niet lezen. Voeg het opnieuw toe."), "broken"
    )


def locked() -> BadFile:
    """A file with a password cannot be looked into, and in a few years nobody knows it."""
    return BadFile(
        _(
            "Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord en voeg dat "
            "toe."
        ),
        "locked",
    )


def _macros() -> BadFile:
    return BadFile(
        _(
            "In dit bestand zitten macro’s of onderdelen van andere programma’s. Open het, bewaar "
            "het als pdf en voeg die toe."
        ),
        "macros",
    )


def _outside() -> BadFile:
    return BadFile(
        _(
            "Dit bestand haalt iets van een andere plaats op, bijvoorbeeld een afbeelding van een "
            "website. Zet die in het bestand zelf, of bewaar het als pdf en voeg die toe."
        ),
        "external",
    )
