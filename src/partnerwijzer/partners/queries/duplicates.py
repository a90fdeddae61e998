"""Partners that may be the same: while somebody types, and as pairs to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.kbo import numbers
from partnerwijzer.partners import blocking
from partnerwijzer.partners.models import LikelyPair, LikenessKey, Merge, Partner
from partnerwijzer.partners.queries.searching import similar

MOST_SHOWN = 5
# A chain of merges longer than this is a fault.
MOST_MERGES = 20


@dataclass(frozen=True)
class Alike:
    """A partner that may be the one that is typed, and why: keys of blocking.WEIGHTS."""

    partner: Partner
    reasons: list[str]


def alike(actor: Actor, typed: Mapping[str, Any]) -> list[Alike]:
    """Partners that may be what somebody is typing: by name, number, website or address."""
    about = _typed(typed)
    by_name = similar(actor, about.name, number=about.number, website=about.website)
    keys = blocking.keys_of(about)
    sharing = LikenessKey.objects.filter(key__in=keys).values("partner")
    rows = Partner.objects.visible_to(actor).filter(pk__in=sharing)
    others = rows.defer("search_text", "search_keys")[: blocking.MOST_SHARING]
    every = {partner.pk: partner for partner in (*by_name, *others)}
    found = [
        Alike(p, blocking.reasons(about, known_of(p)) or _named(p, by_name)) for p in every.values()
    ]
    likely = [row for row in found if row.reasons]
    return sorted(likely, key=lambda row: -blocking.weight_of(row.reasons))[:MOST_SHOWN]


def _named(partner: Partner, by_name: list[Partner]) -> list[str]:
    """Half a name that was typed is alike too."""
    return ["name"] if partner in by_name else []


def _typed(typed: Mapping[str, Any]) -> blocking.Known:
    number = str(typed.get("enterprise_number", "") or "")
    name, website, street, postcode, town = (
        str(typed.get(key, "") or "") for key in ("name", "website", "street", "postcode", "town")
    )
    number = numbers.parse(number) if number and numbers.is_valid(number) else ""
    return blocking.Known(name, (), number, website, street, postcode, town)


def known_of(partner: Partner) -> blocking.Known:
    """What is compared of a partner."""
    return blocking.Known(
        name=partner.name,
        former_names=tuple(partner.former_names),
        number=partner.enterprise_number,
        website=partner.website,
        street=partner.street,
        postcode=partner.postcode,
        town=partner.town,
    )


def likely_pairs(actor: Actor, about: Partner | None = None) -> QuerySet[LikelyPair]:
    """Pairs that nobody looked at yet, the likeliest first; of one partner where given."""
    # Joined, not looked for in a list of all partners: that takes seconds at 50,000.
    rows = LikelyPair.objects.filter(
        set_aside_at=None, one__merged_into=None, other__merged_into=None
    )
    if not actor.seats:
        rows = rows.none()
    if about is not None:
        rows = rows.filter(Q(one=about) | Q(other=about))
    slim = rows.select_related("one", "other").defer(
        *(f"{side}__{name}" for side in ("one", "other") for name in ("search_text", "search_keys"))
    )
    return slim.order_by("-weight", "pk")


def get_pair(actor: Actor, pk: int) -> LikelyPair:
    """A pair that nobody looked at yet, or 404."""
    return get_object_or_404(likely_pairs(actor), pk=pk)


def merges(actor: Actor) -> QuerySet[Merge]:
    """What was merged and can be undone, the newest first."""
    rows = Merge.objects.filter(undone_at=None, kept__merged_into=None)
    if not actor.seats:
        rows = rows.none()
    return rows.select_related("kept", "gone", "by").order_by("-at", "-pk")


def get_merge(actor: Actor, pk: int) -> Merge:
    """A merge that can be undone, or 404."""
    return get_object_or_404(merges(actor), pk=pk)


def merged_into(actor: Actor, pk: int) -> Partner:
    """The partner that one which was merged has become.

    Raises:
        Http404: it was not merged, or the actor has no role anywhere.
    """
    for _step in range(MOST_MERGES):
        rows = Partner.objects.filter(merged=pk) if actor.seats else Partner.objects.none()
        partner = get_object_or_404(rows)
        if partner.merged_into_id is None:
            return partner
        pk = partner.pk
    raise Http404
