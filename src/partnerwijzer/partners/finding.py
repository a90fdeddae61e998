"""What somebody looks for in the databank, read from the address and put back in it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Protocol
from urllib.parse import urlencode

from partnerwijzer.search.words import words
from partnerwijzer.ui import amounts

LONGEST = 100
MOST_WORDS = 8
# Not searched for where other words say more.
FILLERS = frozenset(
    {"de", "het", "een", "en", "of", "van", "voor", "met"}
    | {"in", "op", "te", "om", "over", "bij", "aan", "naar"}
)
# What shows the same in another way, and what says more about another filter.
NO_FILTERS = frozenset({"q", "toon", "als", "volgorde", "per", "bij", "vergelijk"})
# What stays when all filters are taken away.
KEPT = frozenset({"q", "toon", "als", "vergelijk"})
# A filter and what goes away with it.
BELONGS = {"prijs": "per", "afstand": "bij"}


class Query(Protocol):
    """What an address asks: Django's QueryDict fits."""

    def get(self, name: str, default: str, /) -> Any: ...
    def getlist(self, name: str, /) -> list[str]: ...


@dataclass(frozen=True)
class Wish:
    """A search: words and filters, named as in the address. Empty means: does not matter.

    Of one filter one value is enough; different filters all have to fit, those about an offer the
    same offer.
    """

    q: str = ""
    toon: str = ""
    als: str = ""
    soort: tuple[str, ...] = ()
    thema: tuple[str, ...] = ()
    niveau: tuple[str, ...] = ()
    leeftijd: str = ""
    competentie: tuple[str, ...] = ()
    doel: str = ""
    werkvorm: tuple[str, ...] = ()
    voor: tuple[str, ...] = ()
    hoevaak: tuple[str, ...] = ()
    waar: tuple[str, ...] = ()
    taal: tuple[str, ...] = ()
    gratis: str = ""
    prijs: str = ""
    per: str = ""
    belang: tuple[str, ...] = ()
    erkend: str = ""
    actief: str = ""
    provincie: tuple[str, ...] = ()
    afstand: str = ""
    bij: str = ""
    plaats: str = ""
    ervaring: str = ""
    gebruikt: tuple[str, ...] = ()
    volgorde: str = ""
    # What was chosen to be compared: see partners.comparing.
    vergelijk: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words to look for, folded; every one has to be found."""
        every = list(dict.fromkeys(words(self.q)))
        return ([w for w in every if w not in FILLERS] or every)[:MOST_WORDS]

    @property
    def most_euro(self) -> Decimal | None:
        """The highest price that was typed; None where there is no sensible one."""
        try:
            amount = amounts.parse(self.prijs)
        except amounts.NotANumber:
            return None
        return amount if 0 <= amount < 10**7 else None

    @property
    def offers(self) -> bool:
        """Whether offers are listed instead of partners."""
        return self.toon == "aanbod"

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters that are set, as (name, value); a list gives one pair for each value."""
        return [pair for pair in _pairs(self) if pair[0] not in NO_FILTERS]

    @property
    def address(self) -> str:
        """The query of the address, without what is empty."""
        return _address(_pairs(self))

    def without(self, name: str, value: str) -> str:
        """The address of the same search without one filter."""
        extra = BELONGS.get(name)
        gone = {(name, value)} | ({(extra, getattr(self, extra))} if extra else set())
        return _address(pair for pair in _pairs(self) if pair not in gone)

    @property
    def bare(self) -> str:
        """The address of the same words without any filter."""
        return _address(pair for pair in _pairs(self) if pair[0] in KEPT)

    def put(self, **values: Any) -> str:
        """The address of the same search with other values."""
        return replace(self, **values).address


def wish_of(query: Query, known: Mapping[str, Iterable[str]]) -> Wish:
    """The search of an address.

    Args:
        known: the keys that each list can have; what is not among them is left out.
    """
    values: dict[str, Any] = {}
    for field in fields(Wish):
        given = [value.strip()[:LONGEST] for value in query.getlist(field.name)]
        if field.name in known:
            allowed = set(known[field.name])
            given = [value for value in dict.fromkeys(given) if value in allowed]
        many = field.default == ()
        values[field.name] = tuple(given) if many else next(iter(given), "")
    return Wish(**values)


def _pairs(wish: Wish) -> list[tuple[str, str]]:
    found = []
    for field in fields(Wish):
        value = getattr(wish, field.name)
        several = value if isinstance(value, tuple) else (value,)
        found += [(field.name, one) for one in several if one]
    return found


def _address(pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"?{query}" if query else ""
