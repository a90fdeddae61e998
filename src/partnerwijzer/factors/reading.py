"""From scores to bands, as factors.yaml says: on the median of each statement, for each side; no
total over the factors. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from partnerwijzer.frameworks.schema.factors import Factors, WorkingFactor

Answers = Mapping[str, int]


@dataclass(frozen=True)
class Said:
    """One statement: the median of each side, None where nobody knew."""

    words: str
    school: float | None
    partner: float | None

    @property
    def apart(self) -> float:
        if self.school is None or self.partner is None:
            return 0
        return abs(self.school - self.partner)


@dataclass(frozen=True)
class Result:
    """One factor at one moment. Bands are keys of the content; None: not scored.

    `school` and `partner` of `spot` are what the figure draws: the number of the band, 0 lowest.
    """

    key: str
    title: str
    school: str | None
    partner: str | None
    statements: tuple[Said, ...]
    differs: bool


@dataclass(frozen=True)
class Spot:
    """A row of the figure: see ui `bands`."""

    label: str
    school: int | None
    partner: int | None


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


def results(
    school: Iterable[Answers], partner: Iterable[Answers], content: Factors
) -> list[Result]:
    """The seven factors at one moment, in order."""
    ours, theirs = list(school), list(partner)
    return [_result(factor, ours, theirs, content) for factor in content.working_factors]


def _result(
    factor: WorkingFactor, ours: list[Answers], theirs: list[Answers], content: Factors
) -> Result:
    keys = [s.key for s in factor.statements]
    school, partner = medians(ours, keys), medians(theirs, keys)
    bands = band(school, factor, content), band(partner, factor, content)
    said = tuple(
        Said(str(s.school), school.get(s.key), partner.get(s.key)) for s in factor.statements
    )
    both = None not in bands
    apart = any(s.apart >= content.difference.min_points for s in said)
    return Result(
        factor.key, str(factor.title), *bands, said, both and (bands[0] != bands[1] or apart)
    )


def spots(found: Iterable[Result], content: Factors) -> list[Spot]:
    """The rows of the figure, lowest band first on the line."""
    order = [b.key for b in sorted(content.bands, key=lambda b: b.min_each)]
    return [
        Spot(
            r.title,
            order.index(r.school) if r.school else None,
            order.index(r.partner) if r.partner else None,
        )
        for r in found
    ]


def lowest(content: Factors) -> str:
    """Key of the band that asks for action."""
    return min(content.bands, key=lambda b: b.min_each).key
