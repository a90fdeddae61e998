"""A question set that a school or umbrella builds itself: starting one, and changing it. Pure.

It has the shape of a set of the framework, so that a survey is made of it in the same way. What an
audience may be asked (how many questions, with or without name, from how many answers results show)
is what the framework says for that audience; nothing of it stands here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from partnerwijzer.frameworks.schema import Content, QuestionSet, Text
from partnerwijzer.frameworks.schema import Question as SetQuestion
from partnerwijzer.frameworks.words import Audience, QuestionKind
from partnerwijzer.surveys import sets
from partnerwijzer.surveys.questions import USUAL_TEXT, tidy_text

YES_NO = "yes-no"  # not a kind of its own: a choice out of two
FEWEST_OPTIONS, MOST_OPTIONS, LONGEST_OPTION = 2, 12, 120
# What can be built.
KINDS = (
    QuestionKind.SCALE5,
    QuestionKind.SMILEY5,
    QuestionKind.SMILEY3,
    YES_NO,
    QuestionKind.CHOICE,
    QuestionKind.MULTI,
    QuestionKind.RANK,
    QuestionKind.TEXT,
    QuestionKind.NUMBER,
)
SEVERAL = {QuestionKind.MULTI, QuestionKind.RANK}
CHOOSING = {QuestionKind.CHOICE, *SEVERAL}
# Where "I do not know" is no answer: one leaves them open.
WITHOUT_UNKNOWN = {QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.RANK}
SOURCE = "nl"
YES, NO = gettext_noop("ja"), gettext_noop("nee")
INTRO = gettext_noop("Enkele korte vragen van onze school.")
THANKS = gettext_noop("Dank je wel.")


class Building(QuestionSet):
    """A set under construction: it may still be empty."""

    questions: tuple[SetQuestion, ...] = ()


@dataclass(frozen=True)
class Wish:
    """One question as somebody typed it. `kind` is one of KINDS.

    `options`: what to choose from; for yes or no two words of one's own, or none for "ja" and
    "nee". `max_choices`: how many at most of several; 0: all.
    """

    text: str
    kind: str
    help: str = ""
    options: Sequence[str] = field(default_factory=tuple)
    max_choices: int = 0
    unknown: bool = False


def read(kept: Mapping[str, Any]) -> Building:
    """A set as it is kept."""
    return Building.model_validate(kept)


def kept(built: Building) -> dict[str, Any]:
    """A set as JSON, to keep."""
    return built.model_dump(mode="json")


def examples(content: Content, audience: str) -> list[QuestionSet]:
    """The ready sets of the framework for an audience."""
    return [s for s in content.surveys.sets if s.audience == audience]


def empty(content: Content, audience: str, *, key: str, title: str) -> Building:
    """A set without questions. Its bounds are those of the ready sets for this audience.

    Raises:
        sets.SetProblem: the framework asks this audience nothing.
    """
    ready = examples(content, audience)
    if not ready:
        raise sets.SetProblem(_("Kies wie je iets vraagt."))
    model = ready[0]
    return Building(
        key=key,
        audience=Audience(audience),
        levels=(),
        moment=model.moment,
        mission=(),
        title=_words(title),
        intro=_everywhere(INTRO),
        thanks=_everywhere(THANKS),
        max_questions=max(s.max_questions for s in ready),
        anonymous=model.anonymous,
        minimum_answers=max(s.minimum_answers for s in ready),
    )


def copy_of(ready: QuestionSet, *, key: str, title: str = "") -> Building:
    """A set that begins as another one. The words of a core question stay: they are compared."""
    given = ready.model_dump(mode="json") | {"key": key, "share_question": None}
    given["questions"] = [
        {**question, "locked": bool(question["core"])}
        for question in given["questions"]
        if not question["separate_form"]
    ]
    if title:
        given["title"] = {SOURCE: title}
    return Building.model_validate(given)


def _words(text: str, earlier: Text | None = None) -> Any:
    """Words as they are kept. Those that did not change keep their other languages."""
    if earlier is not None and earlier.nl == text:
        return earlier.model_dump(mode="json")
    return {SOURCE: text}


def _everywhere(ours: str) -> dict[str, str]:
    """Words of the application, in all its languages: they are kept, whoever builds the set."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = _(ours)
    return said


def said(built: Building, *, title: str, intro: str, thanks: str) -> Building:
    """With other words around the questions."""
    words = {"title": title, "intro": intro, "thanks": thanks}
    given = kept(built)
    for name, text in words.items():
        if given[name][SOURCE] != text:
            given[name] = {SOURCE: text}
    return Building.model_validate(given)


def put(built: Building, wish: Wish, key: str = "") -> Building:
    """With a new question at the end, or with question `key` replaced.

    Raises:
        sets.SetProblem: too many questions, a core question, or words that cannot be.
    """
    rows = [dict(row) for row in kept(built)["questions"]]
    earlier = next((q for q in built.questions if q.key == key), None)
    if key and earlier is None:
        raise sets.SetProblem(_("Die vraag staat er niet meer."))
    if earlier is not None and is_fixed(earlier):
        raise sets.SetProblem(_("Deze vraag ligt vast. Je kunt ze wel verplaatsen of weghalen."))
    row = _row(built, wish, earlier)
    if earlier is None:
        rows.append(row)
    else:
        rows[[r["key"] for r in rows].index(key)] = row
    _room(built, len(rows))
    return _with(built, rows)


def is_fixed(question: SetQuestion) -> bool:
    """Whether the words stay as they are: answers are compared by them, or the list to choose from
    is one of the framework."""
    return bool(question.core) or question.options_from is not None


def _room(built: Building, count: int) -> None:
    most = sets.most_questions(built)
    if count > most:
        text = ngettext(
            "Hier mag hoogstens {most} vraag in: kort wordt ingevuld, lang blijft liggen.",
            "Hier mogen hoogstens {most} vragen in: kort wordt ingevuld, lang blijft liggen.",
            most,
        )
        raise sets.SetProblem(text.format(most=most))


def _with(built: Building, rows: Sequence[Mapping[str, Any]]) -> Building:
    return Building.model_validate({**kept(built), "questions": list(rows)})


def _row(built: Building, wish: Wish, earlier: SetQuestion | None) -> dict[str, Any]:
    text, more = (" ".join(tidy_text(t).split()) for t in (wish.text, wish.help))
    if not text:
        raise sets.SetProblem(_("Schrijf de vraag."))
    for words in (text, more, *wish.options):
        sets.check_words(built, words)
    kind = QuestionKind.CHOICE if wish.kind == YES_NO else QuestionKind(wish.kind)
    row = _kept_row(built, wish, earlier) | {
        "kind": kind.value,
        "text": _words(text, earlier.text if earlier else None),
        "help": _words(more, earlier.help if earlier else None) if more else None,
        "locked": False,
        "unknown": wish.unknown and kind not in WITHOUT_UNKNOWN,
    }
    if earlier is not None and earlier.text.nl != text:
        row["read_aloud"] = None  # it would read out the question as it was
    if kind is QuestionKind.TEXT:
        row["max_length"] = row.get("max_length") or USUAL_TEXT
    if kind in CHOOSING:
        row["options"] = _options(wish, earlier)
        keys = {option["key"] for option in row["options"]}
        row["first"] = [key for key in row.get("first", ()) if key in keys]
    if kind in SEVERAL:
        row["max_choices"] = min(wish.max_choices, len(row["options"])) or None
    return row


def _kept_row(built: Building, wish: Wish, earlier: SetQuestion | None) -> dict[str, Any]:
    """What nobody typed: of a question that is still answered in the same way all its settings, of
    one that is answered otherwise its key and for which situations it is."""
    if earlier is None:
        return {"key": _free_key(built)}
    row = earlier.model_dump(mode="json")
    if wish.kind == wish_of(earlier).kind:
        return row
    return {"key": row["key"], "when": row["when"]}


def _free_key(built: Building) -> str:
    """A key that no question of this set has. Each survey keeps its own copy of the questions, so
    that a key of a question that went may be given again."""
    taken = {q.key for q in built.questions}
    return next(key for n in range(1, 1000) if (key := f"q-{n}") not in taken)


def _options(wish: Wish, earlier: SetQuestion | None) -> list[dict[str, Any]]:
    labels = _labels(wish)
    if wish.kind == YES_NO:
        return _yes_no(labels, earlier)
    if not FEWEST_OPTIONS <= len(labels) <= MOST_OPTIONS:
        text = _("Schrijf {fewest} tot {most} antwoorden om uit te kiezen, elk op een regel.")
        raise sets.SetProblem(text.format(fewest=FEWEST_OPTIONS, most=MOST_OPTIONS))
    known = {o.label.nl: o for o in earlier.options} if earlier else {}
    taken = {o.key for o in known.values()}
    rest = iter(key for n in range(1, 100) if (key := f"o-{n}") not in taken)
    return [
        known[o].model_dump(mode="json") if o in known else {"key": next(rest), "label": _words(o)}
        for o in labels
    ]


def _labels(wish: Wish) -> list[str]:
    """The answers to choose from as they were typed: each once, without empty lines."""
    labels = [" ".join(tidy_text(o).split()) for o in wish.options]
    if longest := next((o for o in labels if len(o) > LONGEST_OPTION), ""):
        text = _("Maak dit antwoord korter: ‘{text}’.")
        raise sets.SetProblem(text.format(text=f"{longest[:40]}…"))
    return list(dict.fromkeys(label for label in labels if label))


def _yes_no(labels: Sequence[str], earlier: SetQuestion | None) -> list[dict[str, Any]]:
    """Yes and no, in words of one's own where these were typed."""
    ready = [_everywhere(YES), _everywhere(NO)]
    if labels and len(labels) != len(ready):
        raise sets.SetProblem(
            _("Schrijf voor ja en nee twee antwoorden, elk op een regel, of laat het leeg.")
        )
    if list(labels) in ([], [words[SOURCE] for words in ready]):
        return _paired(ready)
    known = {o.label.nl: o.label for o in earlier.options} if earlier else {}
    return _paired([_words(label, known.get(label)) for label in labels])


def _paired(labels: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"key": key, "label": label} for key, label in zip(("yes", "no"), labels, strict=True)]


def without(built: Building, key: str) -> Building:
    """Without one question."""
    return _with(built, [row for row in kept(built)["questions"] if row["key"] != key])


def moved(built: Building, key: str, *, up: bool) -> Building:
    """With one question a place up or down."""
    rows = list(kept(built)["questions"])
    here = next((n for n, row in enumerate(rows) if row["key"] == key), None)
    if here is not None:
        there = max(0, min(len(rows) - 1, here + (-1 if up else 1)))
        rows.insert(there, rows.pop(here))
    return _with(built, rows)


def wish_of(question: SetQuestion) -> Wish:
    """A question as somebody would have typed it, to change it."""
    keys = {o.key for o in question.options}
    is_yes_no = question.kind is QuestionKind.CHOICE and keys == {"yes", "no"}
    return Wish(
        text=question.text.nl,
        kind=YES_NO if is_yes_no else question.kind.value,
        help=question.help.nl if question.help else "",
        options=tuple(o.label.nl for o in question.options),
        max_choices=question.max_choices or 0,
        unknown=question.unknown,
    )


def check_ready(built: Building) -> None:
    """Whether people can be asked these questions.

    Raises:
        sets.SetProblem: there is nothing to ask, or too much.
    """
    if not built.questions:
        raise sets.SetProblem(_("Er staat nog geen vraag in."))
    _room(built, len(built.questions))
    for question in built.questions:
        sets.check_words(built, question.text.nl)
