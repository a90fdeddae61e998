"""Step 1: answering the criteria, with evidence."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.documents import intake
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions.basics import NotAllowedNow, must_be_colleagues
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import Assessment, Dossier, Evidence, Judgement, Status
from partnerwijzer.frameworks import conclusion
from partnerwijzer.frameworks.schema import Text
from partnerwijzer.organisations.models import User


def _assessment(dossier: Dossier, criterion: str) -> Assessment:
    return Assessment.objects.get_or_create(dossier=dossier, criterion=criterion)[0]


def _question(dossier: Dossier, criterion: str) -> Text:
    return casework.content(dossier).framework.criterion[criterion].question


@action("dossiers.edit")
def save_assessment(
    dossier: Dossier,
    *,
    actor: Actor,
    criterion: str,
    version: int,
    judgement: str,
    argument: str,
) -> Assessment:
    """Stores what somebody found. Without a judgement the criterion is busy, with one it is done.

    Args:
        version: the version that was read; 0 where there was no answer yet.

    Raises:
        Conflict: a colleague answered in between.
        NotAllowedNow: the judgement lacks a reason or the proof that it needs, or the answer that
            was read is gone.
    """
    _check_readers(dossier, actor, criterion)
    row = _claimed(dossier, criterion, version)
    row.judgement = Judgement(judgement) if judgement else ""
    row.argument = argument
    row.status = Status.DONE if judgement else Status.BUSY if argument else Status.TO_DO
    check_whole(dossier, row)
    row.question = casework.content(dossier).framework.criterion[criterion].question.model_dump()
    row.origin = {}
    row.updated_by_id, row.updated_at = actor.user_id, timezone.now()
    row.save(
        update_fields=[
            *("judgement", "argument", "status", "question", "origin"),
            *("updated_by", "updated_at"),
        ]
    )
    _record_saved(row, actor)
    touched(dossier)
    return row


def _check_readers(dossier: Dossier, actor: Actor, criterion: str) -> None:
    """A second reader reads alone first; two who differ settle it together (actions.second)."""
    first = Assessment.objects.filter(dossier=dossier, criterion=criterion).first()
    for reading in dossier.second_readings.filter(criterion=criterion):
        if reading.hides_from(actor.user_id):
            raise NotAllowedNow(_("Geef eerst je eigen lezing; daarna zie je wat je collega vond."))
        if first and first.judgement and reading.read_at and reading.is_open(first.judgement):
            raise NotAllowedNow(
                _("Twee lezers verschillen hier. Noteer samen wat jullie besluiten.")
            )


def _claimed(dossier: Dossier, criterion: str, version: int) -> Assessment:
    existing = Assessment.objects.filter(dossier=dossier, criterion=criterion).first()
    if existing is not None:
        # Proof, or a question to a colleague, made the row; nobody answered: that is no conflict.
        untouched = version == 0 and existing.version == 1 and existing.updated_by_id is None
        return versions.claim(Assessment, existing.pk, 1 if untouched else version)
    if version != 0:
        raise NotAllowedNow(_("Dit antwoord is intussen weg. Kopieer je tekst en begin opnieuw."))
    return _assessment(dossier, criterion)


def check_whole(dossier: Dossier, row: Assessment) -> None:
    """What is done has a reason, and "in order" has proof (framework: judgements)."""
    answer = conclusion.Answer(
        status=row.status,
        judgement=row.judgement or None,
        has_reason=bool(row.argument.strip()),
        proof_count=casework.proof_count(dossier, row.evidence.all()),
    )
    flaws = conclusion.problems_of(casework.content(dossier), answer)
    if flaws:
        raise NotAllowedNow(" ".join(flaw.words for flaw in flaws))


def _record_saved(row: Assessment, actor: Actor) -> None:
    verb = "assessment.judged" if row.judgement else "assessment.saved"
    record(
        verb,
        row,
        actor=actor,
        thread=row.dossier,
        question=_question(row.dossier, row.criterion),
        judgement=Judgement(row.judgement).label if row.judgement else "",
    )


@action("dossiers.edit")
def assign_criterion(
    dossier: Dossier, *, actor: Actor, criterion: str, user: User | None, due_on: date | None
) -> Assessment:
    """Asks a colleague to look at a criterion, by a date; None takes the question back.

    Raises:
        NotAllowedNow: the person does not work at this school (any more).
    """
    if user is not None:
        must_be_colleagues(dossier, [user])
    row = _assessment(dossier, criterion)
    row.assigned_to, row.due_on = user, due_on
    row.save(update_fields=["assigned_to", "due_on"])
    record(
        "assessment.assigned",
        row,
        actor=actor,
        thread=dossier,
        question=_question(dossier, criterion),
        member=str(user or "–"),
    )
    touched(dossier)
    return row


@action("dossiers.edit")
def add_evidence(
    dossier: Dossier,
    *,
    actor: Actor,
    criterion: str,
    kind: str,
    title: str,
    url: str = "",
    upload: "UploadedFile[Any] | None" = None,
    facts: dict[str, Any] | None = None,
    source: str = "",
    dated_on: date | None = None,
    valid_until: date | None = None,
) -> Evidence:
    """Adds a link, a file or a fact beside an answer. The kind says: proof or claim.

    Raises:
        intake.BadFile: the file is not accepted; the text says why and what to do.
    """
    school_id = dossier.school_id
    file = intake.accept(upload, school_id=school_id, actor=actor) if upload else None
    evidence = Evidence.objects.create(
        dossier=dossier,
        kind=kind,
        title=title,
        url=url,
        file=file,
        facts=facts or {},
        source=source,
        dated_on=dated_on,
        valid_until=valid_until,
        added_by_id=actor.uid,
    )
    evidence.assessments.add(_assessment(dossier, criterion))
    sort = casework.content(dossier).framework.evidence_kind[kind].label
    record("evidence.added", evidence, actor=actor, thread=dossier, title=title, sort=sort)
    touched(dossier)
    return evidence


@action("dossiers.edit")
def use_evidence(dossier: Dossier, *, actor: Actor, evidence: Evidence, criterion: str) -> None:
    """Lets evidence of this dossier support another criterion too."""
    evidence.assessments.add(_assessment(dossier, criterion))
    question = _question(dossier, criterion)
    record(
        "evidence.linked",
        evidence,
        actor=actor,
        thread=dossier,
        title=evidence.title,
        question=question,
    )
    touched(dossier)


@action("dossiers.edit")
def remove_evidence(dossier: Dossier, *, actor: Actor, evidence: Evidence) -> None:
    """Takes evidence away from view. The row and its file stay: a decision may lean on them.

    What serves another dossier too is only taken away here.
    """
    if evidence.assessments.exclude(dossier=dossier).exists():
        evidence.assessments.remove(*evidence.assessments.filter(dossier=dossier))
        record("evidence.removed", evidence, actor=actor, thread=dossier, title=evidence.title)
        touched(dossier)
        return
    evidence.removed_at = timezone.now()
    evidence.save(update_fields=["removed_at"])
    record("evidence.removed", evidence, actor=actor, thread=dossier, title=evidence.title)
    touched(dossier)


@action("dossiers.edit")
def restore_evidence(dossier: Dossier, *, actor: Actor, evidence: Evidence) -> None:
    """Puts removed evidence back."""
    evidence.removed_at = None
    evidence.save(update_fields=["removed_at"])
    kind = casework.kind_of(dossier, evidence)
    sort = kind.label if kind else evidence.kind
    record("evidence.added", evidence, actor=actor, thread=dossier, title=evidence.title, sort=sort)
    touched(dossier)
