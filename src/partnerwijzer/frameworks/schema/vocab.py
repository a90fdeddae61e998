"""vocab.yaml: the lists to choose from."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from partnerwijzer.frameworks.schema.base import (
    Count,
    FieldKey,
    Key,
    Labelled,
    LevelKey,
    Meta,
    Number,
    Of,
    Option,
    Part,
    SituationKey,
    Text,
    Words,
    Yes,
    by_key,
)
from partnerwijzer.frameworks.words import DetailKind

Digits = Annotated[str, Field(pattern=r"^\d{2,7}$")]


class SuggestedBy(Part):
    """Facts of the register that make the product suggest a kind. Codes count from their start."""

    nace_2025: tuple[Digits, ...] = ()
    legal_forms: tuple[Digits, ...] = ()


class Explained(Part):
    """A word with what it stands for."""

    key: Key
    mission: tuple[Words, ...]
    label: Text
    help: Text


class PartnerKind(Explained):
    group: Annotated[Key, Of("vocab.partner_groups")]
    suggested_by: SuggestedBy = SuggestedBy()
    raises_situation: SituationKey | None = None


class ImpactLevel(Explained):
    example: Text


class Detail(Part):
    """Something that belongs to a moment of a working form. `before` is told to the partner too.

    `needed`: until it is there, the page of the moment says that it is open. `of`: of kind moments,
    the working forms that can be chosen; empty is any. `personal`: it is about one person, so it
    does not go along to a new school year.
    """

    key: FieldKey
    moment: Literal["before", "after"]
    kind: DetailKind
    label: Text
    help: Text | None = None
    needed: Yes = False
    personal: Yes = False
    options: tuple[Option, ...] = ()
    of: tuple[Annotated[Key, Of("vocab.working_forms")], ...] = ()

    @cached_property
    def option(self) -> Mapping[str, Option]:
        return by_key(self.options)


class WorkingForm(Explained):
    for_pupils: Yes
    fields: tuple[Detail, ...] = ()


class Theme(Part):
    key: Key
    label: Text
    sensitive: Yes
    key_competences: tuple[Number, ...]
    second_reader: Yes = False


class Level(Part):
    """A level of education. `branch`: which rules the trees follow; `ask` where that differs."""

    key: Key
    parent: LevelKey | None
    branch: Literal["basic", "other", "ask"]
    label: Text
    axis: Literal["domain", "grade"] | None = None


class Involvement(Explained):
    watch_out: Text


class GroundingRung(Part):
    key: Key
    rung: Count
    mission: tuple[Words, ...]
    label: Text
    meaning: Text
    proof_needed: Text


class IntensityRung(Part):
    key: Key
    rung: Count
    mission: tuple[Words, ...]
    label: Text
    meaning: Text


class Ballot(Part):
    """One position that can be taken."""

    key: Key
    label: Text
    meaning: Text
    effect: Literal["supports", "concern", "against", "blocks", "abstains"]
    reason: Literal["none", "asked", "required"]


class Silence(Part):
    """What it means when somebody does not answer: it always stands on the ballot.

    `no-answer`: no position, and no reason to wait. `after-reminder`: as that, once one reminder
    went and the last day passed. `waits`: the ballot stays open for them, and no yes is signed.
    `absent`: they did not take part.
    """

    counts_as: Literal["no-answer", "after-reminder", "waits", "absent"]
    text: Text


class Quorum(Part):
    """Which share of those asked has to answer, and what happens when they do not."""

    share: Annotated[float, Field(gt=0, le=1)]
    text: Text
    unmet: Text | None = None


class Interest(Part):
    """What it means when somebody who was asked has an interest: it stands on the ballot."""

    counts: Yes
    text: Text


class DecisionTemplate(Part):
    """A way to decide. `yes_when` is what `outcome_rule` says, for the program: when the ballot
    lets the head sign a yes."""

    key: Key
    mission: tuple[Words, ...]
    title: Text
    use_when: Text
    options: Annotated[tuple[Ballot, ...], Field(min_length=2)]
    silence: Silence
    outcome_rule: Text
    yes_when: Literal["head-decides", "no-block", "all-support", "more-for"] = "head-decides"
    interest: Interest | None = None
    hidden_until_closed: Literal["off", "optional", "on"]
    minimum_days: Count
    quorum: Quorum | None

    @property
    def label(self) -> Text:
        return self.title

    @cached_property
    def option(self) -> Mapping[str, Ballot]:
        return by_key(self.options)


class DecisionOutcome(Part):
    """What a head may decide. `needs_review`: its words promise a day to look again."""

    key: Key
    positive: Yes
    needs_conditions: Yes
    needs_review: Yes = False
    label: Text
    meaning: Text
    letter: Text | None = None


class ActivityRole(Explained):
    side: Literal["school", "partner", "other"]
    required: Yes
    minimum: Count
    required_when: tuple[SituationKey, ...] = ()


class CancellationReason(Part):
    key: Key
    side: Literal["school", "partner", "both", "nobody"]
    counts_as_experience: Yes
    label: Text
    needs_head: Yes = False


class RecognitionKind(Part):
    """Says apart what a recognition means and what it does not."""

    key: Key
    mission: tuple[Words, ...]
    label: Text
    says: Text
    does_not_say: Text


class Vocab(Part):
    meta: Meta
    partner_groups: tuple[Labelled, ...]
    partner_kinds: tuple[PartnerKind, ...]
    impact_levels: tuple[ImpactLevel, ...]
    working_forms: tuple[WorkingForm, ...]
    themes: tuple[Theme, ...]
    education_levels: tuple[Level, ...]
    parent_involvement: tuple[Involvement, ...]
    grounding_ladder: tuple[GroundingRung, ...]
    intensity: tuple[IntensityRung, ...]
    decision_templates: tuple[DecisionTemplate, ...]
    decision_outcomes: tuple[DecisionOutcome, ...]
    activity_roles: tuple[ActivityRole, ...]
    cancellation_reasons: tuple[CancellationReason, ...]
    recognition_kinds: tuple[RecognitionKind, ...]

    @cached_property
    def level(self) -> Mapping[str, Level]:
        return by_key(self.education_levels)

    @cached_property
    def theme(self) -> Mapping[str, Theme]:
        return by_key(self.themes)

    @cached_property
    def working_form(self) -> Mapping[str, WorkingForm]:
        return by_key(self.working_forms)

    @cached_property
    def partner_kind(self) -> Mapping[str, PartnerKind]:
        return by_key(self.partner_kinds)

    @cached_property
    def partner_group(self) -> Mapping[str, Labelled]:
        return by_key(self.partner_groups)

    @cached_property
    def decision_template(self) -> Mapping[str, DecisionTemplate]:
        return by_key(self.decision_templates)

    @cached_property
    def decision_outcome(self) -> Mapping[str, DecisionOutcome]:
        return by_key(self.decision_outcomes)

    @cached_property
    def activity_role(self) -> Mapping[str, ActivityRole]:
        return by_key(self.activity_roles)

    @cached_property
    def ancestry(self) -> Mapping[str, tuple[str, ...]]:
        """Each level with what it is part of, itself first."""
        return {key: self._upwards(key) for key in self.level}

    @cached_property
    def lines(self) -> Mapping[str, frozenset[str]]:
        """Each level with everything above and below it."""
        return {
            key: frozenset(up) | {other for other, line in self.ancestry.items() if key in line}
            for key, up in self.ancestry.items()
        }

    def _upwards(self, key: str) -> tuple[str, ...]:
        line = [key]
        while (parent := self.level[line[-1]].parent) and parent not in line:
            line.append(parent)
        return tuple(line)
