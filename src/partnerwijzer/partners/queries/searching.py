"""Finding partners and offers: by words, and by filters that are counted.

Every word has to be found: in a partner, in one of its current offers, or in the words of the lists
(theme, kind, working form) by which it is described. The index of the databank says who fits and
how many each filter would give; what is shown is read from the database.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from time import monotonic
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer import places
from partnerwijzer.access.actor import Actor, Kind
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.goals import queries as goals
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import everyday, indexing, likeness, usage
from partnerwijzer.partners.facets import Facets, Surroundings
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import Experience, MarkKind, Offer, Partner
from partnerwijzer.search import matches
from partnerwijzer.search.following import Opened
from partnerwijzer.search.matches import Match, Other, Term
from partnerwijzer.search.spelling import folded
from partnerwijzer.search.table import Table

CANDIDATES = 800
NAMED = {"themes": "theme", "partner_kinds": "kind", "working_forms": "form"}
SHORTEST_IN_LISTS = 3
# Letters from which goals are looked through too; when more hold the words, these say too little.
SHORTEST_GOAL, MOST_GOALS = 3, 200
ON_A_GOAL = 0.0  # how well an offer fits that is only on a goal with the words
MINUTE, MOST_KEPT = 60.0, 500
FAR = 10**6  # kilometres, of who has no postcode


class Found(Sequence[Any]):
    """What fits a search, in order: partners, or offers where these were asked for.

    Only those that are asked for are read. A partner has in `fitting` the current offers that fit,
    and in `mark_kind` the warning that stands on it.
    """

    def __init__(self, facets: Facets, order: Sequence[int], match: Match | None = None) -> None:
        self.facets = facets
        self._order = order
        self._match = match

    @property
    def also(self) -> list[str]:
        """The other words for what was typed by which something more was found."""
        added = self._match.added if self._match else ()
        return list(dict.fromkeys(words for words, more in added if more & self.facets.found))

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, which: Any) -> Any:
        if not isinstance(which, slice):
            return self[which : which + 1][0]
        return self._offers(which) if self.facets.wish.offers else self._partners(which)

    def __iter__(self) -> Iterator[Any]:
        return iter(self[:])

    @property
    def keys(self) -> list[int]:
        """The keys of all that was found, in order."""
        table = self.facets.table
        if self.facets.wish.offers:
            return [table.unit_at(place) for place in self._order]
        return [table.keys[number] for number in self._order]

    def partner_and_offer_keys(self) -> tuple[list[int], list[int]]:
        """The keys of all partners that were found, and of their offers that fit, in order."""
        table, order = self.facets.table, self._order
        if self.facets.wish.offers:
            partners = dict.fromkeys(table.keys[table.number_at(place)] for place in order)
            return list(partners), self.keys
        return self.keys, [unit for number in order for unit in self._units(number)]

    def _partners(self, which: slice) -> list[Partner]:
        table, numbers = self.facets.table, self._order[which]
        keys = [table.keys[number] for number in numbers]
        fitting = [unit for number in numbers for unit in self._units(number)]
        offers = Offer.objects.filter(pk__in=fitting, withdrawn_at=None).order_by("title", "pk")
        rows = _rows().prefetch_related(Prefetch("offers", offers, to_attr="fitting"))
        there = rows.in_bulk(keys)
        for key, number in zip(keys, numbers, strict=True):
            if key in there:
                there[key].mark_kind = self._mark(number)
        return [there[key] for key in keys if key in there]

    def _mark(self, number: int) -> str:
        """The warning that stands on a partner: a MarkKind, or nothing."""
        table = self.facets.table
        at = table.fields.starts[number]
        return next((k for k in MarkKind.values if table.set_of(f"mark:{k}") >> at & 1), "")

    def _units(self, number: int) -> list[int]:
        """The keys of the offers of a partner that fit."""
        table, found = self.facets.table, self.facets.found
        own = found >> table.fields.starts[number]
        units = table.units[number]
        return [key for slot, key in enumerate(units) if key and own >> slot & 1]

    def _offers(self, which: slice) -> list[Offer]:
        table, places_of = self.facets.table, self._order[which]
        keys = [table.unit_at(place) for place in places_of]
        rows = Offer.objects.filter(withdrawn_at=None).select_related("partner")
        there = rows.defer("partner__search_text", "partner__search_keys").in_bulk(keys)
        for key, place in zip(keys, places_of, strict=True):
            if key in there:
                there[key].partner.mark_kind = self._mark(table.number_at(place))
        return [there[key] for key in keys if key in there]


def _rows() -> Any:
    """Without what is only searched."""
    return Partner.objects.filter(merged_into=None).defer("search_text", "search_keys")


def find(actor: Actor, wish: Wish) -> Found:
    """What fits a search, for this reader.

    The databank is shared, so who reads it finds all of it. Which schools use what is not: that
    comes from what the actor may see.
    """
    return indexing.databank.ask(lambda opened: _find(opened, actor, wish))


def _find(opened: Opened, actor: Actor, wish: Wish) -> Found:
    if not _reads(actor):
        return Found(Facets(opened.table, wish, Surroundings()), [])
    match = _by_goals(opened, actor, wish, _by_words(opened, wish.words))
    facets = Facets(opened.table, wish, _around(opened, actor, wish, match and match.places))
    return Found(facets, _in_order(facets, match), match)


def _reads(actor: Actor) -> bool:
    """As PartnerQuerySet.visible_to: all of the databank, or nothing."""
    return bool(actor.seats) or actor.kind is Kind.SYSTEM


def _by_words(opened: Opened, words: Sequence[str]) -> Match | None:
    """Where the words are found; nothing where there are none.

    Whoever has a token by which a word is known comes from the table: quicker, they are many.
    """
    if not words:
        return None
    terms = [_term(said) for said in everyday.understood(tuple(words))]
    return matches.find(opened.finder, opened.table, terms)


def _by_goals(opened: Opened, actor: Actor, wish: Wish, match: Match | None) -> Match | None:
    """With the offers on a goal that holds the words, or has the code: behind all else."""
    aimed = opened.table.set_of("aimed")
    if match is None or len(wish.q) < SHORTEST_GOAL or not aimed & ~match.places:
        return match
    keys = goals.keys_of(actor, wish.q, most=MOST_GOALS)
    hits = opened.finder.having([f"goal:{key}" for key in keys]) if keys else None
    more = opened.table.of_hits(hits.groups, hits.slots) & ~match.places if hits else 0
    if not more:
        return match
    said = _("doelen met deze woorden")
    return Match([*match.rings, (ON_A_GOAL, more)], (*match.added, (said, more)))


def _term(said: everyday.Said) -> Term:
    others = (Other(label, words, _tokens(words)) for label, words in said.also)
    return Term(said.words, _tokens(said.words), tuple(others))


def _tokens(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_named(word)) for word in words)


def _named(word: str) -> list[str]:
    """Tokens of the lists in whose words one begins with this one."""
    if len(word) < SHORTEST_IN_LISTS:
        return []
    return [
        f"{prefix}:{key}"
        for name, prefix in NAMED.items()
        for key, label in vocabulary.choices(name)
        if any(part.startswith(word) for part in _words_of(label))
    ]


@lru_cache(maxsize=2048)
def _words_of(label: str) -> tuple[str, ...]:
    return tuple(folded(label).split())


# What only this reader sees


@dataclass(frozen=True)
class Near:
    """The school that is worked for, and the places of who it and its board work with."""

    school: School | None
    used: Mapping[str, int]
    told: int


def _around(opened: Opened, actor: Actor, wish: Wish, by_words: int | None) -> Surroundings:
    table, near = opened.table, _near_of(opened, actor)
    goal = None
    if wish.doel:
        with_goal = opened.finder.having([f"goal:{wish.doel}"])
        goal = table.of_hits(with_goal.groups, with_goal.slots)
    return Surroundings(
        words=by_words,
        goal=goal,
        used=near.used,
        told=near.told,
        place=_place(wish, near.school),
        levels=_levels(),
        today=timezone.localdate().toordinal(),
    )


def _near_of(opened: Opened, actor: Actor) -> Near:
    """Kept while nothing changes in the tables that are watched, a minute at most: who types asks
    the same with each letter."""
    kept: dict[Actor, tuple[Any, float, Near]] = opened.table.kept.setdefault("near you", {})
    least = vocabulary.current().factors.counting.minimum_schools
    moment = (opened.state.place.floor, opened.state.place.mark, opened.passed, least)
    found = kept.get(actor)
    if found is None or found[0] != moment or monotonic() - found[1] > MINUTE:
        if len(kept) > MOST_KEPT:
            kept.clear()
        found = kept[actor] = (moment, monotonic(), _near(opened.table, actor, least))
    return found[2]


def _near(table: Table, actor: Actor, least: int) -> Near:
    """By key of school and of board, so that an index of the database finds them."""
    own = School.objects.filter(pk=actor.school_id or 0).exclude(board=None).values("board_id")
    around = Q(pk=actor.school_id or 0) | Q(board__in=own) | Q(board__in=actor.boards)
    sisters = {school.pk: school for school in School.objects.filter(around)}
    school = sisters.get(actor.school_id or 0)
    boards = {one.board_id for one in sisters.values() if one.board_id}
    near = Q(school__in=list(sisters)) | Q(board__in=boards)
    rows = Experience.objects.visible_to(actor).filter(near).order_by()
    told = set(rows.values_list("partner_id", "school_id"))
    pairs = {*told, *usage.known_to(actor, sisters)} if school else told
    used = {
        "school": table.of_groups({partner for partner, at in pairs if at == actor.school_id}),
        "bestuur": table.of_groups({partner for partner, at in pairs if at in sisters}),
    }
    if school:
        used["gelijk"] = table.at_least(f"told:{school.kind}", least)
    return Near(school, used, table.of_groups({partner for partner, _at in told}))


def _place(wish: Wish, school: School | None) -> places.Place | None:
    """From where distances are measured: what was typed, else the school."""
    return places.read(wish.bij) if wish.bij else places.find(school.postcode) if school else None


def _levels() -> dict[str, list[str]]:
    """With a level come its parts, and what it is part of."""
    above = {term.key: term.group for term in vocabulary.terms("education_levels")}
    return {
        key: [key, *(part for part, whole in above.items() if whole == key), *([up] if up else [])]
        for key, up in above.items()
    }


# In order


def _in_order(facets: Facets, match: Match | None) -> Sequence[int]:
    """Numbers of partners, or places of offers; by name where nothing else is asked."""
    table, found, order = facets.table, facets.found, facets.wish.volgorde
    if match and not order:
        return BestFirst(facets, match)
    if facets.wish.offers:
        return _offers_in_order(facets, table.members(found))
    numbers = table.fields.numbers(found)
    if order == "nieuw":
        return sorted(numbers, key=lambda n: (-table.facts[n][0], -table.keys[n]))
    if order == "prijs":
        return sorted(numbers, key=lambda n: _least(table.facts[n][2]))
    return _nearest_first(facets, numbers) if order == "afstand" else numbers


def _least(prices: Sequence[int | None]) -> float:
    return min((price for price in prices if price is not None), default=float("inf"))


def _nearest_first(facets: Facets, numbers: list[int]) -> list[int]:
    table, here = facets.table, facets.around.place
    if here is None:
        return numbers
    far: dict[str, float] = {}
    for code in {table.facts[n][1] for n in numbers}:
        there = places.find(code)
        far[code] = places.km(here, there) if there else FAR
    return sorted(numbers, key=lambda n: far[table.facts[n][1]])


def _offers_in_order(facets: Facets, found: list[int]) -> list[int]:
    """Offers stand by partner; the order of the partners is that of the offers."""
    table, order = facets.table, facets.wish.volgorde
    if order in ("nieuw", "afstand"):
        numbers = table.fields.numbers(facets.found)
        by = _nearest_first(facets, numbers) if order == "afstand" else numbers
        if order == "nieuw":
            return sorted(found, key=lambda place: -table.unit_at(place))
        rank = {number: at for at, number in enumerate(by)}
        return sorted(found, key=lambda place: rank[table.number_at(place)])
    return sorted(found, key=_prices(facets).__getitem__) if order == "prijs" else found


def _prices(facets: Facets) -> list[float]:
    """The price at each place; no end where there is none. Kept with the table."""
    prices: list[float] | None = facets.table.kept.get("prices")
    if prices is None:
        prices = facets.table.kept["prices"] = []
        for _made, _postcode, of_units in facets.table.facts:
            prices += [float("inf") if price is None else price for price in of_units]
            prices.append(float("inf"))  # the spare place of each group
    return prices


class BestFirst(Sequence[int]):
    """What fits best first, worked out as far as it is looked at: of tens of thousands of hits one
    sees ten. Names that begin with what was typed come before all else; by name where hits fit
    alike."""

    def __init__(self, facets: Facets, match: Match) -> None:
        self._facets, self._match = facets, match
        self._length = facets.count(facets.found)
        self._known: list[int] = []
        self._rings = self._next_rings()
        self._seen: set[int] = set()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, which: Any) -> Any:
        stop = self._length if not isinstance(which, slice) else which.indices(self._length)[1]
        while len(self._known) < stop and (ring := next(self._rings, None)) is not None:
            fresh = [one for one in self._listed(ring) if one not in self._seen]
            self._seen.update(fresh)
            self._known += fresh
        return self._known[which]

    def _listed(self, ring: int) -> list[int]:
        table, places = self._facets.table, ring & self._facets.found
        return table.members(places) if self._facets.wish.offers else table.fields.numbers(places)

    def _next_rings(self) -> Iterator[int]:
        """Sets of places, each with what fits less than the one before; the last is everything."""
        table = self._facets.table
        if not self._facets.wish.offers:
            text, orders = folded(self._facets.wish.q), table.orders
            first, last = bisect_left(orders, text), bisect_left(orders, f"{text}\U0010ffff")
            yield table.fields.between(first, last)
        yield from (places for _fit, places in self._match.rings)


# Quickly, and the same


def quick_search(actor: Actor, text: str, *, limit: int = 12) -> list[Partner]:
    """Partners in which every word is found, with their current offers in `offers.all()`."""
    wish = Wish(q=text)
    if not wish.words:
        return []
    current = Offer.objects.filter(withdrawn_at=None).order_by("title", "pk")
    partners: list[Partner] = find(actor, wish)[:limit]
    prefetch_related_objects(partners, Prefetch("offers", current))
    return partners


def similar(
    actor: Actor, name: str, *, number: str = "", website: str = "", without: int | None = None
) -> list[Partner]:
    """Partners that may be the same: the same number or website, or nearly the same name.

    Args:
        without: key of the partner that is being changed.
    """
    pieces = [Q(sort_name__contains=piece) for piece in likeness.pieces(name)]
    host = likeness.host_of(website)
    near = reduce(or_, pieces, Q(pk=None))
    if number:
        near |= Q(enterprise_number=number)
    if host:
        near |= Q(website__icontains=host)
    rows = Partner.objects.visible_to(actor).exclude(pk=without or 0).filter(near)
    candidates = rows.only("name", "town", "website", "enterprise_number").order_by("pk")
    return [
        partner
        for partner in candidates[:CANDIDATES]
        if (number and partner.enterprise_number == number)
        or (host and likeness.host_of(partner.website) == host)
        or likeness.alike(partner.name, name)
    ][:5]
