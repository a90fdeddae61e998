"""Questions as a survey keeps them: reading them, and checking what somebody answered. Pure.

A survey holds a copy of its questions as JSON, made by sets.py. One question is

    {"key": "learned", "kind": "smiley5", "text": {"nl": …, "en": …}, "help": {…},
     "read_aloud": {…}, "core": "learned", "core_label": {…}, "locked": true, "own": false,
     "options": [{"value": "5", "label": {…}, "band": "positive", "face": "very-happy"}, …],
     "max_choices": 3, "max_length": 300, "later": true}

where all but key, kind and text may be left out. "I do not know" is an option with value `unknown`.
No question has to be answered: leaving one open is an answer that we respect.

Answers are JSON too: {key: value}, with a whole number for smiley, scale and number, the value of
the option for a choice, a list of values for multi and rank (for rank in order), and text.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from partnerwijzer.frameworks.words import QuestionKind

Kind = QuestionKind
UNKNOWN = "unknown"
SCALES = frozenset({Kind.SMILEY3, Kind.SMILEY5, Kind.SCALE5})
SMILEYS = frozenset({Kind.SMILEY3, Kind.SMILEY5})
ONE_OF = SCALES | {Kind.CHOICE}
MANY_OF = frozenset({Kind.MULTI, Kind.RANK})
REMOVED = "[…]"  # stands where the school took a text away, for example because of a name in it
LONGEST_TEXT = 2000
USUAL_TEXT = 500
LARGEST_NUMBER = 1_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Answer = int | str | list[str]
Answers = dict[str, Answer]


class WrongAnswers(ValueError):
    """What was filled in cannot be accepted. `errors`: key of the question -> what to do about it.

    The key "" holds what belongs to no question.
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Option:
    """One answer to choose. `band` is positive, middle, negative or nothing."""

    value: str
    label: str
    band: str = ""
    face: str = ""


@dataclass(frozen=True)
class Question:
    """One question in one language. `max_choices` 0: as many as you like."""

    key: str
    kind: Kind
    text: str
    help: str = ""
    read_aloud: str = ""
    options: tuple[Option, ...] = ()
    core: str = ""
    core_label: str = ""
    locked: bool = False
    own: bool = False
    max_choices: int = 0
    max_length: int = USUAL_TEXT
    first: frozenset[str] = frozenset()  # of a long list: what shows at once
    later: bool = False  # folded away where all questions stand on one page

    @property
    def is_smiley(self) -> bool:
        return self.kind in SMILEYS

    @property
    def spoken(self) -> str:
        """What is read aloud: the question and its answers."""
        parts = [self.read_aloud or self.text, *(option.label for option in self.offered)]
        return " ".join(p if p[-1:] in ".?!…" else f"{p}." for p in parts if p)

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options as they are shown: smileys from happy to sad, "I do not know" last."""
        known = [o for o in self.options if o.value != UNKNOWN]
        last = [o for o in self.options if o.value == UNKNOWN]
        return tuple([*(reversed(known) if self.is_smiley else known), *last])

    def label(self, value: object) -> str:
        """The words of an option; the value itself where there is no such option."""
        return next((o.label for o in self.options if o.value == str(value)), str(value))

    @property
    def places(self) -> range:
        """The places to fill in for a ranking, from 1."""
        most = self.max_choices or len(self.options)
        return range(1, min(most, len(self.options)) + 1)


def read(stored: Iterable[Mapping[str, Any]], language: str | None = None) -> list[Question]:
    """The questions of a survey in a language (default: the active one; Dutch where it lacks)."""
    chosen = (language or get_language() or "nl")[:2]
    return [_question(item, chosen) for item in stored]


def said(words: Any, language: str | None = None) -> str:
    """Words kept as {"nl": …, "en": …}, in a language (default: the active one)."""
    chosen = (language or get_language() or "nl")[:2]
    return str(words.get(chosen) or words.get("nl") or "") if isinstance(words, Mapping) else ""


def _question(item: Mapping[str, Any], language: str) -> Question:
    return Question(
        key=str(item["key"]),
        kind=Kind(item["kind"]),
        text=said(item["text"], language),
        help=said(item.get("help"), language),
        read_aloud=said(item.get("read_aloud"), language),
        options=tuple(_option(o, language) for o in item.get("options", ())),
        core=str(item.get("core") or ""),
        core_label=said(item.get("core_label"), language),
        locked=bool(item.get("locked")),
        own=bool(item.get("own")),
        max_choices=int(item.get("max_choices") or 0),
        later=bool(item.get("later")),
        first=frozenset(str(value) for value in item.get("first") or ()),
        max_length=min(int(item.get("max_length") or USUAL_TEXT), LONGEST_TEXT),
    )


def _option(item: Mapping[str, Any], language: str) -> Option:
    return Option(
        value=str(item["value"]),
        label=said(item["label"], language),
        band=str(item.get("band") or ""),
        face=str(item.get("face") or ""),
    )


def clean(questions: Sequence[Question], given: Mapping[str, Any]) -> Answers:
    """The answers as they are stored; questions that were left open are not in it.

    Args:
        given: raw values by key: a string or whole number, for multi and rank a list of strings.

    Raises:
        WrongAnswers: with one sentence for each question that needs another look.
    """
    by_key = {q.key: q for q in questions}
    errors: dict[str, str] = {}
    answers: Answers = {}
    if not set(given) <= set(by_key):
        errors[""] = _("De vragen zijn intussen veranderd. Open de pagina opnieuw.")
    for key, question in by_key.items():
        try:
            answer = _READERS[question.kind](question, given.get(key))
        except _Wrong as wrong:
            errors[key] = str(wrong)
            continue
        if answer not in (None, "", []):
            answers[key] = answer
    if errors:
        raise WrongAnswers(errors)
    return answers


class _Wrong(ValueError):
    """One answer that cannot be accepted, with what to do."""


def tidy_text(text: str) -> str:
    """Text without what no database or screen can show; lines end in one newline."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _one(question: Question, raw: Any) -> Answer:
    value = tidy_text(str(raw)) if raw is not None else ""
    if value and value not in {o.value for o in question.options}:
        raise _Wrong(_("Kies een van de antwoorden."))
    return int(value) if question.kind in SCALES and value.isdecimal() else value


def _many(question: Question, raw: Any) -> Answer:
    values = [str(v) for v in _as_list(raw) if str(v)]
    if not set(values) <= {o.value for o in question.options}:
        raise _Wrong(_("Kies uit de antwoorden die hier staan."))
    if len(set(values)) < len(values):
        raise _Wrong(_("Kies elk antwoord maar één keer."))
    most = question.max_choices
    if most and len(values) > most:
        text = ngettext(
            "Kies er hoogstens {most}. Nu is het er {count}.",
            "Kies er hoogstens {most}. Nu zijn het er {count}.",
            len(values),
        )
        raise _Wrong(text.format(most=most, count=len(values)))
    if question.kind is Kind.RANK:
        return values
    return [o.value for o in question.options if o.value in values]


def _as_list(raw: Any) -> list[Any]:
    return list(raw) if isinstance(raw, list | tuple) else [] if raw is None else [raw]


def _text(question: Question, raw: Any) -> Answer:
    text = tidy_text(str(raw)) if raw is not None else ""
    if len(text) > question.max_length:
        message = _("Maak je tekst wat korter: hoogstens {most} tekens. Nu zijn het er {count}.")
        raise _Wrong(message.format(most=question.max_length, count=len(text)))
    return text


def _number(question: Question, raw: Any) -> Answer | None:
    text = "".join(str(raw).split()) if raw is not None else ""
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", text) or int(text) > LARGEST_NUMBER:
        raise _Wrong(_("Typ een geheel getal, bijvoorbeeld 12."))
    return int(text)


_READERS: dict[Kind, Callable[[Question, Any], Answer | None]] = {
    **dict.fromkeys(ONE_OF, _one),
    **dict.fromkeys(MANY_OF, _many),
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
}


def in_words(question: Question, answer: Any) -> list[str]:
    """An answer as people read it: one line, or one line for each thing that was chosen."""
    if isinstance(answer, list):
        return [question.label(value) for value in answer]
    if question.kind in ONE_OF:
        return [question.label(answer)]
    return [str(answer)]


@dataclass(frozen=True)
class Change:
    """A question that is answered otherwise than before: both answers in words, empty for none.

    `mark` is what a form calls the text that was there; empty where there is none to take away.
    """

    question: Question
    was: list[str]
    now: list[str]
    mark: str = ""


def changes(
    questions: Iterable[Question], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    """What differs between two answers of one person."""

    def words(q: Question, given: Mapping[str, Any]) -> list[str]:
        return in_words(q, given[q.key]) if q.key in given else []

    return [
        Change(q, was=words(q, before), now=words(q, after))
        for q in questions
        if before.get(q.key) != after.get(q.key)
    ]
