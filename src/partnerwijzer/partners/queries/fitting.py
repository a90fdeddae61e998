"""Offers that may fit what a school is about: a bounded number of them, the likeliest first.

The index of the databank chooses out of everything there is; what is chosen is read from the
database. Whether and why an offer really fits is for who asks to say.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from partnerwijzer import places
from partnerwijzer.access.actor import Actor, Kind
from partnerwijzer.partners import indexing
from partnerwijzer.partners.facets import DISTANCES, Facets, Surroundings
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import Offer, OfferShape
from partnerwijzer.search.following import Opened

MOST_GOALS = 12  # more goals of one wish are not looked at


@dataclass(frozen=True)
class Sought:
    """What is looked for. An offer has to be on a goal or a theme; the rest says what comes first.

    Args:
        levels: all keys of levels that suit; what names no level at all may suit too.
        audience: for whom; what names nobody may suit too.
        most: in cents, for one pupil or in total as `unit` says.
    """

    goals: Sequence[int] = ()
    themes: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    structural: bool = False
    place: places.Place | None = None
    most: int | None = None
    unit: str = ""


class Likely(NamedTuple):
    """An offer, with its partner, and the keys of its goals."""

    offer: Offer
    goals: frozenset[int]


def likely_offers(actor: Actor, sought: Sought, *, limit: int = 60) -> list[Likely]:
    """Current offers on one of the goals or themes, at most so many: on most goals first, then on a
    theme, then with the least against them, then nearest."""
    if not (actor.seats or actor.kind is Kind.SYSTEM):
        return []
    keys = indexing.databank.ask(lambda opened: _keys(opened, sought, limit))
    rows = Offer.objects.filter(withdrawn_at=None).select_related("partner")
    there = rows.defer("partner__search_text", "partner__search_keys", "search_text").in_bulk(keys)
    goals: dict[int, set[int]] = {key: set() for key in keys}
    links = Offer.goals.through.objects.filter(offer__in=keys)
    for offer, goal in links.values_list("offer_id", "goal_id"):
        goals[offer].add(goal)
    return [Likely(there[key], frozenset(goals[key])) for key in keys if key in there]


def _keys(opened: Opened, sought: Sought, limit: int) -> list[int]:
    found: dict[int, None] = {}
    for tier in _tiers(opened, sought):
        for place in _lowest(tier, limit - len(found)):
            found.setdefault(opened.table.unit_at(place))
        if len(found) >= limit:
            break
    return list(found)


def _tiers(opened: Opened, sought: Sought) -> Iterator[int]:
    """Sets of offers, the likeliest first; no offer is in two."""
    table = opened.table
    facets = Facets(table, Wish(), Surroundings(place=sought.place))
    left = table.set_of("offer") & _suiting(facets, sought)
    goals = [_with_goal(opened, goal) for goal in sought.goals[:MOST_GOALS]]
    themes = table.any_of(f"theme:{theme}" for theme in sought.themes)
    against = _at_least(_against(facets, sought))
    rings = [facets.near(km) for km in DISTANCES] if sought.place else []
    for on_goals in reversed(_at_least(goals)):
        # All offers are on at least no goal: those have to be about a theme.
        for subject in (on_goals & themes, on_goals if on_goals >= 0 else 0):
            for so_much in (*(~more for more in against), -1):
                for ring in (*rings, -1):
                    tier = left & subject & so_much & ring
                    left &= ~tier
                    if tier:
                        yield tier


def _with_goal(opened: Opened, goal: int) -> int:
    hits = opened.finder.having([f"goal:{goal}"])
    return opened.table.of_hits(hits.groups, hits.slots)


def _suiting(facets: Facets, sought: Sought) -> int:
    """For these levels and people, or for nobody in particular. -1 is everything."""
    suiting = -1
    for prefix, wanted in (("level", sought.levels), ("for", sought.audience)):
        if wanted:
            tokens = (t for t in facets.table.sets if t.startswith(f"{prefix}:"))
            named = facets.table.any_of(tokens)
            suiting &= facets.table.any_of(f"{prefix}:{key}" for key in wanted) | ~named
    return suiting


def _against(facets: Facets, sought: Sought) -> list[int]:
    """Offers with something against them, a set for each thing."""
    table = facets.table
    wrong = OfferShape.ONE_OFF if sought.structural else OfferShape.TRAJECTORY
    found = [table.set_of(f"shape:{wrong}")]
    if sought.most is not None:
        dear = table.set_of("price#") & ~table.at_most("price", sought.most)
        found.append(dear & table.set_of(f"per:{sought.unit}"))
    return found


def _at_least(sets: Iterable[int]) -> list[int]:
    """The places that are in at least 0, 1, 2 … of these sets; -1 is everything."""
    counts = [-1]
    for places_of_one in sets:
        more = [places_of_one & fewer for fewer in counts]
        counts = [-1, *(a | b for a, b in zip((*counts[1:], 0), more, strict=True))]
    return counts


def _lowest(places_of_tier: int, count: int) -> Iterator[int]:
    """The first places of a set, at most so many."""
    while places_of_tier and count > 0:
        lowest = places_of_tier & -places_of_tier
        yield lowest.bit_length() - 1
        places_of_tier ^= lowest
        count -= 1
