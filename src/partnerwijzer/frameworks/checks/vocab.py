"""Lists to choose from: what they point to exists, ladders have all their rungs."""

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.checks.book import Book
from partnerwijzer.frameworks.source import Cursor
from partnerwijzer.frameworks.words import DetailKind

KEY_COMPETENCES = range(1, 17)


def check_vocab_references(book: Book) -> None:
    groups = book.keys("vocab", "partner_groups")
    for kind in book.each("vocab", "partner_kinds"):
        book.refers(kind.words("group"), groups, _("groep"))
        situations = book.keys("framework", "situations")
        book.refers(kind.words("raises_situation"), situations, _("situatie"))
    for theme in book.each("vocab", "themes"):
        for number in theme.items("key_competences"):
            message = _("Er is geen sleutelcompetentie {number}.").format(number=number.data)
            remedy = _("De sleutelcompetenties zijn 1 tot 16.")
            book.require(number.data in KEY_COMPETENCES, number, message, remedy)


def check_working_forms(book: Book) -> None:
    """Options belong to a choice, other moments to a field that chooses among them."""
    forms = book.keys("vocab", "working_forms")
    research = book["governance"].at("research")
    book.refers(research.words("working_forms"), forms, _("werkvorm"))
    book.refers(research.words("partner_kinds"), book.keys("vocab", "partner_kinds"), _("soort"))
    days = {
        field.word("key") or "": field
        for field in research.each("fields")
        if field.word("kind") == DetailKind.DAY
    }
    for limit in ("approved_from", "approved_until"):
        book.refers(research.words(limit), days, _("veld dat een dag is"))
    for form in [*book.each("vocab", "working_forms"), research]:
        for field in form.each("fields"):
            book.refers(field.words("of"), forms, _("werkvorm"))
            chosen = (field.word("kind") == DetailKind.CHOICE) == field.has("options")
            message = _("Opties horen bij een keuzeveld, en enkel daar.")
            book.require(chosen, field, message, _("Voeg options toe, of verander kind."))
            fits = field.word("kind") == DetailKind.MOMENTS or not field.has("of")
            message = _("‘of’ hoort bij een veld van de soort {kind}.")
            message = message.format(kind=DetailKind.MOMENTS)
            book.require(fits, field, message, _("Verander kind, of schrap of."))


def check_levels(book: Book) -> None:
    levels = {level.word("key") or "": level for level in book.each("vocab", "education_levels")}
    for key, level in levels.items():
        book.refers(level.words("parent"), levels, _("niveau"))
        message = _("Dit niveau hoort bij zichzelf.")
        remedy = _("Kies een ander niveau bij ‘parent’, of null.")
        book.require(not _circles(key, levels), level.at("parent"), message, remedy)


def _circles(key: str, levels: dict[str, Cursor]) -> bool:
    seen, here = {key}, levels[key].word("parent")
    while here in levels:
        if here in seen:
            return True
        seen.add(here)
        here = levels[here].word("parent")
    return False


def check_ladders(book: Book) -> None:
    for name, rungs in (("grounding_ladder", range(6)), ("intensity", range(1, 5))):
        found = [rung.at("rung").data for rung in book.each("vocab", name)]
        message = _("De treden zijn {found}.").format(found=", ".join(map(str, found)))
        wanted = ", ".join(map(str, rungs))
        remedy = _("Schrijf ze in volgorde: {wanted}.").format(wanted=wanted)
        wrong = next((i for i, n in enumerate(rungs) if found[i : i + 1] != [n]), 0)
        place = book["vocab"].at(name, wrong, "rung")
        book.require(found == list(rungs), place, message, remedy)


def check_decisions(book: Book) -> None:
    """Who waits for each answer reads meanwhile what was said: else one who is ill would keep the
    head from ever deciding."""
    for template in book.each("vocab", "decision_templates"):
        waits = template.at("silence").word("counts_as") == "waits"
        hidden = template.word("hidden_until_closed") != "off"
        message = _("Wie op elk antwoord wacht, kan de standpunten niet verbergen.")
        remedy = _("Zet hidden_until_closed op off, of laat wie zwijgt anders tellen.")
        book.require(not (waits and hidden), template.at("hidden_until_closed"), message, remedy)
