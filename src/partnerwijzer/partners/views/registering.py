"""Looking for an organisation in the register, to make a partner of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from partnerwijzer import places
from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.kbo import groups, register
from partnerwijzer.kbo.enterprise import Hit
from partnerwijzer.kbo.errors import KboError
from partnerwijzer.organisations.queries import my_school
from partnerwijzer.partners import queries
from partnerwijzer.partners.models import Partner
from partnerwijzer.partners.register_wish import (
    DISTANCES,
    ONLY_THERE,
    RegisterWish,
    register_wish_of,
)
from partnerwijzer.places import Place

HITS = 20


@page("partners.view")
def register_search(request: Request) -> HttpResponse:
    """Wie zoek je in het register? Words, and filters that stand in the address."""
    wish = register_wish_of(request.GET)
    context = {
        "wish": wish,
        "text": wish.q,
        "snapshot": queries.snapshot_of(),
        "may_create": allowed(request.actor, "partners.create"),
        "chips": _chips(wish),
        "clear": RegisterWish(q=wish.q).address or "?",
        **_looked_up(request, wish),
    }
    template = "partners/register.html"
    if not request.htmx:
        return render(request, template, {**context, **_filters(request, wish)})
    response = render(request, f"{template}#results", context)
    response["HX-Push-Url"] = reverse("partners:register") + wish.address
    return response


def _looked_up(request: Request, wish: RegisterWish) -> dict[str, Any]:
    """What the register finds; `trouble` says in words why it could not be asked."""
    unknown = wish.bij if wish.bij and wish.place is None else ""
    try:
        hits = register.search(wish.q, limit=HITS, filters=wish.filters) if wish.asks else []
    except KboError as problem:
        return {"hits": [], "trouble": str(problem), "unknown_place": unknown}
    partners = queries.by_number(request.actor, [hit.number for hit in hits])
    rows = [_row(hit, partners, wish.place) for hit in hits]
    return {"hits": rows, "trouble": "", "unknown_place": unknown, "many": len(hits) == HITS}


def _row(hit: Hit, partners: Mapping[str, Partner], centre: Place | None) -> dict[str, Any]:
    """One line: the organisation, whether it is a partner already, and how far it is."""
    place = places.find(hit.place[:4]) if centre else None
    far = ""
    if centre and place:
        distance = formats.number_format(round(places.km(centre, place)))
        far = _("{km} km").format(km=distance)
    form = hit.legal_form.words
    parts = (form[:1].upper() + form[1:], hit.place, far, hit.dotted)
    return {
        "hit": hit,
        "partner": partners.get(hit.number),
        "facts": " · ".join(filter(None, parts)),
    }


def _chips(wish: RegisterWish) -> list[tuple[object, str]]:
    """The filters that are on, in words, each with the address without it."""
    found: list[tuple[object, str]] = []
    if wish.place:
        words = str(wish.place)
        if wish.km == ONLY_THERE:
            words = _("in {place}").format(place=wish.place.town_nl)
        elif wish.km:
            words = _("tot {km} km van {place}").format(km=wish.km, place=wish.place)
        found.append((words, wish.without("bij", "").address or "?"))
    for key in wish.vorm:
        found.append((groups.FORMS[key], wish.without("vorm", key).address or "?"))
    for key in wish.sector:
        found.append((groups.SECTORS[key][0], wish.without("sector", key).address or "?"))
    return found


def _filters(request: Request, wish: RegisterWish) -> dict[str, Any]:
    """The filters with their choices, for the whole page."""
    school = my_school(request.actor)
    home = places.read(f"{school.postcode} {school.town}") if school else None
    near = replace(wish, bij=str(home)) if home and not wish.bij else None
    return {
        "home": home if near else None,
        "near_home": near.address if near else "",
        "distances": [
            (ONLY_THERE, _("in de gemeente zelf")),
            *((km, _("tot {km} km").format(km=km)) for km in DISTANCES),
        ],
        "forms": _options(groups.FORMS.items(), wish.vorm),
        "sectors": _options(((k, v[0]) for k, v in groups.SECTORS.items()), wish.sector),
    }


def _options(pairs: Any, chosen: tuple[str, ...]) -> list[dict[str, object]]:
    return [{"value": key, "label": words, "checked": key in chosen} for key, words in pairs]
