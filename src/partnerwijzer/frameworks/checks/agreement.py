"""Agreement blocks: fields and text match, and nothing is printed half."""

import re

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.checks.book import Book
from partnerwijzer.frameworks.checks.framework import check_applies
from partnerwijzer.frameworks.schema.base import LANGUAGES
from partnerwijzer.frameworks.source import Cursor
from partnerwijzer.frameworks.words import FieldKind, FieldMark

FIELD = re.compile(r"\{([^{}]*)\}")
MOST_FIXED_SHORT = 14


def check_blocks(book: Book) -> None:
    for block in book.each("agreement", "blocks"):
        book.refers(block.words("group"), book.keys("agreement", "groups"), _("groep"))
        book.refers(block.words("tree"), book.keys("governance", "trees"), _("boom"))
        triggers = book.keys("agreement", "optional_triggers")
        book.refers(block.words("optional_when"), triggers, _("aanleiding"))
        check_applies(book, block)
        _fields(book, block)
        _sentences(book, block)
        message = _(
            "Dit is niet nagekeken, maar de school krijgt niet te lezen wat ze moet nagaan."
        )
        fine = block.at("verified").data is not False or block.has("to_check")
        book.require(fine, block, message, _("Voeg to_check toe."))


def _fields(book: Book, block: Cursor) -> None:
    declared = {field.word("key"): field for field in block.each("fields")}
    for language in LANGUAGES:
        used = set(FIELD.findall(block.said("text", language)))
        place = block.at("text", language)
        for name in sorted(used - set(declared)):
            message = _("{{{name}}} staat in de tekst, maar is geen veld.").format(name=name)
            known = ", ".join(f"{{{key}}}" for key in declared) or "–"
            remedy = _("Voeg het veld toe, of gebruik een van: {known}.").format(known=known)
            book.require(False, place, message, remedy)
        for name in sorted(key for key in declared if key and key not in used):
            message = _("Het veld {{{name}}} komt niet voor in de tekst ({language}).")
            message = message.format(name=name, language=language)
            remedy = _("Gebruik het in de tekst, of verwijder het.")
            book.require(False, declared[name], message, remedy)
    for field in declared.values():
        chosen = (field.word("kind") == FieldKind.CHOICE) == field.has("options")
        message = _("Opties horen bij een keuzeveld, en enkel daar.")
        book.require(chosen, field, message, _("Voeg options toe, of verander kind."))
        wanted = FieldKind.TEXT if field.word("marks") == FieldMark.PERSON else FieldKind.DATE
        fits = not field.has("marks") or field.word("kind") == wanted
        message = _("Deze marks hoort bij een veld van de soort {kind}.").format(kind=wanted)
        book.require(fits, field, message, _("Verander kind, of schrap marks."))


def _sentences(book: Book, block: Cursor) -> None:
    """A sentence whose optional field is empty is left out, so it may hold no required field."""
    required = {field.word("key"): field.at("required").data for field in block.each("fields")}
    for language in LANGUAGES:
        for sentence in re.split(r"(?<=[.!?])\s+", block.said("text", language)):
            kinds = {required.get(name) for name in FIELD.findall(sentence)} - {None}
            message = _("Eén zin mengt verplichte en vrije velden: {start}…")
            message = message.format(start=sentence[:50])
            remedy = _("Maak er twee zinnen van: een zin met een leeg veld valt weg.")
            book.require(len(kinds) <= 1, block.at("text", language), message, remedy)


def check_short(book: Book) -> None:
    """The note for a single lesson stays a note."""
    fixed = [
        block
        for block in book.each("agreement", "blocks")
        if block.at("short").data is True
        and set(block.at("applies").data or ()) == {"kind"}
        and not block.at("not_when").data
    ]
    book.advise(
        len(fixed) <= MOST_FIXED_SHORT,
        book["agreement"].at("blocks"),
        _("De korte nota heeft {count} vaste blokken.").format(count=len(fixed)),
        _("Hou het bij {limit}.").format(limit=MOST_FIXED_SHORT),
    )
