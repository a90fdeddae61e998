"""agreement.yaml: text blocks with {fields} for the agreement between school and partner."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from partnerwijzer.frameworks.schema.base import (
    Applies,
    FieldKey,
    Key,
    Labelled,
    Meta,
    Of,
    Option,
    Part,
    SituationKey,
    Sourced,
    Text,
    TreeKey,
    Words,
    Yes,
    by_key,
)
from partnerwijzer.frameworks.words import FieldKind, FieldMark


class BlockField(Part):
    """What somebody fills in. A sentence with an empty optional field is not printed.

    `marks`: this day is the first or the last on which the agreement holds, or this names somebody.
    """

    key: FieldKey
    kind: FieldKind
    required: Yes
    label: Text
    options: tuple[Option, ...] = ()
    marks: FieldMark | None = None


class Block(Sourced):
    """One agreement in ready words."""

    key: Key
    group: Annotated[Key, Of("agreement.groups")]
    mission: tuple[Words, ...]
    required: Yes
    short: Yes
    title: Text
    text: Text
    fields: tuple[BlockField, ...]
    applies: Applies
    tree: TreeKey | None = None
    not_when: tuple[SituationKey, ...] = ()
    optional_when: Annotated[Key, Of("agreement.optional_triggers")] | None = None
    to_check: Text | None = None


class Agreement(Part):
    meta: Meta
    groups: tuple[Labelled, ...]
    blocks: tuple[Block, ...]
    optional_triggers: tuple[Labelled, ...]

    @cached_property
    def group(self) -> Mapping[str, Labelled]:
        return by_key(self.groups)

    @cached_property
    def block(self) -> Mapping[str, Block]:
        return by_key(self.blocks)

    @cached_property
    def optional_trigger(self) -> Mapping[str, Labelled]:
        return by_key(self.optional_triggers)
