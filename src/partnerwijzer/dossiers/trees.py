"""The helper trees of a dossier: which matter, what came out, and whether that still holds."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.dossiers import agreement_text, derived
from partnerwijzer.dossiers.known_facts import Facts
from partnerwijzer.dossiers.models import Dossier, TreeRun
from partnerwijzer.frameworks import walking
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import (
    Block,
    BlockField,
    Content,
    Criterion,
    Node,
    Outcome,
    Tree,
    TreeOption,
)
from partnerwijzer.frameworks.walking import Walk
from partnerwijzer.frameworks.words import FieldKind, Result
from partnerwijzer.partners.models import Partner

TONES = {
    Result.ALLOWED: "ok",
    Result.WITH_CONDITIONS: "part",
    Result.NOT_ALLOWED: "no",
    Result.ASK_FURTHER: "todo",
}


@dataclass(frozen=True)
class Shown:
    """A run as the screen and the paper show it."""

    run: TreeRun
    tree: Tree
    outcome: Outcome
    walked: Walk
    label: str
    tone: str
    stale: bool
    # Whether the framework of the dossier has this tree and outcome; else those of the run's own.
    known: bool = True
    # What the framework of now makes of it, where that is something else than when it was walked.
    turned: str = ""
    # Whether it is about a partner who is no longer in the dossier: it counts for nothing.
    left: bool = False

    @property
    def to_note(self) -> bool:
        """The day that the outcome asks for is not there yet."""
        return not self.left and self.outcome.to_note is not None and self.run.noted_on is None

    @property
    def forbade(self) -> bool:
        """Whether it said so in the framework in which it was walked."""
        return self.run.result == Result.NOT_ALLOWED

    @property
    def forbids(self) -> bool:
        """Whether the answers that were given lead to it now."""
        found = self.walked.outcome
        return found is not None and found.result is Result.NOT_ALLOWED

    @property
    def named(self) -> str:
        """Its tree, and whom it is about."""
        return ": ".join(filter(None, (str(self.tree.title), self.subject)))

    @property
    def subject(self) -> str:
        """Whom it is about, without the name of a person; nothing where it is about the dossier."""
        person = person_words(self.run.number) if self.run.number else ""
        partner = self.run.partner.name if self.run.partner_id and self.run.partner else ""
        return ", ".join(filter(None, (person, partner)))


@dataclass(frozen=True)
class Branch:
    """A tree with its runs, in the list of a dossier."""

    tree: Tree
    needed: bool
    runs: tuple[Shown, ...]
    # Of a tree about a partner that was walked for some: for whom not yet.
    unasked: tuple[str, ...] = ()

    @property
    def counting(self) -> list[Shown]:
        """Without those about a partner who left."""
        return [run for run in self.runs if not run.left]

    @property
    def is_open(self) -> bool:
        undone = any(run.stale or run.to_note for run in self.counting)
        return self.needed and bool(undone or self.unasked or not self.counting)


def person_words(number: int) -> str:
    """How somebody is called whose name is not kept."""
    return _("persoon {number}").format(number=number)


@derived.once
def shown_runs(dossier: Dossier) -> list[Shown]:
    """The runs in the order of the content; then those that the framework of this dossier does
    not know (any more), as they were walked: an outcome that warned does not vanish by a move."""
    order = list(content_of(dossier.framework_id).governance.tree)
    rows = [shown(dossier, row) for row in dossier.tree_runs.all()]
    return sorted(
        rows, key=lambda r: (order.index(r.tree.key) if r.known else len(order), r.run.pk)
    )


def known_runs(dossier: Dossier) -> list[Shown]:
    """Those that the rules of the framework count with."""
    return [row for row in shown_runs(dossier) if row.known]


def counting_runs(dossier: Dossier, partner: int | None = None) -> list[Shown]:
    """Those that say something now: about the dossier or a partner of now, not about one who left.

    Args:
        partner: the key of one of them, for what is about that partner or the dossier alone.
    """
    if partner is not None:
        return _runs_about(dossier, partner)
    return [row for row in known_runs(dossier) if not row.left]


def _runs_about(dossier: Dossier, partner: int) -> list[Shown]:
    """Those about one partner or the dossier. What a tree about partners said before it was known
    with whom, says nothing of one of several, nor beside what it says of this one."""
    rows = [row for row in known_runs(dossier) if row.run.partner_id in (None, partner)]
    several = len(dossier.partners.all()) > 1
    own = {row.tree.key for row in rows if row.run.partner_id and row.tree.per == "partner"}

    def of_anybody(row: Shown) -> bool:
        unnamed = row.run.partner_id is None and row.tree.per != "dossier"
        return unnamed and (several or row.tree.key in own)

    return [row for row in rows if not of_anybody(row)]


def unasked(dossier: Dossier, tree: Tree) -> tuple[str, ...]:
    """The partners for whom a tree about a partner was not walked, where it was for another.

    What was walked before it was known with whom says nothing of two of them.
    """
    partners = dossier.partners.all()
    rows = [r.run.partner_id for r in counting_runs(dossier) if r.tree.key == tree.key]
    if tree.per == "dossier" or not rows or len(partners) < 2:
        return ()
    return tuple(p.partner.name for p in partners if p.partner_id not in rows)


def knows(content: Content, run: TreeRun) -> bool:
    """Whether a release has the tree and the outcome of a run."""
    tree = content.governance.tree.get(run.tree)
    return tree is not None and run.outcome in tree.outcome


def shown(dossier: Dossier, run: TreeRun) -> Shown:
    """One run, in the words of the framework of the dossier; where that does not know its tree or
    outcome, of the framework that it was walked in."""
    content = content_of(dossier.framework_id)
    known = knows(content, run)
    content = content if known else content_of(run.framework_id)
    tree = content.governance.tree[run.tree]
    outcome = tree.outcome[run.outcome]
    left = _of_who_left(dossier, run)
    other = turned(content, run) if known and not left else ""
    return Shown(
        run=run,
        tree=tree,
        outcome=outcome,
        walked=walked_of(run, tree),
        label=str(content.governance.result[outcome.result].label),
        tone=TONES[outcome.result],
        stale=known and not left and (bool(other) or is_stale(dossier, run, tree)),
        known=known,
        turned=other,
        left=left,
    )


def turned(content: Content, run: TreeRun) -> str:
    """What a release that knows a run makes of it, then and now in words; nothing where it says
    the same as when the tree was walked. It asks to be walked again."""
    found = walked_of(run, content.governance.tree[run.tree]).outcome
    labels = content.governance.result
    then = labels[Result(run.result)].label
    if found is None:
        return _("toen ‘{then}’, nu vraagt de boom verder").format(then=then)
    if found.result != run.result:
        now = labels[found.result].label
        return _("toen ‘{then}’, nu ‘{now}’").format(then=then, now=now)
    if found.key != run.outcome:
        return _("toen en nu ‘{then}’, maar met andere uitleg").format(then=then)
    return ""


def _of_who_left(dossier: Dossier, run: TreeRun) -> bool:
    """Whether it is about a partner who is no longer in the dossier."""
    now = [p.partner_id for p in dossier.partners.all()]
    return run.partner_id is not None and run.partner_id not in now


def walked_of(run: TreeRun, tree: Tree) -> Walk:
    """The way that a run went; of a tree that names what it stores only where it ended."""
    if tree.stores:
        return Walk(tree, (), None, tree.outcome[run.outcome], 0)
    return walking.walk(tree, run.answers)


def is_stale(dossier: Dossier, run: TreeRun, tree: Tree) -> bool:
    """Whether the answers lead elsewhere in this release, or a fact on the way now says something
    else than what was answered. A fact that was overruled then, and did not change, is no news.

    Of a tree of which no answers are kept: whether no way leads to its outcome any more."""
    if tree.stores:
        return not run.overruled and not follows(dossier, tree, run.outcome, run.partner)
    walked = walking.walk(tree, run.answers)
    if walked.outcome is None or walked.outcome.key != run.outcome:
        return True
    facts = Facts(dossier, run.partner if run.partner_id else None)
    for turn in walked.turns:
        known = facts.of(turn.node)
        if known is None or known.value == run.facts.get(turn.node.key, ""):
            continue
        option = known.answers(turn.node)
        if option is not None and option.key != turn.option.key:
            return True
    return False


def follows(dossier: Dossier, tree: Tree, outcome: str, partner: Partner | None) -> bool:
    """Whether what is known leaves a way through the tree to this outcome."""
    facts = Facts(dossier, partner)

    def settled(node: Node) -> TreeOption | None:
        known = facts.of(node)
        return known.answers(node) if known else None

    return outcome in walking.reachable(tree, settled)


def forbidden_before(dossier: Dossier) -> list[str]:
    """What a tree forbade in an earlier framework and this one does not know or allows. It stops a
    yes until somebody takes the outcome away or walks it again: a move lifts no ban by itself."""
    gone = _(
        "‘{tree}’ zei in een eerder kader dat dit niet mag. "
        "Geldt dat niet meer, haal die uitkomst dan weg."
    )
    eased = _("‘{tree}’ zei in een eerder kader dat dit niet mag. Loop de boom opnieuw af.")
    before = [row for row in shown_runs(dossier) if row.forbade and not row.left]
    return [
        (eased if row.known else gone).format(tree=row.tree.title)
        for row in before
        if not row.known or (row.turned and not row.forbids and _matters(dossier, row.tree))
    ]


def _matters(dossier: Dossier, tree: Tree) -> bool:
    """A tree whose situation does not hold says nothing of this case."""
    return not tree.situation or dossier.situations.get(tree.situation) is not False


def for_case(dossier: Dossier, partner: int | None = None) -> dict[str, Any]:
    """What the rules of the framework need to know of the walked trees: see selection.Case."""
    rows = counting_runs(dossier, partner)
    outcomes: dict[str, tuple[str, ...]] = {}
    for row in rows:
        outcomes[row.tree.key] = (*outcomes.get(row.tree.key, ()), *_ends_of(row))
    return {
        "outcomes": outcomes,
        "unasked": {row.tree.key: unasked(dossier, row.tree) for row in rows},
        "stale": frozenset(row.tree.key for row in rows if row.stale),
        "unnoted": frozenset(row.tree.key for row in rows if row.to_note),
    }


def _ends_of(row: Shown) -> tuple[str, ...]:
    """Its outcome; with the one to which the same answers lead in this framework where that forbids
    what was allowed."""
    now = row.walked.outcome
    turned = row.turned and row.forbids and now is not None and now.key != row.outcome.key
    return (row.outcome.key, now.key) if turned and now is not None else (row.outcome.key,)


def blocks_brought(dossier: Dossier) -> list[tuple[Shown, Block]]:
    """The agreement blocks that each walked tree brings along."""
    blocks = content_of(dossier.framework_id).agreement.block
    return [(row, blocks[key]) for row in counting_runs(dossier) for key in row.outcome.adds_blocks]


def at_criterion(dossier: Dossier, criterion: Criterion) -> list[Branch]:
    """The trees that a criterion names, with what came out."""
    known = content_of(dossier.framework_id).governance.tree
    rows = known_runs(dossier) if criterion.trees else []
    return [
        Branch(known[key], False, tuple(r for r in rows if r.tree.key == key))
        for key in criterion.trees
        if key in known
    ]


def filled_in(dossier: Dossier, partner: Partner) -> dict[str, str]:
    """Blanks of the agreement with a partner that walked trees fill in: in each block that names
    a tree the outcome, the day that was noted, and the role with regard to data.

    Names of the values: agreement_text.field_name. Of a tree that was walked for several people
    the words of each outcome stand once, and the last day.
    """
    found: dict[str, str] = {}
    about = _runs_about(dossier, partner.pk)
    for block in content_of(dossier.framework_id).agreement.blocks:
        rows = [r for r in about if r.tree.key == block.tree]
        for field in block.fields:
            if rows and (value := _value_of(field, rows)):
                found[agreement_text.field_name(block, field.key)] = value
    return found


def _value_of(field: BlockField, rows: list[Shown]) -> str:
    if field.kind is FieldKind.TREE_OUTCOME:
        return "; ".join(dict.fromkeys(_in_words(row) for row in rows))
    if field.kind is FieldKind.DATE:
        days = [
            row.run.noted_on or timezone.localdate(row.run.walked_at)
            for row in rows
            if row.outcome.check
        ]
        days += [row.run.noted_on for row in rows if row.run.noted_on and not row.outcome.check]
        return max(days).isoformat() if days and field.key in DAYS else ""
    roles = {str(row.outcome.data_role) for row in rows if row.outcome.data_role}
    return next((o.key for o in field.options if o.key in roles), "")


# Blanks for a day that a tree asks to note; other days in the same block mean something else.
DAYS = ("check_date", "volunteer_date", "processing_date")


def _in_words(shown: Shown) -> str:
    """The outcome of a check as a clause says it; other trees by their result."""
    words = {
        "not-needed": "geen controle nodig",
        "statement": "de organisatie bevestigt dat ze de controle deed",
        "check-by-head": "de directie deed de controle",
        "unclear": "nog na te vragen",
    }
    return words.get(shown.outcome.check or "", shown.label)


def snapshot_of(dossier: Dossier) -> list[dict[str, Any]]:
    """What the record of a decision keeps of the walked trees, readable without the dossier.

    Of a tree that says what it stores (the check of who works with minors, domain.md 7.2) only
    that is there: outcome, day and who checked; neither who it was about nor what was answered.
    """
    return [
        {
            "title": row.tree.title.nl,
            "about": row.subject,
            "result": row.outcome.result,
            "label": row.label,
            "text": row.outcome.text.nl,
            "answers": [[t.node.question.nl, t.option.label.nl] for t in row.walked.turns],
            "to_check": [part.question.nl for part in _questions_in_doubt(row)],
            "verified": row.outcome.verified is not False,
            "by": str(row.run.walked_by) if row.run.walked_by_id else "",
            "on": timezone.localdate(row.run.walked_at).isoformat(),
            "noted_by": str(row.run.noted_by) if row.run.noted_by_id else "",
            "noted_on": row.run.noted_on.isoformat() if row.run.noted_on else "",
        }
        for row in shown_runs(dossier)
        if not row.left  # the record may go to the partner of now
    ]


def _questions_in_doubt(shown: Shown) -> list[Node]:
    return [part for part in walking.in_doubt(shown.walked) if isinstance(part, Node)]
