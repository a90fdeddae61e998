"""Files that come together in one zip, taken out by their own names; nothing of the rest."""

import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

MOST_FILES = 3_000
MOST_BYTES = 2 * 1024**3  # unpacked, in all
_PARTS = re.compile(r"(\d+)")


class BadZip(ValueError):
    """This zip cannot be used. `str()` says in Dutch why."""


def entries(file: IO[bytes], endings: Sequence[str]) -> list[zipfile.ZipInfo]:
    """The files in a zip that end like this, page2 before page10.

    Raises:
        BadZip: no zip, locked, too much in it, or no such file.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as opened:
            every = opened.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadZip(_("Dit zip-bestand is beschadigd.")) from None
    found = [one for one in every if _is_wanted(one, endings)]
    if not found:
        raise BadZip(_("In deze zip staat geen bestand van deze soort."))
    if any(one.flag_bits & 1 for one in found):
        raise BadZip(_("Deze zip heeft een wachtwoord. Bewaar hem zonder."))
    if len(found) > MOST_FILES or sum(one.file_size for one in found) > MOST_BYTES:
        raise BadZip(_("Uitgepakt is dit te groot. Verdeel het over verschillende bestanden."))
    return sorted(found, key=lambda one: _natural(one.filename))


def _is_wanted(entry: zipfile.ZipInfo, endings: Sequence[str]) -> bool:
    name = PurePosixPath(entry.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return not entry.is_dir() and not hidden and name.suffix.lower() in endings


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in _PARTS.split(name)]
