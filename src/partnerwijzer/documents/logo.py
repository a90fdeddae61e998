"""A logo: looked at, drawn anew and made small enough for every paper."""

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from partnerwijzer.documents.inspection.refusal import BadFile

ACCEPT = ".png,.jpg,.jpeg"
MAX_BYTES = 3 * 1024 * 1024
MAX_PIXELS = 40_000_000
# Enough for 60 by 20 mm in print; a smaller picture would come out in blocks.
WIDTH, HEIGHT, LEAST = 900, 300, 60


def tidy(upload: "UploadedFile[Any]") -> bytes:
    """The logo as a PNG of at most 900 by 300 points, without what was noted beside the picture.

    Raises:
        BadFile: no PNG or JPEG, damaged, too large or too small. Its text says what to do.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise BadFile(_("Dit logo is te groot: hoogstens 3 MB."), "too_large")
    content = upload.read()
    if _is_svg(content, upload.name or ""):
        raise BadFile(
            _("Een svg kunnen we niet veilig bewaren. Bewaar je logo als png of jpg."), "svg"
        )
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise BadFile(_("Dit logo is te groot: hoogstens 3 MB."), "pixels")
            return _small(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise BadFile(_("Dit is geen png of jpg die we kunnen openen."), "broken") from None
    except Image.DecompressionBombError:
        raise BadFile(_("Dit logo is te groot: hoogstens 3 MB."), "pixels") from None


def _is_svg(content: bytes, name: str) -> bool:
    return name.lower().endswith((".svg", ".svgz")) or b"<svg" in content[:2000].lower()


def _small(picture: Image.Image) -> bytes:
    if min(picture.size) < LEAST:
        raise BadFile(
            _("Dit logo is te klein: minstens {least} op {least} beeldpunten.").format(least=LEAST),
            "small",
        )
    picture = picture.convert("RGBA")
    picture.thumbnail((WIDTH, HEIGHT))
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()


def size_in_mm(png: bytes, *, width: float = 60, height: float = 18) -> tuple[float, float]:
    """How large the logo stands on paper: within this box, in its own proportions."""
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        scale = min(width / opened.width, height / opened.height)
        return round(opened.width * scale, 2), round(opened.height * scale, 2)
