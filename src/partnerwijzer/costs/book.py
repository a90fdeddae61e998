"""Which levels have a ceiling, what counts towards it, and the amounts that ship with the product.

All of it stands in content/costs/ceilings.yaml, each thing with its source. Pure, but for reading
that file.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Literal

import yaml
from django.conf import settings

from partnerwijzer.frameworks.schema.base import Key, Part, Text, Words, by_key

Kind = Literal["one-day", "several-days"]


class Source(Part):
    key: Key
    name: Text
    url: str = ""


class Level(Part):
    """A level with a ceiling, and the levels of groups that fall under it. `grades`: the years that
    such a level holds, where it does not hold them all."""

    key: Key
    label: Text
    covers: tuple[Key, ...]
    grades: Mapping[Key, tuple[int, ...]] = {}


class CeilingKind(Part):
    """A ceiling for each school year, or one for the whole of primary school."""

    key: Kind
    label: Text
    period: Literal["school-year", "primary"]
    levels: tuple[Key, ...]
    source: Key


class Rule(Part):
    text: Text
    source: Key


class Shipped(Part):
    """An amount that was found, for the school year that begins in `year`."""

    kind: Kind
    level: Key
    year: int
    amount: Decimal
    source: Key
    read_on: date


class Book(Part):
    """The whole file."""

    sources: tuple[Source, ...]
    levels: tuple[Level, ...]
    unclear: tuple[Key, ...]
    kinds: tuple[CeilingKind, ...]
    rules: Mapping[Words, Rule]
    ceilings: tuple[Shipped, ...]

    @cached_property
    def source(self) -> Mapping[str, Source]:
        return by_key(self.sources)

    @cached_property
    def kind(self) -> Mapping[str, CeilingKind]:
        return by_key(self.kinds)

    @cached_property
    def level(self) -> Mapping[str, Level]:
        return by_key(self.levels)

    def level_of(self, group_level: str) -> str:
        """The level with a ceiling that a group falls under; empty where we know of none."""
        return next((one.key for one in self.levels if group_level in one.covers), "")

    def grades_of(self, group_level: str) -> tuple[int, ...]:
        """The years that a level of a group holds; nothing where it does not tell."""
        known = self.level.get(self.level_of(group_level))
        return known.grades.get(group_level, ()) if known else ()

    def is_unclear(self, group_level: str) -> bool:
        """The level of the group says too little to know."""
        return group_level in self.unclear


@cache
def book() -> Book:
    """The file as it ships; a broken one stops the product in its tests."""
    path = settings.CONTENT_DIR / "costs" / "ceilings.yaml"
    return Book.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
