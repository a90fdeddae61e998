"""Files on their way, in the data folder: what was sent until the worker has read it, and what the
worker made until somebody has fetched it. Gone after two days at most: see sweep().
"""

import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings

ABANDONED = 2 * 24 * 3600  # seconds


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "exchange"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(file: IO[bytes]) -> str:
    """Stores what was sent; gives its name."""
    sweep()
    name = secrets.token_hex(12)
    file.seek(0)
    with _path(name).open("wb") as target:
        shutil.copyfileobj(file, target)
    return name


def made() -> tuple[str, IO[bytes]]:
    """A new empty file to write in, and its name."""
    sweep()
    name = secrets.token_hex(12)
    return name, _path(name).open("w+b")


def opened(name: str) -> IO[bytes]:
    """The file.

    Raises:
        FileNotFoundError: it is gone.
    """
    if not name.isalnum():
        raise FileNotFoundError(name)
    return _path(name).open("rb")


def is_there(name: str) -> bool:
    """Whether it can still be opened."""
    return name.isalnum() and _path(name).exists()


def discard(name: str) -> None:
    if name.isalnum():
        _path(name).unlink(missing_ok=True)


def sweep() -> int:
    """Removes what nobody fetched or read in two days. How many. For the background worker too."""
    gone = 0
    for path in _folder().iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()
                gone += 1
    return gone


def _path(name: str) -> Path:
    return _folder() / name
