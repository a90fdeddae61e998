"""From scores to bands, as factors.yaml says: on the median of each statement, for each side; no
total over the factors. The school is one side and each partner is one: what two partners see
differently is not averaged away. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from partnerwijzer.frameworks.schema.factors import Factors, WorkingFactor

Answers = Mapping[str, int]


@dataclass(frozen=True)
class Said:
    """One statement: the median of each side, the school first; None where nobody knew."""

    words: str
    sides: tuple[float | None, ...]

    @property
    def apart(self) -> float:
        """Points between the two sides that lie furthest from each other."""
        known = [side for side in self.sides if side is not None]
        return max(known) - min(known) if known else 0


@dataclass(frozen=True)
class Result:
    """One factor at one moment. `sides`: the band of the school, then of each partner, as keys of
    the content; None: not scored."""

    key: str
    title: str
    sides: tuple[str | None, ...]
    statements: tuple[Said, ...]
    differs: bool


@dataclass(frozen=True)
class Spot:
    """A row of the figure, see ui `bands`: of each side the number of the band, 0 lowest."""

    label: str
    sides: tuple[int | None, ...]


def medians(scores: Iterable[Answers], keys: Sequence[str]) -> dict[str, float]:
    """The median of each statement over the people who knew; without the ones nobody knew."""
    rows = list(scores)
    found = {key: [row[key] for row in rows if key in row] for key in keys}
    return {key: float(median(values)) for key, values in found.items() if values}


def band(values: Mapping[str, float], factor: WorkingFactor, content: Factors) -> str | None:
    """The first band whose minimum every statement reaches.

    A statement that nobody knew cannot be strong: then the best band falls away. None where nobody
    knew any.
    """
    keys = [s.key for s in factor.statements]
    known = [values[key] for key in keys if key in values]
    if not known:
        return None
    every = sorted(content.bands, key=lambda b: -b.min_each)
    open_to = every if len(known) == len(keys) else every[1:]
    return next((b.key for b in open_to if min(known) >= b.min_each), every[-1].key)


def results(sides: Sequence[Sequence[Answers]], content: Factors) -> list[Result]:
    """The seven factors at one moment, in order.

    Args:
        sides: what the people of each side gave: the school first, then each partner by itself.
    """
    return [_result(factor, sides, content) for factor in content.working_factors]


def _result(factor: WorkingFactor, sides: Sequence[Sequence[Answers]], content: Factors) -> Result:
    keys = [s.key for s in factor.statements]
    found = [medians(side, keys) for side in sides]
    bands = tuple(band(values, factor, content) for values in found)
    said = tuple(
        Said(str(s.school), tuple(values.get(s.key) for values in found)) for s in factor.statements
    )
    other_band = len({one for one in bands if one}) > 1
    apart = any(s.apart >= content.difference.min_points for s in said)
    return Result(factor.key, str(factor.title), bands, said, other_band or apart)


def spots(found: Iterable[Result], content: Factors) -> list[Spot]:
    """The rows of the figure, lowest band first on the line."""
    order = [b.key for b in sorted(content.bands, key=lambda b: b.min_each)]
    return [
        Spot(r.title, tuple(order.index(one) if one else None for one in r.sides)) for r in found
    ]


def lowest(content: Factors) -> str:
    """Key of the band that asks for action."""
    return min(content.bands, key=lambda b: b.min_each).key
