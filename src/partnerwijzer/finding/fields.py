"""What goes along of what was found: every field, but for those that are named here.

A new field of one of these models goes along by itself; a test asks for a reason where it does not.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Field, ForeignKey, JSONField, Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.frameworks import vocabulary
from partnerwijzer.partners.field_names import name_of
from partnerwijzer.partners.models import ForWhom, Offer, Partner, Recognition

# Fields that do not go along, and why.
LEFT_OUT = {
    "partners.partner.sort_name": "made of the name",
    "partners.partner.search_text": "made of other fields",
    "partners.partner.search_keys": "made of other fields",
    "partners.partner.merged_into": "what was merged is not found any more",
    "partners.partner.created_by_school": "which school brought a partner in is not shared",
    "partners.partner.version": "counts the changes, for who edits",
    "partners.offer.search_text": "made of other fields",
    "partners.offer.withdrawn_at": "what was withdrawn is not found",
    "partners.offer.version": "counts the changes, for who edits",
    "partners.partnercontact.version": "counts the changes, for who edits",
    "partners.recognition.version": "counts the changes, for who edits",
    "partners.recognition.asked_about": "which mail went to the organisation",
}
LISTS = {
    "themes": "themes",
    "levels": "education_levels",
    "working_form": "working_forms",
}
KINDS = {Partner: "partner_kinds", Recognition: "recognition_kinds"}


@dataclass(frozen=True)
class Column:
    """One field: its name, its head, its value as data and in words."""

    name: str
    head: str
    data: Callable[[Any], Any]
    words: Callable[[Any], Any]


def columns(model: type[Model]) -> list[Column]:
    """The fields of a model that go along, in their own order."""
    found = [
        _column(model, field)
        for field in model._meta.concrete_fields
        if f"{model._meta.label_lower}.{field.name}" not in LEFT_OUT
    ]
    return [*found, *([_goals()] if model is Offer else [])]


def _column(model: type[Model], field: "Field[Any, Any]") -> Column:
    if isinstance(field, ForeignKey):
        name = partial(_named, field.name)
        return Column(field.attname, name_of(field), partial(_value, field.attname), name)
    data = partial(_value, field.attname)
    return Column(field.name, name_of(field), data, partial(_in_words, model, field))


def _goals() -> Column:
    def codes(offer: Offer) -> list[str]:
        return [f"{goal.code} {goal.first_line}".strip() for goal in offer.goals.all()]

    return Column("goals", str(capfirst(_("doelen"))), codes, lambda offer: "; ".join(codes(offer)))


def _named(name: str, row: Any) -> str:
    return str(getattr(row, name) or "")


def _value(name: str, row: Any) -> Any:
    """As data for a program: amounts as text, so that no digit is lost."""
    value = getattr(row, name)
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _in_words(model: type[Model], field: "Field[Any, Any]", row: Any) -> Any:
    """As people read it."""
    value = getattr(row, field.attname)
    source = LISTS.get(field.name) or (KINDS.get(model, "") if field.name == "kind" else "")
    if source:
        keys = value if isinstance(value, list) else [value] if value else []
        return ", ".join(vocabulary.labels(source, keys))
    if field.name == "audience":
        known = dict(ForWhom.choices)
        return ", ".join(str(known.get(key, key)) for key in value)
    if isinstance(field, JSONField):
        return ", ".join(map(str, value)) if isinstance(value, list) else json.dumps(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)  # Excel knows no time zones
    return value
