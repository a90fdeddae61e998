"""What schools experienced, counted. Pure. Schools are counted, not ticks; never an average.

Rule of the content (factors.yaml, counting): the unit is the school; a school counts once for each
partner and school year; under the minimum number of schools nothing is said but that there is not
enough yet. Who calls this passes only what the reader may see.

What is older weighs less (decision 0011): of this school year and the one before it weighs whole,
of two or three years ago half, of four or five years ago a quarter. What is older still can be read
and is no longer counted, neither in figures nor towards the minimum.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from partnerwijzer.partners.models import Again, Effect

MINIMUM_SCHOOLS = 3
# Up to how many school years ago, and what that weighs. After the last: nothing.
WEIGHTS = ((1, Fraction(1)), (3, Fraction(1, 2)), (5, Fraction(1, 4)))
# How far the share of schools that would do it again has to move before it is called a change.
TREND = Fraction(1, 10)
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
    """How often schools found a factor smooth, and how often difficult; once a school year each.

    `weight` is what all of these weigh together, by their age.
    """

    factor: str
    smooth: int
    difficult: int
    weight: Fraction = Fraction(0)


@dataclass(frozen=True)
class AgeCount:
    """How many schools spoke last between `newest` and `oldest` years ago, and what each weighs."""

    newest: int
    oldest: int
    schools: int
    weight: Fraction


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
    weight: Fraction = Fraction(0)
    weight_positive: Fraction = Fraction(0)
    ages: tuple[AgeCount, ...] = ()
    # Schools whose last word is too old to count. Known also below the minimum.
    outdated: int = 0

    @property
    def trend(self) -> int:
        """1 where recent experiences are better than older ones, -1 where worse, else 0."""
        if self.too_few or not self.weight:
            return 0
        moved = self.weight_positive / self.weight - Fraction(self.positive, self.schools)
        return (moved >= TREND) - (moved <= -TREND)

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


def weight_of(age: int) -> Fraction:
    """What an experience of so many school years ago weighs: from 1 down to 0."""
    return next((weight for oldest, weight in WEIGHTS if age <= oldest), Fraction(0))


def summarise(rows: Iterable[Told], minimum: int = MINIMUM_SCHOOLS, *, this_year: int) -> Summary:
    """Counts over experiences, given oldest first.

    Whether a school would do it again: its newest word counts, and weighs by its age. Factors: all
    that a school named in one school year counts once, also where it shared twice that year.

    Args:
        this_year: the year in which the present school year began.
    """
    turns: dict[tuple[int, int], Told] = {}
    for row in rows:
        earlier = turns.get((row.school, row.year))
        turns[row.school, row.year] = _together(earlier, row) if earlier else row
    newest = {t.school: t for t in sorted(turns.values(), key=lambda t: t.year)}
    counted = [t for t in newest.values() if weight_of(this_year - t.year)]
    outdated = len(newest) - len(counted)
    if len(counted) < minimum:
        return Summary(schools=len(counted), minimum=minimum, outdated=outdated)
    recent = [t for t in turns.values() if weight_of(this_year - t.year)]
    return _counted(counted, recent, minimum, outdated, this_year)


def _counted(
    last: Sequence[Told], turns: Sequence[Told], minimum: int, outdated: int, this_year: int
) -> Summary:
    """Of the last word of each school, and of all turns; both only what still weighs."""
    said = Counter(turn.again for turn in last)
    weighed = [(turn.again, weight_of(this_year - turn.year)) for turn in last]
    years = [turn.year for turn in turns]
    return Summary(
        schools=len(last),
        minimum=minimum,
        again=said[Again.YES],
        changed=said[Again.CHANGED],
        not_again=said[Again.NO],
        factors=_factors(turns, this_year),
        newest=max(years, default=None),
        oldest=min(years, default=None),
        weight=sum((w for _again, w in weighed), Fraction(0)),
        weight_positive=sum((w for again, w in weighed if again != Again.NO), Fraction(0)),
        ages=_ages(last, this_year),
        outdated=outdated,
    )


def _ages(last: Sequence[Told], this_year: int) -> tuple[AgeCount, ...]:
    """The schools in groups of the same weight, youngest first; groups without schools left out."""
    found, newest = [], 0
    for oldest, weight in WEIGHTS:
        schools = sum(weight_of(this_year - turn.year) == weight for turn in last)
        if schools:
            found.append(AgeCount(newest, oldest, schools, weight))
        newest = oldest + 1
    return tuple(found)


def _together(earlier: Told, later: Told) -> Told:
    """Two experiences of one school in one school year: the later word, the factors of both."""
    factors = dict.fromkeys((*earlier.factors, *later.factors))
    return Told(later.school, later.year, later.again, tuple(factors))


def _factors(turns: Iterable[Told], this_year: int) -> tuple[FactorCount, ...]:
    """What weighs most first: named by most, and lately."""
    named: Counter[tuple[str, str]] = Counter()
    weights: dict[str, Fraction] = {}
    for turn in turns:
        for factor, effect in set(turn.factors):
            named[factor, effect] += 1
            weight = weight_of(this_year - turn.year)
            weights[factor] = weights.get(factor, Fraction(0)) + weight
    counts = [
        FactorCount(key, named[key, Effect.SMOOTH], named[key, Effect.DIFFICULT], weight)
        for key, weight in weights.items()
    ]
    return tuple(sorted(counts, key=lambda c: (-c.weight, c.factor)))
