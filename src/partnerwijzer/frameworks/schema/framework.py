"""framework.yaml: steps, points of attention, criteria, gates and sources."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from partnerwijzer.frameworks.schema.base import (
    Applies,
    Count,
    Key,
    Labelled,
    Meta,
    Number,
    Of,
    Part,
    Sourced,
    Text,
    TreeKey,
    Words,
    Yes,
    by_key,
)
from partnerwijzer.frameworks.words import (
    ConclusionKey,
    GateKey,
    JudgementKey,
    Requirement,
    ScreeningKey,
    StatusKey,
    StepKey,
)


class Source(Part):
    """Where a fact comes from: a law, a page, or our own work."""

    key: Key
    name: Text
    url: Words | None = None


class Situation(Part):
    """A yes/no question at the start of a dossier."""

    key: Key
    question: Text
    help: Text


class Step(Part):
    key: StepKey
    order: Number
    mission: tuple[Words, ...]
    title: Text
    purpose: Text
    ready_when: tuple[Text, ...]
    usually_involved: tuple[Text, ...]


class AttentionPoint(Sourced):
    """Holds in every cooperation (K1 to K6)."""

    key: Key
    mission: tuple[Words, ...]
    title: Text
    consequence: Text
    blocks_positive_decision: Yes
    stops_when: Text


class Status(Part):
    key: StatusKey
    label: Text
    meaning: Text


class Judgement(Part):
    key: JudgementKey
    order: Number
    label: Text
    meaning: Text
    reason_required: Yes
    proof_required: Yes


class ConclusionText(Part):
    key: ConclusionKey
    label: Text
    rule: Text


class EvidenceKind(Part):
    """What was laid beside a criterion; words of the organisation itself are no proof."""

    key: Key
    label: Text
    counts_as_proof: Yes
    help: Text


class Gate(Part):
    """What must be there before what."""

    key: GateKey
    requires: tuple[Requirement, ...]
    title: Text
    rule: Text
    explanation: Text


class Screening(Part):
    """One of the three measures of the same framework, in words."""

    key: ScreeningKey
    label: Text
    meaning: Text


class Pair(Part):
    """What was answered on theirs counts for ours, wholly or in part.

    back: ours counts for theirs as well. Not said: only where they cover each other wholly.
    """

    theirs: Key
    ours: Annotated[Key, Of("framework.criteria")]
    covers: Literal["whole", "part"] = "whole"
    back: Yes | None = None
    note: Text | None = None

    @property
    def both_ways(self) -> bool:
        return self.covers == "whole" if self.back is None else self.back


class MappedFramework(Part):
    """What was answered in another framework counts in this one (see frameworks.mapping)."""

    framework: Key
    pairs: tuple[Pair, ...]
    note: Text | None = None


class BlockerWhen(Part):
    """The judgements that stop a gate, and the reason that is shown."""

    judgements: Annotated[tuple[JudgementKey, ...], Field(min_length=1)]
    text: Text


class Criterion(Sourced):
    """One question of the screening, with guidance and typical evidence.

    about_school: the answer is about the school itself and holds whoever the partner is; else an
    answer in the first step is about the partners that the dossier had then.
    """

    key: Key
    step: StepKey
    mission: tuple[Words, ...]
    rubrics: tuple[Annotated[Key, Of("framework.rubrics")], ...]
    question: Text
    guidance: Text
    typical_evidence: Annotated[tuple[Text, ...], Field(min_length=1)]
    claim_is_not_enough: Text
    essential: Yes
    gate: GateKey | None
    blocker_when: BlockerWhen | None
    applies: Applies
    light: Yes
    attention_point: Key | None = None
    partner_question: Text | None = None
    vision_texts: Yes = False
    trees: tuple[TreeKey, ...] = ()
    ladder: Literal["grounding"] | None = None
    second_reader: Yes = False
    normal: Yes = False
    about_school: Yes = False

    @property
    def blocks_from(self) -> GateKey:
        """The first gate that a blocking judgement on this criterion stops."""
        return self.gate or GateKey.POSITIVE_DECISION

    def blocked_by(self, judgement: str | None) -> bool:
        return self.blocker_when is not None and judgement in self.blocker_when.judgements


class Framework(Part):
    meta: Meta
    sources: tuple[Source, ...]
    situations: tuple[Situation, ...]
    steps: tuple[Step, ...]
    attention_points: tuple[AttentionPoint, ...]
    statuses: tuple[Status, ...]
    judgements: tuple[Judgement, ...]
    conclusions: tuple[ConclusionText, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
    gates: tuple[Gate, ...]
    rubrics: tuple[Labelled, ...]
    criteria: tuple[Criterion, ...]
    screenings: tuple[Screening, ...] = ()
    stale_after_months: Count = 0
    mappings: tuple[MappedFramework, ...] = ()

    @cached_property
    def source(self) -> Mapping[str, Source]:
        return by_key(self.sources)

    @cached_property
    def situation(self) -> Mapping[str, Situation]:
        return by_key(self.situations)

    @cached_property
    def step(self) -> Mapping[str, Step]:
        return by_key(self.steps)

    @cached_property
    def attention_point(self) -> Mapping[str, AttentionPoint]:
        return by_key(self.attention_points)

    @cached_property
    def status(self) -> Mapping[str, Status]:
        return by_key(self.statuses)

    @cached_property
    def judgement(self) -> Mapping[str, Judgement]:
        return by_key(self.judgements)

    @cached_property
    def conclusion(self) -> Mapping[str, ConclusionText]:
        return by_key(self.conclusions)

    @cached_property
    def evidence_kind(self) -> Mapping[str, EvidenceKind]:
        return by_key(self.evidence_kinds)

    @cached_property
    def gate(self) -> Mapping[str, Gate]:
        return by_key(self.gates)

    @cached_property
    def rubric(self) -> Mapping[str, Labelled]:
        return by_key(self.rubrics)

    @cached_property
    def screening(self) -> Mapping[str, Screening]:
        return by_key(self.screenings)

    @cached_property
    def criterion(self) -> Mapping[str, Criterion]:
        return by_key(self.criteria)
