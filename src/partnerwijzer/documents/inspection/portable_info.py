"""Who a PDF says wrote it, in each revision that lies in the file. Pure.

A program that changes a PDF often adds to it: what stood there before stays behind, where the
tables of the file lead no longer and any editor still reads it. So this looks at the bytes, by the
lexical rules of ISO 32000-1, 7.2 and 7.3: brackets in a text nest, names may be written in hex, a
value may stand in an object of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

Span = tuple[int, int]
_KEYS = (b"Author", b"Manager", b"Company")
# Signs that end a name or a word.
_ENDS = rb"\s\0()<>\[\]{}/%"
_TOKEN = re.compile(
    rb"(?P<space>[\s\0]+|%[^\r\n]*)|(?P<name>/[^" + _ENDS + rb"]*)|(?P<text>\()"
    rb"|(?P<hex><(?!<)[^<>]*>)|(?P<mark><<|>>|[\[\]{})<>])|(?P<word>[^" + _ENDS + rb"]+)"
)
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_NUMBERED = rb"(\d{1,10})[\s\0]{1,20}(\d{1,5})[\s\0]{1,20}"
_ELSEWHERE = re.compile(_NUMBERED + rb"R(?![^" + _ENDS + rb"])")
_BEGINS = re.compile(rb"(?<!\d)" + _NUMBERED + rb"obj(?![^" + _ENDS + rb"])|trailer")
_OVER = (b"obj", b"endobj", b"stream", b"startxref")
# What is looked at of one object, and of all of them: a file that is made to keep us busy.
MOST_OF_ONE, MOST, MOST_TIMES = 100_000, 4_000_000, 50_000


def _written(name: bytes) -> bytes:
    """A name as it may stand in a file: each of its signs in hex, or not."""
    return b"".join(b"(?:%c|#%s)" % (sign, _either_case(b"%02x" % sign)) for sign in name)


def _either_case(hexed: bytes) -> bytes:
    signs = (hexed[at : at + 1] for at in range(len(hexed)))
    return b"".join(b"[" + sign + sign.upper() + b"]" for sign in signs)


_SAID = re.compile(rb"/(?:" + b"|".join(map(_written, _KEYS)) + rb")(?![^" + _ENDS + rb"])")


def authors(content: bytes) -> Iterator[Span]:
    """Where a file says who wrote it: the insides of texts, one after another."""
    said = [found.start() for found in islice(_SAID.finditer(content), MOST_TIMES)]
    if not said:
        return
    begins = [(found.end(), found[1], found[2]) for found in _BEGINS.finditer(content)]
    places = [place for place, _number, _age in begins]
    objects = {bisect_right(places, at) - 1 for at in said}
    left, elsewhere = MOST, set[tuple[bytes, bytes]]()
    for which in sorted(objects - {-1}):
        start = places[which]
        end = start
        for at, span, to in _values(content, start, min(start + MOST_OF_ONE, start + left)):
            end = at
            if span is not None:
                yield span
            elif to is not None:
                elsewhere.add(to)
        left -= end - start
        if left <= 0:
            break
    for place, number, age in begins:
        if (number, age) in elsewhere and (span := _text_at(content, place)) is not None:
            yield span


Value = tuple[int, Span | None, tuple[bytes, bytes] | None]


def _values(content: bytes, at: int, until: int) -> Iterator[Value]:
    """How far it read in an object, with each time the text of a key, or the object it is in."""
    wanted = False
    while at < until and (token := _TOKEN.match(content, at)):
        kind, at = token.lastgroup, token.end()
        if kind == "space":
            continue
        if kind == "word" and token[0] in _OVER:
            break
        span = _inside(content, token)
        if kind == "text":
            if span is None:  # it never ends: no reader comes further either
                break
            at = span[1] + 1
        if wanted:
            to = _ELSEWHERE.match(content, token.start())
            yield at, span, (to[1], to[2]) if to else None
        wanted = kind == "name" and _SAID.fullmatch(token[0]) is not None
    yield at, None, None


def _inside(content: bytes, token: re.Match[bytes]) -> Span | None:
    """The inside of a text, without its brackets; None for what is no text, or does not end."""
    if token.lastgroup == "hex":
        return token.start() + 1, token.end() - 1
    if token.lastgroup != "text":
        return None
    depth = 1
    for sign in _BRACKET.finditer(content, token.end(), token.end() + MOST_OF_ONE):
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if depth == 0:
            return token.end(), sign.start()
    return None


def _text_at(content: bytes, at: int) -> Span | None:
    """The text that an object is."""
    while (token := _TOKEN.match(content, at)) and token.lastgroup == "space":
        at = token.end()
    return _inside(content, token) if token else None
