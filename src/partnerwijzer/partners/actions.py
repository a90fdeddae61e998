"""Every change in the databank."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils import timezone

from partnerwijzer.access import versions
from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.goals.models import Goal
from partnerwijzer.organisations.models import School
from partnerwijzer.partners.models import (
    Again,
    Audience,
    Effect,
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
CONTACT_FIELDS = ("name", "function", "email", "phone")
RECOGNITION_FIELDS = ("kind", "by", "what_for", "since", "until", "source")


def _record(verb: str, subject: Model, actor: Actor, thread: Partner, **data: Any) -> None:
    """The log keeps for which school one worked; the history names people to colleagues only."""
    record(verb, subject, actor=actor, thread=thread, school_id=actor.school_id or 0, **data)


# Organisations


@action("partners.create")
def create_partner(school: School | None, *, actor: Actor, facts: Mapping[str, Any]) -> Partner:
    """Puts an organisation in the databank. `school` is where the wish came from.

    Raises:
        IntegrityError: an organisation with this number is there already.
    """
    values = {name: facts[name] for name in FIELDS if name in facts}
    partner = Partner.objects.create(created_by_school=school, **values)
    _record("partner.created", partner, actor, partner)
    return partner


@action("partners.edit")
def edit_partner(
    partner: Partner, *, actor: Actor, version: int, facts: Mapping[str, Any]
) -> Partner:
    """Changes facts. The log says which, not what they were.

    Raises:
        Conflict: somebody saved in between.
        IntegrityError: another organisation has this number.
    """
    fresh = versions.claim(Partner, partner.pk, version)
    changed = _change(fresh, FIELDS, facts)
    fresh.updated_at = timezone.now()
    fresh.save(update_fields=[*changed, "updated_at"])
    _record("partner.edited", fresh, actor, fresh, fields=_labels(fresh, changed))
    return fresh


def _change(row: Model, names: Sequence[str], facts: Mapping[str, Any]) -> list[str]:
    """Puts the facts on the row and gives the names of those that differed."""
    changed = [name for name in names if name in facts and getattr(row, name) != facts[name]]
    for name in changed:
        setattr(row, name, facts[name])
    return changed


def _labels(row: Model, names: Sequence[str]) -> list[str]:
    return [str(getattr(row._meta.get_field(name), "verbose_name", name)) for name in names]


# What belongs to an organisation


@action("partners.edit")
def save_contact(
    partner: Partner,
    *,
    actor: Actor,
    contact: PartnerContact | None,
    facts: Mapping[str, Any],
    version: int = 0,
) -> PartnerContact:
    """Adds a business contact, or changes one. The log does not repeat the name.

    Raises:
        Conflict: somebody saved in between.
    """
    row: PartnerContact = _claimed(PartnerContact, partner, contact, version)
    _change(row, CONTACT_FIELDS, facts)
    row.save()
    _record("contact.saved", row, actor, partner)
    return row


@action("partners.edit")
def remove_contact(partner: Partner, *, actor: Actor, contact: PartnerContact) -> None:
    """Takes a contact away, with all that was kept of that person."""
    _record("contact.removed", contact, actor, partner)
    contact.delete()


@action("partners.edit")
def save_recognition(
    partner: Partner,
    *,
    actor: Actor,
    recognition: Recognition | None,
    facts: Mapping[str, Any],
    version: int = 0,
) -> Recognition:
    """Adds who recognises the organisation, or changes it.

    Raises:
        Conflict: somebody saved in between.
    """
    row: Recognition = _claimed(Recognition, partner, recognition, version)
    _change(row, RECOGNITION_FIELDS, facts)
    row.save()
    _record("recognition.saved", row, actor, partner, by=row.by)
    return row


@action("partners.edit")
def remove_recognition(partner: Partner, *, actor: Actor, recognition: Recognition) -> None:
    """Takes a recognition away."""
    _record("recognition.removed", recognition, actor, partner, by=recognition.by)
    recognition.delete()


def _claimed(model: type[Any], partner: Partner, row: Any, version: int) -> Any:
    """A new row of the partner, or the one that is changed."""
    if row is None:
        return model(partner=partner)
    return versions.claim(model.objects.filter(partner=partner), row.pk, version)


# What is offered


@action("partners.edit")
def create_offer(
    partner: Partner, *, actor: Actor, facts: Mapping[str, Any], goals: Sequence[Goal] = ()
) -> Offer:
    """Adds something that the organisation offers."""
    values = {name: facts[name] for name in OFFER_FIELDS if name in facts}
    offer = Offer.objects.create(partner=partner, **values)
    offer.goals.set(goals)
    _record("offer.created", offer, actor, partner, title=offer.title)
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
    changed = _change(fresh, OFFER_FIELDS, facts)
    fresh.updated_at = timezone.now()
    fresh.save(update_fields=[*changed, "updated_at"])
    if goals is not None:
        fresh.goals.set(goals)
    _record("offer.edited", fresh, actor, fresh.partner, title=fresh.title)
    return fresh


@action("partners.edit")
def withdraw_offer(offer: Offer, *, actor: Actor) -> None:
    """Takes an offer from view; dossiers that chose it keep it."""
    offer.withdrawn_at = timezone.now()
    offer.save(update_fields=["withdrawn_at"])
    _record("offer.withdrawn", offer, actor, offer.partner, title=offer.title)


@action("partners.edit")
def restore_offer(offer: Offer, *, actor: Actor) -> None:
    """Puts a withdrawn offer back."""
    offer.withdrawn_at = None
    offer.save(update_fields=["withdrawn_at"])
    _record("offer.restored", offer, actor, offer.partner, title=offer.title)


# What schools share


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

    Without consent nobody's words are kept. The line in the log belongs to the experience and not
    to the partner, so that the partner's history does not tell which school it was.

    Args:
        source: opaque id of what it comes from, as "dossier:12".
        factors: {"factor": key, "effect": smooth or difficult, "note": words}; of a factor that is
            given twice the last counts.
        school_year: the year in which the school year began.

    Raises:
        PermissionDenied: the actor does not lead this school, or the source is of another one.
        ValueError: a value that does not exist, or an offer of another partner.
    """
    _must_lead(actor, school.pk)
    _own_source(partner, school, source, offer)
    what = {
        "school": school,
        "board_id": school.board_id,
        "offer": offer,
        "audience": Audience(audience),
        "again": Again(again),
        "advice": advice.strip() if text_consent else "",
        "text_consent": text_consent,
        "structural": structural,
        "levels": list(levels),
        "school_year": school_year,
    }
    experience = _newly_published(partner, source, what)
    _replace_factors(experience, factors)
    record("experience.published", experience, actor=actor, school_id=school.pk)
    return experience


def _newly_published(partner: Partner, source: str, what: dict[str, Any]) -> Experience:
    when = {"published_on": timezone.localdate(), "withdrawn_at": None}
    return Experience.objects.update_or_create(
        source=source, partner=partner, defaults=what | when
    )[0]


def _own_source(partner: Partner, school: School, source: str, offer: Offer | None) -> None:
    if offer is not None and offer.partner_id != partner.pk:
        raise ValueError(f"offer {offer.pk} is not of partner {partner.pk}")
    same = Experience.objects.filter(source=source, partner=partner).exclude(school=school)
    if same.exists():
        raise PermissionDenied("partners.share")


def _replace_factors(experience: Experience, factors: Sequence[Mapping[str, str]]) -> None:
    given = {factor["factor"]: factor for factor in factors}
    experience.factors.all().delete()
    ExperienceFactor.objects.bulk_create(
        ExperienceFactor(
            experience=experience,
            factor=key,
            effect=Effect(factor["effect"]),
            note=factor.get("note", "").strip() if experience.text_consent else "",
        )
        for key, factor in given.items()
    )


@action("partners.share")
def withdraw_experience(experience: Experience, *, actor: Actor) -> None:
    """Takes a shared experience back: it no longer shows nor counts, and its words are wiped.

    Raises:
        PermissionDenied: the actor does not lead the school that shared it.
    """
    _must_lead(actor, experience.school_id)
    experience.withdrawn_at = timezone.now()
    experience.advice = ""
    experience.text_consent = False
    experience.save(update_fields=["withdrawn_at", "advice", "text_consent"])
    experience.factors.update(note="")
    record("experience.taken_back", experience, actor=actor, school_id=experience.school_id)


def _must_lead(actor: Actor, school_id: int) -> None:
    """Only who leads that very school speaks for it."""
    if not actor.works_at(school_id, LEADS):
        raise PermissionDenied("partners.share")
