"""Working factors and the code list of what goes smoothly or not."""

from collections import Counter

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.checks.book import Book

W = [f"W{n}" for n in range(1, 8)]


def check_working_factors(book: Book) -> None:
    """Seven, in order, with three statements each; a statement key is unique over all."""
    factors = book.each("factors", "working_factors")
    found = [item.at("mission").data for item in factors]
    wrong = next((i for i, w in enumerate(W) if found[i : i + 1] != [[w]]), None)
    place = book["factors"].at("working_factors")
    book.require(
        wrong is None and len(found) == len(W),
        place.at(wrong or 0, "mission"),
        _("De werkzame factoren zijn niet W1 tot W7, in die volgorde."),
        _("Geef elke factor één van die nummers bij ‘mission’."),
    )
    seen: Counter[str] = Counter()
    for factor in factors:
        statements = factor.each("statements")
        message = _("Er zijn {count} uitspraken.").format(count=len(statements))
        place = factor.at("statements")
        book.require(len(statements) == 3, place, message, _("Elke factor heeft er drie."))
        actions = factor.items("actions_when_low")
        message = _("Er zijn minder dan twee voorstellen.")
        place = factor.at("actions_when_low")
        book.require(len(actions) >= 2, place, message, _("Geef een school iets om te kiezen."))
        for statement in statements:
            key = statement.word("key") or ""
            seen[key] += 1
            message = _("De uitspraak ‘{key}’ bestaat al bij een andere factor.").format(key=key)
            book.require(
                seen[key] == 1, statement.at("key"), message, _("Kies een andere sleutel.")
            )


def check_factors(book: Book) -> None:
    factors = book.each("factors", "factors")
    groups = book.keys("factors", "factor_groups")
    for factor in factors:
        book.refers(factor.words("group"), groups, _("groep"))
        working = book.keys("factors", "working_factors")
        book.refers(factor.words("working_factors"), working, _("werkzame factor"))
    used = {factor.word("group") for factor in factors}
    for group in book.each("factors", "factor_groups"):
        message = _("In deze groep zit geen enkele factor.")
        book.require(group.word("key") in used, group, message, _("Voeg er een toe of schrap ze."))
    book.advise(
        24 <= len(factors) <= 32,
        book["factors"].at("factors"),
        _("De lijst telt {count} factoren.").format(count=len(factors)),
        _("Tussen 24 en 32 kun je nog overzien."),
    )
