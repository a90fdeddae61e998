"""Organisations, whom to reach there, and who recognises them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

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
from partnerwijzer.partners.models import (
    Partner,
    PartnerContact,
    PartnerRelation,
    Recognition,
    RelationKind,
    Statement,
)

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


class CannotRelate(Exception):
    """These two cannot stand to each other like that; the text says why."""


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
def relate(
    partner: Partner, *, actor: Actor, kind: str, other: Partner, since: date | None, source: str
) -> PartnerRelation:
    """Notes how an organisation stands to another: part of it, working with it, formerly it.

    Doing it twice changes nothing.

    Raises:
        CannotRelate: with itself, part of two, or part of something that is part of it.
    """
    what = RelationKind(kind)
    if partner.pk == other.pk:
        raise CannotRelate(_("Kies een andere organisatie."))
    if what is RelationKind.PART_OF:
        _must_be_a_tree(partner, other)
    row, _made = PartnerRelation.objects.update_or_create(
        partner=partner, kind=what, other=other, defaults={"since": since, "source": source}
    )
    note("partner.related", row, actor, partner, name=other.name)
    return row


def _must_be_a_tree(partner: Partner, other: Partner) -> None:
    """One parent, and nobody above itself: experiences are shown with the parent once."""
    part_of = PartnerRelation.objects.filter(kind=RelationKind.PART_OF)
    if part_of.filter(partner=partner).exclude(other=other).exists():
        raise CannotRelate(_("Deze organisatie is al deel van een andere. Haal dat eerst weg."))
    above: int | None = other.pk
    seen = {partner.pk}
    while above is not None:
        if above in seen:
            raise CannotRelate(_("Dan zou een organisatie deel van zichzelf zijn."))
        seen.add(above)
        above = part_of.filter(partner=above).values_list("other", flat=True).first()


@action("partners.edit")
def unrelate(partner: Partner, *, actor: Actor, relation: PartnerRelation) -> None:
    """Takes away how two organisations stand to each other."""
    note("partner.unrelated", relation, actor, partner, name=relation.other.name)
    relation.delete()


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
    if change(row, RECOGNITION_FIELDS, facts):
        row.said_on = None  # the organisation said something else
    row.checked_on, row.checked_by = timezone.localdate(), place_of(actor)
    row.save()
    note("recognition.saved", row, actor, partner, by=row.by)
    return row


@action("partners.edit")
def remove_recognition(partner: Partner, *, actor: Actor, recognition: Recognition) -> None:
    """Takes a recognition away."""
    note("recognition.removed", recognition, actor, partner, by=recognition.by)
    recognition.delete()
