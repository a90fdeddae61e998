"""Step 6: looking back with colleagues, choosing what follows, and sharing in the databank."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    CooperationKind,
    Dossier,
    Evaluation,
    EvaluationFactor,
    FollowUp,
    Sharing,
)
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Audience, Experience
from partnerwijzer.ui import schoolyear


class TakenBack(NotAllowedNow):
    """A colleague took the experience out of the databank while somebody was sharing it anew."""


FIELDS = ("aim_result", "aim_note", "impact", "working_factors", "again", "advice", "share_advice")


@action("dossiers.evaluate")
def save_evaluation(
    dossier: Dossier,
    *,
    actor: Actor,
    version: int,
    answers: Mapping[str, Any],
    factors: Sequence[Mapping[str, str]],
) -> Evaluation:
    """How the actor looks back; one evaluation for each colleague, that may be changed.

    Args:
        version: the version that was read; 0 where there was none yet.
        factors: {"factor": key, "effect": smooth or difficult, "note": words}.

    Raises:
        Conflict: the same person saved in another tab.
    """
    existing = dossier.evaluations.filter(user_id=actor.uid).first()
    if existing is None:
        row = Evaluation(dossier=dossier, user_id=actor.uid)
    else:
        row = versions.claim(Evaluation, existing.pk, version)
    for name in FIELDS:
        setattr(row, name, answers[name])
    row.updated_at = timezone.now()
    row.save()
    row.factors.all().delete()
    EvaluationFactor.objects.bulk_create([EvaluationFactor(evaluation=row, **f) for f in factors])
    record("evaluation.saved", row, actor=actor, thread=dossier)
    touched(dossier)
    return row


@action("dossiers.evaluate")
def choose_follow_up(dossier: Dossier, *, actor: Actor, choice: str) -> None:
    """Stop, adjust or go on (gate `closing`)."""
    dossier.follow_up = FollowUp(choice)
    dossier.save(update_fields=["follow_up"])
    words = FollowUp(choice).label
    record("evaluation.follow_up", dossier, actor=actor, choice=words)
    touched(dossier)


@action("dossiers.share")
def share(
    dossier: Dossier,
    *,
    actor: Actor,
    version: int,
    audience: str,
    again: str,
    factors: Sequence[Mapping[str, str]],
    advice: str,
    text_consent: bool,
) -> Sharing:
    """Publishes what the school chose to share, as one Experience for each partner of the dossier.

    Sharing again replaces what was shared. Without consent no free text leaves the dossier.

    Args:
        version: the version that was read; 0 where nothing was shared yet.

    Raises:
        Conflict: a colleague shared something else in between.
        TakenBack: a colleague took back what was shared.
        NotAllowedNow: nobody looked back yet, or there is no partner.
    """
    if not dossier.evaluations.exists():
        raise NotAllowedNow(_("Kijk eerst terug met minstens één collega."))
    rows = list(dossier.partners.select_related("partner", "offer"))
    if not rows:
        raise NotAllowedNow(_("Dit dossier heeft geen partner."))
    given = [{**f, "note": f.get("note", "") if text_consent else ""} for f in factors]
    choice = {
        "audience": Audience(audience),
        "again": again,
        "factors": given,
        "advice": advice.strip() if text_consent else "",
        "text_consent": text_consent,
        "shared_by_id": actor.uid,
        "shared_at": timezone.now(),
    }
    sharing = _chosen(dossier, version, choice)
    for row in rows:
        _publish(dossier, row, sharing, actor)
    label = Audience(audience).label
    record("sharing.published", sharing, actor=actor, thread=dossier, audience=label)
    dossier.refresh_from_db()
    touched(dossier)
    return sharing


def _chosen(dossier: Dossier, version: int, choice: dict[str, Any]) -> Sharing:
    """Stores the newest choice over the one that was read."""
    if version == 0:
        first, new = Sharing.objects.get_or_create(dossier=dossier, defaults=choice)
        if not new:
            raise versions.Conflict(first)
        return first
    existing = Sharing.objects.filter(dossier=dossier).first()
    if existing is None:
        raise TakenBack(
            _(
                "Een collega haalde de ervaring intussen uit de databank. Deel je opnieuw, dan "
                "staat ze er weer in."
            )
        )
    sharing = versions.claim(Sharing, existing.pk, version)
    for name, value in choice.items():
        setattr(sharing, name, value)
    sharing.save(update_fields=list(choice))
    return sharing


def _publish(dossier: Dossier, row: Any, sharing: Sharing, actor: Actor) -> None:
    last = dossier.activities.order_by("-on").first()
    partners.publish_experience(
        row.partner,
        actor=actor,
        school=dossier.school,
        source=source_of(dossier),
        audience=sharing.audience,
        again=sharing.again,
        factors=sharing.factors,
        advice=sharing.advice,
        text_consent=sharing.text_consent,
        structural=dossier.kind == CooperationKind.STRUCTURAL,
        levels=list(dict.fromkeys(g.level for g in dossier.groups.all())),
        school_year=schoolyear.of(last.on if last else timezone.localdate()),
        offer=row.offer,
    )


def source_of(dossier: Dossier) -> str:
    """By what name the databank knows where an experience came from."""
    return f"dossier:{dossier.pk}"


@action("dossiers.share")
def withdraw_sharing(dossier: Dossier, *, actor: Actor) -> None:
    """Takes the shared experience back from the databank.

    Raises:
        NotAllowedNow: nothing is shared.
    """
    if not Sharing.objects.filter(dossier=dossier).exists():
        raise NotAllowedNow(_("Er is nu niets gedeeld."))
    for experience in Experience.objects.filter(source=source_of(dossier), withdrawn_at=None):
        partners.withdraw_experience(experience, actor=actor)
    Sharing.objects.filter(dossier=dossier).delete()
    record("sharing.withdrawn", dossier, actor=actor)
    touched(Dossier.objects.get(pk=dossier.pk))
