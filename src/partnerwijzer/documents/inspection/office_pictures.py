"""Photos inside an office file lose what the camera noted, as loose photos do: the place first.

Its frame in the document fits the points as they lie, so they are not turned.
"""

import io
import shutil
import zipfile
from pathlib import Path, PurePath

from PIL import Image, UnidentifiedImageError

from partnerwijzer.documents.inspection import pictures

_KINDS = {".jpg": "jpg", ".jpeg": "jpg", ".png": "png", ".webp": "webp"}
_CONFUSED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)
# Of what a camera writes: the place, its make, and who owns it. A size or a way up tells nothing.
_TELLING = {0x8825, 0x010F, 0x013B}
Parts = dict[str, bytes]


def without_notes(path: Path) -> bytes | None:
    """The file with these photos drawn anew and all else as it was; None if no photo has notes.

    Raises:
        BadFile: a photo of too many points.
    """
    with zipfile.ZipFile(path) as opened:
        names = [name for name in opened.namelist() if PurePath(name).suffix.lower() in _KINDS]
        drawn = {name: new for name in names if (new := _redrawn(opened, name)) is not None}
        return _with(opened, drawn) if drawn else None


def _redrawn(opened: zipfile.ZipFile, name: str) -> bytes | None:
    content = opened.read(name)
    try:
        with Image.open(io.BytesIO(content), formats=list(pictures.FORMATS.values())) as picture:
            noted, form = bool(_TELLING & set(picture.getexif())), picture.format
    except (*_CONFUSED, Image.DecompressionBombError):
        return None  # no picture that we know: nothing of it is shown either
    # What is neither is a JPEG too: that of a phone that holds two pictures (MPO).
    kind = {"PNG": "png", "WEBP": "webp"}.get(str(form), "jpg")
    return pictures.redraw(io.BytesIO(content), kind, framed=True) if noted else None


def _with(opened: zipfile.ZipFile, drawn: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for entry in opened.infolist():
            if entry.filename in drawn:
                target.writestr(entry, drawn[entry.filename])
                continue
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.compress_type = entry.compress_type
            with opened.open(entry) as source, target.open(kept, "w") as copy:
                shutil.copyfileobj(source, copy)
    return out.getvalue()
