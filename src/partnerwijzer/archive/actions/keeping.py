"""Saying how long things are kept, and removing what is past that. What went cannot come back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError, Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.access.models import AccessLink
from partnerwijzer.archive import due
from partnerwijzer.archive.models import DataKind, Period, Removal, Run
from partnerwijzer.audit.log import record
from partnerwijzer.documents import storage
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models import (
    Activity,
    Agreement,
    AgreementFile,
    AgreementVersion,
    Condition,
    Decision,
    DecisionReview,
    Dossier,
    DossierSurvey,
    Evidence,
    EvidenceVersion,
    ExperienceRequest,
    Remark,
)
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.papers.models import PartnerLetter
from partnerwijzer.research.models import Research
from partnerwijzer.surveys.models import Survey
from partnerwijzer.trajectories.models import ImprovementPlan
from partnerwijzer.volunteers.actions import wipe
from partnerwijzer.volunteers.models import Volunteer


class NotAsRead(Exception):
    """What would go is not what was read, or a run is going on."""


@action("archive.periods")
def say_how_long(
    owner: School | Umbrella, *, actor: Actor, facts: Mapping[str, Any], version: int = 0
) -> Period:
    """The period of a kind of data, with its source. 0 months is never: a school says so also
    where its umbrella has a period.

    Args:
        version: of the period that was read; 0 where there was none.

    Raises:
        Conflict: somebody saved in between.
    """
    place = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    mine = Period.objects.filter(**place, kind=facts["kind"])
    told = {name: facts[name] for name in ("months", "source", "url", "read_on")}
    told |= {"entered_by_id": actor.uid, "entered_at": timezone.now()}
    found = mine.first()
    if found is None:
        try:
            with transaction.atomic():
                row = Period.objects.create(**place, kind=facts["kind"], **told)
        except IntegrityError:
            raise versions.Conflict(mine.get()) from None
    else:
        row = versions.claim(mine, found.pk, version)
        for name, value in told.items():
            setattr(row, name, value)
        row.save(update_fields=list(told))
    record("archive.period_entered", owner, actor=actor, what=_said(row), **_at(owner))
    return row


def _words(row: Period) -> str:
    words = _("{kind}, {months} maanden") if row.months else _("{kind}: gaat nooit weg")
    return words.format(kind=row.get_kind_display(), months=row.months)


# How long, for the log: in the language of each reader.
_said = lazy(_words, str)


@action("archive.periods")
def withdraw_period(owner: School | Umbrella, *, actor: Actor, kind: str, version: int) -> None:
    """Takes a period of one's own away, also a "never": a school follows its umbrella again.

    Raises:
        Conflict: somebody saved in between.
        DoesNotExist: there is none of its own.
    """
    place = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    mine = Period.objects.filter(**place)
    row = versions.claim(mine, mine.get(kind=kind).pk, version)
    what = DataKind(kind).label
    row.delete()
    record("archive.period_withdrawn", owner, actor=actor, what=what, **_at(owner))


def _at(owner: School | Umbrella) -> dict[str, Any]:
    return {"school_id": owner.pk} if isinstance(owner, School) else {}


@action("archive.remove")
def start_run(school: School, *, actor: Actor, fingerprint: str) -> Run:
    """Notes all that is to be removed, as it was read and confirmed.

    Raises:
        NotAsRead: something else would go now, nothing would go, or a run is going on.
    """
    items = due.due(school, timezone.localdate())
    going = [item for item in items if not item.held]
    if not going or due.fingerprint(items) != fingerprint:
        raise NotAsRead
    try:
        with transaction.atomic():
            run = Run.objects.create(school=school, started_by_id=actor.user_id)
    except IntegrityError:
        raise NotAsRead from None
    Removal.objects.bulk_create(
        Removal(run=run, dossier_id=i.dossier.pk, kind=i.kind, planned=i.count) for i in going
    )
    record("archive.run_started", run, actor=actor, thread=school, school_id=school.pk)
    return run


@action("archive.remove")
def remove(run: Run, *, actor: Actor, removal: Removal) -> int | None:
    """One kind of data of one dossier, whole or not at all; how many went. Doing it again after
    it was done, changes nothing.

    What changed since it was confirmed, or is used elsewhere, stays, and why is noted.
    """
    row = Removal.objects.select_for_update().get(pk=removal.pk, run=run)
    if row.done_at is not None:
        return row.removed
    now = due.due(run.school, timezone.localdate(), only=row.dossier_id)
    found = next((i for i in now if i.kind == row.kind), None)
    if found is None or found.count != row.planned:
        row.held = "changed"
    elif found.held:
        row.held = found.held
    else:
        try:
            with transaction.atomic():
                row.removed = REMOVERS[row.kind](found.dossier)
        except ProtectedError:
            row.held = "used"
    row.done_at = timezone.now()
    row.save(update_fields=["removed", "held", "done_at"])
    verb = "archive.held" if row.held else "archive.removed"
    told = {"what": DataKind(row.kind).label, "count": row.removed or 0}
    record(verb, row, actor=actor, thread=run.school, school_id=run.school_id, **told)
    return row.removed


@action("archive.remove")
def end_run(run: Run, *, actor: Actor) -> None:
    """All of it was looked at."""
    done = run.removals.filter(removed__isnull=False)
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    record(
        "archive.run_done", run, actor=actor, thread=run.school, school_id=run.school_id,
        count=sum(done.values_list("removed", flat=True)),
        dossiers=done.values("dossier_id").distinct().count(),
    )  # fmt: skip


def carry_out(run: Run, *, actor: Actor, tell: Callable[[int], None]) -> None:
    """One after another, each whole or not at all; tells how many are behind it."""
    if run.finished_at is not None:
        return
    for number, removal in enumerate(list(run.removals.all()), 1):
        if removal.done_at is None:
            remove(run, actor=actor, removal=removal)
        tell(number)
    end_run(run, actor=actor)


# Removing. Each gives how many went, inside the transaction of remove().


def _files(keys: list[int]) -> None:
    """Files that no row uses any more; what another row uses, stays."""
    for stored in StoredFile.objects.filter(pk__in=keys):
        try:
            with transaction.atomic():
                storage.remove(stored)
        except ProtectedError:
            continue


def _links(keys: list[int]) -> None:
    OutgoingMail.objects.filter(link__in=keys).delete()
    for link in AccessLink.objects.filter(pk__in=keys):
        try:
            with transaction.atomic():
                link.delete()
        except ProtectedError:
            AccessLink.objects.filter(pk=link.pk).update(name="", email="")


def _evidence_files(dossier: Dossier) -> int:
    """The line stays, so that one reads on what an answer rested; its file goes."""
    files: list[int | None] = []
    for rows in due.evidence_files([dossier.pk]):
        found = dict(rows.values_list("pk", "file"))
        rows.model._default_manager.filter(pk__in=found).update(file=None)
        files += found.values()
    _files([key for key in files if key])
    return len(files)


def _remarks(dossier: Dossier) -> int:
    rows = Remark.objects.filter(dossier=dossier)
    count = rows.count()
    rows.delete()
    return count


def _answers(dossier: Dossier) -> int:
    rows = due.answers([dossier.pk])
    keys = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).delete()
    return len(keys)


def _messages(dossier: Dossier) -> int:
    rows = due.messages([dossier.pk])
    files = list(AgreementFile.objects.filter(message__in=rows).values_list("file", flat=True))
    count = rows.count()
    rows.delete()
    _files(files)
    return count


def _wipe_links(dossier: Dossier) -> int:
    """The links stay without name or address, and lead nowhere any more; of a volunteer nothing
    stays but that somebody helped."""
    keys = {
        key
        for path in due.LINK_PATHS
        for key in due.links([dossier.pk], path).values_list("pk", flat=True)
    }
    OutgoingMail.objects.filter(link__in=keys).delete()
    for row in Volunteer.objects.filter(link__in=keys).select_related("link"):
        wipe(row)
    rows = AccessLink.objects.filter(pk__in=keys)
    rows.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    return rows.update(name="", email="")


def _history(dossier: Dossier) -> int:
    return due.history([dossier.pk]).delete()[0]


def _whole(dossier: Dossier) -> int:
    """Everything of a dossier. A shared experience is the databank's and stays there.

    The order is that of who protects whom; what somebody else protects, raises ProtectedError.
    """
    files, links, surveys = _belongings(dossier)
    decisions = Decision.objects.filter(dossier=dossier)
    PartnerLetter.objects.filter(decision__in=decisions).delete()
    Condition.objects.filter(decision__in=decisions).delete()
    DecisionReview.objects.filter(decision__in=decisions).delete()
    decisions.update(supersedes=None)
    decisions.delete()
    Agreement.objects.filter(dossier=dossier).update(supersedes=None)
    AgreementVersion.objects.filter(agreement__dossier=dossier).update(supersedes=None)
    ExperienceRequest.objects.filter(dossier=dossier).delete()
    DossierSurvey.objects.filter(dossier=dossier).delete()
    Activity.objects.filter(dossier=dossier).delete()
    Survey.objects.filter(pk__in=surveys).delete()
    due.history([dossier.pk]).delete()
    dossier.delete()
    _links(links)
    _files(files)
    return 1


FILE_PATHS: tuple[tuple[type[Model], str, str], ...] = (
    (AgreementVersion, "agreement__dossier", "pdf"),
    (AgreementVersion, "agreement__dossier", "docx"),
    (AgreementFile, "message__agreement__dossier", "file"),
    (Decision, "dossier", "pdf"),
    (Decision, "dossier", "docx"),
    (Evidence, "dossier", "file"),
    (EvidenceVersion, "evidence__dossier", "file"),
    (Research, "dossier", "approval"),
    (ImprovementPlan, "dossier", "file"),
)


def _belongings(dossier: Dossier) -> tuple[list[int], list[int], list[int]]:
    """Keys of its files, its personal links and its surveys."""
    papers = {
        key
        for model, path, name in FILE_PATHS
        for key in model._default_manager.filter(**{path: dossier}).values_list(name, flat=True)
        if key
    }
    surveys = Survey.objects.filter(
        Q(in_dossier__dossier=dossier) | Q(activity__dossier=dossier)
    ).values_list("pk", flat=True)
    links = {
        key
        for path in due.LINK_PATHS
        for key in AccessLink.objects.filter(**{path: dossier}).values_list("pk", flat=True)
    }
    return list(papers), list(links), list(surveys)


REMOVERS: dict[str, Callable[[Dossier], int]] = {
    DataKind.DOSSIER: _whole,
    DataKind.EVIDENCE_FILES: _evidence_files,
    DataKind.REMARKS: _remarks,
    DataKind.ANSWERS: _answers,
    DataKind.MESSAGES: _messages,
    DataKind.LINKS: _wipe_links,
    DataKind.HISTORY: _history,
}
