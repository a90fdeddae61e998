"""Reads a long list in a json file one element at a time, in little memory. Pure.

The list is the file itself, or stands in the object that the file is, under one of the given names
(also deeper). What stands before and after it is read as well, by `head` and `tail`.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO, Any

from django.utils.translation import gettext as _

PIECE = 1 << 16
MOST_BEFORE = 1 << 20
LONGEST = 256 << 20
_GAP = re.compile(r"[ \t\r\n]*")


class BadJson(ValueError):
    """The file is not json, broke off, or has no such list. `str()` says which, in Dutch."""


class JsonRows:
    """Iterate to get the elements; afterwards `tail` holds what stands behind the list."""

    def __init__(self, file: IO[bytes], names: Iterable[str]) -> None:
        self._file = file
        self._list = re.compile(rf'"(?:{"|".join(map(re.escape, names))})"\s*:\s*\[')
        self._text, self._at, self._plain = "", 0, False
        self._decode = json.JSONDecoder()
        self._bytes = _Utf8()
        self.head: dict[str, Any] = {}
        self.tail: dict[str, Any] = {}

    def __iter__(self) -> Iterator[Any]:
        self._find()
        if self._peek() == "]":
            self._at += 1
        else:
            while True:
                yield self._value()
                mark = self._peek()
                self._at += 1
                if mark == "]":
                    break
                if mark != ",":
                    raise BadJson(_("tussen twee rijen ontbreekt een komma"))
        self._end()

    def _find(self) -> None:
        """Goes to the first element, and reads what stands before the list."""
        if self._peek() == "[":
            self._at += 1
            self._plain = True
            return
        while not (found := self._list.search(self._text)):
            if len(self._text) > MOST_BEFORE or not self._more():
                raise BadJson(_("de lijst ontbreekt, of dit is geen geldige json"))
        before = re.sub(r",?\s*$", "", self._text[: found.start()])
        try:
            self.head = json.loads(before + "}")
        except ValueError:
            self.head = {}  # the list stands deeper
        self._at = found.end()

    def _end(self) -> None:
        while self._more():
            if len(self._text) > LONGEST:
                raise BadJson(_("achter de lijst staat te veel"))
        rest = self._text[self._at :].strip()
        if self._plain and rest:
            raise BadJson(_("achter de lijst staat nog iets"))
        if not self._plain and not rest.endswith("}"):
            raise BadJson(_("het bestand is afgebroken"))
        if rest.startswith(","):
            with suppress(ValueError):  # the list stands deeper
                self.tail = json.loads("{" + rest[1:])

    def _value(self) -> Any:
        self._peek()
        size = PIECE
        while True:
            try:
                value, end = self._decode.raw_decode(self._text, self._at)
            except ValueError as wrong:
                if len(self._text) - self._at > LONGEST or not self._more(size):
                    why = getattr(wrong, "msg", str(wrong))
                    raise BadJson(_("geen geldige json: {why}").format(why=why)) from None
                size *= 2
                continue
            # A number at the very end of what was read may go on in the next piece.
            if end == len(self._text) and self._more():
                continue
            self._at = end
            return value

    def _peek(self) -> str:
        """The next sign that is no space.

        Raises:
            BadJson: there is none.
        """
        while True:
            gap = _GAP.match(self._text, self._at)
            self._at = gap.end() if gap else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                raise BadJson(_("het bestand is leeg of afgebroken"))

    def _more(self, size: int = PIECE) -> bool:
        piece = self._file.read(size)
        text = self._bytes.text(piece)
        if not piece:
            return False
        self._text = self._text[self._at :] + text
        self._at = 0
        return True


class _Utf8:
    """Turns pieces of bytes into text, also where a piece ends inside a letter."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()

    def text(self, piece: bytes) -> str:
        try:
            return self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            raise BadJson(_("dit is geen tekst in UTF-8")) from None
