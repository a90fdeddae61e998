"""From the blocks of the framework and what the school filled in to the text of an agreement. Pure.

A sentence whose optional field is left empty is not printed (content/…/agreement.yaml).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, number_format

from partnerwijzer.dossiers import checkpoints
from partnerwijzer.frameworks.schema import Block
from partnerwijzer.frameworks.words import FieldKind

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FIELD = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class Clause:
    """One block as it stands in a version: fixed text. `origin`: of whom it was copied."""

    key: str
    group: str
    title: str
    text: str
    origin: str = ""

    def as_json(self) -> dict[str, str]:
        words = {"key": self.key, "group": self.group, "title": self.title, "text": self.text}
        return {**words, "origin": self.origin} if self.origin else words


def field_name(block: Block, field_key: str) -> str:
    """Name of a filled-in value: the same field key means the same thing only within its block."""
    return f"{block.key}.{field_key}"


def clause_of(block: Block, values: Mapping[str, str], group: str) -> Clause:
    """The block in Dutch, the language that both sides sign in."""
    with translation.override("nl"):
        words = {f.key: shown(f, values.get(field_name(block, f.key), "")) for f in block.fields}
    sentences = _SENTENCE.split(block.text.nl)
    kept = [s for s in sentences if all(words.get(key) for key in _FIELD.findall(s))]
    return Clause(
        block.key, group, block.title.nl, _FIELD.sub(lambda m: words[m[1]], " ".join(kept))
    )


def missing(block: Block, values: Mapping[str, str]) -> list[str]:
    """Labels of the required fields of a block that are still empty."""
    return [
        str(f.label)
        for f in block.fields
        if f.required and not values.get(field_name(block, f.key), "").strip()
    ]


def shown(field: Any, value: str) -> str:
    """A stored value as it reads in a sentence: dates and amounts as in Belgium."""
    text = value.strip()
    if not text:
        return ""
    if field.kind is FieldKind.DATE:
        return _as_date(text)
    if field.kind is FieldKind.MONEY:
        return _as_money(text)
    if field.kind is FieldKind.CHECKPOINTS:
        return checkpoints.in_words(checkpoints.read(text)) or text
    if field.kind is FieldKind.CHOICE:
        return next((o.label.nl for o in field.options if o.key == text), text)
    return text.rstrip(".") if field.kind is FieldKind.TEXT else text


def _as_date(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text


def _as_money(text: str) -> str:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return text
    if not amount.is_finite():  # Decimal reads "Infinity" and "nan" as numbers
        return text
    return f"€ {number_format(amount, 2, use_l10n=True, force_grouping=True)}"
