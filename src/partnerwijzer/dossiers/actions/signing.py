"""Step 4, around the signature: who signs, conditions that are met, and looking at it again."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.basics import NotAllowedNow, must_be_colleagues
from partnerwijzer.dossiers.actions.deciding import still_open
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import Condition, Decision, DecisionReview
from partnerwijzer.organisations.models import User


@action("dossiers.decide")
def take_over(decision: Decision, *, actor: Actor, reason: str) -> Decision:
    """Another head signs instead of the one who was named.

    Raises:
        NotAllowedNow: signed or withdrawn meanwhile, no reason, or the actor signs already.
    """
    fresh = still_open(decision)
    if fresh.signer_id == actor.uid:
        raise NotAllowedNow(_("Jij ondertekent deze beslissing al."))
    if not reason.strip():
        raise NotAllowedNow(_("Schrijf waarom jij overneemt."))
    before = str(fresh.signer)
    fresh.signer_id = actor.uid
    fresh.save(update_fields=["signer"])
    record(
        "decision.taken_over",
        fresh,
        actor=actor,
        thread=fresh.dossier,
        before=before,
        reason=reason.strip()[:400],
    )
    touched(fresh.dossier)
    return fresh


@action("dossiers.condition")
def meet_condition(condition: Condition, *, actor: Actor, note: str) -> Condition:
    """The condition is met; the note says how.

    Raises:
        NotAllowedNow: it was met already, or a later decision replaced this one.
    """
    fresh = _of_a_decision_that_holds(condition)
    if fresh.done_at is not None:
        raise NotAllowedNow(
            _("{name} zette deze voorwaarde al op klaar.").format(name=fresh.done_by)
        )
    fresh.done_at, fresh.done_by_id, fresh.note = timezone.now(), actor.uid, note.strip()[:400]
    fresh.save(update_fields=["done_at", "done_by", "note"])
    _record("decision.condition_met", fresh, actor)
    return fresh


@action("dossiers.condition")
def reopen_condition(condition: Condition, *, actor: Actor) -> Condition:
    """The condition was not met after all."""
    fresh = _of_a_decision_that_holds(condition)
    if fresh.done_at is None:
        raise NotAllowedNow(_("Deze voorwaarde staat al open."))
    fresh.done_at = fresh.done_by = None
    fresh.save(update_fields=["done_at", "done_by"])
    _record("decision.condition_open", fresh, actor)
    return fresh


@action("dossiers.condition")
def hand_condition(condition: Condition, *, actor: Actor, user: User, before: int) -> Condition:
    """Another colleague sees to it from now on; the record of the decision stays as it was signed.

    Args:
        before: the key of who saw to it when the page was read.

    Raises:
        NotAllowedNow: it was met or handed on meanwhile, a later decision replaced this one, or the
            colleague does not work at this school.
    """
    fresh = _of_a_decision_that_holds(condition)
    if fresh.done_at is not None:
        raise NotAllowedNow(_("Deze voorwaarde is al in orde."))
    if fresh.user_id != before:
        raise NotAllowedNow(_("Dit ging intussen naar {name}.").format(name=fresh.user))
    must_be_colleagues(fresh.decision.dossier, [user])
    fresh.user = user
    fresh.save(update_fields=["user"])
    _record("decision.condition_handed", fresh, actor, member=str(user))
    return fresh


def _of_a_decision_that_holds(condition: Condition) -> Condition:
    fresh = Condition.objects.select_for_update().get(pk=condition.pk)
    if not Decision.objects.standing().filter(pk=fresh.decision_id).exists():
        raise NotAllowedNow(_("Een latere beslissing verving deze."))
    return fresh


def _record(verb: str, condition: Condition, actor: Actor, **more: Any) -> None:
    dossier = condition.decision.dossier
    record(verb, condition, actor=actor, thread=dossier, text=condition.text, **more)
    touched(dossier)


@action("dossiers.confirm")
def note_review(
    decision: Decision, *, actor: Actor, words: str, next_on: date | None = None
) -> DecisionReview:
    """The decision was looked at again and stays; the record itself does not change.

    Raises:
        NotAllowedNow: it does not hold any more, no words, or the next day is not to come.
    """
    if not Decision.objects.standing().filter(pk=decision.pk).exists():
        raise NotAllowedNow(_("Een latere beslissing verving deze."))
    if not words.strip():
        raise NotAllowedNow(_("Schrijf kort wat jullie zagen."))
    if next_on is not None and next_on <= timezone.localdate():
        raise NotAllowedNow(_("Kies een dag na vandaag om opnieuw te kijken."))
    row = DecisionReview.objects.create(
        decision=decision, user_id=actor.uid, words=words.strip()[:400], next_on=next_on
    )
    record("decision.reviewed", decision, actor=actor, thread=decision.dossier)
    touched(decision.dossier)
    return row
