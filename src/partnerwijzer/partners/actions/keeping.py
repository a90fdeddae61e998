"""Organisations, whom to reach there, and who recognises them."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.organisations.models import School
from partnerwijzer.partners.actions.changing import (
    add_former_name,
    change,
    claimed,
    labels,
    note,
    place_of,
)
from partnerwijzer.partners.actions.merging import note_likeness
from partnerwijzer.partners.actions.watching import remember
from partnerwijzer.partners.models import Partner, PartnerContact, Recognition, Statement

FIELDS = (
    "name", "kind", "enterprise_number", "description", "website", "themes", "levels", "regions",
    "street", "postcode", "town", "commercial_tie", "commercial_note", "ideological_tie",
    "ideological_note", "former_names",
)  # fmt: skip
# What tells whether two partners may be the same.
LIKENESS = {
    "name", "former_names", "enterprise_number", "website", "street", "postcode", "town",
}  # fmt: skip
CONTACT_FIELDS = ("name", "function", "email", "phone")
RECOGNITION_FIELDS = ("kind", "by", "what_for", "since", "until", "source")


@action("partners.create")
def create_partner(school: School | None, *, actor: Actor, facts: Mapping[str, Any]) -> Partner:
    """Puts an organisation in the databank. `school` is where the wish came from.

    Raises:
        IntegrityError: an organisation with this number is there already.
    """
    values = {name: facts[name] for name in FIELDS if name in facts}
    partner = Partner.objects.create(created_by_school=school, **values)
    remember(partner)
    note_likeness(partner)
    note("partner.created", partner, actor, partner)
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
    former = fresh.name
    changed = change(fresh, FIELDS, facts)
    if "name" in changed:
        changed += add_former_name(fresh, former)
    if "enterprise_number" in changed:
        remember(fresh)
    Statement.objects.filter(partner=fresh, offer=None, field__in=changed).delete()
    fresh.updated_at = timezone.now()
    fresh.save(update_fields=[*changed, "updated_at"])
    if set(changed) & LIKENESS:
        note_likeness(fresh)
    note("partner.edited", fresh, actor, fresh, fields=labels(fresh, changed))
    return fresh


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
    row: PartnerContact = claimed(PartnerContact, partner, contact, version)
    change(row, CONTACT_FIELDS, facts)
    row.save()
    note("contact.saved", row, actor, partner)
    return row


@action("partners.edit")
def remove_contact(partner: Partner, *, actor: Actor, contact: PartnerContact) -> None:
    """Takes a contact away, with all that was kept of that person."""
    note("contact.removed", contact, actor, partner)
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
    """Adds who recognises the organisation, or changes it: whoever saves it, has looked at it.

    Raises:
        Conflict: somebody saved in between.
    """
    row: Recognition = claimed(Recognition, partner, recognition, version)
    if "until" in change(row, RECOGNITION_FIELDS, facts):
        row.asked_on = None
    row.checked_on, row.checked_by = timezone.localdate(), place_of(actor)
    row.save()
    note("recognition.saved", row, actor, partner, by=row.by)
    return row


@action("partners.edit")
def remove_recognition(partner: Partner, *, actor: Actor, recognition: Recognition) -> None:
    """Takes a recognition away."""
    note("recognition.removed", recognition, actor, partner, by=recognition.by)
    recognition.delete()
