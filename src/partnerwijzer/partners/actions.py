"""Every change in the databank."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerwijzer.access import versions
from partnerwijzer.access.actor import LEADS, Actor, Kind
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.goals.models import Goal
from partnerwijzer.organisations.models import School
from partnerwijzer.partners.models import (
    Experience,
    ExperienceFactor,
    Offer,
    Partner,
    PartnerContact,
    Recognition,
)

FIELDS = (
    "name", "kind", "enterprise_number", "description", "website", "themes", "levels", "regions",
    "street", "postcode", "town", "commercial_tie", "commercial_note", "ideological_tie",
    "ideological_note",
)  # fmt: skip
OFFER_FIELDS = (
    "title", "description", "audience", "levels", "themes", "age_from", "age_to", "shape",
    "working_form", "place", "duration_minutes", "sessions", "group_max", "price", "price_unit",
    "price_note", "languages", "grounding", "grounding_source", "grounding_link",
)  # fmt: skip


@action("partners.create")
def create_partner(school: School | None, *, actor: Actor, facts: Mapping[str, Any]) -> Partner:
    """Puts an organisation in the databank. `school` is where the wish came from.

    Raises:
        IntegrityError: an organisation with this number is there already.
    """
    values = {name: facts[name] for name in FIELDS if name in facts}
    partner = Partner.objects.create(created_by_school=school, **values)
    record("partner.created", partner, actor=actor, school_id=0)
    return partner


@action("partners.edit")
def edit_partner(
    partner: Partner, *, actor: Actor, version: int, facts: Mapping[str, Any]
) -> Partner:
    """Changes facts.

    Raises:
        Conflict: somebody saved in between.
    """
    fresh = versions.claim(Partner, partner.pk, version)
    changed = [n for n in FIELDS if n in facts and getattr(fresh, n) != facts[n]]
    for name in changed:
        setattr(fresh, name, facts[name])
    fresh.updated_at = timezone.now()
    fresh.save(update_fields=[*changed, "updated_at"])
    labels = [str(getattr(Partner._meta.get_field(n), "verbose_name", n)) for n in changed]
    record("partner.edited", fresh, actor=actor, school_id=0, fields=labels)
    return fresh


@action("partners.edit")
def save_contact(
    partner: Partner, *, actor: Actor, contact: PartnerContact | None, facts: Mapping[str, str]
) -> PartnerContact:
    """Adds a business contact or changes one. The log does not repeat the name."""
    row = contact or PartnerContact(partner=partner)
    for name in ("name", "function", "email", "phone"):
        setattr(row, name, facts[name])
    row.save()
    record("contact.saved", row, actor=actor, thread=partner, school_id=0)
    return row


@action("partners.edit")
def remove_contact(partner: Partner, *, actor: Actor, contact: PartnerContact) -> None:
    record("contact.removed", contact, actor=actor, thread=partner, school_id=0)
    contact.delete()


@action("partners.edit")
def save_recognition(
    partner: Partner, *, actor: Actor, recognition: Recognition | None, facts: Mapping[str, Any]
) -> Recognition:
    """Adds or changes who recognises the organisation."""
    row = recognition or Recognition(partner=partner)
    for name in ("by", "what_for", "since", "until", "source"):
        setattr(row, name, facts[name])
    row.save()
    record("recognition.saved", row, actor=actor, thread=partner, school_id=0, by=row.by)
    return row


@action("partners.edit")
def remove_recognition(partner: Partner, *, actor: Actor, recognition: Recognition) -> None:
    by = recognition.by
    record("recognition.removed", recognition, actor=actor, thread=partner, school_id=0, by=by)
    recognition.delete()


@action("partners.edit")
def create_offer(
    partner: Partner, *, actor: Actor, facts: Mapping[str, Any], goals: Sequence[Goal] = ()
) -> Offer:
    """Adds something that the organisation offers."""
    values = {name: facts[name] for name in OFFER_FIELDS if name in facts}
    offer = Offer.objects.create(partner=partner, **values)
    offer.goals.set(goals)
    record("offer.created", offer, actor=actor, thread=partner, school_id=0, title=offer.title)
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
    """Changes an offer.

    Raises:
        Conflict: somebody saved in between.
    """
    fresh = versions.claim(Offer, offer.pk, version)
    names = [n for n in OFFER_FIELDS if n in facts]
    for name in names:
        setattr(fresh, name, facts[name])
    fresh.save(update_fields=names)
    if goals is not None:
        fresh.goals.set(goals)
    record("offer.edited", fresh, actor=actor, thread=fresh.partner, school_id=0, title=fresh.title)
    return fresh


@action("partners.edit")
def withdraw_offer(offer: Offer, *, actor: Actor) -> None:
    """Takes an offer from view; dossiers that chose it keep it."""
    offer.withdrawn_at = timezone.now()
    offer.save(update_fields=["withdrawn_at"])
    partner = offer.partner
    record("offer.withdrawn", offer, actor=actor, thread=partner, school_id=0, title=offer.title)


@action("partners.edit")
def restore_offer(offer: Offer, *, actor: Actor) -> None:
    """Puts a withdrawn offer back."""
    offer.withdrawn_at = None
    offer.save(update_fields=["withdrawn_at"])
    partner = offer.partner
    record("offer.restored", offer, actor=actor, thread=partner, school_id=0, title=offer.title)


def _must_lead(actor: Actor, school_id: int) -> None:
    """Only who leads that very school speaks for it."""
    if actor.kind is not Kind.SYSTEM and not actor.works_at(school_id, LEADS):
        raise PermissionDenied("partners.share")


@action("partners.share")
def publish_experience(
    partner: Partner,
    *,
    actor: Actor,
    school: School,
    source: str,
    audience: str,
    again: str,
    factors: Sequence[Mapping[str, str]],
    advice: str,
    text_consent: bool,
    structural: bool,
    levels: Sequence[str],
    school_year: int,
    offer: Offer | None = None,
) -> Experience:
    """Shares what a school experienced; sharing again from the same source replaces it.

    The public history of the partner does not say which school or who: the counts are what counts.
    """
    _must_lead(actor, school.pk)
    experience, _new = Experience.objects.update_or_create(
        source=source,
        partner=partner,
        defaults={
            "school": school,
            "board": school.board,
            "offer": offer,
            "audience": audience,
            "again": again,
            "advice": advice if text_consent else "",
            "text_consent": text_consent,
            "structural": structural,
            "levels": list(levels),
            "school_year": school_year,
            "published_on": timezone.localdate(),
            "withdrawn_at": None,
        },
    )
    experience.factors.all().delete()
    ExperienceFactor.objects.bulk_create(
        ExperienceFactor(experience=experience, **factor) for factor in factors
    )
    record("experience.published", experience, actor=actor, school_id=school.pk)
    return experience


@action("partners.share")
def withdraw_experience(experience: Experience, *, actor: Actor) -> None:
    """Takes a shared experience back; it no longer shows nor counts."""
    _must_lead(actor, experience.school_id)
    experience.withdrawn_at = timezone.now()
    experience.save(update_fields=["withdrawn_at"])
    record("experience.taken_back", experience, actor=actor, school_id=experience.school_id)
