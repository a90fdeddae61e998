"""Pictures are drawn anew: what a camera noted beside it (the place, the owner) is gone."""

import io
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from partnerwijzer.documents.inspection.refusal import BadFile

MAX_PIXELS = 50_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
_OPTIONS = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}, "PNG": {}}
# What stays: how to read the colours, and which colour is none.
_KEPT = ("icc_profile", "transparency")


def redraw(path: Path | IO[bytes], kind: str, *, framed: bool = False) -> bytes:
    """The picture alone, upright, in the same format; of a moving picture the first image.

    Args:
        framed: a document has a frame for these points and turns them itself: they stay as they
            lie, with the note of the way up.

    Raises:
        BadFile: not a picture, damaged, or larger than MAX_PIXELS.
    """
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as opened:
            _check_size(opened)
            if framed:
                return _save(opened.copy(), FORMATS[kind], _way_up(opened))
            return _save(ImageOps.exif_transpose(opened), FORMATS[kind], Image.Exif())
    except Image.DecompressionBombError:
        raise _too_large() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise BadFile(
            _("Deze afbeelding is beschadigd: we kunnen ze niet openen. Voeg ze opnieuw toe."),
            "broken",
        ) from None


def _check_size(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large()


def _way_up(picture: Image.Image) -> Image.Exif:
    kept, tag = Image.Exif(), ExifTags.Base.Orientation
    if (way := picture.getexif().get(tag)) in range(1, 9):
        kept[tag] = way
    return kept


def _save(picture: Image.Image, form: str, notes: Image.Exif) -> bytes:
    picture.info = {key: picture.info[key] for key in _KEPT if key in picture.info}
    out = io.BytesIO()
    more = {key: picture.info[key] for key in ("icc_profile",) if key in picture.info}
    if notes:
        more["exif"] = notes
    picture.save(out, format=form, **_OPTIONS[form], **more)
    return out.getvalue()


def _too_large() -> BadFile:
    return BadFile(
        _(
            "Deze afbeelding is te groot. Maak ze kleiner dan {millions} miljoen beeldpunten."
        ).format(millions=MAX_PIXELS // 1_000_000),
        "pixels",
    )
