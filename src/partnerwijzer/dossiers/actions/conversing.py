"""Questions and answers between school and partner about an agreement, in one conversation."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.documents import intake
from partnerwijzer.dossiers.actions import partnermail
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementFile,
    AgreementMessage,
    DossierState,
)

MOST_FILES = 3
# Who writes a second sentence within this time adds it to the same mail.
SETTLE = timedelta(minutes=10)
Files = Sequence["UploadedFile[Any]"]


@action("dossiers.agree")
def write_for_school(
    agreement: Agreement, *, actor: Actor, text: str, files: Files = ()
) -> AgreementMessage:
    """The school writes to the partner; that answers what the partner wrote before.

    Raises:
        BadFile: a file cannot be kept; its text says why.
    """
    row = _write(agreement, actor, text, files, by_school=True)
    _read(agreement)
    record("agreement.message", row, actor=actor, thread=agreement.dossier)
    touched(agreement.dossier)
    return row


@action("dossiers.answer_agreement")
def write_for_partner(
    agreement: Agreement, *, actor: Actor, text: str, files: Files = ()
) -> AgreementMessage:
    """The partner writes to the school; the view found the agreement by its secret link.

    Raises:
        BadFile: a file cannot be kept; its text says why.
    """
    row = _write(agreement, actor, text, files, by_school=False)
    record("agreement.partner_wrote", row, actor=actor, thread=agreement.dossier)
    touched(agreement.dossier)
    return row


def answer_wish(agreement: Agreement, actor: Actor, text: str) -> AgreementMessage:
    """What the school says to a wish. Questions that the partner wrote keep waiting."""
    return _write(agreement, actor, text, (), by_school=True)


def _write(
    agreement: Agreement, actor: Actor, text: str, files: Files, *, by_school: bool
) -> AgreementMessage:
    row = AgreementMessage.objects.create(
        agreement=agreement,
        by_school=by_school,
        name=actor.name[:120],
        user_id=actor.user_id,
        text=text.strip(),
    )
    school_id = agreement.dossier.school_id
    for kept in intake.accept_all(files[:MOST_FILES], school_id=school_id, actor=actor):
        AgreementFile.objects.create(message=row, file=kept)
    return row


@action("dossiers.agree")
def mark_read(agreement: Agreement, *, actor: Actor) -> None:
    """What the partner wrote asks for no answer."""
    count = _read(agreement)
    record("agreement.read", agreement, actor=actor, thread=agreement.dossier, count=count)


def _read(agreement: Agreement) -> int:
    unread = agreement.messages.filter(by_school=False, read_at=None)
    return unread.update(read_at=timezone.now())


@action("dossiers.answer_agreement", untraced="that somebody read is kept with the messages")
def note_seen(agreement: Agreement, *, actor: Actor) -> None:
    """The partner saw the conversation: no mail is needed about what stands in it."""
    agreement.messages.filter(by_school=True, read_at=None).update(read_at=timezone.now())


@action("dossiers.tell_partner", untraced="nothing goes where it was read or nobody is known")
def tell_of_messages(agreement: Agreement, *, actor: Actor) -> bool:
    """One mail to the partner about all that the school wrote since the last one."""
    rows = agreement.messages.select_for_update().filter(by_school=True, mailed_at=None)
    fresh = list(rows.filter(read_at=None))
    if not fresh or partnermail.address_of(agreement) is None:
        return False
    agreement.messages.filter(pk__in=[row.pk for row in fresh]).update(mailed_at=timezone.now())
    with translation.override(partnermail.LANGUAGE):
        partnermail.write(
            agreement,
            _("Lees wat {school} je schreef"),
            "dossiers/mail/message.txt",
            {"names": list(dict.fromkeys(row.name for row in fresh)), "count": len(fresh)},
            path="gesprek/",
        )
    record("agreement.message_mailed", agreement, actor=actor, thread=agreement.dossier)
    return True


def tell_partners() -> int:
    """For the background worker: mails about conversations that came to rest. How many went."""
    new = AgreementMessage.objects.filter(by_school=True, mailed_at=None, read_at=None)
    busy = new.filter(at__gt=timezone.now() - SETTLE).values("agreement_id")
    rows = Agreement.objects.filter(
        pk__in=new.values("agreement_id"), dossier__state=DossierState.OPEN
    ).exclude(pk__in=busy)
    related = rows.select_related("dossier__school", "partner")
    return sum(tell_of_messages(row, actor=SYSTEM) for row in related)
