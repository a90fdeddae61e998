"""The shape of the framework content, checked by pydantic. Frozen: content never changes."""

from partnerwijzer.frameworks.schema.agreement import Agreement, Block, BlockField
from partnerwijzer.frameworks.schema.base import Applies, Labelled, Meta, Option, Part, Text
from partnerwijzer.frameworks.schema.content import FILES, Content
from partnerwijzer.frameworks.schema.factors import Factor, Factors, WorkingFactor
from partnerwijzer.frameworks.schema.framework import (
    AttentionPoint,
    Criterion,
    EvidenceKind,
    Framework,
    Gate,
    Judgement,
    MappedFramework,
    Pair,
    Screening,
    Situation,
    Step,
)
from partnerwijzer.frameworks.schema.governance import (
    Governance,
    Node,
    Outcome,
    Tree,
    TreeOption,
)
from partnerwijzer.frameworks.schema.surveys import Question, QuestionSet, ScaleOption, Surveys
from partnerwijzer.frameworks.schema.vocab import (
    Ballot,
    DecisionOutcome,
    DecisionTemplate,
    Detail,
    Level,
    PartnerKind,
    Theme,
    Vocab,
    WorkingForm,
)

__all__ = [
    "FILES",
    "Agreement",
    "Applies",
    "AttentionPoint",
    "Ballot",
    "Block",
    "BlockField",
    "Content",
    "Criterion",
    "DecisionOutcome",
    "DecisionTemplate",
    "Detail",
    "EvidenceKind",
    "Factor",
    "Factors",
    "Framework",
    "Gate",
    "Governance",
    "Judgement",
    "Labelled",
    "Level",
    "MappedFramework",
    "Meta",
    "Node",
    "Option",
    "Outcome",
    "Pair",
    "Part",
    "PartnerKind",
    "Question",
    "QuestionSet",
    "ScaleOption",
    "Screening",
    "Situation",
    "Step",
    "Surveys",
    "Text",
    "Theme",
    "Tree",
    "TreeOption",
    "Vocab",
    "WorkingFactor",
    "WorkingForm",
]
