"""What organisations offer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.documents import intake, storage
from partnerwijzer.goals.models import Goal
from partnerwijzer.partners import grounding
from partnerwijzer.partners.actions.changing import WHOLE, change, note, place_of
from partnerwijzer.partners.models import GroundingSource, Offer, Partner

OFFER_FIELDS = (
    "title", "description", "audience", "levels", "themes", "age_from", "age_to", "shape",
    "working_form", "place", "duration_minutes", "sessions", "group_max", "price", "price_unit",
    "price_note", "languages",
)  # fmt: skip
PRICE_FIELDS = ("price", "price_unit", "price_note")
SOURCE_FIELDS = ("rung", "title", "says", "link")


@action("partners.edit")
def create_offer(
    partner: Partner,
    *,
    actor: Actor,
    facts: Mapping[str, Any],
    goals: Sequence[Goal] = (),
    looked: bool = True,
) -> Offer:
    """Adds something that the organisation offers.

    Args:
        looked: whether the actor stands behind the price; not where a computer copied it.
    """
    values = {name: facts[name] for name in OFFER_FIELDS if name in facts}
    offer = Offer(partner=partner, **values)
    if offer.price is not None and looked:
        price_known(offer, actor)
    offer.save()
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
    looked: bool = True,
) -> Offer:
    """Changes an offer. Without `goals` these stay as they are.

    Who said or checked what changed, did so of something else: that goes, and with it what was said
    of the offer as a whole. Saving without changing a fact leaves all of it, and so do goals: a
    school sets these.

    Args:
        looked: as for create_offer().

    Raises:
        Conflict: somebody saved in between.
    """
    fresh = versions.claim(Offer, offer.pk, version)
    changed = change(fresh, OFFER_FIELDS, facts)
    if changed:
        fresh.statements.filter(field__in=[*changed, WHOLE]).delete()
    if set(changed) & set(PRICE_FIELDS):
        changed += price_known(fresh, actor if looked else None)
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


def price_known(offer: Offer, actor: Actor | None) -> list[str]:
    """Notes who knew the price, and when, or that nobody did; gives the names of the fields."""
    known = offer.price is not None and actor is not None
    offer.price_checked_on = timezone.localdate() if known else None
    offer.price_checked_by = place_of(actor) if known and actor is not None else ""
    return ["price_checked_on", "price_checked_by"]


@action("partners.edit")
def confirm_price(offer: Offer, *, actor: Actor) -> None:
    """Somebody knows that the price still is what it was."""
    offer.save(update_fields=price_known(offer, actor))
    note("offer.price_confirmed", offer, actor, offer.partner, title=offer.title)


# On what it rests


@action("partners.edit")
def add_source(
    offer: Offer,
    *,
    actor: Actor,
    facts: Mapping[str, Any],
    upload: UploadedFile[Any] | None = None,
) -> GroundingSource:
    """Adds a source that somebody of a school has read; rung 0 where nothing was found.

    Raises:
        BadFile: the file cannot be kept; its text says what to do.
    """
    today = timezone.localdate()
    values = {name: facts[name] for name in SOURCE_FIELDS if name in facts}
    source = GroundingSource(
        offer=offer, added_on=today, checked_on=today, checked_by=place_of(actor), **values
    )
    if upload is not None:
        source.file = intake.accept(upload, school_id=None, actor=actor)
    source.save()
    _climb(offer)
    note("source.added", source, actor, offer.partner, title=offer.title, rung=source.rung)
    return source


@action("partners.edit")
def check_source(source: GroundingSource, *, actor: Actor, rung: int) -> None:
    """Somebody of a school read the source: it carries this rung, from today.

    Raises:
        ValueError: there is no such rung.
    """
    if not 0 <= rung <= grounding.HIGHEST:
        raise ValueError(f"no rung {rung}")
    source.rung = rung
    source.checked_on, source.checked_by = timezone.localdate(), place_of(actor)
    source.save(update_fields=["rung", "checked_on", "checked_by"])
    offer = source.offer
    _climb(offer)
    note("source.checked", source, actor, offer.partner, title=offer.title, rung=rung)


@action("partners.edit")
def remove_source(source: GroundingSource, *, actor: Actor) -> None:
    """Takes a source away, with its file; the rung goes down to that of the ones that are left."""
    offer, file = source.offer, source.file
    what = source.title
    note("source.removed", source, actor, offer.partner, title=offer.title, source=what)
    source.delete()
    if file is not None:
        storage.remove(file)
    _climb(offer)


def _climb(offer: Offer) -> None:
    """Keeps what lists show in step with the sources. Of two that add at once none is lost."""
    fresh = Offer.objects.select_for_update().get(pk=offer.pk)
    carries = grounding.carrying(fresh.sources.all())
    fresh.grounding = carries.rung if carries else None
    fresh.grounding_source = carries.title[:400] if carries else ""
    fresh.grounding_link = carries.link if carries else ""
    fresh.save(update_fields=["grounding", "grounding_source", "grounding_link"])
