"""What somebody looks for in the register, read from the address and put back in it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from partnerwijzer import places
from partnerwijzer.kbo import groups
from partnerwijzer.kbo.filters import Filters
from partnerwijzer.places import Place

LONGEST = 120
DISTANCES = (5, 10, 25, 50)  # kilometres
USUAL_DISTANCE = 10
ONLY_THERE = 0


class Query(Protocol):
    """What an address asks: Django's QueryDict fits."""

    def get(self, name: str, default: str, /) -> str | None: ...
    def getlist(self, name: str, /) -> list[str]: ...


@dataclass(frozen=True)
class RegisterWish:
    """Words and filters, named as in the address. Empty means: does not matter.

    `km` is how far from `bij`, which is what was typed; ONLY_THERE is the municipality itself.
    """

    q: str = ""
    vorm: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    bij: str = ""
    km: int = USUAL_DISTANCE

    @property
    def place(self) -> Place | None:
        """The place that is meant, None when none or when we do not know it."""
        return places.read(self.bij) if self.bij else None

    @property
    def filters(self) -> Filters:
        """As the register wants them. A place that we do not know is no filter."""
        return Filters(self.vorm, self.sector, self._postcodes())

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.q or self.filters)

    @property
    def address(self) -> str:
        """The query of the address, without what is empty."""
        pairs = [("q", self.q), *(("vorm", one) for one in self.vorm)]
        pairs += [*(("sector", one) for one in self.sector), ("bij", self.bij)]
        if self.bij and self.km != USUAL_DISTANCE:
            pairs.append(("km", str(self.km)))
        query = urlencode([pair for pair in pairs if pair[1]])
        return f"?{query}" if query else ""

    def without(self, name: str, value: str) -> "RegisterWish":
        """The same search without one filter."""
        if name == "bij":
            return replace(self, bij="", km=USUAL_DISTANCE)
        kept = tuple(one for one in getattr(self, name) if one != value)
        return replace(self, vorm=kept) if name == "vorm" else replace(self, sector=kept)

    def _postcodes(self) -> frozenset[str]:
        place = self.place
        if place is None:
            return frozenset()
        if self.km == ONLY_THERE:
            return frozenset(one.postcode for one in places.municipality(place))
        return places.within(place, self.km)


def register_wish_of(query: Query) -> RegisterWish:
    """The search of an address; what cannot be is left out."""
    distance = query.get("km", "") or ""
    return RegisterWish(
        q=_text(query, "q"),
        vorm=_known(query.getlist("vorm"), groups.FORMS),
        sector=_known(query.getlist("sector"), groups.SECTORS),
        bij=_text(query, "bij"),
        km=int(distance) if distance in map(str, (ONLY_THERE, *DISTANCES)) else USUAL_DISTANCE,
    )


def _text(query: Query, name: str) -> str:
    return " ".join((query.get(name, "") or "").split())[:LONGEST]


def _known(given: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    allowed = set(known)
    return tuple(one for one in dict.fromkeys(given) if one in allowed)
