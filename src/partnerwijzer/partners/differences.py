"""Where two people who changed the same thing differ, field by field and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format

from partnerwijzer.ui import amounts


@dataclass(frozen=True)
class Difference:
    """One field on which two people differ, in words."""

    label: object
    saved: str
    typed: str


def differences(form: forms.BaseForm, current: Any) -> list[Difference]:
    """Where what was typed differs from what somebody saved in between."""
    found = []
    for name, field in form.fields.items():
        if name in ("version", "waiting") or name not in form.cleaned_data:
            continue
        saved, typed = _plain(getattr(current, name)), _plain(form.cleaned_data[name])
        if saved != typed:
            words = (_in_words(field, value) for value in (saved, typed))
            found.append(Difference(field.label, *words))
    return found


def _plain(value: Any) -> Any:
    """Rows of a relation as a list; a choice as its key."""
    rows = value.all() if hasattr(value, "all") else value
    return (
        sorted(rows, key=str) if not isinstance(rows, str) and hasattr(rows, "__iter__") else rows
    )


def _in_words(field: forms.Field, value: Any) -> str:
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, list):
        return ", ".join(_in_words(field, one) for one in value)
    if hasattr(value, "year"):
        return date_format(value)
    if isinstance(value, Decimal):
        return amounts.euros(value)
    return str(_flat(getattr(field, "choices", ())).get(str(value), value))


def _flat(found: Iterable[Any]) -> dict[str, Any]:
    """Choices without their groups."""
    pairs = found if not hasattr(found, "queryset") else ()
    flat: dict[str, Any] = {}
    for key, words in pairs:
        flat.update(
            {str(k): w for k, w in words} if isinstance(words, list | tuple) else {str(key): words}
        )
    return flat
