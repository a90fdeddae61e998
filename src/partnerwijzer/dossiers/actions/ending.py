"""Ending a cooperation well: handing over, thanking."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, DossierPartner, HandOver, Thanks
from partnerwijzer.mail import post

WRITTEN_IN = "nl"  # who gets the mail lives in Flanders, whatever language the sender reads
FIELDS = ("to_name", "to_email", "subject", "body")


@action("dossiers.edit")
def add_handover(dossier: Dossier, *, actor: Actor, what: str, to_whom: str) -> HandOver:
    """Something to hand over, and to whom."""
    row = HandOver.objects.create(dossier=dossier, what=what, to_whom=to_whom)
    record("ending.handover", row, actor=actor, thread=dossier, what=what, to_whom=to_whom)
    return row


@action("dossiers.edit")
def tick_handover(row: HandOver, *, actor: Actor, done: bool) -> None:
    """It was handed over, or not after all."""
    row.done_at, row.done_by_id = (timezone.now(), actor.uid) if done else (None, None)
    row.save(update_fields=["done_at", "done_by"])
    verb = "ending.handed" if done else "ending.not_handed"
    record(verb, row, actor=actor, thread=row.dossier, what=row.what)


@action("dossiers.edit")
def remove_handover(row: HandOver, *, actor: Actor) -> None:
    """It does not have to be handed over after all."""
    record("ending.handover_removed", row, actor=actor, thread=row.dossier, what=row.what)
    row.delete()


def draft_of(row: DossierPartner) -> Thanks:
    """The thanks that are being written, or a first text that is not stored yet (version 0)."""
    found = Thanks.objects.filter(row=row).first()
    if found is not None:
        return found
    contact = row.partner.contacts.exclude(email="").first()
    school, title = row.dossier.school.name, row.dossier.title
    with translation.override(WRITTEN_IN):
        body = _(
            "Onze samenwerking rond ‘{title}’ is voorbij. Bedankt voor wat jullie voor onze "
            "leerlingen en ons team deden.\n\nWat ons bijblijft: …\n\nWe kijken met collega’s nog "
            "terug. Wat we eruit leerden, vertellen we jullie graag."
        )
        return Thanks(
            row=row,
            to_name=contact.name if contact else "",
            to_email=contact.email if contact else "",
            subject=_("Bedankt van {school}").format(school=school),
            body=body.format(title=title),
            version=0,
        )


@action("dossiers.confirm")
def save_thanks(
    dossier: Dossier, *, actor: Actor, row: DossierPartner, version: int, values: dict[str, Any]
) -> Thanks:
    """Keeps the thanks as a draft.

    Raises:
        Conflict: a colleague changed them in between.
        NotAllowedNow: they were sent meanwhile.
    """
    found = Thanks.objects.filter(row=row).first()
    if found is not None and found.sent_at is not None:
        raise NotAllowedNow(_("Het bedankje is al verstuurd."))
    thanks = Thanks(row=row) if found is None else versions.claim(Thanks, found.pk, version)
    for name in FIELDS:
        setattr(thanks, name, values[name])
    thanks.updated_at = timezone.now()
    thanks.save()
    record("ending.thanks_saved", thanks, actor=actor, thread=dossier, partner=row.partner.name)
    return thanks


@action("dossiers.confirm")
def send_thanks(
    dossier: Dossier, *, actor: Actor, row: DossierPartner, version: int, values: dict[str, Any]
) -> Thanks:
    """Keeps and sends them, once. What went stays as it went.

    Raises:
        Conflict, NotAllowedNow: as save_thanks.
    """
    thanks = save_thanks(dossier, actor=actor, row=row, version=version, values=values)
    thanks.sent_at, thanks.sent_by_id = timezone.now(), actor.uid
    thanks.save(update_fields=["sent_at", "sent_by"])
    with translation.override(WRITTEN_IN):
        post.send(
            thanks.to_email,
            thanks.subject,
            "dossiers/mail/thanks.txt",
            {
                "name": thanks.to_name,
                "text": thanks.body,
                "sender": actor.name,
                "school": dossier.school,
            },
        )
    record("ending.thanked", thanks, actor=actor, thread=dossier, partner=row.partner.name)
    return thanks
