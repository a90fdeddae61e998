"""Files that wait until they are read in: one folder for each time that somebody sent some."""

import secrets
import shutil
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from partnerwijzer.home import packed

ABANDONED = 2 * 24 * 3600  # seconds


def _root() -> Path:
    return Path(settings.DATA_DIR) / "arrived"


def keep(uploads: Iterable["UploadedFile[Any]"], *, unpack: Sequence[str] = ()) -> str:
    """Stores what was sent and gives the name of its folder. Older folders are cleared away.

    Args:
        unpack: of a zip the files that end like this are kept instead; it was looked at already
            (packed.entries).

    Raises:
        OSError: there is no room.
    """
    _tidy()
    name = secrets.token_hex(12)
    folder = _root() / name
    folder.mkdir(mode=0o700, parents=True)
    for number, (called, source) in enumerate(_pieces(uploads, unpack)):
        # A name of its own for each: two files of one form may be called the same.
        target = folder / f"{number:04d}" / (PurePath(called).name or "bestand")
        target.parent.mkdir(mode=0o700)
        with target.open("wb") as file, source:
            shutil.copyfileobj(source, file)
    return name


def _pieces(
    uploads: Iterable["UploadedFile[Any]"], unpack: Sequence[str]
) -> Iterator[tuple[str, IO[bytes]]]:
    """Each file with its name; of a zip what is in it."""
    for upload in uploads:
        content: Any = upload.open("rb")
        if not unpack or PurePath(str(upload.name)).suffix.lower() != ".zip":
            yield str(upload.name), content
            continue
        with zipfile.ZipFile(content) as opened:
            for entry in packed.entries(content, unpack):
                yield entry.filename, opened.open(entry)


def files(name: str) -> list[Path]:
    """The files of a folder in the order in which they were sent; none when they are gone."""
    folder = _root() / name
    return sorted(p for p in folder.glob("*/*") if p.is_file()) if name.isalnum() else []


def discard(name: str) -> None:
    """Takes a folder away."""
    if name.isalnum():
        shutil.rmtree(_root() / name, ignore_errors=True)


def _tidy() -> None:
    for folder in _root().glob("*"):
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)
