"""Where words are found: sets of places of a table, by how well they fit.

Each word is looked for by itself, and what several words find is laid over each other. So the words
of the first unit of a group, which is the thing itself, can hold for all its units without standing
in the index once for each; and what one word found is kept for who types, pages or ticks next.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import neg, or_
from typing import Any, NamedTuple

from partnerwijzer.search.index import Finder, Hits
from partnerwijzer.search.table import Table

# How well places fit, and which: best first, no place in two.
Rings = list[tuple[float, int]]

TOKEN = 2.5  # how well a place fits that has a token by which a word is known
OTHER = 0.5  # what is found by another word for it weighs half
ENOUGH = 3  # with so many places no second look is needed
MOST_KEPT = 60  # words of which the places are kept with the table


class Other(NamedTuple):
    """Other words for what somebody typed: all of them have to be found. `tokens` as of a Term."""

    label: str
    words: tuple[str, ...]
    tokens: tuple[tuple[str, ...], ...] = ()


class Term(NamedTuple):
    """What somebody typed that has to be found: one word, or a few that belong together.

    Args:
        tokens: for each word the tokens of the table by which it is known too.
        others: other ways to say it.
    """

    words: tuple[str, ...]
    tokens: tuple[tuple[str, ...], ...] = ()
    others: tuple[Other, ...] = ()


class Match(NamedTuple):
    """Where all terms are found, and what the other words for them added, each to those before it:
    (label, places)."""

    rings: Rings
    added: tuple[tuple[str, int], ...] = ()

    @property
    def places(self) -> int:
        return union(self.rings)


def find(finder: Finder, table: Table, terms: Sequence[Term]) -> Match:
    """Where every term is found; no terms are found nowhere.

    Where the words as they were typed give little, they are also looked for with one typo and in
    the middle of a word. Other words for them always count, behind what was typed.
    """
    own = _own(finder, table, terms)
    if not any(term.others for term in terms):
        return Match(together(own))
    parts, others = [], []
    for term, rings in zip(terms, own, strict=True):
        found = [_other(finder, table, other) for other in term.others]
        parts.append(best_of([rings, *found]))
        known = union(rings)
        for other, more in zip(term.others, found, strict=True):
            others.append((other.label, union(more) & ~known))
            known |= union(more)
    rings = together(parts)
    every = union(rings)
    return Match(rings, tuple((label, more & every) for label, more in others if more & every))


def _own(finder: Finder, table: Table, terms: Sequence[Term]) -> list[Rings]:
    """What each term finds as it was typed; with a second look where that is little."""
    found = [_term(finder, table, term, rough=False) for term in terms]
    few = union(together(found)).bit_count()
    if few >= ENOUGH:
        return found
    more = [_term(finder, table, term, rough=True) for term in terms]
    return more if union(together(more)).bit_count() > few else found


def _term(finder: Finder, table: Table, term: Term | Other, *, rough: bool) -> Rings:
    tokens = term.tokens or ((),) * len(term.words)
    return together(
        _word(finder, table, word, known, rough=rough)
        for word, known in zip(term.words, tokens, strict=True)
    )


def _other(finder: Finder, table: Table, other: Other) -> Rings:
    share = OTHER / len(other.words)
    return [(fit * share, places) for fit, places in _term(finder, table, other, rough=False)]


def _word(
    finder: Finder, table: Table, word: str, tokens: Iterable[str] = (), *, rough: bool = False
) -> Rings:
    """Where one word is found. Kept with the table."""
    kept: dict[Any, Rings] = table.kept.setdefault("words", {})
    if (word, rough) not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[word, rough] = rings_of(table, finder.find(word, rough=rough))
    rings = kept[word, rough]
    known = table.any_of(tokens)
    return best_of([rings, [(TOKEN, known)]]) if known else rings


def rings_of(table: Table, hits: Hits) -> Rings:
    """The places of what an index found, where the words of a first unit hold for its group."""
    start, rings = 0, []
    while start < len(hits.fits):
        fit = hits.fits[start]
        end = bisect_right(hits.fits, -fit, lo=start, key=neg)
        places = table.of_hits(hits.groups[start:end], hits.slots[start:end])
        rings.append((fit, table.fields.spread(places)))
        start = end
    return best_of([rings])


def together(parts: Iterable[Rings]) -> Rings:
    """What is in all of these; how well it fits is the sum."""
    found: dict[float, int] | None = None
    for rings in sorted(parts, key=_size):
        if found is None:
            found = dict(rings)
            continue
        both: dict[float, int] = {}
        for fit, places in found.items():
            for more, others in rings:
                if common := places & others:
                    both[fit + more] = both.get(fit + more, 0) | common
        found = both
    return sorted((found or {}).items(), reverse=True)


def best_of(parts: Sequence[Rings]) -> Rings:
    """What is in any of these, each place where it fits best."""
    by_fit: dict[float, int] = {}
    for fit, places in (ring for rings in parts for ring in rings):
        by_fit[fit] = by_fit.get(fit, 0) | places
    seen, found = 0, []
    for fit in sorted(by_fit, reverse=True):
        if fresh := by_fit[fit] & ~seen:
            found.append((fit, fresh))
            seen |= fresh
    return found


def union(rings: Rings) -> int:
    """All places of these rings."""
    return reduce(or_, (places for _fit, places in rings), 0)


def _size(rings: Rings) -> int:
    return sum(places.bit_count() for _fit, places in rings)
