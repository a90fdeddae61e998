"""Helper trees: no dead ends, no loops, nothing forbidden that was not verified."""

import re

from django.utils.translation import gettext as _

from partnerwijzer.frameworks.checks.book import Book
from partnerwijzer.frameworks.source import Cursor
from partnerwijzer.frameworks.words import Fact, PeriodKey, Result

ASKS = re.compile(r"kijk|vraag|controleren|nagaan|bevestigt|heeft jullie|\?", re.IGNORECASE)
MONEY = re.compile(r"€\s*\d|\d+\s*euro")


def check_trees(book: Book) -> None:
    for tree in book.each("governance", "trees"):
        situations = book.keys("framework", "situations")
        book.refers(tree.words("situation"), situations, _("situatie"))
        book.refers(tree.words("uses"), book.keys("governance", "operator_data"), _("gegeven"))
        _paths(book, tree)
        for node in tree.each("nodes"):
            _known(book, node)
        for outcome in tree.each("outcomes"):
            _outcome(book, outcome)


def _known(book: Book, node: Cursor) -> None:
    """What a fact stands for is said only where a fact answers, and by one answer at most."""
    said = [place for option in node.each("options") for place in option.words("known_as")]
    message = _("Dit antwoord hoort bij een gegeven, maar de vraag noemt er geen.")
    remedy = _("Schrijf bij de vraag ‘computed’, of haal known_as weg.")
    book.require(not said or bool(node.word("computed")), node, message, remedy)
    values = [place.data for place in said]
    if node.word("computed") == Fact.LEVEL:
        book.refers(said, book.keys("vocab", "education_levels"), _("niveau"))
    message = _("Twee antwoorden horen bij hetzelfde gegeven.")
    remedy = _("Zet elke waarde van known_as bij één antwoord.")
    book.require(len(values) == len(set(values)), node, message, remedy)


def _paths(book: Book, tree: Cursor) -> None:
    """Every way leads from the start to an outcome; everything is reached; nothing goes round."""
    nodes = {node.word("key") or "": node for node in tree.each("nodes")}
    outcomes = {outcome.word("key") or "": outcome for outcome in tree.each("outcomes")}
    for key in sorted(set(nodes) & set(outcomes)):
        message = _("‘{key}’ is zowel een vraag als een uitkomst.").format(key=key)
        book.require(False, outcomes[key], message, _("Geef een van beide een andere sleutel."))
    before = len(book.problems)
    book.refers(tree.words("start"), nodes, _("vraag van deze boom"))
    for node in nodes.values():
        _options(book, node, set(nodes), set(outcomes))
    reached = _reached(book, tree.word("start") or "", nodes)
    if len(book.problems) > before:
        return  # behind a dead end nothing can be reached: one problem is enough
    for key, place in {**nodes, **outcomes}.items():
        message = _("Hier kom je nooit.")
        remedy = _("Laat een antwoord ernaar verwijzen, of verwijder het.")
        book.require(key in reached, place, message, remedy)


def _options(book: Book, node: Cursor, nodes: set[str], outcomes: set[str]) -> None:
    options = node.each("options")
    message = _("Een vraag met minder dan twee antwoorden.")
    book.require(len(options) >= 2, node, message, _("Voeg een antwoord toe."))
    for option in options:
        message = _("Een antwoord leidt naar een vraag of naar een uitkomst.")
        one = option.has("next") != option.has("outcome")
        book.require(one, option, message, _("Schrijf next of outcome, niet allebei."))
        book.refers(option.words("next"), nodes, _("vraag van deze boom"))
        book.refers(option.words("outcome"), outcomes, _("uitkomst van deze boom"))


def _reached(book: Book, start: str, nodes: dict[str, Cursor]) -> set[str]:
    """Everything that the start leads to. A way back to an earlier question is reported."""
    reached: set[str] = set()
    done: set[str] = set()

    def go(key: str, path: tuple[str, ...]) -> None:
        reached.add(key)
        if key in done or key not in nodes:
            return
        for option in nodes[key].each("options"):
            target = option.word("next")
            if target in (*path, key):
                way = " → ".join((*path, key, target))
                message = _("Deze vragen draaien in een kring: {way}.").format(way=way)
                remedy = _("Laat dit antwoord ergens anders naartoe leiden.")
                book.require(False, option, message, remedy)
            elif target:
                go(target, (*path, key))
            elif outcome := option.word("outcome"):
                reached.add(outcome)
        done.add(key)

    if start in nodes:
        go(start, ())
    return reached


def _outcome(book: Book, outcome: Cursor) -> None:
    book.refers(outcome.words("adds_blocks"), book.keys("agreement", "blocks"), _("blok"))
    book.refers(outcome.words("duty"), book.keys("governance", "duties"), _("plicht"))
    book.refers(outcome.words("clock"), book.keys("governance", "clocks"), _("termijn"))
    if outcome.at("verified").data is not False:
        return
    asks = ASKS.search(outcome.said("text")) or outcome.word("result") == Result.ASK_FURTHER
    message = _("Dit is niet nagekeken, maar staat er als een regel.")
    remedy = _("Zeg wat de school moet nakijken, en bij wie.")
    book.require(asks, outcome, message, remedy)
    message = _("Dit verbiedt iets wat niet nagekeken is.")
    remedy = _("Schrijf result: ask-further, of lees de bron en zet verified op true.")
    book.require(outcome.word("result") != Result.NOT_ALLOWED, outcome, message, remedy)


def check_lists(book: Book) -> None:
    """Groups, topics, clocks and operator data name what exists."""
    trees = book.keys("governance", "trees")
    grouped = [tree for group in book.each("governance", "groups") for tree in group.words("trees")]
    book.refers(grouped, trees, _("boom"))
    names = [tree.data for tree in grouped]
    for tree in book.each("governance", "trees"):
        message = _("Deze boom hoort in precies één groep.")
        remedy = _("Zet de sleutel één keer bij ‘groups’.")
        book.require(names.count(tree.word("key")) == 1, tree, message, remedy)
    for topic in book.each("governance", "council_topics"):
        book.refers(topic.words("duty"), book.keys("governance", "duties"), _("plicht"))
    sections = book.keys("governance", "council_sections")
    for body in book.each("governance", "council_bodies"):
        book.refers(body.words("sections"), sections, _("geleding"))
        seats = [*body.words("must_sit"), *body.words("must_sit_secondary")]
        book.refers(seats, {word.data for word in body.words("sections")}, _("geleding"))
    suspension = book["governance"].at("clock_suspension").word("key")
    for clock in book.each("governance", "clocks"):
        known = [suspension] if suspension else []
        book.refers(clock.words("suspended_during"), known, _("schorsing"))
    for item in book.each("governance", "operator_data"):
        book.refers(item.words("used_by"), trees, _("boom"))


def check_results(book: Book) -> None:
    missing = sorted(set(Result) - book.keys("governance", "results"))
    for key in missing:
        message = _("‘{key}’ ontbreekt in {list}.").format(key=key, list="results")
        place = book["governance"].at("results")
        book.require(False, place, message, _("Voeg dit toe: het product rekent erop."))


def check_periods(book: Book) -> None:
    """Each number of days that the product counts is there once."""
    found = [period.word("key") for period in book.each("governance", "periods")]
    for key in PeriodKey:
        message = _("‘{key}’ ontbreekt in {list}.").format(key=key, list="periods")
        place = book["governance"]
        remedy = _("Voeg dit toe: het product rekent erop.")
        book.require(found.count(key) == 1, place.at("periods"), message, remedy)


def check_no_amounts(book: Book) -> None:
    """Amounts change every year: an operator enters them."""
    for file in ("governance", "agreement"):
        for place in book.walk(file):
            amount = isinstance(place.data, str) and MONEY.search(place.data)
            message = _("Hier staat een bedrag.")
            remedy = _("Bedragen vult de beheerder in: schrijf ze niet in de inhoud.")
            book.require(not amount, place, message, remedy)
