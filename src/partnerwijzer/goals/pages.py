"""Reads goals from JSON as the onderwijsdoelen API gives it, one record at a time.

A file holds one page or many: an envelope with `gegevens.member[]`, or just a list. Files are read
in pieces, so that one file with all 24,000 goals needs no more memory than a small one.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

_START = re.compile(r'"(?:hydra:member|member|gegevens)"\s*:\s*\[')
_GAP = re.compile(r"[\s,]*")
_NAME_PART = re.compile(r"(\d+)")
PIECE = 1 << 16


class BadGoalFile(ValueError):
    """A file that cannot be read. The message names the file, the line and what is wrong."""


@dataclass(frozen=True)
class Record:
    """One raw goal and where it stands."""

    file: Path
    line: int
    data: dict[str, Any]

    @property
    def where(self) -> str:
        text = _("{file}, regel {line}, doel {id}")
        known = self.data.get("@id", "?")
        return text.format(file=self.file.name, line=self.line, id=known)


def files(paths: Iterable[str | Path]) -> list[Path]:
    """The JSON files that are meant: each path is a file, a folder or a pattern with `*`.

    Raises:
        BadGoalFile: a path leads to nothing.
    """
    found = [file for path in paths for file in _expand(Path(path))]
    return list(dict.fromkeys(found))


def _expand(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        inside = [p for p in path.rglob("*") if p.suffix.lower() == ".json" and p.is_file()]
    elif any(c in path.name for c in "*?["):
        inside = [p for p in path.parent.glob(path.name) if p.is_file()]
    else:
        raise BadGoalFile(_("{path} bestaat niet.").format(path=path))
    if not inside:
        raise BadGoalFile(_("Bij {path} staat geen JSON-bestand.").format(path=path))
    return sorted(inside, key=_natural)


def _natural(path: Path) -> list[tuple[int, str]]:
    """page2 comes before page10."""
    return [(int(p), "") if p.isdigit() else (0, p) for p in _NAME_PART.split(str(path))]


def records(file: Path, advance: Callable[[int], None] = lambda read: None) -> Iterator[Record]:
    """The records of one file.

    Args:
        advance: is told now and then how many bytes of the file were read so far.

    Raises:
        BadGoalFile: not UTF-8, not JSON, broken off, or no list of goals in it.
    """
    try:
        with file.open(encoding="utf-8-sig") as opened:
            yield from _Stream(file, opened, advance).records()
    except UnicodeDecodeError as wrong:
        text = _("{file} is geen tekst in UTF-8 (byte {at}).")
        raise BadGoalFile(text.format(file=file.name, at=wrong.start)) from None
    except OSError as wrong:
        text = _("{file} kan niet gelezen worden: {why}.")
        raise BadGoalFile(text.format(file=file.name, why=wrong.strerror)) from None


class _Stream:
    """A window on the file: `text` is what was read and not yet used, `at` where we are in it."""

    def __init__(self, file: Path, opened: TextIO, advance: Callable[[int], None]) -> None:
        self.file, self.opened, self.advance = file, opened, advance
        self.text, self.at, self.line = "", 0, 1
        self.enveloped = False
        self.decoder = json.JSONDecoder()

    def records(self) -> Iterator[Record]:
        self._find_list()
        while self._skip_gap():
            if self.text[self.at] == "]":
                self._check_end()
                return
            line = self.line
            yield Record(self.file, line, self._value())
        raise self._wrong(_("het bestand is afgebroken: het einde van de lijst ontbreekt"))

    def _find_list(self) -> None:
        if not self._skip_gap():
            raise self._wrong(_("het bestand is leeg"))
        if self.text[self.at] == "[":
            self._use(self.at + 1)
            return
        self.enveloped = True
        while not (start := _START.search(self.text, self.at)):
            if not self._more():
                self._explain_missing_list()
        self._use(start.end())

    def _explain_missing_list(self) -> None:
        try:
            json.loads(self.text)
        except json.JSONDecodeError as wrong:
            raise self._wrong(
                _("geen geldige JSON: {why}").format(why=wrong.msg), wrong.lineno
            ) from None
        raise self._wrong(_("de lijst gegevens.member[] ontbreekt"))

    def _value(self) -> dict[str, Any]:
        size = PIECE
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
                break
            except json.JSONDecodeError as wrong:
                if not self._more(size):
                    line = self.line + self.text.count("\n", self.at, wrong.pos)
                    why = _("geen geldige JSON: {why}").format(why=wrong.msg)
                    raise self._wrong(why, line) from None
                size *= 2
        if not isinstance(value, dict):
            raise self._wrong(_("in de lijst staat iets wat geen doel is"))
        self._use(end)
        return value

    def _check_end(self) -> None:
        self._use(self.at + 1)
        while self._more():
            pass
        if self.enveloped and "}" not in self.text[self.at :]:
            raise self._wrong(_("het bestand is afgebroken na de lijst"))

    def _skip_gap(self) -> bool:
        """To the next sign that is not white space or a comma; false at the end of the file."""
        while True:
            gap = _GAP.match(self.text, self.at)
            self._use(gap.end() if gap else self.at)
            if self.at < len(self.text):
                return True
            if not self._more():
                return False

    def _use(self, end: int) -> None:
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def _more(self, size: int = PIECE) -> bool:
        piece = self.opened.read(size)
        self.text, self.at = self.text[self.at :] + piece, 0
        self.advance(self.opened.buffer.tell())
        return bool(piece)

    def _wrong(self, why: str, line: int = 0) -> BadGoalFile:
        text = _("{file}, regel {line}: {why}.")
        return BadGoalFile(text.format(file=self.file.name, line=line or self.line, why=why))
