"""Noting what a research asks of ethics and consent. No pupil is named: consent is counted (K6)."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.documents import intake, storage
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.research.models import Consent, Research


def _claim(dossier: Dossier, version: int) -> Research:
    """The one research of a dossier. Who read none loses to who made one in between.

    Raises:
        Conflict: a colleague saved in between.
    """
    found, new = Research.objects.get_or_create(dossier=dossier)
    return found if new and not version else versions.claim(Research, found.pk, version)


@action("research.edit")
def note_facts(
    dossier: Dossier,
    *,
    actor: Actor,
    version: int,
    answers: Mapping[str, Any],
    upload: "UploadedFile[Any] | None" = None,
) -> Research:
    """What is asked, how, by whom, which data, which approval, what is shared.

    Args:
        version: of what was read; 0 where there was nothing.
        upload: the approval itself, in the place of an earlier one; None keeps what there is.

    Raises:
        Conflict: a colleague saved in between.
        intake.BadFile: the file is not accepted.
    """
    row = _claim(dossier, version)
    old = row.approval
    row.answers = dict(answers)
    if upload is not None:
        row.approval = intake.accept(upload, school_id=dossier.school_id, actor=actor)
    row.save(update_fields=["answers", "approval"])
    if old is not None and row.approval_id != old.pk:
        storage.remove(old)
    record("research.saved", row, actor=actor, thread=dossier)
    return row


@action("research.edit")
def count_consents(
    dossier: Dossier, *, actor: Actor, version: int, counts: Mapping[int, tuple[int, int]]
) -> Research:
    """How many of each group were asked, and how many agreed; a group that is left out was not.

    Raises:
        Conflict: a colleague saved in between.
        NotAllowedNow: nobody was asked, more agreed than were asked, more asked than there are, or
            a group that is not of this dossier.
    """
    groups = {group.pk: group for group in dossier.groups.all()}
    for key, (asked, agreed) in counts.items():
        if key not in groups or not asked or not 0 <= agreed <= asked <= groups[key].pupils:
            raise NotAllowedNow(_("Kijk de aantallen na: ze kunnen niet samen kloppen."))
    row = _claim(dossier, version)
    row.consents.all().delete()
    Consent.objects.bulk_create(
        Consent(research=row, group=groups[key], asked=asked, agreed=agreed)
        for key, (asked, agreed) in counts.items()
    )
    words = _("{group}: {agreed} van {asked}")
    said = [
        words.format(group=groups[key].name, agreed=agreed, asked=asked)
        for key, (asked, agreed) in counts.items()
    ]
    record("research.consents", row, actor=actor, thread=dossier, counts=", ".join(said) or "–")
    return row


@action("research.go_without")
def go_without(dossier: Dossier, *, actor: Actor, version: int, reason: str) -> Research:
    """Lets moments of the research go on without all that is asked, with the reason in the log; an
    empty reason asks for everything again.

    Raises:
        Conflict: a colleague saved in between.
    """
    row = _claim(dossier, version)
    row.without = reason
    row.without_by_id = actor.uid if reason else None
    row.without_at = timezone.now() if reason else None
    row.save(update_fields=["without", "without_by", "without_at"])
    if reason:
        record("research.without", row, actor=actor, thread=dossier, reason=reason)
    else:
        record("research.with_again", row, actor=actor, thread=dossier)
    return row
