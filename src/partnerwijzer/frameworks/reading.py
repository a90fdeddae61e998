"""A framework laid out to read: steps with their criteria, each with what belongs to it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partnerwijzer.frameworks import compare, selection
from partnerwijzer.frameworks.schema import Content, Criterion, Source, Step, Text
from partnerwijzer.frameworks.words import CooperationKind, NeverStored, ScreeningKey, Stored
from partnerwijzer.search.spelling import folded

STORED: Mapping[str, Promise] = {
    Stored.OUTCOME: _lazy("de uitkomst"),
    Stored.DATE: _lazy("de dag"),
    Stored.CHECKED_BY: _lazy("wie het nakeek"),
    NeverStored.EXTRACT: _lazy("het uittreksel"),
    NeverStored.CONTENT: _lazy("wat erin staat"),
    NeverStored.NOTE: _lazy("een nota daarover"),
}


def leans_on(content: Content) -> list[tuple[Source, Text]]:
    """The sources that a framework says it is based on, with what came out of each."""
    known = content.framework.source
    rows = content.framework.meta.based_on
    return [(known[row.key], row.use) for row in rows if row.key in known]


def stored_words(keys: Iterable[Stored | NeverStored]) -> str:
    """What a tree keeps, or never does, in words."""
    return ", ".join(str(STORED[key]) for key in keys)


@dataclass(frozen=True)
class Line:
    """One criterion in words: when it is asked, in which measure, and what it can stop."""

    criterion: Criterion
    measure: str
    when: tuple[str, ...]
    gate: str
    stops: str
    point: str


@dataclass(frozen=True)
class Part:
    step: Step
    lines: tuple[Line, ...]


def parts_of(content: Content, looked_for: str = "", point: str = "") -> list[Part]:
    """The steps with the criteria in which all these words occur; all where nothing is asked."""
    found = [c for c in content.framework.criteria if holds(c, looked_for)]
    wanted = [c for c in found if not point or c.attention_point == point]
    parts = (
        Part(step, tuple(line_of(content, c) for c in wanted if c.step == step.key))
        for step in sorted(content.framework.steps, key=lambda s: s.order)
    )
    return [part for part in parts if part.lines]


def holds(criterion: Criterion, looked_for: str) -> bool:
    """Whether each of the words stands somewhere in the criterion."""
    texts = (criterion.question, criterion.guidance, criterion.claim_is_not_enough)
    every = folded(" ".join(map(str, (*texts, *criterion.typical_evidence, criterion.key))))
    return all(word in every for word in folded(looked_for).split())


def line_of(content: Content, criterion: Criterion) -> Line:
    framework = content.framework
    gate = framework.gate.get(criterion.gate or "")
    point = framework.attention_point.get(criterion.attention_point or "")
    return Line(
        criterion=criterion,
        measure=measure_of(content, criterion),
        when=tuple(when(content, criterion)),
        gate=str(gate.title) if gate else "",
        stops=str(criterion.blocker_when.text) if criterion.blocker_when else "",
        point=str(point.title) if point else "",
    )


def smallest(criterion: Criterion) -> ScreeningKey:
    """The smallest screening that asks this of everybody to whom it applies."""
    if criterion.light or criterion.essential:
        return ScreeningKey.LIGHT
    return ScreeningKey.NORMAL if criterion.normal else ScreeningKey.FULL


def measure_of(content: Content, criterion: Criterion) -> str:
    key = smallest(criterion)
    found = content.framework.screening.get(key)
    return str(found.label) if found else key


def when(content: Content, criterion: Criterion) -> Iterable[str]:
    """In which cases it appears, in words; nothing where it is asked of everybody."""
    applies = criterion.applies
    if len(applies.kind) == 1:
        yield kind_words(applies.kind[0])
    for key in applies.levels:
        yield str(content.vocab.level[key].label) if key in content.vocab.level else key
    for key in applies.themes:
        yield str(content.vocab.theme[key].label) if key in content.vocab.theme else key
    for key in applies.when:
        found = content.framework.situation.get(key)
        yield _("‘{question}’: ja").format(question=found.question) if found else key
    for key in applies.duty:
        yield duty_words(content, key)


def kind_words(kind: str) -> str:
    if kind == CooperationKind.STRUCTURAL:
        return _("de samenwerking is structureel")
    return _("de samenwerking is eenmalig")


def duty_words(content: Content, key: str) -> str:
    label = next((str(d.label) for d in content.governance.duties if d.key == key), key)
    return _("wat de schoolraad moet krijgen: {duty}").format(duty=label)


def differences_of(old: Content, new: Content) -> dict[str, Any]:
    """A comparison, ready for frameworks/comparison.html."""
    found = compare.compare(old, new)
    return {
        "found": found,
        "reworded": [(c, _pieces(c)) for c in found.reworded],
        "ruled": [(c, line_of(old, c.old), line_of(new, c.new)) for c in found.ruled],
        "gates": [(new.framework.gate[key].title, before, now) for key, before, now in found.gates],
        "situations_added": [new.framework.situation[k].question for k in found.situations_added],
        "situations_removed": [
            old.framework.situation[k].question for k in found.situations_removed
        ],
    }


def _pieces(change: compare.Change) -> list[list[compare.Piece]]:
    """Each field of which the words changed, word by word."""
    return [
        compare.word_by_word(
            compare.said(getattr(change.old, name)), compare.said(getattr(change.new, name))
        )
        for name in change.words
    ]


def reasons(content: Content, case: selection.Case, criterion: Criterion) -> list[str]:
    """Why this criterion appeared in this case, in words; nothing where everybody is asked it."""
    words = {
        "kind": lambda key: kind_words(key),
        "level": lambda key: _label(content.vocab.level, key),
        "theme": lambda key: _label(content.vocab.theme, key),
        "situation": lambda key: _answered_yes(content, key),
        "duty": lambda key: duty_words(content, key),
    }
    return [words[why.about](why.key) for why in selection.why(content, case, criterion)]


def _label(terms: Mapping[str, Any], key: str) -> str:
    return str(terms[key].label) if key in terms else key


def _answered_yes(content: Content, key: str) -> str:
    found = content.framework.situation.get(key)
    return (
        _("jullie antwoordden ja op ‘{question}’").format(question=found.question) if found else key
    )
