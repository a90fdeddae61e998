"""governance.yaml: helper trees, topics and clocks of the school council."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from partnerwijzer.frameworks.schema.base import (
    Key,
    Keys,
    Meta,
    Part,
    Sourced,
    Text,
    Words,
    Yes,
    by_key,
)
from partnerwijzer.frameworks.words import CooperationKind, Result


class ResultLabel(Part):
    key: Result
    label: Text


class TreeGroup(Part):
    key: Key
    label: Text
    trees: Keys


class TreeOption(Part):
    """An answer: leads to a next question or to an outcome, never both."""

    key: Key
    label: Text
    next: Key | None = None
    outcome: Key | None = None
    branch: Literal["basic", "other"] | None = None


class Node(Sourced):
    """A question of a tree. `computed`: the product can answer it from what an operator entered."""

    key: Key
    question: Text
    help: Text
    options: tuple[TreeOption, ...]
    computed: Key | None = None
    topics: Yes = False

    @cached_property
    def option(self) -> Mapping[str, TreeOption]:
        return by_key(self.options)


class Outcome(Sourced):
    key: Key
    result: Result
    text: Text
    adds_blocks: Keys = ()
    duty: Key | None = None
    clock: Key | None = None
    check: Literal["not-needed", "statement", "check-by-head", "unclear"] | None = None


class Tree(Part):
    """A helper that asks on until it knows. It never decides in place of the school."""

    key: Key
    situation: Key | None
    mission: tuple[Words, ...]
    title: Text
    purpose: Text
    start: Key
    nodes: tuple[Node, ...]
    outcomes: tuple[Outcome, ...]
    uses: Keys = ()
    stores: Keys = ()
    never_stores: Keys = ()

    @cached_property
    def node(self) -> Mapping[str, Node]:
        return by_key(self.nodes)

    @cached_property
    def outcome(self) -> Mapping[str, Outcome]:
        return by_key(self.outcomes)


class CouncilTopic(Sourced):
    key: Key
    label: Text
    duty: Key
    article: Words | None
    default_for: tuple[CooperationKind, ...]
    note: Text | None = None


class Duty(Part):
    key: Key
    label: Text
    meaning: Text


class Clock(Sourced):
    """A term in calendar days. `start` is said apart, for that was not verified."""

    key: Key
    days: Annotated[int, Field(strict=True, ge=1)]
    unit: Literal["calendar-days"]
    label: Text
    suspended_during: Key
    start: Text
    start_verified: Yes


class ClockSuspension(Sourced):
    key: Key
    label: Text


class OperatorData(Part):
    """What an operator enters: never fixed in the content."""

    key: Key
    label: Text
    used_by: Keys


class Governance(Part):
    meta: Meta
    results: tuple[ResultLabel, ...]
    groups: tuple[TreeGroup, ...]
    trees: tuple[Tree, ...]
    council_topics: tuple[CouncilTopic, ...]
    duties: tuple[Duty, ...]
    clocks: tuple[Clock, ...]
    clock_suspension: ClockSuspension
    operator_data: tuple[OperatorData, ...]

    @cached_property
    def result(self) -> Mapping[str, ResultLabel]:
        return by_key(self.results)

    @cached_property
    def tree(self) -> Mapping[str, Tree]:
        return by_key(self.trees)

    @cached_property
    def council_topic(self) -> Mapping[str, CouncilTopic]:
        return by_key(self.council_topics)

    @cached_property
    def duty(self) -> Mapping[str, Duty]:
        return by_key(self.duties)

    @cached_property
    def clock(self) -> Mapping[str, Clock]:
        return by_key(self.clocks)
