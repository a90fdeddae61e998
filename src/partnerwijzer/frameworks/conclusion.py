"""What the answers come down to, and what a gate still misses. Pure: no database, no request.

Four conclusions, worst first: a blocker, something essential missing, a warning, fine. The first
that holds is shown, with its reasons. A judgement counts as soon as it is given, also while its
criterion is still being worked on: a doubt does not wait.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.schema import Content, Criterion, Text
from partnerwijzer.frameworks.selection import (
    Case,
    applicable,
    needed_trees,
    reached,
    unanswered,
)
from partnerwijzer.frameworks.words import (
    ConclusionKey,
    GateKey,
    JudgementKey,
    Requirement,
    Result,
    StatusKey,
)

PASSED_IN_ORDER = tuple(GateKey)
WORRIES = (JudgementKey.PARTLY, JudgementKey.NOT_IN_ORDER)


@dataclass(frozen=True)
class Answer:
    """What somebody found about one criterion.

    proof_count: pieces of evidence of a kind that counts as proof.
    judgement: None (or "") as long as there is none.
    """

    status: str = StatusKey.TO_DO
    judgement: str | None = None
    proof_count: int = 0
    has_reason: bool = True


Answers = Mapping[str, Answer]
UNANSWERED = Answer()


@dataclass(frozen=True)
class Reason:
    """One thing that stands in the way or asks for care, in words for people.

    about: what `key` is the key of.
    """

    about: Literal["criterion", "situation", "requirement", "tree"]
    key: str
    words: str
    kind: ConclusionKey

    @property
    def criterion(self) -> str:
        """The key of the criterion, empty where it is about something else."""
        return self.key if self.about == "criterion" else ""

    @property
    def tree(self) -> str:
        """The key of the helper tree, empty where it is about something else."""
        return self.key if self.about == "tree" else ""


@dataclass(frozen=True)
class Conclusion:
    """What is shown, with the reasons for it; `others` are less serious and stand below."""

    kind: ConclusionKey
    label: Text
    rule: Text
    reasons: tuple[Reason, ...]
    others: tuple[Reason, ...]


@dataclass(frozen=True)
class Flaw:
    """Why an answer cannot be kept like this; `field` is where to say so."""

    field: Literal["status", "judgement", "reason", "proof"]
    words: str


def problems_of(content: Content, answer: Answer) -> list[Flaw]:
    """What is missing before an answer may be called done. While it is busy nothing is asked:
    until it is done, a judgement "in order" counts for nothing."""
    flaws = []
    judgement = content.framework.judgement.get(answer.judgement or "")
    done = answer.status == StatusKey.DONE
    if answer.judgement and judgement is None:
        flaws.append(Flaw("judgement", _("Dit oordeel bestaat niet in dit kader.")))
    if answer.judgement and answer.status == StatusKey.TO_DO:
        flaws.append(Flaw("status", _("Er is al een oordeel: kies ‘bezig’ of ‘klaar’.")))
    if done and not answer.judgement:
        flaws.append(Flaw("judgement", _("Kies een oordeel, of zet dit op ‘bezig’.")))
    if done and judgement and judgement.proof_required and not answer.proof_count:
        flaws.append(Flaw("proof", _in_order_needs_proof()))
    if done and judgement and judgement.reason_required and not answer.has_reason:
        flaws.append(Flaw("reason", _("Schrijf in een zin waarom je dit vindt.")))
    return flaws


def _in_order_needs_proof() -> str:
    return _(
        "‘In orde’ vraagt een bewijs. Voeg een link, een bestand of een gegeven uit het register"
        " toe, of kies een ander oordeel. Woorden van de organisatie zelf zijn geen bewijs."
    )


def conclude(content: Content, case: Case, answers: Answers) -> Conclusion:
    """What the screening says before a decision."""
    found = [
        *_blockers(content, case, answers, GateKey.POSITIVE_DECISION),
        *_missing(content, case, answers, GateKey.POSITIVE_DECISION),
        *_trees_open(content, case, GateKey.POSITIVE_DECISION),
        *_warnings(content, case, answers),
        *_trees_unsure(content, case),
        *_trees_contradicted(content, case),
    ]
    kind = min((r.kind for r in found), key=list(ConclusionKey).index, default=ConclusionKey.FINE)
    text = content.framework.conclusion[kind]
    return Conclusion(
        kind=kind,
        label=text.label,
        rule=text.rule,
        reasons=tuple(r for r in found if r.kind is kind),
        others=tuple(r for r in found if r.kind is not kind),
    )


def gate(
    content: Content,
    case: Case,
    answers: Answers,
    gate_key: str,
    met: Collection[str] = (),
) -> list[Reason]:
    """What is still missing before this gate opens; empty means it is open.

    met: requirements that the dossier itself knows to be met (words.Requirement): a positive
    decision, an agreement that both confirmed, a teacher for the activity, a colleague's
    evaluation, a choice for what comes next.
    """
    key = GateKey(gate_key)
    reasons: list[Reason] = []
    for requirement in content.framework.gate[key].requires:
        if requirement is Requirement.NO_BLOCKER:
            reasons += _blockers(content, case, answers, key)
        elif requirement is Requirement.ESSENTIAL_CRITERIA_DONE:
            reasons += _missing(content, case, answers, key)
        elif requirement is Requirement.TREES_WALKED:
            reasons += _trees_open(content, case, key)
        elif requirement not in met:
            words = _requirement(requirement)
            reasons.append(Reason("requirement", requirement, words, ConclusionKey.INCOMPLETE))
    return reasons


def complete(content: Content, answer: Answer) -> bool:
    """Done, with a judgement, and with proof where that judgement asks for it.

    The proof may have gone since: evidence can be withdrawn or expire.
    """
    judgement = content.framework.judgement.get(answer.judgement or "")
    return (
        answer.status == StatusKey.DONE
        and judgement is not None
        and (answer.proof_count > 0 or not judgement.proof_required)
    )


def _blockers(content: Content, case: Case, answers: Answers, key: GateKey) -> list[Reason]:
    """Answers that stop this gate or an earlier one."""
    passed = PASSED_IN_ORDER[: PASSED_IN_ORDER.index(key) + 1]
    return [
        Reason("criterion", c.key, str(c.blocker_when.text), ConclusionKey.BLOCKER)
        for c, answer in _asked(content, case, answers)
        if c.blocker_when and c.blocked_by(answer.judgement) and c.blocks_from in passed
    ] + [
        Reason("tree", tree, f"{title}: {words}", ConclusionKey.BLOCKER)
        for tree, title, words, gate_key in _forbidden(content, case)
        if gate_key in passed
    ]


def _forbidden(content: Content, case: Case) -> Iterable[tuple[str, str, str, GateKey]]:
    """Trees that end in "not allowed": key, title, what can be done, and the gate that it stops.

    A tree whose situation does not hold (any more) says nothing about this case.
    """
    needed = needed_trees(content, case)
    for key in case.outcomes:
        tree = content.governance.tree.get(key)
        if tree and (not tree.situation or case.situations.get(tree.situation) is not False):
            for outcome in reached(content, case, key):
                if outcome.result is Result.NOT_ALLOWED:
                    stops = needed.get(key, GateKey.POSITIVE_DECISION)
                    yield key, str(tree.title), str(outcome.text), stops


def _trees_open(content: Content, case: Case, key: GateKey) -> list[Reason]:
    """Trees that this gate asks for and that were not walked, or not since something changed."""
    found: list[Reason] = []
    if Requirement.TREES_WALKED not in content.framework.gate[key].requires:
        return found
    for tree_key, asked_at in needed_trees(content, case).items():
        if asked_at is key and (words := _why_open(case, tree_key)):
            names = ", ".join(case.unasked.get(tree_key, ()))
            text = words.format(title=content.governance.tree[tree_key].title, partners=names)
            found.append(Reason("tree", tree_key, text, ConclusionKey.INCOMPLETE))
    return found


def _why_open(case: Case, tree: str) -> str:
    if not case.outcomes_of(tree):
        return _("Nog af te lopen: de beslisboom ‘{title}’.")
    if case.unasked.get(tree):
        return _("Nog af te lopen voor {partners}: de beslisboom ‘{title}’.")
    if tree in case.stale:
        return _("Er veranderde iets. Loop de beslisboom ‘{title}’ opnieuw af.")
    if tree in case.unnoted:
        return _("Noteer nog de datum bij de beslisboom ‘{title}’.")
    return ""


def _trees_unsure(content: Content, case: Case) -> Iterable[Reason]:
    """Trees that end in "ask further": nobody knows yet whether it is allowed."""
    for key in needed_trees(content, case):
        if any(o.result is Result.ASK_FURTHER for o in reached(content, case, key)):
            words = _("{title}: dit moet je nog navragen.")
            title = content.governance.tree[key].title
            yield Reason("tree", key, words.format(title=title), ConclusionKey.WARNING)


def _trees_contradicted(content: Content, case: Case) -> Iterable[Reason]:
    """Trees that ended in "not allowed" while the starting question now says that it does not
    happen: it stops nothing, and who decides knows of it."""
    words = _(
        "‘{title}’ zei dat dit niet mag, maar bij de startvragen staat nu dat het niet gebeurt. "
        "Geldt de uitkomst niet meer, haal ze dan weg."
    )
    for key in case.outcomes:
        tree = content.governance.tree.get(key)
        banned = any(o.result is Result.NOT_ALLOWED for o in reached(content, case, key))
        if tree and tree.situation and banned and case.situations.get(tree.situation) is False:
            yield Reason("tree", key, words.format(title=tree.title), ConclusionKey.WARNING)


def _missing(content: Content, case: Case, answers: Answers, key: GateKey) -> list[Reason]:
    """Situations without an answer, and essential criteria of this gate that are not complete."""
    kind = ConclusionKey.INCOMPLETE
    open_questions = [
        Reason(
            "situation",
            s.key,
            _("Nog niet beantwoord: {question}").format(question=s.question),
            kind,
        )
        for s in unanswered(content, case)
    ]
    return open_questions + [
        Reason("criterion", c.key, _why_missing(c, answer), kind)
        for c, answer in _asked(content, case, answers)
        if c.essential and c.gate is key and not complete(content, answer)
    ]


def _why_missing(criterion: Criterion, answer: Answer) -> str:
    if not answer.judgement:
        text = _("Nog geen oordeel: {question}")
    elif answer.status != StatusKey.DONE:
        text = _("Nog niet klaar: {question}")
    else:
        text = _("Zonder bewijs: {question}")
    return text.format(question=criterion.question)


def _warnings(content: Content, case: Case, answers: Answers) -> Iterable[Reason]:
    """What can go ahead, but with care: a partial or bad judgement, "in order" without proof."""
    for criterion, answer in _asked(content, case, answers):
        judgement = content.framework.judgement.get(answer.judgement or "")
        if judgement is None:
            continue
        if criterion.blocked_by(answer.judgement):
            if criterion.blocks_from is not GateKey.POSITIVE_DECISION and criterion.blocker_when:
                yield _warning(criterion, str(criterion.blocker_when.text))
        elif judgement.key in WORRIES:
            yield _warning(criterion, f"{criterion.question} – {judgement.label}")
        elif judgement.proof_required and not answer.proof_count and not criterion.essential:
            yield _warning(criterion, _why_missing(criterion, answer))


def _warning(criterion: Criterion, words: str) -> Reason:
    return Reason("criterion", criterion.key, words, ConclusionKey.WARNING)


def _asked(content: Content, case: Case, answers: Answers) -> list[tuple[Criterion, Answer]]:
    return [(c, answers.get(c.key, UNANSWERED)) for c in applicable(content, case)]


def _requirement(requirement: Requirement) -> str:
    return {
        Requirement.POSITIVE_DECISION: _("Er is nog geen ‘ja’ beslist."),
        Requirement.AGREEMENT_CONFIRMED_BY_BOTH: _(
            "School en partner bevestigden nog niet allebei dezelfde afspraken."
        ),
        Requirement.TEACHER_NAMED: _(
            "Bij deze activiteit staat nog geen leerkracht van de school."
        ),
        Requirement.RESEARCH_CLEARED: _(
            "Noteer eerst de ethische goedkeuring van het onderzoek en wie toestemming gaf."
        ),
        Requirement.COLLEAGUE_EVALUATION: _("Nog geen collega keek terug."),
        Requirement.FOLLOW_UP_CHOSEN: _("Kies nog: stoppen, aanpassen of verdergaan."),
    }[requirement]
