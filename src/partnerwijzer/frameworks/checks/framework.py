"""Steps, judgements, gates and criteria: complete, and in agreement with each other."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.checks.book import Book
from partnerwijzer.frameworks.source import Cursor
from partnerwijzer.frameworks.words import (
    SCHOOL_PREFIX,
    ConclusionKey,
    CooperationKind,
    GateKey,
    JudgementKey,
    ScreeningKey,
    StatusKey,
    StepKey,
)

COMPLETE: tuple[tuple[str, type[StrEnum]], ...] = (
    ("steps", StepKey),
    ("statuses", StatusKey),
    ("judgements", JudgementKey),
    ("conclusions", ConclusionKey),
    ("gates", GateKey),
)


def check_complete(book: Book) -> None:
    """The product knows these by name: none may be missing, and the order is meant."""
    for name, words in COMPLETE:
        place = book["framework"].at(name)
        for key in sorted(set(words) - book.keys("framework", name)):
            message = _("‘{key}’ ontbreekt in {list}.").format(key=key, list=name)
            book.require(False, place, message, _("Voeg dit toe: het product rekent erop."))
    found = book["framework"].keys("judgements")
    book.require(
        set(found) != set(JudgementKey) or found == list(JudgementKey),
        book["framework"].at("judgements"),
        _("De oordelen staan in een andere volgorde."),
        _("De volgorde is: {order}.").format(order=", ".join(JudgementKey)),
    )
    points = book["framework"].keys("attention_points")
    book.require(
        len(points) == 6,
        book["framework"].at("attention_points"),
        _("Er zijn {count} aandachtspunten.").format(count=len(points)),
        _("Het zijn er zes (K1 tot K6)."),
    )


def check_based_on(book: Book) -> None:
    sources = book.keys("framework", "sources")
    for entry in book["framework"].at("meta").each("based_on"):
        book.refers(entry.words("key"), sources, _("bron"))


def check_criteria(book: Book) -> None:
    for criterion in book.each("framework", "criteria"):
        _references(book, criterion)
        _gate(book, criterion)
        _light(book, criterion)
        check_applies(book, criterion)


def _references(book: Book, criterion: Cursor) -> None:
    points = book.keys("framework", "attention_points")
    book.refers(criterion.words("attention_point"), points, _("aandachtspunt"))
    book.refers(criterion.words("rubrics"), book.keys("framework", "rubrics"), _("rubriek"))
    book.refers(criterion.words("trees"), book.keys("governance", "trees"), _("boom"))


def _gate(book: Book, criterion: Cursor) -> None:
    essential, gate = criterion.at("essential").data, criterion.word("gate")
    if essential is True:
        message = _("Dit criterium is noodzakelijk, maar er is geen poort die het tegenhoudt.")
        book.require(gate, criterion.at("gate"), message, _("Kies een poort bij ‘gate’."))
    if essential is False:
        message = _("Dit criterium heeft een poort, maar is niet noodzakelijk.")
        remedy = _("Schrijf essential: true, of gate: null.")
        book.require(gate is None, criterion.at("gate"), message, remedy)


def _light(book: Book, criterion: Cursor) -> None:
    """The light set is the same for everybody."""
    applies = criterion.at("applies").data
    sometimes = isinstance(applies, dict) and set(applies) != {"kind"}
    book.require(
        criterion.at("light").data is not True or not sometimes,
        criterion.at("light"),
        _("Dit hoort bij de korte lijst, maar geldt niet altijd."),
        _("Schrijf light: false, of laat bij ‘applies’ enkel ‘kind’ staan."),
    )


def check_applies(book: Book, thing: Cursor) -> None:
    """What `applies` names exists."""
    applies = thing.at("applies")
    known: dict[str, Iterable[str]] = {
        "kind": CooperationKind,
        "levels": book.keys("vocab", "education_levels"),
        "themes": book.keys("vocab", "themes"),
        "duty": book.keys("governance", "duties"),
    }
    for name, values in known.items():
        if name != "kind":  # the schema knows the two kinds
            book.refers(applies.words(name), values, name)


def check_every_step_asks(book: Book) -> None:
    """A step or point of attention without a criterion is an empty page."""
    criteria = book.each("framework", "criteria")
    for name, listed in (("step", "steps"), ("attention_point", "attention_points")):
        used = {criterion.word(name) for criterion in criteria}
        for item in book.each("framework", listed):
            key = item.word("key")
            message = _("Bij ‘{key}’ hoort geen enkel criterium.").format(key=key)
            book.require(key in used, item, message, _("Voeg er een toe."))


def check_screenings(book: Book) -> None:
    """The three measures are all there, and the normal one is more than the light one."""
    place = book["framework"].at("screenings")
    for key in sorted(set(ScreeningKey) - book.keys("framework", "screenings")):
        message = _("‘{key}’ ontbreekt in {list}.").format(key=key, list="screenings")
        book.require(False, place, message, _("Voeg dit toe: het product rekent erop."))
    for criterion in book.each("framework", "criteria"):
        twice = criterion.at("light").data is True and criterion.at("normal").data is True
        message = _("Wat in de korte lijst staat, hoort vanzelf bij de gewone.")
        book.advise(not twice, criterion.at("normal"), message, _("Laat ‘normal’ hier weg."))


def check_mappings(book: Book) -> None:
    """What counts for one of our criteria counts for one that exists, and of another framework."""
    own = book["framework"].at("meta").word("key")
    criteria = book.keys("framework", "criteria")
    for mapping in book.each("framework", "mappings"):
        message = _("Een kader telt niet voor zichzelf.")
        remedy = _("Noem het andere kader.")
        book.require(mapping.word("framework") != own, mapping.at("framework"), message, remedy)
        seen: set[tuple[str | None, str | None]] = set()
        for pair in mapping.each("pairs"):
            book.refers(pair.words("ours"), criteria, _("criterium"))
            both = (pair.word("theirs"), pair.word("ours"))
            message = _("Dit paar staat er twee keer.")
            book.require(both not in seen, pair, message, _("Hou er één over."))
            seen.add(both)


def check_own_keys(book: Book) -> None:
    """Keys that begin with `school-` are those of questions that a school adds itself."""
    for criterion in book.each("framework", "criteria"):
        key = criterion.word("key") or ""
        message = _("‘{key}’ is een naam voor vragen van één school.").format(key=key)
        remedy = _("Kies een sleutel die niet met ‘school-’ begint.")
        book.require(not key.startswith(SCHOOL_PREFIX), criterion.at("key"), message, remedy)


def check_numbers(book: Book) -> None:
    """A framework that a school can carry: not too much, not too little."""
    criteria = book.each("framework", "criteria")
    light = sum(criterion.at("light").data is True for criterion in criteria)
    place = book["framework"].at("criteria")
    book.advise(
        45 <= len(criteria) <= 60,
        place,
        _("Er zijn {count} criteria.").format(count=len(criteria)),
        _("Tussen 45 en 60 blijft het volledig en te doen."),
    )
    book.advise(
        7 <= light <= 9,
        place,
        _("De korte lijst telt {count} criteria.").format(count=light),
        _("Zeven tot negen past in vijf minuten."),
    )
