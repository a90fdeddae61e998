"""What organisations offer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.goals.models import Goal
from partnerwijzer.partners.actions.changing import change, note
from partnerwijzer.partners.models import Offer, Partner

OFFER_FIELDS = (
    "title", "description", "audience", "levels", "themes", "age_from", "age_to", "shape",
    "working_form", "place", "duration_minutes", "sessions", "group_max", "price", "price_unit",
    "price_note", "languages", "grounding", "grounding_source", "grounding_link",
)  # fmt: skip


@action("partners.edit")
def create_offer(
    partner: Partner, *, actor: Actor, facts: Mapping[str, Any], goals: Sequence[Goal] = ()
) -> Offer:
    """Adds something that the organisation offers."""
    values = {name: facts[name] for name in OFFER_FIELDS if name in facts}
    offer = Offer.objects.create(partner=partner, **values)
    offer.goals.set(goals)
    note("offer.created", offer, actor, partner, title=offer.title)
    return offer


@action("partners.edit")
def edit_offer(
    offer: Offer,
    *,
    actor: Actor,
    version: int,
    facts: Mapping[str, Any],
    goals: Sequence[Goal] | None = None,
) -> Offer:
    """Changes an offer. Without `goals` these stay as they are.

    Raises:
        Conflict: somebody saved in between.
    """
    fresh = versions.claim(Offer, offer.pk, version)
    changed = change(fresh, OFFER_FIELDS, facts)
    fresh.updated_at = timezone.now()
    fresh.save(update_fields=[*changed, "updated_at"])
    if goals is not None:
        fresh.goals.set(goals)
    note("offer.edited", fresh, actor, fresh.partner, title=fresh.title)
    return fresh


@action("partners.edit")
def withdraw_offer(offer: Offer, *, actor: Actor) -> None:
    """Takes an offer from view; dossiers that chose it keep it."""
    offer.withdrawn_at = timezone.now()
    offer.save(update_fields=["withdrawn_at"])
    note("offer.withdrawn", offer, actor, offer.partner, title=offer.title)


@action("partners.edit")
def restore_offer(offer: Offer, *, actor: Actor) -> None:
    """Puts a withdrawn offer back."""
    offer.withdrawn_at = None
    offer.save(update_fields=["withdrawn_at"])
    note("offer.restored", offer, actor, offer.partner, title=offer.title)
