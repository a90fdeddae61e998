"""Everything of a dossier as one ZIP, made while it is sent: memory does not grow with its size.

Files that are kept go in as they are; papers are made when their turn comes. A file that is gone
from the disk is named in the index instead of stopping the rest.
"""

import csv
import html
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.documents.models import StoredFile

CHUNK = 256 * 1024
# Kinds that are packed already: packing them again costs time and gains nothing.
PACKED = {"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "webp"}


@dataclass
class Piece:
    """One file in the bundle: kept on disk, or made when its turn comes."""

    path: str
    about: str
    stored: StoredFile | None = None
    make: Callable[[], bytes] | None = None

    @property
    def packed(self) -> bool:
        return self.path.rpartition(".")[2].lower() in PACKED


class _Sink:
    """What the archive writes in: hands it out at once, and knows how far it is."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []
        self.place = 0

    def write(self, data: bytes) -> int:
        self.waiting.append(bytes(data))
        self.place += len(data)
        return len(data)

    def tell(self) -> int:
        return self.place

    def flush(self) -> None:
        """Nothing to do: take() hands it out."""

    def take(self) -> Iterator[bytes]:
        waiting, self.waiting = self.waiting, []
        yield from waiting


@dataclass
class _Told:
    """What the index says in the end."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def stream(pieces: list[Piece], *, title: str) -> Iterator[bytes]:
    """The bundle in parts; the index comes last, as only then all is known."""
    sink, told = _Sink(), _Told()
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", allowZip64=True) as archive:
        for piece in _with_own_names(pieces):
            yield from _add(archive, sink, piece, told)
        with archive.open(_info("index.html", packed=False), "w") as target:
            target.write(_index(title, told).encode())
        yield from sink.take()
    yield from sink.take()


def _with_own_names(pieces: list[Piece]) -> Iterator[Piece]:
    """Two files of the same name stand beside each other, never over each other."""
    there: set[str] = {"index.html"}
    for piece in pieces:
        folder, _sep, name = piece.path.rpartition("/")
        stem, dot, end = name.rpartition(".")
        number = 2
        while piece.path.lower() in there:
            piece.path = f"{folder}/{stem or end} ({number}){dot}{end if stem else ''}"
            number += 1
        there.add(piece.path.lower())
        yield piece


def _add(archive: zipfile.ZipFile, sink: _Sink, piece: Piece, told: _Told) -> Iterator[bytes]:
    source = _opened(piece)
    if source is None:
        told.gone.append(piece.about)
        return
    info = _info(piece.path, packed=piece.packed)
    if piece.stored is not None:
        info.file_size = piece.stored.size  # tells beforehand whether it needs the large format
    with source, archive.open(info, "w") as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            yield from sink.take()
    yield from sink.take()
    told.rows.append((piece.path, piece.about))


def _opened(piece: Piece) -> Any:
    if piece.make is not None:
        return io.BytesIO(piece.make())
    assert piece.stored is not None
    try:
        return Path(piece.stored.location).open("rb")
    except FileNotFoundError:
        return None


def _info(path: str, *, packed: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, timezone.localtime().timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _folders() -> dict[str, str]:
    """The folders of the bundle in words, in the order in which the index names them."""
    return {
        "": _("Om te lezen"),
        "afspraken": _("Afspraken"),
        "raad": _("Raad"),
        "beslissingen": _("Beslissingen"),
        "brieven": _("Brieven"),
        "infofiches": _("Infofiches"),
        "bewijs": _("Bewijs"),
        "onderzoek": _("Praktijkonderzoek"),
        "verbeterplan": _("Verbeterplan"),
        "gegevens": _("Gegevens, voor een rekenblad (csv) of een programma (json)"),
        "intern": _("Blijft in de school"),
    }


def _index(title: str, told: _Told) -> str:
    """A page that opens by itself from the unpacked folder, in any browser."""
    folders: dict[str, list[str]] = {folder: [] for folder in _folders()}
    for path, about in told.rows:
        folder = path.partition("/")[0] if "/" in path else ""
        folders.setdefault(folder, []).append(_line(path, about))
    names = _folders()
    lists = "".join(
        f"<h2>{html.escape(names.get(folder, folder))}</h2><ul>{''.join(lines)}</ul>"
        for folder, lines in folders.items()
        if lines
    )
    gone = "".join(f"<li>{html.escape(about)}</li>" for about in told.gone)
    missing = f"<h2>{html.escape(_('Niet gevonden'))}</h2><ul>{gone}</ul>" if gone else ""
    head = html.escape(title)
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{head}</title></head>'
        f"<body><h1>{head}</h1>{lists}{missing}</body></html>"
    )


def _line(path: str, about: str) -> str:
    """What it is, with the kind of file: the same paper is there as PDF and as Word file."""
    kind = path.rpartition(".")[2]
    words = about if about.endswith(f"({kind})") else f"{about} ({kind})"
    return f'<li><a href="{html.escape(quote(path))}">{html.escape(words)}</a></li>'


def as_json(rows: list[dict[str, Any]]) -> bytes:
    """Rows for a program."""
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str).encode()


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """Rows for a spreadsheet, with the mark that makes Excel read accents. A cell that a
    spreadsheet would take for a formula gets a quote before it."""
    out = io.StringIO()
    names = list(rows[0]) if rows else []
    writer = csv.DictWriter(out, names, delimiter=";")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _safe(value) for name, value in row.items()})
    return ("\ufeff" + out.getvalue()).encode()


def _safe(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
