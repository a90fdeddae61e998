"""PDF files: nothing that runs by itself, and all text for the guards.

Text stands on the pages, and in what somebody filled in or wrote beside them.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from partnerwijzer.documents.inspection import limits
from partnerwijzer.documents.inspection.archive import locked
from partnerwijzer.documents.inspection.refusal import BadFile

MAX_OBJECTS = 60_000
# Reading a page takes some hundredths of a second; a drawing of thousands of lines much more.
MAX_SECONDS = 20.0
# What is filled in at a field, and what a note says.
_WRITTEN = ("/V", "/Contents", "/TU")
# Actions and notes of a PDF that run code, start a program or play something.
_ACTIVE = {"/JavaScript", "/Launch", "/RichMedia", "/Rendition", "/ImportData"}
# What a damaged file makes the reader raise, beside its own errors.
_CONFUSED = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
)


def check(path: Path) -> str:
    """Refuses a PDF that can do something; gives all its text.

    Raises:
        BadFile: damaged, locked, too long to look at, with a page that we cannot read, or with
            JavaScript, programs or films in it.
    """
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked()
        written = list(_written(reader))
        pages = len(reader.pages)
    except DependencyError:
        raise locked() from None
    except _CONFUSED:
        raise _unreadable() from None
    return "\n".join([*_pages(reader, pages), *written])


def _written(reader: PdfReader) -> Iterator[str]:
    """What was filled in or noted, while every object is looked at.

    Raises:
        BadFile: one of them can do something.
    """
    for each in _objects(reader):
        for part in _parts(each):
            if _acts(part):
                raise _active()
            for key in _WRITTEN:
                if isinstance(value := part.get(key), str):
                    yield value


def _pages(reader: PdfReader, pages: int) -> Iterator[str]:
    until, length = time.thread_time() + MAX_SECONDS, 0
    for number in range(pages):
        text = _text(reader, number)
        length += len(text)
        if length > limits.MAX_TEXT or time.thread_time() > until:
            raise limits.too_long()
        yield text


def _objects(reader: PdfReader) -> Iterator[Any]:
    ids = {(number, age) for age, table in reader.xref.items() for number in table}
    ids |= {(number, 0) for number in reader.xref_objStm}
    if len(ids) > MAX_OBJECTS:
        raise _unreadable()
    for number, age in sorted(ids):
        try:
            yield reader.get_object(IndirectObject(number, age, reader))
        except _CONFUSED:
            continue  # an entry of the table that leads nowhere: common, and harmless


def _parts(thing: Any) -> Iterator[DictionaryObject]:
    """The dictionaries of one object, also those inside; what it points to comes by itself."""
    waiting = [thing]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield part
            waiting += [part.raw_get(key) for key in part]
        elif isinstance(part, ArrayObject):
            waiting += list(part)


def _acts(part: DictionaryObject) -> bool:
    return "/JS" in part or part.get("/S") in _ACTIVE or part.get("/Subtype") in _ACTIVE


def _text(reader: PdfReader, number: int) -> str:
    try:
        return reader.pages[number].extract_text()
    except (*_CONFUSED, DependencyError, NotImplementedError):
        raise _unreadable() from None  # for people perhaps, but the guards would see nothing


def _active() -> BadFile:
    return BadFile(
        _(
            "In dit pdf-bestand zit een programma of een film. Open het, kies ‘Afdrukken’ en dan "
            "‘Opslaan als pdf’, en voeg dat bestand toe."
        ),
        "active",
    )


def _unreadable() -> BadFile:
    return BadFile(
        _(
            "We kunnen dit pdf-bestand niet nakijken. Open het, kies ‘Afdrukken’ en dan ‘Opslaan "
            "als pdf’, en voeg dat bestand toe."
        ),
        "broken",
    )
