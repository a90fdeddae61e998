"""What the framework asks of one dossier: its case, the criteria that apply, and the conclusion.

The rules are the content's (frameworks.selection and frameworks.conclusion); here a dossier is only
laid before them. Expects a dossier with `groups`, `partners__partner` and `assessments__evidence`
prefetched where many are needed: see queries.for_page.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from partnerwijzer.authoring import content as asked_content
from partnerwijzer.dossiers import carrying, derived, read_before, told, trees
from partnerwijzer.dossiers.models import (
    Assessment,
    CouncilDuty,
    Dossier,
    Evidence,
    SecondReading,
    Status,
)
from partnerwijzer.frameworks import conclusion, reading, selection
from partnerwijzer.frameworks.schema import Content, Criterion, EvidenceKind
from partnerwijzer.frameworks.words import ConclusionKey


@dataclass(frozen=True)
class Asked:
    """A criterion that applies, with the answer so far (none yet: a new, unsaved Assessment)."""

    number: int
    criterion: Criterion
    assessment: Assessment
    evidence: tuple[Evidence, ...]
    second: SecondReading | None = None
    # How many pieces of evidence; of a dossier that was read for its page they are only counted.
    pieces: int = 0

    @property
    def done(self) -> bool:
        """Judged, and where a second reader was asked: read by both and settled."""
        return self.assessment.status == Status.DONE and not self.two_to_talk

    @property
    def two_to_talk(self) -> bool:
        """A second reading is asked and not there yet, or the two differ."""
        return self.second is not None and self.second.is_open(self.assessment.judgement)

    @property
    def found_on(self) -> date:
        """The day on which it was found, also where that was elsewhere."""
        return carrying.found_on(self.assessment.origin, self.assessment.updated_at)

    @property
    def asks_otherwise(self) -> bool:
        """The question changed since it was answered."""
        then = self.assessment.question.get("nl", "")
        return bool(self.done and then and then != self.criterion.question.nl)

    @property
    def origin(self) -> str:
        """Where the answer was taken from, in words; empty for one's own."""
        return carrying.words(self.assessment.origin)

    @property
    def readings_before(self) -> list[str]:
        """Second readings that were about other partners than now, in words."""
        return [read_before.words(kept) for kept in self.assessment.readings_before]

    @property
    def tone(self) -> str:
        """Tone of the judgement for the screen; `todo` while there is none."""
        return TONES[self.assessment.judgement] if self.done else "todo"


TONES = {
    "in-order": "ok",
    "partly": "part",
    "not-in-order": "no",
    "not-applicable": "na",
    "": "todo",
}


def content(dossier: Dossier) -> Content:
    """The release that this dossier works with, and what its school adds to it."""
    return asked_content.of(dossier.framework_id, dossier.own_criteria_id)


def kind_of(dossier: Dossier, evidence: Evidence) -> EvidenceKind | None:
    """The kind of a piece of evidence in the words of this dossier's release. Evidence can come
    from a dossier of another release: a kind that is not known here has the words of there, and
    proves nothing here, as in proof_count. None where neither knows it."""
    known = content(dossier).framework.evidence_kind.get(evidence.kind)
    if known is not None:
        return known
    there = content(evidence.dossier).framework.evidence_kind.get(evidence.kind)
    return there.model_copy(update={"counts_as_proof": False}) if there else None


@derived.once
def case_of(dossier: Dossier, partner: int | None = None) -> selection.Case:
    """The dossier as the framework sees it; with a partner (its key) only what the trees say about
    that partner and about the dossier."""
    return selection.Case(
        kind=dossier.kind,
        levels=tuple(dict.fromkeys(g.level for g in dossier.groups.all())),
        themes=tuple(dossier.themes),
        situations=dict(dossier.situations),
        duty=dossier.council_duty or None,
        triggers=("several-partners",) if len(dossier.partners.all()) > 1 else (),
        partner_kinds=tuple(dict.fromkeys(p.partner.kind for p in dossier.partners.all())),
        **trees.for_case(dossier, partner),
    )


@derived.once
def criteria_of(dossier: Dossier) -> list[Criterion]:
    """The criteria that this dossier answers: those of its light, normal or full screening."""
    return selection.at(content(dossier), case_of(dossier), dossier.screening)


def reasons_of(dossier: Dossier, criterion: Criterion) -> list[str]:
    """Why this criterion appeared in this dossier, in words."""
    return reading.reasons(content(dossier), case_of(dossier), criterion)


@derived.once
def asked_of(dossier: Dossier, step: str = "") -> list[Asked]:
    """The criteria with their answers, of one step or of all, numbered within their step."""
    given = {a.criterion: a for a in dossier.assessments.all()}
    seconds = {r.criterion: r for r in dossier.second_readings.all()}
    numbers: dict[str, int] = {}
    rows = []
    for criterion in criteria_of(dossier):
        numbers[criterion.step] = numbers.get(criterion.step, 0) + 1
        if step in ("", criterion.step):
            answer = given.get(criterion.key) or Assessment(
                dossier=dossier, criterion=criterion.key
            )
            number, second = numbers[criterion.step], seconds.get(criterion.key)
            evidence = _evidence(answer)
            pieces = answer.__dict__.get("pieces", len(evidence))
            rows.append(Asked(number, criterion, answer, evidence, second, pieces))
    return rows


def _evidence(assessment: Assessment) -> tuple[Evidence, ...]:
    if assessment._state.adding or "pieces" in assessment.__dict__:
        return ()
    return tuple(e for e in assessment.evidence.all() if e.removed_at is None)


def proof_count(dossier: Dossier, evidence: Collection[Evidence]) -> int:
    """How many of these prove something: not what the partner says itself, nor what is over."""
    kinds = {k.key for k in content(dossier).framework.evidence_kinds if k.counts_as_proof}
    return sum(e.kind in kinds and not e.is_over and e.removed_at is None for e in evidence)


def _proofs(dossier: Dossier, answer: Assessment) -> int:
    counted: int | None = answer.__dict__.get("proofs")
    return proof_count(dossier, _evidence(answer)) if counted is None else counted


@derived.once
def answers_of(dossier: Dossier) -> dict[str, conclusion.Answer]:
    """All answers in the shape that the conclusion reads.

    Where a second reader was asked, nothing is done before both read and settled it; a judgement
    of either that stops something counts at once: a doubt does not wait (decision 0004).
    """
    seconds = {r.criterion: r for r in dossier.second_readings.all()}
    found = {}
    for a in dossier.assessments.all():
        second = seconds.get(a.criterion)
        is_open = second is not None and second.is_open(a.judgement)
        found[a.criterion] = conclusion.Answer(
            status=Status.BUSY if is_open and a.status == Status.DONE else a.status,
            judgement=_graver(dossier, a, second if is_open else None) or None,
            has_reason=bool(a.argument.strip()),
            proof_count=_proofs(dossier, a),
        )
    return found


def _graver(dossier: Dossier, first: Assessment, second: SecondReading | None) -> str:
    """The judgement of the two that stops something, else the first."""
    criterion = content(dossier).framework.criterion.get(first.criterion)
    if second and criterion and criterion.blocked_by(second.judgement):
        return second.judgement
    return first.judgement


def second_reader_themes(dossier: Dossier) -> list[str]:
    """Themes of the dossier for which the framework proposes a second reader, in words."""
    themes = content(dossier).vocab.theme
    chosen = [themes[key] for key in dossier.themes if key in themes]
    return [str(theme.label) for theme in chosen if theme.second_reader]


def second_reader_proposed(dossier: Dossier) -> list[str]:
    """Keys of the criteria for which a second reader is proposed: those that the framework marks;
    at a theme that it marks, also all that are essential in the first step."""
    asked = asked_of(dossier)
    whole = bool(second_reader_themes(dossier))
    first = asked[0].criterion.step if asked else ""
    return [
        c.key
        for c in (row.criterion for row in asked)
        if c.second_reader or (whole and c.essential and c.step == first)
    ]


@derived.once
def conclude(dossier: Dossier) -> conclusion.Conclusion:
    """Blocker, warning, incomplete or fine, with the reasons."""
    return conclusion.conclude(content(dossier), case_of(dossier), answers_of(dossier))


def before_yes(dossier: Dossier) -> list[conclusion.Reason]:
    """What the gate `positive-decision` still asks for, worded for people."""
    return list(
        conclusion.gate(
            content(dossier), case_of(dossier), answers_of(dossier), "positive-decision"
        )
    )


def council_missing(dossier: Dossier) -> bool:
    """Consultation is needed and the council neither spoke nor waived it (K5). To be informed is no
    consultation, and what a body says that is not consulted (a parents' council) is none either."""
    return dossier.council_duty == CouncilDuty.CONSULT and not told.of(dossier, "council_heard")


def blocker_count(dossier: Dossier) -> int:
    """How many answers stop a yes now."""
    found = conclude(dossier)
    return sum(r.kind is ConclusionKey.BLOCKER for r in (*found.reasons, *found.others))


def before_activity(dossier: Dossier, met: Collection[str]) -> list[conclusion.Reason]:
    """What the gate `first-activity` still asks for, given what the dossier itself knows."""
    return conclusion.gate(
        content(dossier), case_of(dossier), answers_of(dossier), "first-activity", met
    )


def agreements_confirmed(dossier: Dossier) -> bool:
    """Both sides confirmed the newest version of the agreement with every partner."""
    return bool(told.of(dossier, "agreements_confirmed"))


def goals_missing(dossier: Dossier) -> bool:
    """No goal is named although there are goals to choose from (K1: without it no yes)."""
    return not told.of(dossier, "has_goals") and bool(told.of(dossier, "goals_to_choose"))
