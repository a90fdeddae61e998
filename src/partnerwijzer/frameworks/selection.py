"""Which criteria, agreement blocks and questions belong to a case. Pure: content and case in,
lists out, always in the order of the content.

One rule throughout: what is not known yet adds nothing. An unanswered situation shows no criteria;
that it is unanswered is what conclusion.gate() asks about.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from partnerwijzer.frameworks.schema import (
    Applies,
    Block,
    Content,
    Criterion,
    Outcome,
    Question,
    QuestionSet,
    Situation,
)
from partnerwijzer.frameworks.words import CooperationKind, GateKey, Result, ScreeningKey


@dataclass(frozen=True)
class Case:
    """What the rules need to know of a dossier.

    kind: one-off or structural; anything else is a ValueError.
    situations: the yes/no questions; None or absent is "not answered yet".
    duty: what the council has to hear; None as long as the council tree has not been walked.
    triggers: optional_triggers of the agreement that hold (several-partners, grant, research).
    outcomes: tree -> outcomes, of the trees that were walked; of one that is walked for each
        person, the outcome of each.
    unasked: trees about a partner that were walked for some of the partners -> for whom not yet.
    stale: trees whose facts changed since they were walked.
    unnoted: trees with an outcome of which a day still has to be written down.
    """

    kind: str
    levels: Collection[str] = ()
    themes: Collection[str] = ()
    situations: Mapping[str, bool | None] = field(default_factory=dict)
    duty: str | None = None
    partner_kinds: Collection[str] = ()
    triggers: Collection[str] = ()
    outcomes: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    unasked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stale: Collection[str] = ()
    unnoted: Collection[str] = ()

    def __post_init__(self) -> None:
        CooperationKind(self.kind)

    def is_so(self, situation: str) -> bool:
        return self.situations.get(situation) is True

    def outcomes_of(self, tree: str) -> tuple[str, ...]:
        """The outcomes of a tree, none where it was not walked."""
        found = self.outcomes.get(tree, ())
        return (found,) if isinstance(found, str) else found


def applicable(content: Content, case: Case) -> list[Criterion]:
    """The criteria that this case asks, in the order of the steps."""
    reach = reach_of(content, case.levels)
    order = {step.key: step.order for step in content.framework.steps}
    found = [c for c in content.framework.criteria if _applies(c.applies, case, reach)]
    return sorted(found, key=lambda criterion: order[criterion.step])


def light(content: Content, case: Case) -> list[Criterion]:
    """The short list. What is essential for this case is never left out."""
    return at(content, case, ScreeningKey.LIGHT)


def at(content: Content, case: Case, screening: str) -> list[Criterion]:
    """The criteria of a light, normal or full screening. Essential ones are in each.

    Normal adds to light what the content marks so, and what is asked only in a case like this
    one: it appeared because it matters here.
    """
    every = applicable(content, case)
    if screening == ScreeningKey.FULL:
        return every
    if screening == ScreeningKey.NORMAL:
        return [c for c in every if c.light or c.essential or c.normal or _is_special(c.applies)]
    return [c for c in every if c.light or c.essential]


@dataclass(frozen=True)
class Why:
    """One reason why a criterion is asked here and not of everybody. `key` as in the content."""

    about: Literal["kind", "level", "theme", "situation", "duty"]
    key: str


def why(content: Content, case: Case, criterion: Criterion) -> list[Why]:
    """Why this criterion appeared; nothing where everybody is asked it."""
    applies = criterion.applies
    reach = reach_of(content, case.levels)
    found: list[Why] = []
    if len(applies.kind) == 1 and case.kind in applies.kind:
        found.append(Why("kind", case.kind))
    found += [Why("level", level) for level in applies.levels if level in reach]
    found += [Why("theme", theme) for theme in applies.themes if theme in case.themes]
    found += [Why("situation", key) for key in applies.when if case.is_so(key)]
    found += [Why("duty", duty) for duty in applies.duty if duty == case.duty]
    return found


def blocks(content: Content, case: Case, *, short: bool = False) -> list[Block]:
    """The agreement blocks for this case; `short` gives the note for a single lesson."""
    reach = reach_of(content, case.levels)
    named, decided = _outcomes(content, case)
    return [
        block
        for block in content.agreement.blocks
        if (block.short or not short)
        and (block.key in named or (block.tree not in decided and _block_fits(block, case, reach)))
    ]


def question_sets(
    content: Content,
    *,
    audience: str | None = None,
    levels: Iterable[str] = (),
    moment: str | None = None,
) -> list[QuestionSet]:
    """Ready surveys for an audience and a moment, the ones made for these very levels first.

    Without levels all that fit audience and moment.
    """
    levels = list(levels)
    reach = reach_of(content, levels)
    found = [
        s
        for s in content.surveys.sets
        if (audience is None or s.audience == audience)
        and (moment is None or s.moment == moment)
        and (not levels or reach.intersection(s.levels))
    ]
    return sorted(found, key=lambda s: _distance(content, s.levels, levels))


def questions(survey: QuestionSet, case: Case) -> list[Question]:
    """The questions of a set that this case asks."""
    return [q for q in survey.questions if not q.when or any(map(case.is_so, q.when))]


def unanswered(content: Content, case: Case) -> list[Situation]:
    """The situations that nobody said yes or no to."""
    return [s for s in content.framework.situations if case.situations.get(s.key) is None]


def suggested_situations(content: Content, case: Case) -> list[str]:
    """Situations that the kind of partner or the theme makes likely, and that are unanswered."""
    kinds, themes = content.vocab.partner_kind, content.vocab.theme
    raised = {kinds[k].raises_situation for k in case.partner_kinds if k in kinds}
    if any(themes[t].sensitive for t in case.themes if t in themes):
        raised.add("sensitive-theme")
    return [s.key for s in unanswered(content, case) if s.key in raised]


def reach_of(content: Content, levels: Iterable[str]) -> frozenset[str]:
    """The levels themselves, what they are part of, and what is part of them.

    A level covers its children; and a dossier that only says "primary" may mean any grade of it,
    so what holds for one grade is shown: rather one question too many.
    """
    lines = content.vocab.lines
    return frozenset().union(*(lines[level] for level in levels if level in lines))


def _is_special(applies: Applies) -> bool:
    return bool(
        len(applies.kind) == 1 or applies.levels or applies.themes or applies.when or applies.duty
    )


def _applies(applies: Applies, case: Case, reach: frozenset[str]) -> bool:
    """One value of each field that is filled in has to match."""
    return (
        case.kind in applies.kind
        and (not applies.levels or not reach.isdisjoint(applies.levels))
        and (not applies.themes or not set(applies.themes).isdisjoint(case.themes))
        and (not applies.when or any(map(case.is_so, applies.when)))
        and (not applies.duty or case.duty in applies.duty)
    )


def _block_fits(block: Block, case: Case, reach: frozenset[str]) -> bool:
    return (
        _applies(block.applies, case, reach)
        and not any(map(case.is_so, block.not_when))
        and (block.optional_when is None or block.optional_when in case.triggers)
    )


def _outcomes(content: Content, case: Case) -> tuple[set[str], set[str]]:
    """The blocks that walked trees name, and the trees that decide about their own block.

    A tree that ends in "ask further" decides nothing: until the answer is there, the situation
    does, so that no clause silently disappears.
    """
    named: set[str] = set()
    decided: set[str] = set()
    for tree_key in case.outcomes:
        for outcome in reached(content, case, tree_key):
            named.update(outcome.adds_blocks)
            if outcome.result is not Result.ASK_FURTHER:
                decided.add(tree_key)
    return named, decided


def reached(content: Content, case: Case, tree_key: str) -> list[Outcome]:
    """The outcomes that this release knows, of a tree that was walked."""
    tree = content.governance.tree.get(tree_key)
    known = tree.outcome if tree else {}
    return [known[key] for key in case.outcomes_of(tree_key) if key in known]


def needed_trees(content: Content, case: Case) -> dict[str, GateKey]:
    """The trees that this case has to walk, each with the first gate that asks for it.

    A tree is needed where its situation holds and a criterion of this case names it; the gates of
    these criteria say when. Trees without a situation may be walked, they are never needed.
    """
    order = list(GateKey)
    found: dict[str, GateKey] = {}
    asked = applicable(content, case)
    for tree in content.governance.trees:
        gates = [c.blocks_from for c in asked if tree.key in c.trees]
        if gates and tree.situation and case.is_so(tree.situation):
            found[tree.key] = min(gates, key=order.index)
    return found


def _distance(content: Content, named: Iterable[str], levels: list[str]) -> int:
    """0: made for one of these levels itself; 1: for what it is part of; 2: for a part of it."""
    ancestry = content.vocab.ancestry
    above = {up for level in levels for up in ancestry.get(level, ())}
    if not levels or set(named).intersection(levels):
        return 0
    return 1 if above.intersection(named) else 2
