"""The page of the working factors, laid out: both sides, the differences, the three moments."""

from dataclasses import dataclass
from typing import Any

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import casework, period
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors import moments, queries, reading
from partnerwijzer.factors.models import FactorAction, Score
from partnerwijzer.factors.reading import Answers, Result, Spot
from partnerwijzer.frameworks.schema.factors import Factors

NOBODY = "–"


@dataclass(frozen=True)
class Row:
    """One factor at the moment that is shown."""

    result: Result
    school: str
    partner: str
    advice: tuple[str, ...]
    low: bool
    actions: tuple[FactorAction, ...]


@dataclass(frozen=True)
class Past:
    """One factor over the three moments: the band of each side in words."""

    title: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Board:
    """`counts`: how many colleagues and how many partners scored at this moment."""

    moments: tuple[tuple[str, str, Any], ...]
    counts: tuple[int, int]
    rows: tuple[Row, ...]
    spots: tuple[Spot, ...]
    levels: tuple[str, ...]
    difference: str
    past: tuple[Past, ...]
    asks: tuple[Any, ...]

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if row.result.differs]

    @property
    def low(self) -> list[Row]:
        return [row for row in self.rows if row.low]


def board_of(actor: Actor, dossier: Dossier, moment: str) -> Board:
    """Everything that the page shows. Scores have no names here, on purpose."""
    content = casework.content(dossier).factors
    scores = queries.scores(actor, dossier)
    sides = {m.key: _sides(scores, m.key) for m in content.moments}
    found = reading.results(*sides[moment], content)
    known = period.span(dossier)
    days = moments.days(*known) if known else {}
    planned = list(queries.actions(actor, dossier))
    return Board(
        moments=tuple((m.key, str(m.label), days.get(m.key)) for m in content.moments),
        counts=(len(sides[moment][0]), len(sides[moment][1])),
        rows=tuple(_row(one, content, planned, moment) for one in found),
        spots=tuple(reading.spots(found, content)),
        levels=tuple(str(b.label) for b in sorted(content.bands, key=lambda b: b.min_each)),
        difference=str(content.difference.advice),
        past=tuple(_past(content, sides)),
        asks=tuple(a for a in queries.asks(actor, dossier) if a.moment == moment),
    )


def _sides(scores: list[Score], moment: str) -> tuple[list[Answers], list[Answers]]:
    mine = [s for s in scores if s.moment == moment]
    return [s.answers for s in mine if s.ask is None], [s.answers for s in mine if s.ask]


def _label(content: Factors, key: str | None) -> str:
    return next((str(b.label) for b in content.bands if b.key == key), NOBODY)


def _row(found: Result, content: Factors, planned: list[FactorAction], moment: str) -> Row:
    low = reading.lowest(content)
    bands = [b for b in content.bands if b.key in (found.school, found.partner)]
    return Row(
        result=found,
        school=_label(content, found.school),
        partner=_label(content, found.partner),
        advice=tuple(str(b.advice) for b in bands),
        low=low in (found.school, found.partner),
        actions=tuple(a for a in planned if a.factor == found.key and a.moment == moment),
    )


def _past(content: Factors, sides: dict[str, tuple[list[Answers], list[Answers]]]) -> list[Past]:
    every = {key: reading.results(*both, content) for key, both in sides.items()}
    return [
        Past(
            str(factor.title),
            tuple(
                (_label(content, rows[i].school), _label(content, rows[i].partner))
                for rows in every.values()
            ),
        )
        for i, factor in enumerate(content.working_factors)
    ]
