"""Whether the words are plain: short sentences, no stiff or foreign words, nothing stray."""

import re

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.checks.book import Book
from partnerwijzer.frameworks.schema import FILES
from partnerwijzer.frameworks.schema.base import LANGUAGES
from partnerwijzer.frameworks.source import Cursor

STIFF = re.compile(
    r"\b(teneinde|middels|inzake|desgevallend|desalniettemin|conform|alsmede|derhalve|dewelke"
    r"|aangaande|betreffende|implementeren|stakeholders?|tools?|awareness|empowerment|commitment"
    r"|feedback|checken|managen|issue|u|uw|hij|hem|zijnde|geachte|gelieve|dienen|dienaangaande"
    r"|ingevolge|krachtens)\b",
    re.IGNORECASE,
)
FINE_AFTER_ALL = ("waarvoor de gegevens dienen", "waarvoor de beelden dienen")
LONGEST_SENTENCE = 24
QUOTE = re.compile(r"‘[^’]*’")
FIELD = re.compile(r"\{[a-z0-9_]+\}")


def sentences(text: str) -> list[str]:
    """The sentences of a text; what stands in quotes counts as one word."""
    parts = re.split(r"(?<=[.!?:;])\s+", QUOTE.sub("X", FIELD.sub("X", text)).strip())
    return [part for part in parts if part]


def check_texts(book: Book) -> None:
    for file in FILES:
        for place in book.walk(file):
            if isinstance(place.data, dict) and set(place.data) & set(LANGUAGES):
                _stray_spaces(book, place)
                _plain_dutch(book, place.at("nl"))


def _stray_spaces(book: Book, text: Cursor) -> None:
    for language in LANGUAGES:
        place = text.at(language)
        words = place.data if isinstance(place.data, str) else ""
        if words != words.strip() or "  " in words:
            message = _("Er staan spaties te veel.")
            remedy = _("Haal ze weg aan het begin, aan het einde en tussen de woorden.")
            book.require(False, place, message, remedy)


def _plain_dutch(book: Book, place: Cursor) -> None:
    if not isinstance(place.data, str):
        return
    plain = place.data
    for phrase in FINE_AFTER_ALL:
        plain = plain.replace(phrase, "")
    stiff = STIFF.search(plain)
    if stiff:
        message = _("‘{word}’ is een stijf of vreemd woord.").format(word=stiff.group())
        book.advise(False, place, message, _("Zeg het zoals je het aan een collega zegt."))
    for sentence in sentences(place.data):
        count = len(sentence.split())
        if count > LONGEST_SENTENCE:
            message = _("Een zin van {count} woorden: {start}…")
            message = message.format(count=count, start=sentence[:50])
            book.advise(False, place, message, _("Maak er twee zinnen van."))


def check_guidance(book: Book) -> None:
    """Guidance fits on a phone: two to five sentences."""
    for criterion in book.each("framework", "criteria"):
        for language in LANGUAGES:
            text = QUOTE.sub("X", criterion.said("guidance", language))
            count = len(re.findall(r"[.!?](?=\s|$)", text))
            book.advise(
                not text or 2 <= count <= 5,
                criterion.at("guidance", language),
                _("De uitleg heeft {count} zinnen.").format(count=count),
                _("Twee tot vijf zinnen lezen vlot."),
            )
