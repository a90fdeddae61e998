"""What a camera or a program noted in a PDF: the place of a photo, who made it. Pure.

It is blanked where it stands. Not a byte moves, so nothing that points into the file changes, and
no picture is drawn anew.
"""

import io
import re
from collections.abc import Iterable, Iterator

from PIL import Image, UnidentifiedImageError

Span = tuple[int, int]
_CONFUSED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError)
_PLACE = 0x8825
# Parts of a JPEG: those with notes (EXIF and XMP; IPTC), and those without a length.
_NOTES, _BARE = {0xE1, 0xED}, {0x01, *range(0xD0, 0xD8)}
_START, _SCAN, _END = 0xD8, 0xDA, 0xD9
_TOLD = (
    rb"(?:exif:GPS\w+|photoshop:(?:City|State|Country|Credit)|Iptc4xmpCore:\w+|aux:\w+"
    rb"|tiff:(?:Artist|Make|Model)|xmp:Author|pdf:Author)"
)
_IN_XMP = (
    re.compile(rb"<" + _TOLD + rb"[^>/]*>([^<]+)<"),
    re.compile(_TOLD + rb"\s*=\s*\"([^\"]+)\""),
    re.compile(_TOLD + rb"\s*=\s*'([^']+)'"),
)
_MAKER = re.compile(rb"<dc:creator\b.*?</dc:creator>", re.DOTALL)
_TEXT_NODE = re.compile(rb">([^<>]*[^<>\s][^<>]*)<")
_PACKET = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>", re.DOTALL)


def in_photo(jpeg: bytes) -> Iterator[Span]:
    """Where the notes stand in a JPEG, and in those that a phone hides behind the first."""
    begin = jpeg.find(b"\xff\xd8\xff")
    while begin >= 0:
        at = begin + 2
        while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
            part, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
            if part in (_SCAN, _END):
                break
            if part in _BARE or part == 0xFF:
                at += 1 if part == 0xFF else 2
                continue
            if part in _NOTES:
                yield at + 4, min(at + 2 + length, len(jpeg))
            at += 2 + max(length, 2)
        begin = jpeg.find(b"\xff\xd8\xff", max(at, begin + 3))


def in_packet(xmp: bytes) -> Iterator[Span]:
    """Where XMP tells the place, the camera, or who made it."""
    for pattern in _IN_XMP:
        yield from (found.span(1) for found in pattern.finditer(xmp))
    for maker in _MAKER.finditer(xmp):
        for found in _TEXT_NODE.finditer(maker[0]):
            yield maker.start() + found.start(1), maker.start() + found.end(1)


def in_old_packets(content: bytes) -> Iterator[Span]:
    """The same in every packet that stands unpacked in a file, also one of an earlier revision."""
    for packet in _PACKET.finditer(content):
        for start, end in in_packet(packet[0]):
            yield packet.start() + start, packet.start() + end


def has_place(photo: bytes) -> bool:
    """Whether a JPEG tells where it was taken."""
    if b"GPSLatitude" in photo:
        return True
    try:
        with Image.open(io.BytesIO(photo), formats=["JPEG", "MPO"]) as opened:
            return bool(opened.getexif().get_ifd(_PLACE))
    except (*_CONFUSED, Image.DecompressionBombError):
        return False


def blank(content: bytearray, spans: Iterable[Span], *, sign: bytes) -> bool:
    """Writes the sign over each span; whether that changed something."""
    changed = False
    for start, end in spans:
        fill = sign * (end - start)
        changed = changed or content[start:end] != fill
        content[start:end] = fill
    return changed
