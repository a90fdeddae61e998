"""The page of the working factors, laid out: every side, the differences, the three moments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import casework, period
from partnerwijzer.dossiers.models import Dossier, DossierPartner
from partnerwijzer.factors import moments, queries, reading
from partnerwijzer.factors.models import FactorAction, Score
from partnerwijzer.factors.reading import Answers, Result, Spot
from partnerwijzer.frameworks.schema.factors import Factors

NOBODY = "–"
# What the people of each side gave at one moment: the school first, then each partner.
Sides = tuple[tuple[Answers, ...], ...]


@dataclass(frozen=True)
class Statement:
    """What each side gave for one statement, in the middle; with what each side is called."""

    words: str
    sides: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class Row:
    """One factor at the moment that is shown. `sides`: what each is called, and its band in words;
    `low`: the sides that place it in the lowest band, which asks for action."""

    result: Result
    sides: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]
    low: tuple[str, ...]
    actions: tuple[FactorAction, ...]

    @property
    def scored(self) -> list[tuple[str, str]]:
        return [side for side, key in zip(self.sides, self.result.sides, strict=True) if key]


@dataclass(frozen=True)
class Past:
    """One factor over the three moments. `cells`: at each moment the band of every side, in words;
    `lines`: of every side what it is called, and its band at each moment."""

    title: str
    cells: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Board:
    """`sides`: what each is called: the school, then the partners, by name where there are several.
    `counts`: how many colleagues and how many partners scored at this moment."""

    sides: tuple[str, ...]
    moments: tuple[tuple[str, str, Any], ...]
    counts: tuple[int, int]
    rows: tuple[Row, ...]
    spots: tuple[Spot, ...]
    levels: tuple[str, ...]
    difference: str
    past: tuple[Past, ...]

    @property
    def several(self) -> bool:
        """Whether partners are told apart by name."""
        return len(self.sides) > 2

    @property
    def others(self) -> tuple[str, ...]:
        return self.sides[1:]

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if row.result.differs]

    @property
    def low(self) -> list[Row]:
        return [row for row in self.rows if row.low]


def board_of(
    actor: Actor, dossier: Dossier, moment: str, partners: Sequence[DossierPartner]
) -> Board:
    """Everything that the page shows. Scores have no names of people here, on purpose.

    Args:
        partners: those of the dossier: each is a side of its own.
    """
    content = casework.content(dossier).factors
    scores = queries.scores(actor, dossier)
    sides = {m.key: _sides(scores, m.key, partners) for m in content.moments}
    called = _called(partners)
    found = reading.results(sides[moment], content)
    known = period.span(dossier)
    days = moments.days(*known) if known else {}
    planned = [a for a in queries.actions(actor, dossier) if a.moment == moment]
    ours, *theirs = sides[moment]
    return Board(
        sides=called,
        moments=tuple((m.key, str(m.label), days.get(m.key)) for m in content.moments),
        counts=(len(ours), sum(map(bool, theirs))),
        rows=tuple(_row(one, called, content, planned) for one in found),
        spots=tuple(reading.spots(found, content)),
        levels=tuple(str(b.label) for b in sorted(content.bands, key=lambda b: b.min_each)),
        difference=str(content.difference.advice),
        past=tuple(_past(content, called, sides)),
    )


def _called(partners: Sequence[DossierPartner]) -> tuple[str, ...]:
    if len(partners) < 2:
        return (_("school"), _("partner"))
    return (_("school"), *(row.partner.name for row in partners))


def _sides(scores: list[Score], moment: str, partners: Sequence[DossierPartner]) -> Sides:
    mine = [s for s in scores if s.moment == moment]
    ours = tuple(s.answers for s in mine if s.ask is None)
    theirs = [tuple(s.answers for s in mine if s.ask and s.ask.row_id == p.pk) for p in partners]
    return (ours, *(theirs or [()]))


def _label(content: Factors, key: str | None) -> str:
    return next((str(b.label) for b in content.bands if b.key == key), NOBODY)


def _row(
    found: Result, called: tuple[str, ...], content: Factors, planned: list[FactorAction]
) -> Row:
    low = reading.lowest(content)
    bands = tuple(zip(called, found.sides, strict=True))
    return Row(
        result=found,
        sides=tuple((name, _label(content, key)) for name, key in bands),
        statements=tuple(
            Statement(said.words, tuple(zip(called, said.sides, strict=True)))
            for said in found.statements
        ),
        low=tuple(name for name, key in bands if key == low),
        actions=tuple(a for a in planned if a.factor == found.key),
    )


def _past(content: Factors, called: tuple[str, ...], sides: dict[str, Sides]) -> Iterator[Past]:
    every = [reading.results(each, content) for each in sides.values()]
    for i, factor in enumerate(content.working_factors):
        cells = tuple(tuple(_label(content, key) for key in rows[i].sides) for rows in every)
        lines = zip(called, zip(*cells, strict=True), strict=True)
        yield Past(str(factor.title), cells, tuple(lines))
