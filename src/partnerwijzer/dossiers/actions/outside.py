"""Advice of somebody without an account: a CLB, a nurse, the local police."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, OutsideAdvice
from partnerwijzer.dossiers.queries.second import PURPOSE
from partnerwijzer.mail import post

DAYS = 30
LANGUAGE = "nl"


@action("dossiers.ask")
def ask_outside(
    dossier: Dossier,
    *,
    actor: Actor,
    email: str,
    name: str,
    organisation: str,
    question: str,
    criterion: str = "",
) -> OutsideAdvice:
    """Mails a question to somebody without an account. They see the question, not the dossier."""
    link, token = links.issue(PURPOSE, days=DAYS, email=email, name=name)
    row = OutsideAdvice.objects.create(
        dossier=dossier,
        criterion=criterion,
        link=link,
        organisation=organisation,
        question=question,
        asked_by_id=actor.uid,
    )
    with translation.override(LANGUAGE):
        post.send(
            email,
            _("Geef je advies aan {school}").format(school=dossier.school.name),
            "dossiers/mail/advice.txt",
            {
                "name": name,
                "school": dossier.school,
                "sender": actor.name,
                "question": question,
                "address": f"{settings.SITE_URL}{reverse('dossiers:advice', args=[token])}",
                "until": link.expires_at,
            },
            link=link,
        )
    record("outside.asked", row, actor=actor, thread=dossier, member=organisation or name)
    return row


@action("dossiers.answer_advice")
def answer_outside(row: OutsideAdvice, *, actor: Actor, answer: str) -> None:
    """The answer; a later one replaces it as long as the link works.

    Raises:
        NotAllowedNow: the link is over.
    """
    if not row.link.usable:
        raise NotAllowedNow(_("Deze link werkt niet meer."))
    row.answer, row.answered_at = answer, timezone.now()
    row.save(update_fields=["answer", "answered_at"])
    links.mark(row.link, "opened_at")
    links.mark(row.link, "done_at")
    member = row.organisation or row.link.name
    record("outside.answered", row, actor=actor, thread=row.dossier, member=member)


@action("dossiers.ask")
def withdraw_outside(row: OutsideAdvice, *, actor: Actor) -> None:
    """The link stops working; an answer that is there stays."""
    links.mark(row.link, "withdrawn_at")
    if row.reminder is not None:
        links.mark(row.reminder, "withdrawn_at")
    member = row.organisation or row.link.name
    record("outside.withdrawn", row, actor=actor, thread=row.dossier, member=member)
