"""What the council usually has to get about a cooperation, and why. Pure.

The topics and their duties are data (governance.yaml: council_topics; decree on participation,
art. 21 and 15 to 18, domain.md 4): a structural cooperation with an organisation from outside is
consulted on, other topics of the list too, a single activity is told. The school judges itself and
may depart from it; its answer and reason are kept.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from partnerwijzer.frameworks.schema.governance import CouncilTopic, Governance

NONE, INFORM, ADVICE, CONSULT = "none", "inform", "advice", "consult"
# From little to much; what is asked most decides.
ORDER = (NONE, INFORM, ADVICE, CONSULT)


@dataclass(frozen=True)
class Proposal:
    """What the framework proposes.

    Attributes:
        duty: none, inform, advice or consult.
        because: the topics that ask for it.
        instead_of: what would have been asked without the waiver; empty where there is none.
    """

    duty: str
    because: tuple[CouncilTopic, ...] = ()
    instead_of: str = ""


def to_choose(governance: Governance) -> list[CouncilTopic]:
    """The topics that somebody ticks; the others hold for every cooperation."""
    return [topic for topic in governance.council_topics if not topic.always]


def proposed(
    governance: Governance, kind: str, topics: Collection[str] = (), *, waived: bool = False
) -> Proposal:
    """The usual duty.

    Args:
        kind: one-off or structural.
        topics: keys of what the cooperation touches, as the school sees it: each of these counts.
            What every cooperation touches counts for the kinds that the content names.
        waived: the council waived consultation as its own rules say: then it is informed.
    """
    asked = [t for t in governance.council_topics if _counts(t, kind, topics)]
    duty = max((t.duty for t in asked), key=ORDER.index, default=NONE)
    because = tuple(t for t in asked if t.duty == duty)
    if waived and duty == CONSULT:
        return Proposal(INFORM, because, instead_of=CONSULT)
    return Proposal(str(duty), because)


def raised(
    governance: Governance, kind: str, topics: Collection[str], *, waived: bool, before: str
) -> str:
    """The usual duty of now where it asks more than the school looked at when it judged; empty
    where it does not, or where nothing was usual.

    Args:
        before: the most of what was usual then and what the school chose.
    """
    now = proposed(governance, kind, topics, waived=waived).duty
    return now if before and ORDER.index(now) > ORDER.index(before) else ""


def said_by_tree(governance: Governance, runs: Iterable[tuple[str, str]]) -> str:
    """The duty to which the school walked in a tree; empty where it did not, or where the tree
    says something that is no duty of this dossier (an answer to advice of the council's own).

    Args:
        runs: key of the tree and of its outcome.
    """
    for key, end in runs:
        tree = governance.tree.get(key)
        outcome = tree.outcome.get(end) if tree else None
        if outcome is not None and outcome.duty in ORDER:
            return str(outcome.duty)
    return ""


@dataclass(frozen=True)
class Contradiction:
    """The tree and the judgement of the school say two things. `known`: the school judged with the
    tree's outcome before it, and wrote why."""

    tree: str
    judged: str
    known: bool


def contradiction(judged: str, tree: str, seen: str) -> Contradiction | None:
    """Where the two differ; None where they agree or one of both is silent.

    Args:
        judged: the duty as the school judges it.
        tree: what the tree says now.
        seen: what the tree said when the school judged.
    """
    if not judged or not tree or judged == tree:
        return None
    return Contradiction(tree, judged, known=seen == tree)


def _counts(topic: CouncilTopic, kind: str, topics: Collection[str]) -> bool:
    if topic.always:
        return kind in topic.default_for
    return topic.key in topics
