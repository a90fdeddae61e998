"""Filters of the databank as sets of places in its table, and how many each choice would give.

A choice of a filter is counted as if it were the only one of that filter, with all other filters in
force: so a count says what one would see after choosing it alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_, or_

from partnerwijzer import places
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import PriceUnit
from partnerwijzer.search.table import Table

# Filter -> beginning of the tokens that it chooses from.
PREFIXES = {
    "soort": "kind",
    "thema": "theme",
    "niveau": "level",
    "competentie": "competence",
    "werkvorm": "form",
    "voor": "for",
    "hoevaak": "shape",
    "waar": "at",
    "taal": "language",
    "belang": "tie",
    "provincie": "province",
}
# Filters that are on or off -> the token that they ask for.
SWITCHES = {"gratis": "free", "actief": "active"}
DISTANCES = (5, 10, 25, 50)
CENTS = 100


@dataclass(frozen=True)
class Surroundings:
    """What fits only for this reader, worked out before: sets of places.

    Args:
        words, goal: what was found by words, and by a goal; None where neither was asked.
        used: by whom used (school, bestuur, gelijk) -> places.
        told: with an experience that this reader may see.
        place: from where distances are measured.
        levels: level -> the levels that fit it: its parts, and what it is part of.
        today: ordinal of the day.
    """

    words: int | None = None
    goal: int | None = None
    used: Mapping[str, int] = field(default_factory=dict)
    told: int = 0
    place: places.Place | None = None
    levels: Mapping[str, Iterable[str]] = field(default_factory=dict)
    today: int = 0


class Facets:
    """One search at work on one table."""

    def __init__(self, table: Table, wish: Wish, around: Surroundings) -> None:
        self.table, self.wish, self.around = table, wish, around
        everything = table.set_of("offer") if wish.offers else table.fields.all
        self._parts: dict[str, int] = {"": everything}
        for name, found in (("q", around.words), ("doel", around.goal)):
            if found is not None:
                self._parts[name] = found
        for name, choices in self._asked():
            self._parts[name] = reduce(or_, (self.of(name, c) for c in choices))

    def _asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        wish = self.wish
        for name in (*PREFIXES, "gebruikt"):
            if chosen := getattr(wish, name):
                yield name, chosen
        for name in ("gratis", "erkend", "actief", "ervaring", "leeftijd"):
            if value := getattr(wish, name):
                yield name, (value,)
        if wish.most_euro is not None:
            yield "prijs", (wish.prijs,)
        if wish.afstand and self.around.place:
            yield "afstand", (wish.afstand,)
        if wish.plaats:
            yield "plaats", (wish.plaats,)

    @cached_property
    def found(self) -> int:
        """The places that fit everything."""
        return reduce(and_, self._parts.values())

    def of(self, name: str, choice: str) -> int:
        """The places that fit one choice of one filter."""
        table = self.table
        if name == "niveau":
            levels = self.around.levels.get(choice, (choice,))
            return table.any_of(f"level:{level}" for level in levels)
        if name in PREFIXES:
            return table.set_of(f"{PREFIXES[name]}:{choice}")
        if name == "gebruikt":
            return self.around.used.get(choice, 0)
        if name == "leeftijd":
            return table.set_of(f"age:{choice}")
        if name == "afstand":
            return self.near(int(choice))
        if name == "plaats":
            return self.table.of_numbers(self._by_postcode().get(choice, ()))
        return self._switch(name)

    def _switch(self, name: str) -> int:
        if name == "erkend":
            return self.table.at_least("recognised", self.around.today)
        if name == "ervaring":
            return self.table.set_of("told") | self.around.told
        if name == "prijs":
            return self._priced()
        return self.table.set_of(SWITCHES[name])

    def _priced(self) -> int:
        """Up to an amount, in one unit where that is chosen: prices per pupil and per day do not
        compare. What is free fits every unit; an unknown price fits none."""
        most, unit = self.wish.most_euro, self.wish.per
        found = self.table.at_most("price", int((most or 0) * CENTS))
        if not unit or unit == PriceUnit.FREE:
            return found
        return found & self.table.any_of((f"per:{unit}", "free"))

    def near(self, km: int) -> int:
        """The places within so many kilometres. Kept with the table: the next reader of the same
        school asks the same."""
        place = self.around.place
        if place is None:
            return 0
        kept = self.table.kept.setdefault("near", {})
        if (place.postcode, km) not in kept:
            within = places.within(place, km)
            numbers = (n for code in within for n in self._by_postcode().get(code, ()))
            kept[place.postcode, km] = self.table.of_numbers(numbers)
        found: int = kept[place.postcode, km]
        return found

    def _by_postcode(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] | None = self.table.kept.get("postcodes")
        if found is None:
            found = self.table.kept["postcodes"] = {}
            for number, (_made, postcode, _prices) in enumerate(self.table.facts):
                found.setdefault(postcode, []).append(number)
        return found

    def counts(self, name: str, choices: Iterable[str]) -> dict[str, int]:
        """How many each choice gives; those that give nothing are left out."""
        others = [part for key, part in self._parts.items() if key != name]
        base = reduce(and_, others)
        found = {choice: self.count(base & self.of(name, choice)) for choice in choices}
        return {choice: count for choice, count in found.items() if count}

    def count(self, places: int) -> int:
        """How many partners, or offers, are in a set."""
        return places.bit_count() if self.wish.offers else self.table.fields.count(places)

    def values(self, name: str) -> list[str]:
        """All values of a filter that somebody has."""
        beginning = f"{PREFIXES[name]}:"
        return [t.removeprefix(beginning) for t in self.table.sets if t.startswith(beginning)]
