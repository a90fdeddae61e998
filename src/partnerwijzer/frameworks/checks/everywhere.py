"""What holds in every file: the head, keys, sources, references to situations, mission ids."""

import re

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.checks.book import Book
from partnerwijzer.frameworks.problems import Problem
from partnerwijzer.frameworks.schema import FILES
from partnerwijzer.frameworks.source import Cursor

MISSION = frozenset(
    [
        f"{letter}{n}"
        for letter, top in (("K", 6), ("P", 6), ("W", 7), ("N", 5), ("M", 10))
        for n in range(1, top + 1)
    ]
    + [
        f"S{step}.{n}"
        for step, top in ((1, 6), (2, 2), (3, 2), (4, 1), (5, 3), (6, 2))
        for n in range(1, top + 1)
    ]
)
MUST_BE_COVERED = frozenset(item for item in MISSION if item[0] in "KSW")
SITUATION_FIELDS = ("when", "not_when", "required_when")
MACHINE_PATH = re.compile(r"(?<![\w/.:])/(tmp|home|root|Users|private)/|\b[A-Z]:\\")


def check_heads(book: Book) -> None:
    """Six files, one framework, one version."""
    framework = book["framework"].at("meta")
    for file in FILES:
        meta = book[file].at("meta")
        languages = meta.at("languages").data
        book.require(
            not isinstance(languages, list) or "nl" in languages,
            meta.at("languages"),
            _("Nederlands hoort bij de talen: in die taal wordt geschreven."),
            _("Voeg nl toe."),
        )
        book.require(
            meta.word("kind") in (None, file),
            meta.at("kind"),
            _("Dit bestand noemt zich ‘{kind}’.").format(kind=meta.word("kind")),
            _("Schrijf kind: {file}.").format(file=file),
        )
        if file == "framework" or "framework" not in book.sources:
            continue
        book.require(
            meta.word("framework") == framework.word("key"),
            meta.at("framework"),
            _("Dit bestand hoort bij een ander kader."),
            _("Schrijf framework: {key}.").format(key=framework.word("key")),
        )
        book.require(
            framework.word("version") in (None, meta.word("version")),
            meta.at("version"),
            _("De zes bestanden hebben niet dezelfde versie."),
            _("Geef elk bestand versie {version}.").format(version=framework.word("version")),
        )


def check_languages(book: Book) -> None:
    """Where the head promises English, every text has it. Elsewhere it is optional."""
    for file in FILES:
        languages = book[file].at("meta", "languages").data
        if isinstance(languages, list) and "en" not in languages:
            continue
        for place in book.walk(file):
            if isinstance(place.data, dict) and "nl" in place.data and not place.word("en"):
                message = _("De tekst in het Engels ontbreekt.")
                remedy = _("Voeg ‘en: …’ toe, of schrijf bovenaan languages: [nl].")
                book.require(place.word("en"), place.at("en"), message, remedy)


def check_keys(book: Book) -> None:
    """A key stands once in its list."""
    for file in FILES:
        for place in book.walk(file):
            if isinstance(place.data, list):
                _once(book, place)


def _once(book: Book, place: Cursor) -> None:
    seen: dict[str, int] = {}
    for index, item in enumerate(place.data):
        key = item.get("key") if isinstance(item, dict) else None
        if not isinstance(key, str):
            continue
        here = place.at(index, "key")
        if key in seen:
            message = _("De sleutel ‘{key}’ staat al op regel {line}.")
            message = message.format(key=key, line=seen[key])
            book.require(False, here, message, _("Geef deze een eigen sleutel."))
        seen.setdefault(key, place.source.line(here.path))


def check_references(book: Book) -> None:
    """Sources, situations and mission ids that are named do exist."""
    sources = book.keys("framework", "sources")
    situations = book.keys("framework", "situations")
    for file in FILES:
        for place in book.walk(file):
            if not isinstance(place.data, dict):
                continue
            if place.has("mission"):
                book.refers(place.words("mission"), MISSION, _("punt van de missie"))
            if place.has("source"):
                book.refers(place.words("source"), sources, _("bron"))
                _verified(book, place)
            for name in SITUATION_FIELDS:
                if isinstance(place.at(name).data, list):
                    book.refers(place.words(name), situations, _("situatie"))


def _verified(book: Book, place: Cursor) -> None:
    """Whoever leans on another's text says whether it was read."""
    foreign = {source.data for source in place.words("source")} - {"own"}
    book.require(
        not foreign or isinstance(place.at("verified").data, bool),
        place,
        _("Er is een bron, maar niet gezegd of die nagekeken is."),
        _("Voeg verified: true toe als je de bron las en ze dit zegt, anders false."),
    )


def check_no_machine_paths(book: Book) -> None:
    for file in FILES:
        for number, line in enumerate(book[file].source.text.splitlines(), start=1):
            if MACHINE_PATH.search(line):
                message = _("Hier staat een pad van één computer.")
                remedy = _("Verwijder het: de inhoud is voor iedereen.")
                book.problems.append(Problem(f"{file}.yaml", number, "", message, remedy))


def check_coverage(book: Book) -> None:
    """Every point of attention, step and working factor has something to tick, ask or agree."""
    if set(book.sources) != set(FILES):
        return
    held = {
        item.data
        for file, name in (
            ("framework", "criteria"),
            ("surveys", "sets"),
            ("surveys", "core_questions"),
            ("factors", "working_factors"),
            ("agreement", "blocks"),
        )
        for thing in book.each(file, name)
        for item in thing.words("mission")
    }
    for item in sorted(MUST_BE_COVERED - held):
        book.require(
            False,
            book["framework"].at("criteria"),
            _("Bij {item} hoort geen enkel criterium, geen vraag en geen afspraak.").format(
                item=item
            ),
            _("Zet {item} bij ‘mission’ van wat erover gaat.").format(item=item),
        )
