"""Finding partners: by words in any order, by filters, and those that may be the same.

Every word has to be found: in a partner, in one of its current offers, or in the words of the lists
(theme, kind, working form) by which it is described. The index of the databank finds them; which
partners they are, and what fits the filters, the database says.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from partnerwijzer.access.actor import Actor
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.partners import indexing, likeness
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import (
    Experience,
    Offer,
    Partner,
    PartnerQuerySet,
    Place,
    PriceUnit,
)
from partnerwijzer.partners.spelling import folded
from partnerwijzer.search.keys import Keys

CANDIDATES = 800
NAMED = {"themes": "theme", "partner_kinds": "kind", "working_forms": "form"}
SHORTEST_IN_LISTS = 3


class Found(Sequence[Partner]):
    """The partners that fit a search, in order; only those that are asked for are read whole.

    Each has in `fitting` the current offers that fit the filters.
    """

    def __init__(self, keys: Sequence[int], offers: QuerySet[Offer]) -> None:
        self._keys = keys
        self._offers = Prefetch("offers", offers.order_by("title", "pk"), to_attr="fitting")

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, which: Any) -> Any:
        if not isinstance(which, slice):
            return self[which : which + 1][0]
        keys = list(self._keys[which])
        rows = Partner.objects.defer("search_text", "search_keys").prefetch_related(self._offers)
        there = rows.in_bulk(keys)
        return [there[key] for key in keys if key in there]

    def __iter__(self) -> Iterator[Partner]:
        return iter(self[:])


def find(actor: Actor, wish: Wish) -> Found:
    """Partners that fit a search."""
    rows = Partner.objects.visible_to(actor)
    if wish.words:
        rows = rows.filter(pk__in=Keys(_holding(wish.words)))
    if wish.soort:
        rows = rows.filter(kind=wish.soort)
    if asks_for_an_offer(wish):
        rows = rows.filter(pk__in=_fitting(wish).values("partner"))
    else:
        rows = rows.filter(_about(wish))
    if wish.ervaring:
        seen = Experience.objects.visible_to(actor)
        rows = rows.filter(pk__in=seen.values("partner"))
    return Found(_in_order(rows, wish), _fitting(wish))


def asks_for_an_offer(wish: Wish) -> bool:
    """Whether a filter is set that only an offer can fit."""
    priced = bool(wish.gratis) or wish.most_euro is not None
    return bool(wish.hoevaak or wish.werkvorm or wish.voor or wish.waar) or priced


def _holding(words: Sequence[str]) -> set[int]:
    """The partners in which each word is found, see indexing.documents."""
    keys = {word: _named(word) for word in words}
    return set(indexing.databank.find(words, keys).groups)


def _contains(field: str, text: str) -> Q:
    """LIKE: twice as quick as INSTR over texts of this length in SQLite (measured)."""
    return Q(**{f"{field}__contains": text})


def _named(word: str) -> list[str]:
    """Keys of the lists in whose words one begins with this one."""
    if len(word) < SHORTEST_IN_LISTS:
        return []
    return [
        f"{prefix}:{key}"
        for name, prefix in NAMED.items()
        for key, label in vocabulary.choices(name)
        if any(part.startswith(word) for part in folded(label).split())
    ]


def _has(field: str, key: str) -> Q:
    """A key in a JSON list of keys, on both databases: keys hold letters, digits and hyphens."""
    return Q(**{f"{field}__icontains": f'"{key}"'})


def _about(wish: Wish) -> Q:
    """Theme and level: of the partner, or of one of its current offers."""
    found = Q()
    for prefix, _field, keys in _topics(wish):
        found &= reduce(or_, (_contains("search_keys", f" {prefix}:{key} ") for key in keys))
    return found


def _topics(wish: Wish) -> list[tuple[str, str, list[str]]]:
    """The keys that fit: prefix in search_keys, field and keys. With a level come its parts, and
    what it is part of."""
    found = [("theme", "themes", [wish.thema])] if wish.thema else []
    if wish.niveau:
        terms = {t.key: t.group for t in vocabulary.terms("education_levels")}
        related = [key for key, parent in terms.items() if parent == wish.niveau]
        above = terms.get(wish.niveau, "")
        found.append(("level", "levels", [wish.niveau, *related, *([above] if above else [])]))
    return found


def _fitting(wish: Wish) -> QuerySet[Offer]:
    """Current offers that fit every filter about offers."""
    rows = Offer.objects.filter(_in_offer(wish), withdrawn_at=None)
    for _prefix, field, keys in _topics(wish):
        own = reduce(or_, (_has(field, key) for key in keys))
        partners = reduce(or_, (_has(f"partner__{field}", key) for key in keys))
        rows = rows.filter(own | (Q(**{field: []}) & partners))
    return rows


def _in_offer(wish: Wish) -> Q:
    found = Q()
    if wish.hoevaak:
        found &= Q(shape__in=wish.hoevaak)
    if wish.werkvorm:
        found &= Q(working_form=wish.werkvorm)
    if wish.voor:
        found &= reduce(or_, (_has("audience", key) for key in wish.voor))
    if wish.waar:
        either = {Place.AT_SCHOOL, Place.ELSEWHERE} & set(wish.waar)
        found &= Q(place__in=[*wish.waar, *([Place.EITHER] if either else [])])
    return found & _price(wish)


def _price(wish: Wish) -> Q:
    """Free or up to an amount, in one unit where that is chosen: prices per pupil and per day do
    not compare. What is free fits every unit; an unknown price fits none."""
    if wish.gratis:
        return Q(price=0)
    if wish.most_euro is None:
        return Q()
    unit = Q(price_unit__in=[wish.per, PriceUnit.FREE]) if wish.per else Q()
    return Q(price__lte=wish.most_euro) & unit


def _in_order(rows: PartnerQuerySet, wish: Wish) -> list[int]:
    """Newest first where asked; else names that begin with what was typed first, then by name."""
    if wish.volgorde == "nieuw":
        return list(rows.order_by("-created_at", "-pk").values_list("pk", flat=True))
    text = folded(wish.q)
    named = [(name, key) for key, name in rows.values_list("pk", "sort_name")]
    return [key for _n, _name, key in sorted((_rank(name, text), name, key) for name, key in named)]


def _rank(name: str, text: str) -> int:
    if name.startswith(text):
        return 0
    return 1 if text in name else 2


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
