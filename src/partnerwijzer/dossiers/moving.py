"""What going over to another release would ask of a dossier. Pure: reads, changes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.authoring import content as asked_content
from partnerwijzer.authoring.models import SchoolCriteria
from partnerwijzer.dossiers import beside, casework, leftover, read_before, trees
from partnerwijzer.dossiers.models import Assessment, Dossier, Evidence, SecondReading
from partnerwijzer.frameworks import compare, mapping, selection
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.frameworks.schema import Content, Criterion

# Old answers that are named; who wants all opens the dossier.
MOST = 3


@dataclass(frozen=True)
class Target:
    """Where a dossier can go: a release, and what the school adds to it."""

    framework: FrameworkVersion
    criteria: SchoolCriteria | None

    @property
    def content(self) -> Content:
        return asked_content.of(self.framework.pk, self.criteria.pk if self.criteria else None)


@dataclass(frozen=True)
class Carried:
    """An answer that counts for another criterion; `whole` where nobody has to look again.
    `note`: why it counts, in the words of the framework."""

    criterion: Criterion
    answer: Assessment
    question: str
    whole: bool
    note: str = ""


@dataclass(frozen=True)
class Preview:
    """What it asks.

    fresh: questions to answer that were not asked before.
    carried: those for which an old answer counts.
    changed: questions that were answered and say something else now.
    ruled: answered questions with other consequences (a gate, what it stops).
    gone: answers whose question is no longer asked; they stay readable.
    walked: outcomes of helper trees that the new release does not know; they stay, and go on
    stopping what they stopped.
    turned: walked trees of which the new release makes something else, with then and now in words.
    left: what was filled in in a note at blanks that the new release does not know; it is kept.
    lacks: what this dossier holds (kinds of evidence, ways to decide, outcomes) and the target does
    not know: then it cannot go over.
    """

    fresh: tuple[Criterion, ...]
    carried: tuple[Carried, ...]
    changed: tuple[compare.Change, ...]
    ruled: tuple[compare.Change, ...]
    gone: tuple[tuple[str, Assessment], ...]
    kept: int
    walked: tuple[trees.Shown, ...] = ()
    turned: tuple[tuple[trees.Shown, str], ...] = ()
    left: tuple[leftover.Left, ...] = ()
    lacks: tuple[str, ...] = ()


def answered(dossier: Dossier) -> dict[str, Assessment]:
    """What people wrote or judged in this dossier, by criterion."""
    rows = dossier.assessments.all()
    return {a.criterion: a for a in rows if a.judgement or a.argument.strip()}


def preview(dossier: Dossier, target: Target) -> Preview:
    """What a move to the target asks and keeps."""
    old, new = casework.content(dossier), target.content
    asked = selection.at(new, casework.case_of(dossier), dossier.screening)
    given = answered(dossier)
    counted = _carried(dossier, given, asked, target)
    before = {row.criterion.key for row in casework.asked_of(dossier)}
    done = {c.criterion.key for c in counted} | set(given)
    found = compare.compare(old, new)
    return Preview(
        fresh=tuple(c for c in asked if c.key not in done and c.key not in before),
        carried=tuple(counted),
        changed=tuple(c for c in found.reworded if c.asks_otherwise and c.new.key in given),
        ruled=tuple(c for c in found.ruled if c.new.key in given),
        gone=tuple(
            (question_of(a, old), a)
            for key, a in given.items()
            if key in old.framework.criterion and key not in new.framework.criterion
        ),
        walked=tuple(r for r in trees.known_runs(dossier) if not trees.knows(new, r.run)),
        turned=tuple(_turned(dossier, new)),
        kept=sum(c.key in given for c in asked),
        left=tuple(leftover.dropped(dossier, old, new)),
        lacks=_lacks(dossier, old, new),
    )


def _turned(dossier: Dossier, new: Content) -> Iterator[tuple[trees.Shown, str]]:
    for row in trees.shown_runs(dossier):
        if trees.knows(new, row.run) and (words := trees.turned(new, row.run)):
            yield row, words


def _lacks(dossier: Dossier, old: Content, new: Content) -> tuple[str, ...]:
    """Words of what is used here and is not in the new release."""
    decided = list(dossier.decisions.values_list("template", "outcome"))
    evidence = Q(dossier=dossier) | Q(assessments__dossier=dossier)
    rows = Evidence.objects.filter(evidence, removed_at=None)
    # A kind of another framework keeps its own words, here as there (casework.kind_of).
    kinds = {k for k in rows.values_list("kind", flat=True) if k in old.framework.evidence_kind}
    used: tuple[tuple[set[str], Mapping[str, Any], Mapping[str, Any]], ...] = (
        (kinds, old.framework.evidence_kind, new.framework.evidence_kind),
        ({t for t, _o in decided}, old.vocab.decision_template, new.vocab.decision_template),
        ({o for _t, o in decided if o}, old.vocab.decision_outcome, new.vocab.decision_outcome),
    )
    return tuple(
        str(before[key].label) if key in before else key
        for keys, before, after in used
        for key in sorted(keys)
        if key not in after
    )


def _carried(
    dossier: Dossier, given: dict[str, Assessment], asked: list[Criterion], target: Target
) -> list[Carried]:
    """Old answers that count for a question which has none of its own."""
    old, new = casework.content(dossier), target.content
    counts = mapping.between(old, new)
    read = {r.criterion: r for r in dossier.second_readings.all()}
    return [
        Carried(
            criterion=c,
            answer=given[found.theirs],
            question=question_of(given[found.theirs], old),
            whole=found.whole,
            note=found.note,
        )
        for c in asked
        if c.key not in given
        and (found := counts.get(c.key)) is not None
        and found.theirs != c.key
        and found.theirs in given
        and not _clashes(read.get(found.theirs), read.get(c.key))
    ]


def _clashes(theirs: SecondReading | None, ours: SecondReading | None) -> bool:
    """Somebody still reads the old question alone, and the new one has a second reader already:
    taken over, the first reading would be open to one of the two."""
    return theirs is not None and ours is not None and theirs.blind and theirs.read_at is None


def question_of(answer: Assessment, content: Content) -> str:
    """The question as it stands now, else as it was when it was answered."""
    criterion = content.framework.criterion.get(answer.criterion)
    return str(criterion.question) if criterion else answer.question_then or answer.criterion


@dataclass(frozen=True)
class Earlier:
    """A question that is not asked now, with what was answered, who read along, and why not."""

    question: str
    answer: Assessment
    still_exists: bool
    second: SecondReading | None = None

    @property
    def readings_before(self) -> list[str]:
        """Second readings that were about other partners than now, in words."""
        return [read_before.words(kept) for kept in self.answer.readings_before]


def earlier(dossier: Dossier) -> list[Earlier]:
    """What was answered, or is read by a second, at questions that this dossier no longer asks:
    nothing that was written is lost."""
    content = casework.content(dossier)
    asked = {row.criterion.key for row in casework.asked_of(dossier)}
    read = {r.criterion: r for r in dossier.second_readings.all()}
    every = {a.criterion: a for a in dossier.assessments.all()}
    before = (key for key, answer in every.items() if answer.readings_before)
    keys = dict.fromkeys((*answered(dossier), *read, *before))
    rows = [(every.get(key) or Assessment(dossier=dossier, criterion=key)) for key in keys]
    known = content.framework.criterion
    return [
        Earlier(question_of(a, content), a, a.criterion in known, read.get(a.criterion))
        for a in rows
        if a.criterion not in asked
    ]


def stale(dossier: Dossier) -> list[casework.Asked]:
    """Answers that are older than the framework lets them be (stale_after_months)."""
    months = casework.content(dossier).framework.stale_after_months
    if not months:
        return []
    return [
        row
        for row in casework.asked_of(dossier)
        if row.done and months_since(row.found_on) >= months
    ]


def remarks(_actor: Actor, dossier: Dossier) -> Iterator[beside.Remark]:
    """Says before a decision which walked trees say something else in the framework of now, and
    that answers are old, and which."""
    for run in trees.counting_runs(dossier):
        if run.turned:
            href = reverse("dossiers:tree_run", args=[dossier.pk, run.run.pk])
            text = f"{run.named}: {run.turned}."
            yield beside.Remark(
                "warn", _("Een beslisboom zegt nu iets anders."), text, href, _("Kijk opnieuw")
            )
    yield from _old_answers(dossier)


def _old_answers(dossier: Dossier) -> Iterator[beside.Remark]:
    rows = stale(dossier)
    if not rows:
        return
    words = ngettext(
        "{n} antwoord is ouder dan {months} maanden. Kijk of het nog klopt: {questions}",
        "{n} antwoorden zijn ouder dan {months} maanden. Kijk of ze nog kloppen: {questions}",
        len(rows),
    )
    shown = [str(row.criterion.question) for row in rows[:MOST]]
    text = words.format(
        n=len(rows),
        months=casework.content(dossier).framework.stale_after_months,
        questions=" · ".join([*shown, "…"] if len(rows) > MOST else shown),
    )
    href = reverse("dossiers:criterion", args=[dossier.pk, rows[0].criterion.key])
    yield beside.Remark("warn", _("Deze screening wordt oud."), text, href, _("Kijk na"))


def months_since(day: date, today: date | None = None) -> int:
    """Whole months from a day until today."""
    today = today or timezone.localdate()
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
