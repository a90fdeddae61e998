"""From a question set of the framework to the questions of one survey. Pure.

A school keeps the locked questions, leaves out others that it does not need, and adds questions of
its own: text, or the scale that the set uses. The result is the copy that a survey keeps.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.frameworks.schema import Content, QuestionSet, Text
from partnerwijzer.frameworks.schema import Question as SetQuestion
from partnerwijzer.frameworks.words import Audience, QuestionKind
from partnerwijzer.surveys.questions import SCALES, UNKNOWN, USUAL_TEXT, tidy_text

PUPILS_MOST = 6  # mission S5.3: a short survey
ANONYMOUS_LEAST = 5  # mission M7; the database holds to it as well
OWN_LONGEST = 200
Stored = dict[str, Any]

# Asking people who they are would undo the whole anonymous survey.
_ASKS_WHO = re.compile(
    r"\b(je|jouw|jullie|uw|eigen)\s+(voor|familie|achter|roep)?na(am|men)\b"
    r"|\b(voornaam|familienaam|achternaam|e-?mailadres)\b"
    r"|\bhoe\s+heet\s+(je|jij|jullie)\b|\bwie\s+ben\s+(je|jij)\b|^\s*(naam|namen)\b",
    re.IGNORECASE,
)


class SetProblem(ValueError):
    """This choice of questions is not possible. The text says what to change."""


@dataclass(frozen=True)
class OwnQuestion:
    """A question that the school adds: open text, or the scale of the set."""

    text: str
    kind: Literal["text", "scale"] = "text"


def set_of(content: Content, set_key: str) -> QuestionSet:
    """A question set of the framework.

    Raises:
        SetProblem: there is no such set.
    """
    try:
        return content.surveys.set[set_key]
    except KeyError:
        raise SetProblem(_("Die vragenlijst bestaat niet.")) from None


def most_questions(question_set: QuestionSet) -> int:
    """How many questions a survey of this set may have at most."""
    most = question_set.max_questions
    return min(most, PUPILS_MOST) if question_set.audience == Audience.PUPILS else most


def usable(question_set: QuestionSet, situations: Collection[str] = ()) -> list[SetQuestion]:
    """The questions of a set that can be asked here.

    A question for a situation needs that situation. One that asks for a separate form is left out:
    its answer may never be stored with the others.
    """
    return [
        q
        for q in question_set.questions
        if not q.separate_form and (not q.when or set(q.when) & set(situations))
    ]


def usual(
    question_set: QuestionSet, situations: Collection[str] = (), *, beside: int = 0
) -> list[str]:
    """The keys that are proposed: all locked ones, then others in order as far as there is room.

    Args:
        beside: how many questions of the school's own need room too.
    """
    able = usable(question_set, situations)
    room = most_questions(question_set) - sum(q.locked for q in able) - beside
    spare = [q.key for q in able if not q.locked][: max(0, room)]
    return [q.key for q in able if q.locked or q.key in spare]


def compose(
    content: Content,
    which: str | QuestionSet,
    *,
    keys: Collection[str] | None = None,
    own: Sequence[OwnQuestion] = (),
    situations: Collection[str] = (),
) -> list[Stored]:
    """The questions of a survey, ready to be stored: see questions.py for their shape.

    Args:
        which: the key of a set of the framework, or a set that somebody built.
        keys: the questions of the set to ask; locked ones come along anyway. Default: `usual`.
        own: questions of the school, after those of the set.
        situations: situations of the dossier that hold, for questions that are only asked then.

    Raises:
        SetProblem: no such set, too many questions, or a question of one's own that cannot be.
    """
    chosen_set = set_of(content, which) if isinstance(which, str) else which
    able = usable(chosen_set, situations)
    keep = set(usual(chosen_set, situations, beside=len(own)) if keys is None else keys)
    rows = [_stored(content, q) for q in able if q.locked or q.key in keep]
    rows += _own_rows(content, chosen_set, own)
    check(chosen_set, rows)
    return rows


def check(question_set: QuestionSet, stored: Sequence[Stored]) -> None:
    """Whether these questions can be a survey of this set.

    Raises:
        SetProblem: none or too many questions, a key twice, or a locked one is missing.
    """
    keys = [q["key"] for q in stored]
    if not keys or len(set(keys)) < len(keys):
        raise SetProblem(_("Kies minstens één vraag, en elke vraag maar één keer."))
    if {q.key for q in usable(question_set) if q.locked} - set(keys):
        raise SetProblem(_("De vaste vragen horen er altijd bij."))
    most = most_questions(question_set)
    if len(keys) > most:
        text = ngettext(
            "Deze lijst mag hoogstens {most} vraag hebben. Laat er {over} weg.",
            "Deze lijst mag hoogstens {most} vragen hebben. Laat er {over} weg.",
            most,
        )
        raise SetProblem(text.format(most=most, over=len(keys) - most))


def _stored(content: Content, question: SetQuestion) -> Stored:
    row: Stored = {
        "key": question.key,
        "kind": question.kind.value,
        "text": question.text.model_dump(),
        "locked": question.locked,
    }
    if help_text := question.help or _warning(content, question):
        row["help"] = help_text.model_dump()
    if question.read_aloud:
        row["read_aloud"] = question.read_aloud.model_dump()
    if question.core and question.core in content.surveys.core_question:
        row["core"] = question.core
        row["core_label"] = content.surveys.core_question[question.core].label.model_dump()
    if options := _options(content, question):
        row["options"] = options
    if question.first:
        row["first"] = list(question.first)
    if question.later:
        row["later"] = True
    if question.max_choices:
        row["max_choices"] = question.max_choices
    if question.max_length:
        row["max_length"] = question.max_length
    return row


def _warning(content: Content, question: SetQuestion) -> Text | None:
    """What stands by every free text that has no help of its own: no names."""
    return content.surveys.text_warning if question.kind is QuestionKind.TEXT else None


def _options(content: Content, question: SetQuestion) -> list[Stored]:
    if question.kind in SCALES:
        rows = _scale(content, question.kind)
    else:
        rows = [{"value": o.key, "label": o.label.model_dump()} for o in content.options(question)]
    if question.unknown:
        rows.append({"value": UNKNOWN, "label": content.surveys.unknown_label.model_dump()})
    return rows


def _scale(content: Content, kind: QuestionKind) -> list[Stored]:
    return [
        {
            "value": str(o.value),
            "label": o.label.model_dump(),
            "band": o.band,
            **({"face": o.face} if o.face else {}),
        }
        for o in content.surveys.question_kind[kind].options
    ]


def _own_rows(
    content: Content, question_set: QuestionSet, own: Iterable[OwnQuestion]
) -> list[Stored]:
    asked = [(q, " ".join(tidy_text(q.text).split())) for q in own]
    rows = []
    for number, (question, text) in enumerate(((q, t) for q, t in asked if t), start=1):
        check_words(question_set, text)
        kind = own_scale(question_set) if question.kind == "scale" else QuestionKind.TEXT
        row: Stored = {
            "key": f"own-{number}",
            "kind": kind.value,
            "text": {"nl": text},
            "own": True,
        }
        if kind in SCALES:
            row["options"] = _scale(content, kind)
        else:
            row["max_length"] = USUAL_TEXT
            row["help"] = content.surveys.text_warning.model_dump()
        rows.append(row)
    return rows


def own_scale(question_set: QuestionSet) -> QuestionKind:
    """The scale for a question of one's own: what the set uses already."""
    return next((q.kind for q in question_set.questions if q.kind in SCALES), QuestionKind.SCALE5)


def check_words(question_set: QuestionSet, text: str) -> None:
    """Whether these words can stand in a question of one's own.

    Raises:
        SetProblem: too long, or they ask who somebody is where nobody may know.
    """
    if len(text) > OWN_LONGEST:
        message = _("Maak je eigen vraag korter: hoogstens {most} tekens.")
        raise SetProblem(message.format(most=OWN_LONGEST))
    if question_set.anonymous.default and _ASKS_WHO.search(text):
        message = _("Schrap ‘{text}’: wie antwoordt, moet onbekend kunnen blijven.")
        raise SetProblem(message.format(text=text))


def words_of(question_set: QuestionSet) -> Mapping[str, dict[str, str]]:
    """The words around the questions, as a survey keeps them: intro, thanks, read_aloud."""
    words = {"intro": question_set.intro, "thanks": question_set.thanks}
    if question_set.read_aloud_intro:
        words["read_aloud"] = question_set.read_aloud_intro
    return {name: text.model_dump() for name, text in words.items()}


def is_anonymous(question_set: QuestionSet, wished: bool | None = None) -> bool:
    """Whether a survey of this set is anonymous: as the set says, or as wished where it is free."""
    free = question_set.anonymous.may_change and wished is not None
    return bool(wished) if free else question_set.anonymous.default


def least_answers(question_set: QuestionSet, anonymous: bool) -> int:
    """From how many answers results show."""
    return max(ANONYMOUS_LEAST, question_set.minimum_answers) if anonymous else 1


def own_of(stored: Iterable[Mapping[str, Any]]) -> list[OwnQuestion]:
    """The questions of the school's own in a stored copy, to edit them again."""
    return [
        OwnQuestion(str(q["text"]["nl"]), "text" if q["kind"] == QuestionKind.TEXT else "scale")
        for q in stored
        if q.get("own")
    ]
