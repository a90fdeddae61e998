"""Question sets: short, anonymous where that is promised, comparable where that is meant."""

import re

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.checks.book import Book
from partnerwijzer.frameworks.source import Cursor
from partnerwijzer.frameworks.words import Audience, Moment, QuestionKind

CHOOSING = {QuestionKind.CHOICE, QuestionKind.MULTI, QuestionKind.RANK}
MOST_FOR_PUPILS = 6
MOST_FOR_READING_ALOUD = 4
LEAST_ANSWERS = 5
LONGEST_WORD = 8


def check_scales(book: Book) -> None:
    bands = book.keys("surveys", "bands")
    for kind in book.each("surveys", "question_kinds"):
        for option in kind.each("options"):
            book.refers(option.words("band"), bands, _("band"))


def check_sets(book: Book) -> None:
    levels = book.keys("vocab", "education_levels")
    for survey in book.each("surveys", "sets"):
        book.refers(survey.words("levels"), levels, _("niveau"))
        _length(book, survey)
        _anonymity(book, survey)
        _core(book, survey)
        for question in survey.each("questions"):
            _question(book, question)
        if survey.has("read_aloud_intro"):
            _read_aloud(book, survey)


def _length(book: Book, survey: Cursor) -> None:
    count = len(survey.items("questions"))
    promised = survey.at("max_questions").data
    limit = promised if isinstance(promised, int) else count
    if survey.word("audience") == Audience.PUPILS:
        limit = min(limit, MOST_FOR_PUPILS)
    if survey.has("read_aloud_intro"):
        limit = min(limit, MOST_FOR_READING_ALOUD)
    message = _("Deze bevraging telt {count} vragen.").format(count=count)
    remedy = _("Hou er hoogstens {limit} over.").format(limit=limit)
    book.require(count <= limit, survey.at("questions"), message, remedy)
    if isinstance(promised, int):
        message = _("‘max_questions’ is hoger dan mag.")
        top = MOST_FOR_PUPILS if survey.word("audience") == Audience.PUPILS else promised
        remedy = _("Hou er hoogstens {limit} over.").format(limit=top)
        book.require(promised <= top, survey.at("max_questions"), message, remedy)


def _anonymity(book: Book, survey: Cursor) -> None:
    """Whoever answers without a name must not be found back in a handful of answers."""
    least = survey.at("minimum_answers")
    hidden = survey.at("anonymous", "default").data is True
    if survey.word("audience") == Audience.PUPILS:
        message = _("Leerlingen antwoorden altijd anoniem.")
        remedy = _("Schrijf anonymous: {default: true, may_change: false}.")
        fixed = survey.at("anonymous", "may_change").data is False
        book.require(hidden and fixed, survey.at("anonymous"), message, remedy)
    if hidden and isinstance(least.data, int):
        message = _("Anoniem, maar resultaten al vanaf {count} antwoorden.").format(
            count=least.data
        )
        remedy = _("Toon pas iets vanaf {least}.").format(least=LEAST_ANSWERS)
        book.require(least.data >= LEAST_ANSWERS, least, message, remedy)


def _core(book: Book, survey: Cursor) -> None:
    """The four core questions are asked of everybody who was there."""
    compares = survey.word("moment") == Moment.AFTER_ACTIVITY
    if not compares and survey.word("audience") != Audience.OTHER_SCHOOL:
        return
    asked = {question.word("core") for question in survey.each("questions")}
    for core in book["surveys"].keys("core_questions"):
        message = _("De kernvraag ‘{core}’ ontbreekt.").format(core=core)
        remedy = _("Voeg ze toe: zo kun je antwoorden naast elkaar leggen.")
        book.require(core in asked, survey.at("questions"), message, remedy)


def _question(book: Book, question: Cursor) -> None:
    if question.has("core"):
        book.refers(question.words("core"), book.keys("surveys", "core_questions"), _("kernvraag"))
        message = _("Een kernvraag heet zoals de kern en ligt vast.")
        same = question.word("core") == question.word("key")
        remedy = _("Geef key en core dezelfde naam en schrijf locked: true.")
        book.require(same and question.at("locked").data is True, question, message, remedy)
    message = _("Er staat geen uitleg bij deze vraag.")
    remedy = _("Voeg help toe: één zin die de vraag makkelijker maakt.")
    book.require(question.has("help"), question, message, remedy)
    if question.word("kind") in CHOOSING:
        message = _("Bij deze vraag hoort precies één lijst om uit te kiezen.")
        remedy = _("Gebruik options, of options_from.")
        one = question.has("options") != question.has("options_from")
        book.require(one, question, message, remedy)
    if question.word("kind") == QuestionKind.TEXT:
        message = _("Een vraag met vrije tekst zonder grens.")
        remedy = _("Voeg max_length toe, bijvoorbeeld 500.")
        book.require(question.at("max_length").data, question, message, remedy)
    _options_from(book, question)


def _options_from(book: Book, question: Cursor) -> None:
    named = question.word("options_from")
    if named is None or "vocab" not in book.sources:
        return
    lists = {*_lists(book), "factors.smooth", "factors.difficult"}
    book.refers([question.at("options_from")], lists, _("lijst om uit te kiezen"))
    _first(book, question, named)


def _lists(book: Book) -> set[str]:
    """The lists of the vocabulary, as options_from names them."""
    named = _mapping(book["vocab"]).items()
    return {f"vocab.{name}" for name, value in named if isinstance(value, list)}


def _first(book: Book, question: Cursor, named: str) -> None:
    """What shows at once of a list has to be in it."""
    file, _dot, name = named.partition(".")
    if file == "factors" and "factors" in book.sources:
        book.refers(question.words("first"), book.keys("factors", "factors"), _("factor"))
    elif file == "vocab" and named in _lists(book):
        book.refers(question.words("first"), book.keys("vocab", name), _("antwoord in de lijst"))


def _mapping(place: Cursor) -> dict[str, object]:
    return place.data if isinstance(place.data, dict) else {}


def _read_aloud(book: Book, survey: Cursor) -> None:
    """For those who do not read yet: three faces, a text to read aloud, short words."""
    for question in survey.each("questions"):
        message = _("Wie nog niet leest, kiest uit drie gezichtjes.")
        fits = question.word("kind") == QuestionKind.SMILEY3
        book.require(fits, question.at("kind"), message, _("Schrijf kind: smiley3."))
        message = _("Er is geen tekst om voor te lezen.")
        remedy = _("Voeg read_aloud toe.")
        book.require(question.has("read_aloud"), question, message, remedy)
        for name in ("text", "read_aloud"):
            for word in re.findall(r"\w+", question.said(name)):
                message = _("‘{word}’ is lang voor een kleuter.").format(word=word)
                place = question.at(name, "nl")
                remedy = _("Kies een korter woord.")
                book.advise(len(word) <= LONGEST_WORD, place, message, remedy)
