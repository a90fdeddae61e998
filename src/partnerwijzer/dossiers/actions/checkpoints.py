"""Checkpoints of an agreement: noting that both sides looked, and telling the partner in time."""

from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import SYSTEM, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import checkpoints
from partnerwijzer.dossiers.actions import partnermail
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import AgreementCheckpoint, AgreementVersion, DossierState
from partnerwijzer.dossiers.queries import agreeing as queries


@action("dossiers.agree")
def note_looked(checkpoint: AgreementCheckpoint, *, actor: Actor, note: str = "") -> None:
    """Both sides looked on this day (or later); with what came of it.

    Raises:
        NotAllowedNow: a colleague noted it already.
    """
    _note(checkpoint, actor, note, "agreement.looked")


@action("dossiers.answer_agreement")
def note_looked_by_partner(
    checkpoint: AgreementCheckpoint, *, actor: Actor, note: str = ""
) -> None:
    """As note_looked, by the partner's side; the view found the agreement by its secret link.

    Raises:
        NotAllowedNow: it was noted already, or nothing is asked of the partner about this day.
    """
    mine = queries.asked_of_partner(checkpoint.agreement, timezone.localdate())
    if checkpoint.done_at is None and not mine.filter(pk=checkpoint.pk).exists():
        raise NotAllowedNow(_("Over deze dag valt nu niets te noteren."))
    _note(checkpoint, actor, note, "agreement.partner_looked")


def _note(checkpoint: AgreementCheckpoint, actor: Actor, note: str, verb: str) -> None:
    row = AgreementCheckpoint.objects.select_for_update().get(pk=checkpoint.pk)
    if row.done_at is not None:
        raise NotAllowedNow(_("Dit is al genoteerd door {name}.").format(name=row.done_by))
    row.done_at, row.done_by, row.note = timezone.now(), actor.name[:120], note.strip()[:600]
    row.save(update_fields=["done_at", "done_by", "note"])
    dossier = checkpoint.agreement.dossier
    record(verb, row, actor=actor, thread=dossier, what=row.what)
    touched(dossier)


@action("dossiers.tell_partner", untraced="nothing goes where it went before or nobody is known")
def tell_of_checkpoint(checkpoint: AgreementCheckpoint, *, actor: Actor) -> bool:
    """Mails the partner that a day is near, with a link. Once; whether a mail goes."""
    row = AgreementCheckpoint.objects.select_for_update().get(pk=checkpoint.pk)
    if row.mailed_at or row.done_at or partnermail.address_of(checkpoint.agreement) is None:
        return False
    row.mailed_at = timezone.now()
    row.save(update_fields=["mailed_at"])
    dossier = checkpoint.agreement.dossier
    with translation.override(partnermail.LANGUAGE):
        partnermail.write(
            checkpoint.agreement,
            _("Kijk samen met {school} op {day}"),
            "dossiers/mail/checkpoint.txt",
            {"checkpoint": row},
            day=row.on,
        )
    record("agreement.checkpoint_mailed", row, actor=actor, thread=dossier, what=row.what)
    return True


def tell_partners() -> int:
    """For the background worker: mails about all days that are near. How many went."""
    today = timezone.localdate()
    rows = AgreementCheckpoint.objects.filter(
        versions__in=AgreementVersion.objects.in_force(today),
        agreement__dossier__state=DossierState.OPEN,
        mailed_at=None,
        done_at=None,
        on__gte=today,
        on__lte=today + timedelta(days=checkpoints.AHEAD_DAYS),
    )
    related = rows.select_related("agreement__dossier__school", "agreement__partner")
    return sum(tell_of_checkpoint(row, actor=SYSTEM) for row in related.distinct())
