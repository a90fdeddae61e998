"""Which answer of one framework counts for which criterion of another. Pure.

The pairs are data (`mappings` in framework.yaml). A framework that was made from ours keeps the
keys of the criteria that it kept: those count without being named.
"""

from typing import NamedTuple

from partnerwijzer.frameworks.schema import Content, Criterion, Pair


class Counts(NamedTuple):
    """`theirs` was answered, in the framework that one comes from; `whole` where it says all.
    `note`: why it counts, in the words of who laid the two beside each other."""

    theirs: str
    whole: bool
    note: str = ""


def between(old: Content, new: Content) -> dict[str, Counts]:
    """For each criterion of the new content that something of the old one counts for: what.

    A pair that the new framework names goes before one that the old framework names the other
    way round, and both before an equal key. Each pair says whether it counts both ways.
    """
    theirs, ours = old.framework.criterion, new.framework.criterion
    named = ((pair.ours, _counts(pair, pair.theirs)) for pair in _pairs(new, old))
    turned = (
        (pair.theirs, _counts(pair, pair.ours)) for pair in _pairs(old, new) if pair.both_ways
    )
    equal = ((key, Counts(key, _same(theirs[key], ours[key]))) for key in ours if key in theirs)
    found: dict[str, Counts] = {}
    for key, counts in (*named, *turned, *equal):
        if key in ours and counts.theirs in theirs:
            found.setdefault(key, counts)
    return found


def told_between(old: Content, new: Content) -> str:
    """What the new framework says to who comes from the old one."""
    key = old.framework.meta.key
    return next((str(m.note) for m in new.framework.mappings if m.framework == key and m.note), "")


def _counts(pair: Pair, answered: str) -> Counts:
    return Counts(answered, pair.covers == "whole", str(pair.note or ""))


def _pairs(content: Content, other: Content) -> list[Pair]:
    """What one framework says of another."""
    key = other.framework.meta.key
    found = [m for m in content.framework.mappings if m.framework == key]
    return [pair for mapping in found for pair in mapping.pairs]


def _same(one: Criterion, other: Criterion) -> bool:
    """Asked in the same words: what was answered then, answers this too."""
    return one.question.nl == other.question.nl
