"""factors.yaml: seven working factors, and the code list of what goes smoothly or not."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from partnerwijzer.frameworks.schema.base import (
    Count,
    Key,
    Labelled,
    Meta,
    Number,
    Of,
    Part,
    Sourced,
    Text,
    Words,
    by_key,
)


class ScaleStep(Part):
    value: Number
    label: Text


class Scale(Part):
    """How much one agrees with a statement."""

    key: Key
    options: tuple[ScaleStep, ...]
    unknown: Text


class FactorBand(Part):
    """Read on the median of each statement: the first band whose minimum all three reach."""

    key: Key
    rule: Text
    min_each: Number
    label: Text
    advice: Text


class Difference(Part):
    """When school and partner, or two partners, are shown as seeing it differently."""

    rule: Text
    min_points: Number
    advice: Text


class Statement(Part):
    """One thought, worded for the school and for the partner."""

    key: Key
    school: Text
    partner: Text


class WorkingFactor(Sourced):
    """What makes a cooperation work (W1 to W7)."""

    key: Key
    order: Number
    mission: tuple[Words, ...]
    title: Text
    strong: Text
    weak: Text
    statements: tuple[Statement, ...]
    actions_when_low: tuple[Text, ...]


class Factor(Part):
    """A code that is ticked as smooth or as difficult."""

    key: Key
    group: Annotated[Key, Of("factors.factor_groups")]
    about: Literal["partner", "school", "both"]
    working_factors: tuple[Annotated[Key, Of("factors.working_factors")], ...]
    smooth: Text
    difficult: Text
    explanation: Text


class Counting(Part):
    unit: Literal["school"]
    minimum_schools: Count
    explanation: Text


class Factors(Part):
    meta: Meta
    scale: Scale
    moments: tuple[Labelled, ...]
    bands: tuple[FactorBand, ...]
    difference: Difference
    working_factors: tuple[WorkingFactor, ...]
    factor_groups: tuple[Labelled, ...]
    factors: tuple[Factor, ...]
    counting: Counting

    @cached_property
    def factor(self) -> Mapping[str, Factor]:
        return by_key(self.factors)

    @cached_property
    def factor_group(self) -> Mapping[str, Labelled]:
        return by_key(self.factor_groups)

    @cached_property
    def working_factor(self) -> Mapping[str, WorkingFactor]:
        return by_key(self.working_factors)
