"""A question to the anker inside the dossier, and the answer there (N5)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AdviserQuestion, Dossier
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import User


@action("dossiers.ask")
def ask_adviser(
    dossier: Dossier, *, actor: Actor, adviser: User, question: str, criterion: str = ""
) -> AdviserQuestion:
    """Asks the adviser who is assigned to this school. From then on that adviser sees the dossier.

    Raises:
        NotAllowedNow: this person is not an adviser of the school (any more).
    """
    if not organisations.advisers(dossier.school_id).filter(pk=adviser.pk).exists():
        raise NotAllowedNow(_("Deze begeleider is niet (meer) het anker van jullie school."))
    row = AdviserQuestion.objects.create(
        dossier=dossier,
        criterion=criterion,
        adviser=adviser,
        asked_by_id=actor.uid,
        question=question,
    )
    record("adviser.asked", row, actor=actor, thread=dossier, adviser=str(adviser))
    return row


@action("dossiers.answer_as_adviser")
def answer_as_adviser(question: AdviserQuestion, *, actor: Actor, answer: str) -> None:
    """The adviser's answer; a later answer replaces the earlier one, the log keeps that it did."""
    question.answer, question.answered_at = answer, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    record("adviser.answered", question, actor=actor, thread=question.dossier)
