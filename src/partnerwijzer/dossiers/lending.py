"""A screening as a start for somebody else: what is shown of it, and what it counts for. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnerwijzer.dossiers import carrying, casework, moving
from partnerwijzer.dossiers.models import Dossier, Evidence
from partnerwijzer.dossiers.naming import Names
from partnerwijzer.frameworks import mapping
from partnerwijzer.frameworks.schema import Content, Criterion
from partnerwijzer.frameworks.words import SCHOOL_PREFIX


@dataclass(frozen=True)
class Line:
    """One answer to show: no person is named in it."""

    key: str
    question: str
    judgement: str
    words: str
    argument: str
    on: date
    evidence: tuple[Evidence, ...]


def lines_of(dossier: Dossier, names: Names) -> list[Line]:
    """What a school shows when it shares: answers that are done, without names of people.

    Questions of the school's own, and answers that were taken from elsewhere, are not shown.
    """
    return [
        Line(
            key=row.criterion.key,
            question=row.criterion.question.nl,
            judgement=row.assessment.judgement,
            words=str(row.assessment.get_judgement_display()),
            argument=names.without(row.assessment.argument),
            on=row.found_on,
            evidence=tuple(e for e in row.evidence if e.url or e.file_id),
        )
        for row in casework.asked_of(dossier)
        if row.done
        and not row.criterion.key.startswith(SCHOOL_PREFIX)
        and not carrying.is_borrowed(row.assessment.origin)
    ]


def data_of(
    dossier: Dossier, names: Names, keys: Collection[str], evidence: Collection[int]
) -> dict[str, Any]:
    """What is kept of what is shared.

    Args:
        keys: of the criteria that the head chose.
        evidence: keys of the evidence that the head marked; its title and address, no file.
    """
    content = casework.content(dossier)
    return {
        "framework": dossier.framework_id,
        "name": f"{content.framework.meta.title.nl} {content.framework.meta.version}",
        "answers": [
            {
                "key": line.key,
                "question": line.question,
                "judgement": line.judgement,
                "argument": line.argument,
                "on": line.on.isoformat(),
                "evidence": [
                    {
                        "kind": e.kind,
                        "title": names.without(e.title),
                        "url": e.url,
                        "dated_on": e.dated_on.isoformat() if e.dated_on else "",
                    }
                    for e in line.evidence
                    if e.pk in evidence
                ],
            }
            for line in lines_of(dossier, names)
            if line.key in keys
        ],
    }


@dataclass(frozen=True)
class Fit:
    """An answer from elsewhere that can be a start for one of our questions."""

    criterion: Criterion
    answer: dict[str, Any]
    whole: bool


def fits(dossier: Dossier, source: Content, answers: Iterable[dict[str, Any]]) -> list[Fit]:
    """Which answers from elsewhere say something on questions that are still open here."""
    given = {a["key"]: a for a in answers}
    there = set(moving.answered(dossier))
    counts = mapping.between(source, casework.content(dossier))
    return [
        Fit(row.criterion, given[found.theirs], found.whole)
        for row in casework.asked_of(dossier)
        if row.criterion.key not in there
        and (found := counts.get(row.criterion.key)) is not None
        and found.theirs in given
    ]


@dataclass(frozen=True)
class Source:
    """Somewhere this partner was looked at: another dossier of the school, or another school.

    stale: the answers are older than the framework lets them be.
    """

    kind: str
    pk: int
    where: str
    on: date
    count: int
    stale: bool


def is_stale(content: Content, on: date) -> bool:
    months = content.framework.stale_after_months
    return bool(months) and moving.months_since(on) >= months
