"""What schools experienced, counted. Pure. Schools are counted, not ticks; never an average.

A school counts once per partner and school year (content: factors.counting); under the minimum
number of schools nothing is shown but that there is not enough yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from partnerwijzer.partners.models import Again, Effect
from partnerwijzer.partners.spelling import folded

MINIMUM_SCHOOLS = 3
ALIKE = 0.82
LEGAL_WORDS = frozenset({"vzw", "bv", "nv", "cv", "asbl", "ivzw", "stichting"})


@dataclass(frozen=True)
class Told:
    """One experience, as counting needs it."""

    school: int
    year: int
    again: str
    factors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FactorCount:
    """How many schools found a factor smooth, and how many difficult."""

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
        """One for each school: whether it would work together again, as it was or changed."""
        return [i < self.positive for i in range(self.schools)]


def summarise(rows: Iterable[Told], minimum: int = MINIMUM_SCHOOLS) -> Summary:
    """Counts over experiences, given oldest first: of a school the newest word counts."""
    once = {(row.school, row.year): row for row in rows}
    newest: dict[int, Told] = {}
    for row in sorted(once.values(), key=lambda r: r.year):
        newest[row.school] = row
    if len(newest) < minimum:
        return Summary(schools=len(newest), minimum=minimum)
    said = [row.again for row in newest.values()]
    years = [row.year for row in once.values()]
    return Summary(
        schools=len(newest),
        minimum=minimum,
        again=said.count(Again.YES),
        changed=said.count(Again.CHANGED),
        not_again=said.count(Again.NO),
        factors=_factors(once.values()),
        newest=max(years),
        oldest=min(years),
    )


def _factors(rows: Iterable[Told]) -> tuple[FactorCount, ...]:
    """Schools per factor and effect; a school counts once for each effect of a factor."""
    schools: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        for factor, effect in row.factors:
            schools.setdefault((factor, effect), set()).add(row.school)
    keys = dict.fromkeys(factor for factor, _ in schools)
    counts = [
        FactorCount(
            key,
            len(schools.get((key, Effect.SMOOTH), ())),
            len(schools.get((key, Effect.DIFFICULT), ())),
        )
        for key in keys
    ]
    return tuple(sorted(counts, key=lambda c: (-(c.smooth + c.difficult), c.factor)))


def alike(one: str, other: str) -> bool:
    """Whether two names probably mean the same organisation. Legal forms do not count."""
    first, second = (_bare(name) for name in (one, other))
    return SequenceMatcher(None, first, second).ratio() >= ALIKE


def _bare(name: str) -> str:
    return " ".join(w for w in folded(name).split() if w not in LEGAL_WORDS)
