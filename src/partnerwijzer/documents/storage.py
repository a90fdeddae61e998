"""Files on disk, outside the web root, under a random name.

A file is whole on disk before its row is saved: a process that is killed in between leaves at most
a file without a row, which sweep() removes a day later.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from django.conf import settings
from django.db import transaction

from partnerwijzer.documents.models import StoredFile

# After a day no upload is still on its way.
ORPHAN_SECONDS = 24 * 60 * 60
_OURS = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
_ARRIVING = "arriving"


class TooLarge(Exception):
    """More bytes came than are allowed."""


class Draft:
    """A file that is still being looked at. Leaving the `with` block without keep() removes it."""

    def __init__(self) -> None:
        folder = _folder() / _ARRIVING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / secrets.token_hex(16)
        self.size = 0
        self.sha256 = ""

    def __enter__(self) -> "Draft":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.path.unlink(missing_ok=True)

    def fill(self, chunks: Iterable[bytes], *, limit: int) -> None:
        """Writes the content, replacing what was there.

        Raises:
            TooLarge: it holds more than `limit` bytes; the rest is not read.
        """
        digest, size = hashlib.sha256(), 0
        with self.path.open("wb") as file:
            os.chmod(self.path, 0o600)
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        self.size, self.sha256 = size, digest.hexdigest()

    def keep(self) -> str:
        """Moves the file to its place; gives its path relative to the folder of files."""
        name = secrets.token_hex(16)
        target = _folder() / name[:2] / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        os.utime(self.path)  # its day begins now: sweep() waits that long for its row
        os.replace(self.path, target)
        _flush(target.parent)
        return f"{name[:2]}/{name}"


def remove(stored: StoredFile) -> None:
    """Deletes the row, and the file once that is final.

    Raises:
        ProtectedError: something still refers to it.
    """
    location = stored.location
    stored.delete()
    transaction.on_commit(lambda: location.unlink(missing_ok=True))


def sweep() -> int:
    """Removes files older than a day that no row knows. How many. For the background worker."""
    old = [path for path in _files() if _age(path) > ORPHAN_SECONDS]
    names = [path.relative_to(_folder()).as_posix() for path in old]
    known = _known(names)
    orphans = [path for path, name in zip(old, names, strict=True) if name not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _known(names: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(names), 500):
        some = names[start : start + 500]
        found.update(StoredFile.objects.filter(path__in=some).values_list("path", flat=True))
    return found


def _files() -> list[Path]:
    """Every file that is ours; whatever else lies in the folder is left alone."""
    folder = _folder()
    kept = [p for p in folder.glob("??/*") if _OURS.fullmatch(p.relative_to(folder).as_posix())]
    return kept + list((folder / _ARRIVING).glob("*"))


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _folder() -> Path:
    return Path(settings.FILES_DIR)


def _flush(folder: Path) -> None:
    """Makes the new name in a folder survive a power cut, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
