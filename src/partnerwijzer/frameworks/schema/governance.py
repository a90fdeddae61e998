"""governance.yaml: helper trees, topics and clocks of the school council."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from partnerwijzer.frameworks.schema.base import (
    DutyKey,
    FieldKey,
    Key,
    Keys,
    Meta,
    Of,
    Part,
    SituationKey,
    Sourced,
    Text,
    TreeKey,
    Words,
    Yes,
    by_key,
)
from partnerwijzer.frameworks.schema.vocab import Detail
from partnerwijzer.frameworks.words import (
    CooperationKind,
    DataRole,
    Fact,
    NeverStored,
    PeriodKey,
    Result,
    Stored,
)


class ResultLabel(Part):
    key: Result
    label: Text


class TreeGroup(Part):
    key: Key
    label: Text
    trees: tuple[TreeKey, ...]


class TreeOption(Part):
    """An answer: leads to a next question or to an outcome, never both.

    `known_as`: the values of the fact of its question that this answer stands for, besides its key.
    """

    key: Key
    known_as: Keys = ()
    label: Text
    next: Annotated[Key, Of("^nodes")] | None = None
    outcome: Annotated[Key, Of("^outcomes")] | None = None
    branch: Literal["basic", "other"] | None = None


class Node(Sourced):
    """A question of a tree. `computed`: the fact that answers it, where the product knows it."""

    key: Key
    question: Text
    help: Text
    options: tuple[TreeOption, ...]
    computed: Fact | None = None
    topics: Yes = False

    @cached_property
    def option(self) -> Mapping[str, TreeOption]:
        return by_key(self.options)

    def answer_for(self, value: str) -> TreeOption | None:
        """The answer that a value of the fact stands for; None where it leaves it open."""
        return next((o for o in self.options if value == o.key or value in o.known_as), None)


class Outcome(Sourced):
    """Where a tree ends. `to_note`: the day that still has to be written down, by the head where
    `noted_by` says so; until then the outcome is not complete."""

    key: Key
    result: Result
    text: Text
    adds_blocks: tuple[Annotated[Key, Of("agreement.blocks")], ...] = ()
    duty: DutyKey | None = None
    clock: Annotated[Key, Of("governance.clocks")] | None = None
    check: Literal["not-needed", "statement", "check-by-head", "unclear"] | None = None
    to_note: Text | None = None
    noted_by: Literal["staff", "head"] = "staff"
    data_role: DataRole | None = None


class Tree(Part):
    """A helper that asks on until it knows. It never decides in place of the school.

    `per`: walked once for the dossier, or for each partner, or for each person of a partner.
    `uses`: what an operator enters and this tree leans on. `stores`, `never_stores`: what whoever
    walks it reads about what is kept.
    """

    key: Key
    situation: SituationKey | None
    mission: tuple[Words, ...]
    title: Text
    purpose: Text
    start: Annotated[Key, Of("^nodes")]
    nodes: tuple[Node, ...]
    outcomes: tuple[Outcome, ...]
    per: Literal["dossier", "partner", "person"] = "dossier"
    uses: tuple[Annotated[Key, Of("governance.operator_data")], ...] = ()
    stores: tuple[Stored, ...] = ()
    never_stores: tuple[NeverStored, ...] = ()

    @cached_property
    def node(self) -> Mapping[str, Node]:
        return by_key(self.nodes)

    @cached_property
    def outcome(self) -> Mapping[str, Outcome]:
        return by_key(self.outcomes)


class CouncilTopic(Sourced):
    key: Key
    label: Text
    duty: DutyKey
    article: Words | None
    default_for: tuple[CooperationKind, ...]
    note: Text | None = None
    always: Yes = False


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


class CouncilSection(Part):
    """A group that sits in a body ("geleding"). `named`: whether names of its members are kept."""

    key: Key
    label: Text
    named: Yes


class CouncilBody(Sourced):
    """A kind of body. `consults`: a draft decision is discussed there. `default_for`: kinds of
    schools (School.kind) that usually have it. `must_sit`: groups that have a seat in it,
    `must_sit_secondary`: in a secondary school besides. `mandate_years`: how long a seat lasts."""

    key: Key
    label: Text
    help: Text
    sections: tuple[Annotated[Key, Of("governance.council_sections")], ...]
    equal_sections: Yes
    consults: Yes
    default_for: Keys = ()
    must_sit: tuple[Annotated[Key, Of("governance.council_sections")], ...] = ()
    must_sit_secondary: tuple[Annotated[Key, Of("governance.council_sections")], ...] = ()
    mandate_years: Annotated[int, Field(strict=True, ge=1)] | None = None


class Disagreement(Sourced):
    """What is said when the council does not agree."""

    text: Text


class ClockSuspension(Sourced):
    key: Key
    label: Text


class Period(Sourced):
    """A number of days that a rule counts."""

    key: PeriodKey
    days: Annotated[int, Field(strict=True, ge=1)]
    label: Text


class ResearchRules(Sourced):
    """What is asked before a moment of research: for these working forms, of which partners the
    page is offered, the fields, and what the school has to look up. `approved_from` and
    `approved_until`: fields that are days; a moment outside them is not approved."""

    working_forms: tuple[Annotated[Key, Of("vocab.working_forms")], ...]
    partner_kinds: tuple[Annotated[Key, Of("vocab.partner_kinds")], ...] = ()
    fields: tuple[Detail, ...]
    approved_from: FieldKey | None = None
    approved_until: FieldKey | None = None
    to_check: Text | None = None


class OperatorData(Part):
    """What an operator enters: never fixed in the content."""

    key: Key
    label: Text
    used_by: tuple[TreeKey, ...]


class NoteTopic(Sourced):
    """What an organisation tells a volunteer before the start. `text`: the words to begin with."""

    key: Key
    label: Text
    help: Text
    text: Text


class Governance(Part):
    meta: Meta
    results: tuple[ResultLabel, ...]
    groups: tuple[TreeGroup, ...]
    trees: tuple[Tree, ...]
    council_topics: tuple[CouncilTopic, ...]
    duties: tuple[Duty, ...]
    clocks: tuple[Clock, ...]
    clock_suspension: ClockSuspension
    council_sections: tuple[CouncilSection, ...] = ()
    council_bodies: tuple[CouncilBody, ...] = ()
    council_disagreement: Disagreement | None = None
    operator_data: tuple[OperatorData, ...]
    research: ResearchRules | None = None
    periods: tuple[Period, ...] = ()
    volunteer_note: tuple[NoteTopic, ...] = ()

    @cached_property
    def result(self) -> Mapping[str, ResultLabel]:
        return by_key(self.results)

    @cached_property
    def tree(self) -> Mapping[str, Tree]:
        return by_key(self.trees)

    @cached_property
    def period(self) -> Mapping[str, Period]:
        return by_key(self.periods)

    @cached_property
    def council_topic(self) -> Mapping[str, CouncilTopic]:
        return by_key(self.council_topics)

    @cached_property
    def council_section(self) -> Mapping[str, CouncilSection]:
        return by_key(self.council_sections)

    @cached_property
    def council_body(self) -> Mapping[str, CouncilBody]:
        return by_key(self.council_bodies)

    @cached_property
    def duty(self) -> Mapping[str, Duty]:
        return by_key(self.duties)

    @cached_property
    def clock(self) -> Mapping[str, Clock]:
        return by_key(self.clocks)
