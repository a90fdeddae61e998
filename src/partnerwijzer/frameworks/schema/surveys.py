"""surveys.yaml: ready question sets for pupils, parents, colleagues, partners and others."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field

from partnerwijzer.frameworks.schema.base import (
    Count,
    Key,
    Keys,
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
from partnerwijzer.frameworks.words import Audience, Moment, QuestionKind


class ScaleOption(Part):
    """One rung of a scale; `band` says how it is counted beside other audiences."""

    value: Number
    band: Annotated[Key, Of("surveys.bands")]
    label: Text
    face: Key | None = None


class Kind(Part):
    """A kind of question; scales have fixed options."""

    key: QuestionKind
    options: tuple[ScaleOption, ...] = ()


class CoreQuestion(Part):
    """What everybody is asked, in words that suit them."""

    key: Key
    mission: tuple[Words, ...]
    label: Text
    meaning: Text


class Question(Part):
    """One question. `locked` words stay as they are, so that answers can be compared."""

    key: Key
    kind: QuestionKind
    text: Text
    help: Text | None = None  # a check asks it of ready sets
    locked: Yes
    core: Annotated[Key, Of("surveys.core_questions")] | None = None
    read_aloud: Text | None = None
    unknown: Yes = False
    optional: Yes = False
    separate_form: Yes = False
    options: tuple[Option, ...] = ()
    options_from: Annotated[Words, Of("*lists")] | None = None
    first: Keys = ()  # of a long list: what shows at once, the rest behind "more"
    later: Yes = False  # folded away on a page with all questions, for who has more time
    max_choices: Count | None = None
    max_length: Count | None = None
    when: tuple[SituationKey, ...] = ()


class Anonymous(Part):
    default: Yes
    may_change: Yes


class QuestionSet(Part):
    """A survey that can be used as it is."""

    key: Key
    audience: Audience
    levels: tuple[LevelKey, ...]
    moment: Moment
    mission: tuple[Words, ...]
    title: Text
    intro: Text
    thanks: Text
    max_questions: Count
    anonymous: Anonymous
    minimum_answers: Annotated[int, Field(strict=True, ge=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    read_aloud_intro: Text | None = None
    share_question: Text | None = None

    @cached_property
    def question(self) -> Mapping[str, Question]:
        return by_key(self.questions)


class Surveys(Part):
    meta: Meta
    question_kinds: tuple[Kind, ...]
    bands: tuple[Labelled, ...]
    unknown_label: Text
    text_warning: Text
    core_questions: tuple[CoreQuestion, ...]
    sets: tuple[QuestionSet, ...]

    @cached_property
    def question_kind(self) -> Mapping[str, Kind]:
        return by_key(self.question_kinds)

    @cached_property
    def band(self) -> Mapping[str, Labelled]:
        return by_key(self.bands)

    @cached_property
    def core_question(self) -> Mapping[str, CoreQuestion]:
        return by_key(self.core_questions)

    @cached_property
    def set(self) -> Mapping[str, QuestionSet]:
        return by_key(self.sets)
