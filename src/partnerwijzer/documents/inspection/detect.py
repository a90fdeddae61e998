"""What kind a file is, by its content. The name only tells apart the kinds of plain text."""

import codecs
import re
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePath

from django.utils.translation import gettext as _

from partnerwijzer.documents.inspection import archive
from partnerwijzer.documents.inspection.refusal import BadFile

HEAD = 64
TEXT_KINDS = ("txt", "csv", "md")
# Control characters that no text has; tab, line ends and form feed it may have.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def kind_of(path: Path, name: str) -> str:
    """The code of the kind (kinds.py) of the file at `path`, that was called `name`.

    Raises:
        BadFile: a kind that we do not keep, or not what its name promises.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    for matches, answer in _SIGNATURES:
        if matches(head):
            return answer if isinstance(answer, str) else answer(path)
    return _text(path, name)


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as opened:
            kind = archive.office_kind(opened)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _broken() from None
    if kind is None:
        raise BadFile(
            _("We bewaren geen zip-bestanden. Pak het uit en voeg de bestanden apart toe."), "zip"
        )
    return kind


def _old_office(path: Path) -> str:
    raise BadFile(
        _(
            "Dit is een oud Office-bestand of het is beveiligd met een wachtwoord. Open het, kies "
            "‘Opslaan als’ en bewaar het zonder wachtwoord als pdf, docx, xlsx of pptx."
        ),
        "old_office",
    )


def _phone_photo(path: Path) -> str:
    raise BadFile(
        _("Dit soort foto (HEIC) of film bewaren we niet. Bewaar de foto als jpg en voeg die toe."),
        "heic",
    )


def _text(path: Path, name: str) -> str:
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in TEXT_KINDS or read_text(path) is None:
        raise BadFile(
            _(
                "Dit soort bestand bewaren we niet. Wel: pdf, Word, Excel, PowerPoint, "
                "OpenDocument, png, jpg, webp, txt, csv en md."
            ),
            "kind",
        )
    return extension


def read_text(path: Path) -> str | None:
    """The text of a text file in UTF-8, UTF-16 with a mark, or Windows-1252; None if it is none."""
    data = path.read_bytes()
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NOT_TEXT.search(text) else text
    return None


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def _broken() -> BadFile:
    return BadFile(
        _("Dit bestand is beschadigd: we kunnen het niet openen. Voeg het opnieuw toe."), "broken"
    )


_SIGNATURES: tuple[tuple[Callable[[bytes], bool], str | Callable[[Path], str]], ...] = (
    # Some programs write a mark or an empty line before it.
    (lambda head: head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"), "pdf"),
    (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), "png"),
    (lambda head: head.startswith(b"\xff\xd8\xff"), "jpg"),
    (lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP", "webp"),
    (lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06")), _zip),
    (lambda head: head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _old_office),
    (lambda head: head[4:8] == b"ftyp", _phone_photo),
)
