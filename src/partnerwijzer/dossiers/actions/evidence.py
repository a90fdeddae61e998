"""Evidence as a thing of the school: renewed with its versions, used in other dossiers."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.documents import intake
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.actions.screening import use_evidence
from partnerwijzer.dossiers.models import Dossier, Evidence, EvidenceVersion

KEPT = ("number", "title", "url", "file", "source", "dated_on", "valid_until", "added_by")


@action("dossiers.edit")
def renew(
    evidence: Evidence,
    *,
    actor: Actor,
    number: int,
    upload: "UploadedFile[Any] | None" = None,
    url: str = "",
    source: str = "",
    dated_on: date | None = None,
    valid_until: date | None = None,
) -> Evidence:
    """A new version; the old one, with its file and hash, stays to be read.

    Args:
        number: the version that was read.

    Raises:
        intake.BadFile: the file is not accepted.
        NotAllowedNow: a colleague renewed it in between, or it was taken away.
    """
    found = Evidence.objects.filter(pk=evidence.pk, number=number, removed_at=None)
    if not found.update(number=number + 1):
        raise NotAllowedNow(_("Een collega vernieuwde dit intussen, of haalde het weg. Kijk na."))
    old = {name: getattr(evidence, name) for name in KEPT}
    EvidenceVersion.objects.create(evidence=evidence, **old, added_at=evidence.added_at)
    evidence.number = number + 1
    school_id = evidence.dossier.school_id
    if upload is not None:
        evidence.file = intake.accept(upload, school_id=school_id, actor=actor)
    evidence.url, evidence.source = url, source
    evidence.dated_on, evidence.valid_until = dated_on, valid_until
    evidence.added_by_id, evidence.added_at = actor.uid, timezone.now()
    evidence.save()
    for dossier in Dossier.objects.filter(assessments__evidence=evidence).distinct():
        record("evidence.renewed", evidence, actor=actor, thread=dossier, title=evidence.title)
        touched(dossier)
    if not evidence.assessments.exists():
        record(
            "evidence.renewed", evidence, actor=actor, thread=evidence.dossier, title=evidence.title
        )
    return evidence


@action("dossiers.edit")
def reuse(dossier: Dossier, *, actor: Actor, evidence: Evidence, criterion: str) -> None:
    """Lets evidence of another dossier of the same school support a criterion here.

    Raises:
        NotAllowedNow: it is of another school, or was taken away.
    """
    if evidence.dossier.school_id != dossier.school_id or evidence.removed_at is not None:
        raise NotAllowedNow(_("Dit bewijs is er niet (meer)."))
    if evidence.kind not in casework.content(dossier).framework.evidence_kind:
        raise NotAllowedNow(_("Het kader van dit dossier kent deze soort bewijs niet."))
    use_evidence(dossier, actor=actor, evidence=evidence, criterion=criterion)
