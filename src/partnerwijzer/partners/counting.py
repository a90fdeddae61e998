"""What schools experienced, counted. Pure. Schools are counted, not ticks; never an average.

Rule of the content (factors.yaml, counting): the unit is the school; a school counts once for each
partner and school year; under the minimum number of schools nothing is said but that there is not
enough yet. Who calls this passes only what the reader may see.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from partnerwijzer.partners.models import Again, Effect

MINIMUM_SCHOOLS = 3
# A row of dots longer than this says less than its words.
MOST_DOTS = 15


@dataclass(frozen=True)
class Told:
    """One experience, as counting needs it."""

    school: int
    year: int
    again: str
    factors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FactorCount:
    """How often schools found a factor smooth, and how often difficult; once a school year each."""

    factor: str
    smooth: int
    difficult: int


@dataclass(frozen=True)
class Summary:
    """What may be said about a partner or an offer. Figures stay empty under the minimum."""

    schools: int = 0
    minimum: int = MINIMUM_SCHOOLS
    again: int = 0
    changed: int = 0
    not_again: int = 0
    factors: tuple[FactorCount, ...] = ()
    newest: int | None = None
    oldest: int | None = None

    @property
    def too_few(self) -> bool:
        return self.schools < self.minimum

    @property
    def positive(self) -> int:
        """Schools that would work together again, as it was or changed."""
        return self.again + self.changed

    @property
    def dots(self) -> list[bool]:
        """One for each school: whether it would work together again. None where they are many."""
        if self.schools > MOST_DOTS:
            return []
        return [i < self.positive for i in range(self.schools)]


def summarise(rows: Iterable[Told], minimum: int = MINIMUM_SCHOOLS) -> Summary:
    """Counts over experiences, given oldest first.

    Whether a school would do it again: its newest word counts. Factors: all that a school named in
    one school year counts once, also where it shared twice that year.
    """
    turns: dict[tuple[int, int], Told] = {}
    for row in rows:
        earlier = turns.get((row.school, row.year))
        turns[row.school, row.year] = _together(earlier, row) if earlier else row
    newest = {t.school: t.again for t in sorted(turns.values(), key=lambda t: t.year)}
    if len(newest) < minimum:
        return Summary(schools=len(newest), minimum=minimum)
    said = Counter(newest.values())
    years = [year for _school, year in turns]
    return Summary(
        schools=len(newest),
        minimum=minimum,
        again=said[Again.YES],
        changed=said[Again.CHANGED],
        not_again=said[Again.NO],
        factors=_factors(turns.values()),
        newest=max(years, default=None),
        oldest=min(years, default=None),
    )


def _together(earlier: Told, later: Told) -> Told:
    """Two experiences of one school in one school year: the later word, the factors of both."""
    factors = dict.fromkeys((*earlier.factors, *later.factors))
    return Told(later.school, later.year, later.again, tuple(factors))


def _factors(turns: Iterable[Told]) -> tuple[FactorCount, ...]:
    """Most named first."""
    named = Counter(pair for turn in turns for pair in set(turn.factors))
    counts = [
        FactorCount(key, named[key, Effect.SMOOTH], named[key, Effect.DIFFICULT])
        for key in {factor for factor, _effect in named}
    ]
    return tuple(sorted(counts, key=lambda c: (-(c.smooth + c.difficult), c.factor)))
