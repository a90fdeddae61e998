"""What waits for the umbrella: reports, proposals of organisations, replies."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit.log import record
from partnerwijzer.mail import post
from partnerwijzer.partners import values
from partnerwijzer.partners.actions.changing import (
    WHOLE,
    add_former_name,
    labels,
    note,
    place_of,
)
from partnerwijzer.partners.actions.merging import note_likeness
from partnerwijzer.partners.actions.offering import PRICE_FIELDS, price_known
from partnerwijzer.partners.models import (
    Experience,
    Offer,
    Partner,
    Proposal,
    Recognition,
    Reply,
    Report,
    State,
    Statement,
)


class AlreadyDecided(Exception):
    """Somebody else decided in between."""


@action("partners.report")
def report(partner: Partner, *, actor: Actor, thing: str, reason: str, words: str) -> Report:
    """Somebody says that something is wrong. Who it was, the moderator does not see.

    Args:
        thing: "partner", "offer:3", "experience:12" or "reply:4".
    """
    row = Report.objects.create(
        partner=partner, thing=thing, reason=reason, words=words.strip(), by_id=actor.user_id
    )
    note("thing.reported", row, actor, partner)
    return row


@action("partners.moderate")
def handle_report(
    row: Report, *, actor: Actor, outcome: str, hides: Experience | None = None
) -> None:
    """Settles a report with a word on what was done, which whoever reported it reads.

    Args:
        hides: the experience whose words go for it; nothing goes where somebody else decided.

    Raises:
        AlreadyDecided: somebody else did.
    """
    now = timezone.now()
    waiting = Report.objects.filter(pk=row.pk, handled_at=None)
    if not waiting.update(handled_at=now, handled_by_id=actor.uid, outcome=outcome.strip()):
        raise AlreadyDecided
    note("report.handled", row, actor, row.partner)
    _answer(row, outcome.strip())
    if hides is not None:
        hide_words(hides, actor=actor)


def _answer(row: Report, outcome: str) -> None:
    """Whoever reported it reads what came of it: not who decided, and nothing that opens anything.

    The organisation itself reads it on its own page.
    """
    by = row.by
    if by is None or not by.is_active:
        return
    with translation.override(by.language):
        post.send(
            by.email,
            _("Lees wat er met je melding gebeurde"),
            "partners/mail/handled.txt",
            {
                "name": by.name,
                "partner": row.partner,
                "day": row.at,
                "outcome": outcome,
                "address": f"{settings.SITE_URL}/partners/{row.partner_id}/",
            },
        )


@action("partners.moderate")
def hide_words(experience: Experience, *, actor: Actor) -> None:
    """Takes the words of an experience away, for they name a person or a pupil; the counts stay."""
    experience.advice, experience.text_consent = "", False
    experience.save(update_fields=["advice", "text_consent"])
    experience.factors.update(note="")
    record("experience.words_hidden", experience, actor=actor, school_id=experience.school_id)
    record("partner.words_hidden", experience.partner, actor=actor, school_id=0)


def _decide(row: Proposal | Reply, actor: Actor, state: State, words: str) -> None:
    """One decides; who comes second is told."""
    decided: dict[str, Any] = {
        "state": state,
        "decided_at": timezone.now(),
        "decided_by_id": actor.uid,
        "note": words.strip(),
    }
    waiting = type(row)._default_manager.filter(pk=row.pk, state=State.WAITING)
    if not waiting.update(**decided):
        raise AlreadyDecided


@action("partners.moderate")
def accept_proposal(row: Proposal, *, actor: Actor, version: int) -> None:
    """What the organisation asked is looked at and becomes a checked fact.

    Args:
        version: of what it is about (Proposal.about), as the moderator read it.

    Raises:
        AlreadyDecided: somebody else did.
        Conflict: what it is about was changed since the moderator read it.
    """
    _decide(row, actor, State.ACCEPTED, "")
    partner = Partner.objects.select_for_update().get(pk=row.partner_id)
    if row.recognition_id is not None:
        recognition = Recognition.objects.select_for_update().get(pk=row.recognition_id)
        _unmoved(recognition, version)
        _accept_recognition(recognition, row, actor)
    elif row.offer_id is not None:
        offer = Offer.objects.select_for_update().get(pk=row.offer_id)
        _unmoved(offer, version)
        _accept_offer(offer, row, actor)
    else:
        _unmoved(partner, version)
        _accept_facts(partner, row, actor)
    note("proposal.accepted", row, actor, partner)


def _unmoved(about: values.About, version: int) -> None:
    if about.version != version:
        raise Conflict(about)


def _accept_facts(partner: Partner, row: Proposal, actor: Actor) -> None:
    former = partner.name
    _apply(partner, row)
    if partner.name != former:
        add_former_name(partner, former)
    partner.save()
    note_likeness(partner)
    for name in row.changes:
        _both(row, partner, None, name, actor)


def _accept_offer(offer: Offer, row: Proposal, actor: Actor) -> None:
    _apply(offer, row)
    if set(row.changes) & set(PRICE_FIELDS):
        price_known(offer, actor)
    offer.save()
    _both(row, offer.partner, offer, WHOLE, actor)


def _accept_recognition(recognition: Recognition, row: Proposal, actor: Actor) -> None:
    _apply(recognition, row)
    recognition.said_on = timezone.localdate(row.at)
    recognition.checked_on, recognition.checked_by = timezone.localdate(), place_of(actor)
    recognition.save()


def _apply(about: values.About, row: Proposal) -> None:
    for name, (_before, after) in row.changes.items():
        if name == values.GOALS and isinstance(about, Offer):
            about.goals.set(values.goals_of(after))
        else:
            setattr(about, name, about._meta.get_field(name).to_python(after))  # type: ignore[union-attr]
    about.version += 1
    if not isinstance(about, Recognition):
        about.updated_at = timezone.now()


def _both(row: Proposal, partner: Partner, offer: Offer | None, field: str, actor: Actor) -> None:
    """The organisation said it, and whoever accepts has looked at it."""
    Statement.objects.update_or_create(
        partner=partner,
        offer=offer,
        field=field,
        defaults={
            "said_on": timezone.localdate(row.at),
            "checked_on": timezone.localdate(),
            "checked_by": place_of(actor),
        },
    )


@action("partners.moderate")
def refuse_proposal(row: Proposal, *, actor: Actor, words: str) -> None:
    """Leaves the facts as they are; the organisation reads why.

    Raises:
        AlreadyDecided: somebody else did.
    """
    _decide(row, actor, State.REFUSED, words)
    names = labels(row.about, list(row.changes))
    note("proposal.refused", row, actor, row.partner, fields=names)


@action("partners.moderate")
def show_reply(row: Reply, *, actor: Actor) -> None:
    """The reply holds no data of persons and recognisable schools: it is shown.

    Raises:
        AlreadyDecided: somebody else did.
    """
    _decide(row, actor, State.ACCEPTED, "")
    note("reply.shown", row, actor, row.partner)


@action("partners.moderate")
def refuse_reply(row: Reply, *, actor: Actor, words: str) -> None:
    """Does not show the reply, with the reason for the organisation. An opinion is no reason.

    Raises:
        AlreadyDecided: somebody else did.
    """
    _decide(row, actor, State.REFUSED, words)
    note("reply.refused", row, actor, row.partner)
