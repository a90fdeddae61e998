"""On which rung of the ladder an offer stands, and why. Pure.

The rule, as the pages say it: the rung is that of the highest source that a school has read. What
the organisation brings in itself counts only from then on. Where somebody looked and found nothing,
the rung is 0; where nobody looked, there is none. The words of the rungs are in vocab.yaml.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

HIGHEST = 5
# A reading older than this, in school years, is shown as old: look again.
OLD_AFTER = 3


class Source(Protocol):
    """What the ladder needs to know of a source; models.GroundingSource fits."""

    @property
    def rung(self) -> int: ...
    @property
    def is_checked(self) -> bool: ...


S = TypeVar("S", bound=Source)


def carrying(sources: Iterable[S]) -> S | None:
    """The source that carries the rung: the highest that was checked, the first of equals."""
    return max((s for s in sources if s.is_checked), key=lambda s: s.rung, default=None)


def rung_of(sources: Iterable[Source]) -> int | None:
    """0 to 5, or None where nobody looked yet."""
    found = carrying(sources)
    return found.rung if found else None


def by_rung(sources: Iterable[S]) -> list[tuple[int, list[S]]]:
    """Every rung from high to low with its sources, those that were checked first."""
    rows = sorted(sources, key=lambda s: not s.is_checked)
    return [(n, [s for s in rows if s.rung == n]) for n in range(HIGHEST, -1, -1)]
