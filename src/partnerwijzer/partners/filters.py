"""The filters of the databank in words: what each is called, and what its choices are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from partnerwijzer import places
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.goals import queries as goals
from partnerwijzer.partners.facets import DISTANCES, Facets
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.indexing import OLDEST, YOUNGEST
from partnerwijzer.partners.models import ForWhom, OfferShape, Place, PriceUnit, Tie
from partnerwijzer.search.spelling import folded
from partnerwijzer.ui import amounts

# Filter of the address -> list of the framework that it chooses from.
LISTS = {
    "soort": "partner_kinds",
    "thema": "themes",
    "niveau": "education_levels",
    "werkvorm": "working_forms",
}
ENUMS: dict[str, Any] = {"hoevaak": OfferShape, "voor": ForWhom, "waar": Place}
WAYS = ("tabel", "kaart")
ORDERS = ("naam", "nieuw", "prijs", "afstand")
FIRST = ("thema", "niveau", "voor", "waar")
MORE = ("soort", "werkvorm", "hoevaak", "competentie", "taal", "provincie", "belang")
# So many choices stand open; the rest folds away.
SHOWN = 6


@dataclass(frozen=True)
class Option:
    """One choice of a filter, and how many it gives."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter with the choices that give something, and those that were chosen."""

    name: str
    label: str
    open: tuple[Option, ...]
    rest: tuple[Option, ...] = ()

    @property
    def boxes(self) -> SafeString:
        """The choices that stand open, as boxes to tick."""
        return _boxes(self.name, self.open)

    @property
    def more_boxes(self) -> SafeString:
        return _boxes(self.name, self.rest)

    @property
    def options(self) -> tuple[Option, ...]:
        return (*self.open, *self.rest)


def _boxes(name: str, options: Iterable[Option]) -> SafeString:
    """Not a template, and escaped by hand: a page has a hundred of them."""
    return mark_safe("".join(_box(name, option) for option in options))  # noqa: S308 -- escaped


def _box(name: str, option: Option) -> str:
    value, checked = escape(option.value), " checked" if option.chosen else ""
    return (
        f'<label class="check"><input type="checkbox" id="{name}-{value}" name="{name}"'
        f' value="{value}"{checked}><span>{escape(option.label)}'
        f' <small class="muted">{option.count}</small></span></label>'
    )


def known() -> dict[str, Iterable[str]]:
    """What each filter of an address can be; of the others any text is read."""
    ages = range(YOUNGEST, OLDEST + 1)
    return {
        **{name: [term.key for term in vocabulary.terms(source)] for name, source in LISTS.items()},
        **{name: enum.values for name, enum in ENUMS.items()},
        "per": PriceUnit.values,
        "belang": Tie.values,
        "leeftijd": [str(age) for age in ages],
        "afstand": [str(km) for km in DISTANCES],
        "plaats": [place.postcode for place in places.everywhere()],
        "gebruikt": ("school", "bestuur", "gelijk"),
        "toon": ("aanbod",),
        "als": WAYS,
        "volgorde": ORDERS,
        **{name: ("1",) for name in ("gratis", "erkend", "actief", "ervaring")},
    }


LABELS = {
    "thema": _lazy("Thema"),
    "niveau": _lazy("Niveau"),
    "leeftijd": _lazy("Leeftijd"),
    "afstand": _lazy("Afstand"),
    "voor": _lazy("Voor wie"),
    "waar": _lazy("Waar"),
    "soort": _lazy("Soort organisatie"),
    "werkvorm": _lazy("Werkvorm"),
    "hoevaak": _lazy("Hoe vaak"),
    "competentie": _lazy("Sleutelcompetentie"),
    "taal": _lazy("Taal"),
    "provincie": _lazy("Provincie"),
    "belang": _lazy("Commercieel belang"),
    "gebruikt": _lazy("Wie werkt ermee?"),
}


def label(name: str, value: str) -> str:
    """What a choice of a filter is called."""
    if name in LISTS:
        return vocabulary.label(LISTS[name], value)
    if name in ENUMS:
        return str(dict(ENUMS[name].choices)[value])
    if name in ("taal", "provincie"):
        return value.replace("-", " ").title() if name == "taal" else _province(value)
    return _own_words(name, value)


def _own_words(name: str, value: str) -> str:
    if name == "competentie":
        return goals.competences().get(value, value)
    if name == "belang":
        return {"none": _("geen, zegt ze zelf"), "some": _("ja")}.get(value, _("niet gekend"))
    if name == "afstand":
        return _("tot {km} km").format(km=value)
    if name == "leeftijd":
        return _("{age} jaar").format(age=value)
    users = {"school": _("onze school"), "bestuur": _("een school van ons bestuur")}
    return {**users, "gelijk": _("scholen als de onze")}[value]


def _province(value: str) -> str:
    return _provinces().get(value, value)


@cache
def _provinces() -> dict[str, str]:
    names = {place.province for place in places.everywhere()}
    return {folded(name).replace(" ", "-"): name for name in names}


def orders(wish: Wish, here: bool) -> list[tuple[str, str]]:
    """In which orders results can stand; the first is the one where nothing was chosen."""
    words = _("wat best past eerst") if wish.words else _("op naam")
    found = [("", words), *([("naam", _("op naam"))] if wish.words else [])]
    found += [("nieuw", _("nieuwste eerst")), ("prijs", _("goedkoopste eerst"))]
    return [*found, *([("afstand", _("dichtstbij eerst"))] if here else [])]


def chip(name: str, value: str, wish: Wish) -> str:
    """A filter that is on, in words that stand by themselves."""
    if name == "prijs":
        return _price(wish)
    if name == "plaats":
        return str(places.find(value) or value)
    if name == "doel":
        return _("met een van de doelen")
    if name == "afstand":
        return _("binnen {km} km").format(km=value)
    if name == "belang":
        return _("commercieel belang: {words}").format(words=label(name, value))
    if name == "gebruikt":
        return _("gebruikt door {who}").format(who=label(name, value))
    switches = {
        "gratis": _("gratis"),
        "ervaring": _("met ervaringen"),
        "erkend": _("erkend"),
        "actief": _("nog actief"),
    }
    return switches.get(name) or label(name, value)


def _price(wish: Wish) -> str:
    if wish.most_euro is None:
        return _("prijs ‘{text}’ is geen bedrag").format(text=wish.prijs)
    price = _("tot {amount}").format(amount=amounts.euros(wish.most_euro))
    return f"{price} {PriceUnit(wish.per).label}" if wish.per else price


def counted(facets: Facets, name: str) -> Filter:
    """A filter with its choices in the order of the list; the most frequent ones stand open."""
    chosen = getattr(facets.wish, name)
    counts = facets.counts(name, _values(facets, name))
    shown = [value for value in _values(facets, name) if value in counts or value in chosen]
    options = [Option(v, label(name, v), counts.get(v, 0), v in chosen) for v in shown]
    if len(options) <= SHOWN + 1:
        return Filter(name, str(LABELS[name]), tuple(options))
    often = {o.value for o in sorted(options, key=lambda o: (not o.chosen, -o.count))[:SHOWN]}
    first = tuple(o for o in options if o.value in often or o.chosen)
    return Filter(name, str(LABELS[name]), first, tuple(o for o in options if o not in first))


def _values(facets: Facets, name: str) -> Iterable[str]:
    if name in LISTS:
        return [term.key for term in vocabulary.terms(LISTS[name])]
    if name in ENUMS:
        return [key for key in ENUMS[name].values if key != Place.EITHER]
    found = {
        "belang": list(Tie.values),
        "gebruikt": ["school", "bestuur", "gelijk"],
        "afstand": [str(km) for km in DISTANCES],
        "leeftijd": [str(age) for age in range(YOUNGEST, OLDEST + 1)],
    }
    if name in found:
        return found[name]
    return sorted(facets.values(name), key=lambda v: (len(v), v) if v.isdigit() else (9, v))
