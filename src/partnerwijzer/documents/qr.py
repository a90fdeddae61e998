"""QR codes as inline SVG and as PNG. Black on white with a quiet edge, also on a dark page."""

import io
import re

import segno
from django.utils.html import escape

EDGE = 4  # modules of white round the code; scanners count on four


class TooLong(ValueError):
    """The text does not fit in a QR code."""


def svg(text: str, *, title: str) -> str:
    """An <svg> to put in a page. It scales with its box and carries no style attribute (CSP).

    Args:
        title: what the code is for, read out by assistive tools; never empty.

    Raises:
        TooLong: more than about 2,300 bytes.
    """
    matrix = _code(text).matrix
    size = len(matrix) + 2 * EDGE
    squares = "".join(
        f"M{x + EDGE} {y + EDGE}h{run}v1h-{run}z"
        for y, row in enumerate(matrix)
        for x, run in _runs(row)
    )
    words = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" class="qr"'
        f' role="img" aria-label="{words}" shape-rendering="crispEdges"><title>{words}</title>'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path fill="#000" d="{squares}"/></svg>'
    )


def png(text: str, *, scale: int = 8) -> bytes:
    """The code as a PNG picture; `scale` is the width of one module in pixels.

    Raises:
        TooLong: more than about 2,300 bytes.
    """
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=scale, border=EDGE)
    return out.getvalue()


def _code(text: str) -> segno.QRCode:
    try:
        return segno.make_qr(text, error="m")
    except segno.DataOverflowError:
        raise TooLong(f"{len(text)} characters do not fit in a QR code") from None


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Where each run of dark modules of a row begins, and how long it is."""
    return [(m.start(), len(m.group())) for m in re.finditer(b"\x01+", row)]
