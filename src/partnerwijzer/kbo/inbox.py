"""Where extracts come from in the browser: a folder on the server, or a file that was sent.

A web user chooses among what lies in one configured folder (PARTNERWIJZER_IMPORTS) and never types
a path. What leads out of that folder is not offered.
"""

import os
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import formats
from django.utils.translation import gettext as _

from partnerwijzer.kbo import store
from partnerwijzer.kbo.errors import DiskFull

MOST_OFFERED = 40
# How the register names its files; older ones have no day.
NAMED = re.compile(r"KboOpenData_(\d{4})_(\d{4})_(\d\d)(?:_(\d\d))?_(Full|Update)(?:\.zip)?", re.I)
ABANDONED = 2 * 24 * 3600  # seconds: an import that is still to come keeps its file


@dataclass(frozen=True, slots=True)
class Offered:
    """An extract in the folder of the server: a zip, or a folder that has a meta.csv."""

    name: str
    size: int | None
    changed: datetime


def folder() -> Path:
    """The folder from which an administrator can choose."""
    return Path(settings.IMPORT_DIR)


def offered() -> list[Offered]:
    """What can be chosen, the newest first."""
    with suppress(OSError):
        found = [_offer(path) for path in folder().iterdir() if _may_be_extract(path)]
        return sorted(found, key=lambda one: (one.changed, one.name), reverse=True)[:MOST_OFFERED]
    return []


def chosen(name: str) -> Path | None:
    """The path of what was chosen by its name; None when it is not offered (any more)."""
    return folder() / name if any(one.name == name for one in offered()) else None


def spoken(name: str) -> str:
    """What a file is, as far as its name tells: volledig uittreksel 146 (11 oktober 2025).

    Any other name as it is, but for places where it may be broken off at the end of a line.
    """
    found = NAMED.fullmatch(name)
    if not found:
        return re.sub(r"([_.-])", "\\1\u200b", name)
    number, year, month, day, kind = found.groups()
    try:
        made = date(int(year), int(month), int(day or 1))
    except ValueError:
        return name
    words = {
        "number": int(number),
        "day": formats.date_format(made, "DATE_FORMAT" if day else "YEAR_MONTH_FORMAT"),
    }
    if kind.lower() == "full":
        return _("Volledig uittreksel %(number)d (%(day)s)") % words
    return _("Bijwerking %(number)d (%(day)s)") % words


def receive(upload: "UploadedFile[Any]") -> Path:
    """Put a file that was sent where the worker finds it. DiskFull when there is no room."""
    place = store.root() / "incoming"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _tidy(place)
        target = place / f"{time.time_ns()}.zip"
        try:
            os.replace(upload.temporary_file_path(), target)  # type: ignore[attr-defined]
        except (AttributeError, OSError):  # a small one, in memory, or of another disk
            with target.open("wb") as file:
                shutil.copyfileobj(upload.open("rb"), file)
    except OSError as error:
        raise DiskFull(str(place)) from error
    return target


def discard(path: Path) -> None:
    """Remove a file that was sent, and nothing else."""
    if path.parent == store.root() / "incoming":
        path.unlink(missing_ok=True)


def _may_be_extract(path: Path) -> bool:
    inside = path.resolve().is_relative_to(folder().resolve())
    is_zip = path.suffix.lower() == ".zip" and path.is_file()
    return inside and not path.name.startswith(".") and (is_zip or (path / "meta.csv").is_file())


def _offer(path: Path) -> Offered:
    state = path.stat()
    changed = datetime.fromtimestamp(state.st_mtime, UTC)
    return Offered(path.name, None if path.is_dir() else state.st_size, changed)


def _tidy(place: Path) -> None:
    for path in place.glob("*.zip"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()
