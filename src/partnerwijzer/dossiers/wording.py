"""What changed between two texts of an agreement, word by word, clause by clause. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words: `same`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One clause that is `changed`, `added` or `removed`, with its words."""

    key: str
    title: str
    kind: str
    pieces: tuple[Piece, ...]


def changes(old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]) -> list[Change]:
    """The clauses that differ, in the order in which one reads: the new text, then what is gone."""
    before = {clause["key"]: clause for clause in old}
    after = {clause["key"]: clause for clause in new}
    found = [_of(before.get(key), clause) for key, clause in after.items()]
    gone = [_of(clause, None) for key, clause in before.items() if key not in after]
    return [change for change in (*found, *gone) if change is not None]


def _of(old: Mapping[str, str] | None, new: Mapping[str, str] | None) -> Change | None:
    if old and new:
        if (old["text"], old["title"]) == (new["text"], new["title"]):
            return None
        return Change(new["key"], new["title"], "changed", tuple(pieces(old["text"], new["text"])))
    if new:
        return Change(new["key"], new["title"], "added", (Piece("new", new["text"]),))
    assert old is not None
    return Change(old["key"], old["title"], "removed", (Piece("gone", old["text"]),))


def pieces(old: str, new: str) -> list[Piece]:
    """Both texts in one: what stayed, what went and what came. Nothing of either is left out."""
    return _joined(list(_pieces(_WORD.findall(old), _WORD.findall(new))))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("gone", "".join(old[a:b]))
        if c < d:
            yield Piece("new", "".join(new[c:d]))


def _joined(found: list[Piece]) -> list[Piece]:
    """A space alone between two changes belongs to both: shown as one change, it reads easily."""
    result: list[Piece] = []
    index = 0
    while index < len(found):
        gone, new, index = _run(found, index)
        if gone or new:
            result += [Piece("gone", gone)] if gone else []
            result += [Piece("new", new)] if new else []
        else:
            result.append(found[index])
            index += 1
    return result


def _run(found: list[Piece], index: int) -> tuple[str, str, int]:
    """The words that go and come from here on, over spaces that stayed, and where that ends."""
    gone = new = ""
    while index < len(found):
        piece = found[index]
        between = piece.kind == "same" and not piece.text.strip()
        if piece.kind == "same" and not (between and (gone or new) and index + 1 < len(found)):
            break
        gone += piece.text if piece.kind != "new" else ""
        new += piece.text if piece.kind != "gone" else ""
        index += 1
    return gone, new, index
