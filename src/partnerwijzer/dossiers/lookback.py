"""What colleagues' evaluations say together: counts, never an average. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from partnerwijzer.dossiers.models import Evaluation


@dataclass(frozen=True)
class FactorCount:
    """How many colleagues found a factor smooth and how many difficult."""

    factor: str
    smooth: int
    difficult: int
    notes: tuple[str, ...]

    @property
    def effect(self) -> str:
        """What most colleagues found; a tie counts as difficult: better one warning too many."""
        return "smooth" if self.smooth > self.difficult else "difficult"


def factor_counts(evaluations: Sequence[Evaluation]) -> list[FactorCount]:
    """The factors that somebody named, those named most on top."""
    rows = [f for e in evaluations for f in e.factors.all()]
    found = []
    for key in dict.fromkeys(f.factor for f in rows):
        effects = Counter(f.effect for f in rows if f.factor == key)
        notes = tuple(f.note for f in rows if f.factor == key and f.note)
        found.append(FactorCount(key, effects["smooth"], effects["difficult"], notes))
    return sorted(found, key=lambda c: (-(c.smooth + c.difficult), c.factor))


def counted(values: Sequence[str], order: Sequence[str]) -> list[tuple[str, int]]:
    """How often each answer was given, in a fixed order."""
    counts = Counter(values)
    return [(value, counts[value]) for value in order]
