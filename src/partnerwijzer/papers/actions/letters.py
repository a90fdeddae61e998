"""The letter to the partner: written, looked at, and sent once. What went stays as it went."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision
from partnerwijzer.mail import post
from partnerwijzer.organisations.models import User
from partnerwijzer.papers import enclosing, letter_text
from partnerwijzer.papers.models import PartnerLetter
from partnerwijzer.partners.models import Partner

FIELDS = ("to_name", "to_email", "subject", "body")
# What a school writes to a partner is Dutch, whatever language the writer reads.
WRITTEN_IN = "nl"


def draft_of(decision: Decision, partner: Partner) -> PartnerLetter:
    """The letter that is being written, or a first text that is not stored yet (version 0)."""
    found = decision.letters.filter(partner=partner, sent_at=None).first()
    if found is not None:
        return found
    contact = partner.contacts.exclude(email="").first()
    name = contact.name if contact else ""
    with translation.override(WRITTEN_IN):
        return PartnerLetter(
            decision=decision,
            partner=partner,
            to_name=name,
            to_email=contact.email if contact else "",
            subject=letter_text.subject_of(decision),
            body=letter_text.body_of(decision, partner, to=name),
            version=0,
        )


@action("papers.write")
def save_letter(
    decision: Decision,
    *,
    actor: Actor,
    partner: Partner,
    version: int,
    values: dict[str, Any],
    enclose: Collection[str] = (),
) -> PartnerLetter:
    """Keeps the letter as a draft.

    Args:
        enclose: keys of what goes along, see papers.enclosing.

    Raises:
        Conflict: a colleague changed it in between.
        NotAllowedNow: it was sent meanwhile, a later decision replaced this one, or what goes along
            is too large for a mail.
    """
    _must_hold(decision)
    files = enclosing.chosen(enclosing.offered(decision, partner), enclose)
    if enclosing.size_of(files) > enclosing.MOST_BYTES:
        raise NotAllowedNow(_("De bijlagen zijn samen te groot voor een mail. Kies er minder."))
    row = decision.letters.filter(partner=partner, sent_at=None).first()
    if row is None and version:
        raise NotAllowedNow(_("Deze brief is intussen verstuurd."))
    if row is None:
        row = PartnerLetter(decision=decision, partner=partner, created_by_id=actor.uid)
    else:
        row = versions.claim(PartnerLetter, row.pk, version)
    for name in FIELDS:
        setattr(row, name, values[name])
    row.enclosed = [one.kept for one in files]
    row.save()
    _record("letter.saved", row, actor)
    return row


@action("papers.write")
def send_letter(
    decision: Decision, *, actor: Actor, partner: Partner, version: int
) -> PartnerLetter:
    """Sends the letter as it was kept. Answers go to who sends it.

    Raises:
        Conflict: a colleague changed it after it was looked at.
        NotAllowedNow: it was sent already, a later decision replaced this one, or there is a newer
            text of what would go along.
    """
    _must_hold(decision)
    found = decision.letters.filter(partner=partner, sent_at=None).first()
    if found is None:
        raise NotAllowedNow(_("Deze brief is al verstuurd."))
    row = versions.claim(PartnerLetter, found.pk, version)
    files = _as_it_was_seen(row)
    sender = User.objects.get(pk=actor.uid)
    with translation.override(WRITTEN_IN):
        row.mail = post.send(
            row.to_email,
            row.subject,
            "papers/mail/letter.txt",
            {"body": row.body, "school": decision.dossier.school, "sender": sender.name},
            reply_to=sender.email,
            attached=[
                post.Attachment(one.file.name, one.file.mime, one.file.path) for one in files
            ],
        )
    row.sent_at, row.sent_by = timezone.now(), sender
    row.save(update_fields=["mail", "sent_at", "sent_by"])
    _record("letter.sent", row, actor)
    return row


def _as_it_was_seen(letter: PartnerLetter) -> list[enclosing.Enclosure]:
    """The very files that stood beside the letter when it was looked at."""
    offers = enclosing.offered(letter.decision, letter.partner)
    files = enclosing.chosen(offers, [one["key"] for one in letter.enclosed])
    if len(files) < len(letter.enclosed):
        raise NotAllowedNow(
            _("Van de afspraken is er een nieuwere versie. Kies opnieuw wat je meestuurt.")
        )
    return files


def _must_hold(decision: Decision) -> None:
    if not Decision.objects.standing().filter(pk=decision.pk).exists():
        raise NotAllowedNow(_("Een latere beslissing verving deze. Schrijf daar de brief over."))


def _record(verb: str, row: PartnerLetter, actor: Actor) -> None:
    dossier = row.decision.dossier
    record(verb, row, actor=actor, thread=dossier, partner=row.partner.name)
