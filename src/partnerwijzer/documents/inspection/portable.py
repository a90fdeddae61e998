"""PDF files: nothing that runs by itself, and all text for the guards.

Text stands on the pages, and in what somebody filled in or wrote beside them. What cannot be read
is said, and what a camera noted goes.
"""

import base64
import time
import zlib
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.filters import decode_stream_data
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from partnerwijzer.documents.inspection import limits, portable_info, portable_notes, scans
from partnerwijzer.documents.inspection.archive import locked
from partnerwijzer.documents.inspection.refusal import BadFile

MAX_OBJECTS = 60_000
# Reading a page takes some hundredths of a second; a drawing of thousands of lines much more.
MAX_SECONDS = 20.0
# What is filled in at a field, what a note says, a heading in the margin, words for a picture, and
# what the document is said to be about.
_WRITTEN = ("/V", "/Contents", "/TU", "/Title", "/Alt", "/Subject", "/Keywords")
# The dictionary of a stream is not longer than this.
BEFORE_STREAM = 20_000
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
_PHOTO = ("/DCTDecode", "/DCT")
# How a photo is packed once more, where we can do the same.
_PACKED: dict[str, Callable[[bytes], bytes]] = {
    "/FlateDecode": lambda data: zlib.compress(data, 9),
    "/ASCII85Decode": lambda data: base64.a85encode(data) + b"~>",
    "/ASCIIHexDecode": lambda data: data.hex().encode() + b">",
}


@dataclass
class Seen:
    """What was found in a PDF.

    Attributes:
        unread: the pages, from 1, that show something that we cannot read.
        attached: whether other files lie in it, which we do not read either.
        place_stays: whether a photo tells its place, or may, and has to stay as it is.
        content: the file without what was noted in it; None where nothing had to go.
    """

    text: str = ""
    pages: int = 0
    unread: tuple[int, ...] = ()
    attached: bool = False
    place_stays: bool = False
    content: bytes | None = None


@dataclass
class _Gathered:
    """What the look at every object gathers."""

    written: list[str] = field(default_factory=list)
    photos: list[StreamObject] = field(default_factory=list)
    packets: list[StreamObject] = field(default_factory=list)
    signed: bool = False
    attached: bool = False


def check(path: Path) -> Seen:
    """Refuses a PDF that can do something; gives all its text, and what else there is to know.

    Raises:
        BadFile: damaged, locked, too long to look at, with a page that we cannot read, or with
            JavaScript, programs or films in it.
    """
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked()
        parts = _gathered(reader)
        pages = len(reader.pages)
    except DependencyError:
        raise locked() from None
    except _CONFUSED:
        raise _unreadable() from None
    texts = list(_pages(reader, pages))
    seen = Seen("\n".join([*texts, *parts.written]), pages, attached=parts.attached)
    seen.unread = tuple(n for n, text in enumerate(texts, 1) if _is_unread(reader, n - 1, text))
    _quieten(path, reader, parts, seen)
    return seen


def _gathered(reader: PdfReader) -> _Gathered:
    """What was filled in or noted, while every object is looked at.

    Raises:
        BadFile: one of them can do something.
    """
    found = _Gathered()
    for each in _objects(reader):
        for part in _parts(each):
            if _acts(part):
                raise _active()
            found.written += [v for key in _WRITTEN if isinstance(v := part.get(key), str)]
            found.signed = found.signed or "/ByteRange" in part
            found.attached = found.attached or part.get("/Type") == "/EmbeddedFile"
        if isinstance(each, StreamObject):
            if each.get("/Type") == "/Metadata":
                found.packets.append(each)
            elif each.get("/Subtype") == "/Image" and any(w in _PHOTO for w in _filters(each)):
                found.photos.append(each)
    return found


def _filters(stream: StreamObject) -> list[Any]:
    """How a stream is packed, the way that is undone first in front."""
    said: Any = stream.get("/Filter")
    said = said.get_object() if said is not None else None
    if isinstance(said, ArrayObject):
        return [each.get_object() for each in said]
    return [said] if said is not None else []


def _pages(reader: PdfReader, pages: int) -> Iterator[str]:
    until, length = time.thread_time() + MAX_SECONDS, 0
    for number in range(pages):
        text = _text(reader, number)
        length += len(text)
        if length > limits.MAX_TEXT or time.thread_time() > until:
            raise limits.too_long()
        yield text


def _is_unread(reader: PdfReader, number: int, text: str) -> bool:
    try:
        return scans.is_unread(reader.pages[number], text)
    except (*_CONFUSED, DependencyError, NotImplementedError):
        return True


def _quieten(path: Path, reader: PdfReader, parts: _Gathered, seen: Seen) -> None:
    """Blanks what was noted in photos and about the document. A file that is signed or locked
    stays as it is: it is said where it tells a place."""
    before = path.read_bytes()
    after, fixed, changed = bytearray(before), parts.signed or reader.is_encrypted, False
    for photo in parts.photos:
        jpeg = _jpeg(photo)
        at = -1 if fixed or jpeg is None else _where(before, reader, photo)
        quiet = _quiet(photo, jpeg) if jpeg is not None and at >= 0 else None
        if quiet is not None:
            changed |= quiet != photo._data
            after[at : at + len(quiet)] = quiet
        elif jpeg is None or portable_notes.has_place(jpeg):
            seen.place_stays = True
    for packet in () if fixed else parts.packets:
        if not _filters(packet) and (at := _where(before, reader, packet)) >= 0:
            spans = [(at + a, at + b) for a, b in portable_notes.in_packet(packet._data)]
            changed |= portable_notes.blank(after, spans, sign=b" ")
    if not fixed:
        told = [*portable_info.authors(before), *portable_notes.in_old_packets(before)]
        changed |= portable_notes.blank(after, told, sign=b" ")
    seen.content = bytes(after) if changed else None


def _where(content: bytes, reader: PdfReader, stream: StreamObject) -> int:
    """Where the bytes of a stream lie in the file; -1 where they do not."""
    about = stream.indirect_reference
    if about is None or not stream._data:
        return -1
    begin = reader.xref.get(about.generation, {}).get(about.idnum, 0)
    near = content.find(stream._data, begin, begin + len(stream._data) + BEFORE_STREAM)
    return near if near >= 0 else content.find(stream._data)


def _jpeg(photo: StreamObject) -> bytes | None:
    """A photo as it is, whatever it is packed in besides; None where that cannot be undone."""
    if len(_filters(photo)) == 1:
        return photo._data
    try:
        data = decode_stream_data(photo)
    except (*_CONFUSED, DependencyError, NotImplementedError, zlib.error):
        return None
    return data if data.startswith(b"\xff\xd8") else None


def _quiet(photo: StreamObject, jpeg: bytes) -> bytes | None:
    """A photo with its notes blanked, packed as it was and as long; None where that cannot be."""
    blanked, ways = bytearray(jpeg), _filters(photo)[:-1]
    if not portable_notes.blank(blanked, portable_notes.in_photo(jpeg), sign=b"\0"):
        return photo._data
    if any(way not in _PACKED for way in ways):
        return None
    data = bytes(blanked)
    for way in reversed(ways):
        data = _PACKED[way](data)
    again = copy(photo)
    again._data = data.ljust(len(photo._data))  # white space after its end says nothing
    fits = len(data) <= len(photo._data) and _jpeg(again) == bytes(blanked)
    return again._data if fits else None


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
