"""A file that waits until the worker reads it, in the data folder. Gone after two days at most."""

import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings

ABANDONED = 2 * 24 * 3600  # seconds


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "uitdatabank"


def keep(file: IO[bytes]) -> str:
    """Stores what was sent; gives its name. Older files are cleared away."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.glob("*.json"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()
    name = secrets.token_hex(12)
    file.seek(0)
    with (folder / f"{name}.json").open("wb") as target:
        shutil.copyfileobj(file, target)
    return name


def opened(name: str) -> IO[bytes]:
    """The file.

    Raises:
        FileNotFoundError: it is gone.
    """
    if not name.isalnum():
        raise FileNotFoundError(name)
    return (_folder() / f"{name}.json").open("rb")


def discard(name: str) -> None:
    if name.isalnum():
        (_folder() / f"{name}.json").unlink(missing_ok=True)
