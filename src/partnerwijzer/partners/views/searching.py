"""The second door: looking for partners and offers in the databank."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.partners import comparing, filters, finding, queries, wording
from partnerwijzer.partners.counting import Summary
from partnerwijzer.partners.facets import Facets
from partnerwijzer.partners.models import Offer, Partner, PriceUnit
from partnerwijzer.partners.views import mapping

PAGE_SIZE = 10
MOST_OFFERS = 2
MOST_THEMES = 3


@page("partners.view")
def partner_list(request: Request) -> HttpResponse:
    """Wie kan ons hierbij helpen? Partners or offers, with filters in the address."""
    wish = finding.wish_of(request.GET, filters.known())
    rows = queries.find(request.actor, wish)
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    request.GET = QueryDict(wish.address[1:])  # what is empty does not go along when paging
    context = {
        "found": found,
        "wish": wish,
        "also": rows.also,
        "chips": [(filters.chip(n, v, wish), wish.without(n, v) or "?") for n, v in wish.chosen],
        "may_create": allowed(request.actor, "partners.create"),
        "may_bring_in": allowed(request.actor, "exchange.lists"),
        **_shown(request, wish, list(found.object_list)),
        **_filters(rows.facets),
    }
    context["picked"] = _picked(wish, context)
    if wish.als == "kaart":
        context["map"] = mapping.context(wish, rows)
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, "partners/list.html", context)
    response = render(request, "partners/list.html#results", context)
    response["HX-Push-Url"] = reverse("partners:list") + wish.address
    return response


def _shown(request: Request, wish: finding.Wish, rows: list[Any]) -> dict[str, Any]:
    """What is found as it is listed."""
    if wish.offers:
        return {"offers": [_offer(offer) for offer in rows]}
    counts = queries.summaries(request.actor, rows)
    return {"cards": [_card(partner, wish, counts[partner.pk]) for partner in rows]}


def _picked(wish: finding.Wish, context: dict[str, Any]) -> dict[str, Any]:
    """What was chosen to be compared, also what is not on this page: the form keeps it."""
    kind = comparing.OFFER if wish.offers else comparing.PARTNER
    keys = comparing.chosen(key for key in wish.vergelijk if key.startswith(kind))
    here = {row["key"] for row in (*context.get("offers", ()), *context.get("cards", ()))}
    return {
        "keys": keys,
        "elsewhere": [key for key in wish.vergelijk if key not in here or key not in keys],
        "href": reverse("partners:compare") + comparing.address(keys),
        "clear": wish.put(vergelijk=()) or "?",
        "full": len(keys) == comparing.MOST,
    }


def _offer(offer: Offer) -> dict[str, Any]:
    """One offer as a result."""
    return {
        "key": f"{comparing.OFFER}{offer.pk}",
        "offer": offer,
        "partner": offer.partner,
        "line": wording.offer_line(offer),
        "whom": wording.for_whom(offer),
        "price": wording.price(offer),
        "rung": wording.rung(offer.grounding),
    }


def _card(partner: Partner, wish: finding.Wish, summary: Summary) -> dict[str, Any]:
    """One result. Offers that hold the words come first."""
    fitting: list[Offer] = getattr(partner, "fitting", [])
    offers = sorted(fitting, key=lambda o: -sum(word in o.search_text for word in wish.words))
    judged = [offer for offer in offers if offer.grounding is not None]
    best = max(judged, key=lambda offer: offer.grounding or 0, default=None)
    prices = list(dict.fromkeys(filter(None, map(wording.price, offers))))
    return {
        "key": f"{comparing.PARTNER}{partner.pk}",
        "partner": partner,
        "kind": wording.upper_first(vocabulary.label("partner_kinds", partner.kind)),
        "themes": vocabulary.labels("themes", partner.themes[:MOST_THEMES]),
        "offers": [(offer, wording.offer_line(offer)) for offer in offers[:MOST_OFFERS]],
        "more_offers": max(0, len(offers) - MOST_OFFERS),
        "summary": summary,
        "best": best,
        "rung": wording.rung(best.grounding) if best else "",
        "several": len(offers) > 1,
        "price": prices[0] if prices else "",
        "more_prices": len(prices) - 1,
    }


def _filters(facets: Facets) -> dict[str, Any]:
    """The filters with their choices and counts."""
    wish, place = facets.wish, facets.around.place
    folded = (*filters.MORE, "leeftijd", "afstand", "bij", "erkend", "actief")
    switches = ("gratis", "ervaring", "erkend", "actief")
    return {
        "first": [filters.counted(facets, name) for name in filters.FIRST],
        "more": [filters.counted(facets, name) for name in filters.MORE],
        "more_set": any(getattr(wish, name) for name in folded),
        "ages": filters.counted(facets, "leeftijd").options,
        "distances": filters.counted(facets, "afstand").options if place else (),
        "place": place,
        "used": filters.counted(facets, "gebruikt"),
        "switches": {name: facets.counts(name, ["1"]).get("1", 0) for name in switches},
        "units": [choice for choice in PriceUnit.choices if choice[0] != PriceUnit.FREE],
        "orders": filters.orders(wish, bool(place)),
        "as_list": wish.put(als=""),
        "as_table": wish.put(als="tabel"),
        "as_map": wish.put(als="kaart"),
        "kinds": [
            ("", wish.put(toon=""), not wish.offers),
            ("aanbod", wish.put(toon="aanbod"), wish.offers),
        ],
    }
