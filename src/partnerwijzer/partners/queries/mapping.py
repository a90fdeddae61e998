"""Where what was found lies: how many in each postcode, for the map."""

from collections import Counter
from dataclasses import dataclass

from partnerwijzer import places
from partnerwijzer.partners.queries.searching import Found


@dataclass(frozen=True)
class Spot:
    """A place with how many partners, or offers, were found there."""

    place: places.Place
    count: int


@dataclass(frozen=True)
class Spots:
    """All that was found, by place; `nowhere` is how many have no postcode that we know."""

    spots: tuple[Spot, ...]
    nowhere: int


def spots_of(found: Found) -> Spots:
    """Where a search that was given out to the actor lies, by postcode."""
    counts = _counts(found)
    known = {code: place for code in counts if (place := places.find(code)) is not None}
    spots = tuple(Spot(known[code], counts[code]) for code in sorted(known))
    return Spots(spots, sum(counts.values()) - sum(spot.count for spot in spots))


def _counts(found: Found) -> Counter[str]:
    facets = found.facets
    table = facets.table
    if not facets.wish.offers:
        return Counter(table.facts[n][1] for n in table.fields.numbers(facets.found))
    # Offers stand in the order of their partners: one walk along both.
    counts: Counter[str] = Counter()
    starts, number = table.fields.starts, 0
    for place in table.members(facets.found):
        while number + 1 < len(starts) and starts[number + 1] <= place:
            number += 1
        counts[table.facts[number][1]] += 1
    return counts
