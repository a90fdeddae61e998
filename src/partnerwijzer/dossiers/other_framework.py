"""How a dossier would stand in another framework, while it stays in its own. Pure: changes nothing.

What is laid beside each other by the frameworks counts (frameworks.mapping), as it would when the
dossier went over (dossiers.moving).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from partnerwijzer.dossiers import casework, moving
from partnerwijzer.dossiers.models import Assessment, Dossier
from partnerwijzer.dossiers.moving import Target
from partnerwijzer.frameworks import mapping, selection
from partnerwijzer.frameworks.schema import Content, Criterion, Step

How = Literal["whole", "part", "open"]


@dataclass(frozen=True)
class Line:
    """A question of the other framework, with the answer that counts for it.

    how: it says all, a part, or there is none. asked_as: the question that was answered, where
    that has other words. note: why it counts, in the words of the frameworks.
    """

    criterion: Criterion
    how: How
    answer: Assessment | None = None
    asked_as: str = ""
    note: str = ""


@dataclass(frozen=True)
class Part:
    """The questions of one step, and how many of them are answered."""

    step: Step
    lines: tuple[Line, ...]

    def count(self, how: How) -> int:
        return sum(line.how == how for line in self.lines)

    @property
    def whole(self) -> int:
        return self.count("whole")

    @property
    def part(self) -> int:
        return self.count("part")

    @property
    def open(self) -> int:
        return self.count("open")


def parts(dossier: Dossier, target: Target) -> list[Part]:
    """The steps of the other framework with what it would ask of this dossier."""
    old, new = casework.content(dossier), target.content
    given = moving.answered(dossier)
    counts = mapping.between(old, new)
    asked = selection.at(new, casework.case_of(dossier), dossier.screening)
    lines = [_line(c, given, counts.get(c.key), old) for c in asked]
    steps = sorted(new.framework.steps, key=lambda step: step.order)
    made = (
        Part(step, tuple(line for line in lines if line.criterion.step == step.key))
        for step in steps
    )
    return [part for part in made if part.lines]


def _line(
    criterion: Criterion,
    given: dict[str, Assessment],
    counts: mapping.Counts | None,
    old: Content,
) -> Line:
    """An own answer goes before one that counts by a pair, as when the dossier goes over."""
    own = given.get(criterion.key)
    if own is not None:
        before = moving.question_of(own, old)
        same = before == str(criterion.question)
        return Line(criterion, _how(own, whole=same), own, "" if same else before)
    answer = given.get(counts.theirs) if counts else None
    if answer is None or counts is None:
        return Line(criterion, "open")
    how = _how(answer, whole=counts.whole)
    return Line(criterion, how, answer, moving.question_of(answer, old), counts.note)


def _how(answer: Assessment, *, whole: bool) -> How:
    """Words without a judgement are a beginning."""
    return "whole" if whole and answer.judgement else "part"


def total(found: Iterable[Part], how: How) -> int:
    return sum(part.count(how) for part in found)
