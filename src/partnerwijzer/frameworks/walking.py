"""Walking a helper tree: questions answered so far, the next one, or the outcome. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from partnerwijzer.frameworks.schema import Node, Outcome, Tree, TreeOption

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Turn:
    """A question of the way, with the answer that was given to it."""

    node: Node
    option: TreeOption


@dataclass(frozen=True)
class Walk:
    """How far one is in a tree. Exactly one of `next` and `outcome` is there.

    turns: the way so far, from the start.
    most_left: how many questions can still come at most, the next one included.
    """

    tree: Tree
    turns: tuple[Turn, ...]
    next: Node | None
    outcome: Outcome | None
    most_left: int

    @property
    def way(self) -> dict[str, str]:
        """The answers that led here, by question."""
        return {turn.node.key: turn.option.key for turn in self.turns}


def walk(tree: Tree, answers: Answers) -> Walk:
    """As far as the answers lead.

    Answers to questions that are not on the way are left alone, so that who changes an earlier
    answer keeps those later ones that still hold. An answer that the tree does not know counts as
    none.
    """
    turns: list[Turn] = []
    key = tree.start
    while True:
        node = tree.node[key]
        option = node.option.get(answers.get(key, ""))
        if option is None:
            return Walk(tree, tuple(turns), node, None, longest(tree, key))
        turns.append(Turn(node, option))
        if option.outcome is not None:
            return Walk(tree, tuple(turns), None, tree.outcome[option.outcome], 0)
        key = option.next or ""


def known_answers(tree: Tree, answers: Answers) -> dict[str, str]:
    """Those answers that this tree has a question and an option for."""
    return {
        key: answer
        for key, answer in answers.items()
        if key in tree.node and answer in tree.node[key].option
    }


def longest(tree: Tree, key: str) -> int:
    """How many questions the longest way from here has, this one included. Trees never go round
    (frameworks.checks.governance)."""
    ahead = (longest(tree, o.next) for o in tree.node[key].options if o.next is not None)
    return 1 + max(ahead, default=0)


def reachable(tree: Tree, settled: Callable[[Node], TreeOption | None]) -> set[str]:
    """The outcomes that a way leads to, where some questions are settled: those have one answer,
    all others any."""
    found: set[str] = set()
    ahead, seen = [tree.start], {tree.start}
    while ahead:
        node = tree.node[ahead.pop()]
        only = settled(node)
        for option in (only,) if only is not None else node.options:
            if option.outcome is not None:
                found.add(option.outcome)
            elif option.next is not None and option.next not in seen:
                seen.add(option.next)
                ahead.append(option.next)
    return found


def in_doubt(walked: Walk) -> list[Node | Outcome]:
    """Questions of the way, and the outcome, whose rule was not verified: to be checked."""
    parts: Iterable[Node | Outcome] = [turn.node for turn in walked.turns]
    ends = [walked.outcome] if walked.outcome else []
    return [part for part in (*parts, *ends) if part.verified is False]


def sources(walked: Walk) -> list[str]:
    """Keys of the sources of the way and of the outcome, each once; own work is no source."""
    parts: list[Node | Outcome] = [turn.node for turn in walked.turns]
    parts += [walked.outcome] if walked.outcome else []
    named = dict.fromkeys(key for part in parts for key in part.source)
    return [key for key in named if key != "own"]
