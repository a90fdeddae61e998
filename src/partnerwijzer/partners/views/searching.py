"""The second door: looking for partners in the databank."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.partners import finding, queries, wording
from partnerwijzer.partners.counting import Summary
from partnerwijzer.partners.models import ForWhom, Offer, OfferShape, Partner, Place, PriceUnit
from partnerwijzer.ui import amounts

PAGE_SIZE = 20
MOST_OFFERS = 2
MOST_THEMES = 3
# Filter of the address -> list of the framework that it chooses from.
LISTS = {
    "soort": "partner_kinds",
    "thema": "themes",
    "niveau": "education_levels",
    "werkvorm": "working_forms",
}
ENUMS = {"hoevaak": OfferShape, "voor": ForWhom, "waar": Place, "per": PriceUnit}
SWITCHES = {"gratis": ("1",), "ervaring": ("1",), "volgorde": ("nieuw",)}


@page("partners.view")
def partner_list(request: Request) -> HttpResponse:
    """Wie kan ons hierbij helpen? Partners and offers, with filters in the address."""
    wish = finding.wish_of(request.GET, _known())
    rows = Paginator(queries.find(request.actor, wish), PAGE_SIZE)
    found = rows.get_page(request.GET.get("pagina"))
    request.GET = QueryDict(wish.address[1:])  # what is empty does not go along when paging
    partners = list(found.object_list)
    counts = queries.summaries(request.actor, partners)
    context = {
        "found": found,
        "cards": [_card(partner, wish, counts[partner.pk]) for partner in partners],
        "wish": wish,
        "chips": [(_chip(n, v, wish), wish.without(n, v) or "?") for n, v in wish.chosen],
        "may_create": allowed(request.actor, "partners.create"),
    }
    if not request.htmx:
        return render(request, "partners/list.html", {**context, **_filters(wish)})
    response = render(request, "partners/list.html#results", context)
    response["HX-Push-Url"] = reverse("partners:list") + wish.address
    return response


def _known() -> dict[str, Iterable[str]]:
    """What each filter can be."""
    return {
        **{name: [term.key for term in vocabulary.terms(source)] for name, source in LISTS.items()},
        **{name: enum.values for name, enum in ENUMS.items()},
        **SWITCHES,
    }


def _card(partner: Partner, wish: finding.Wish, summary: Summary) -> dict[str, Any]:
    """One result. Offers that hold the words come first."""
    fitting: list[Offer] = getattr(partner, "fitting", [])
    offers = sorted(fitting, key=lambda o: -sum(word in o.search_text for word in wish.words))
    judged = [offer for offer in offers if offer.grounding is not None]
    best = max(judged, key=lambda offer: offer.grounding or 0, default=None)
    prices = list(dict.fromkeys(filter(None, map(wording.price, offers))))
    return {
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


def _filters(wish: finding.Wish) -> dict[str, Any]:
    """The filters with their choices, for the whole page."""
    first = {"thema": _("Thema"), "niveau": _("Niveau"), "voor": _("Voor wie")}
    more = {
        "soort": _("Soort organisatie"),
        "werkvorm": _("Werkvorm"),
        "hoevaak": _("Hoe vaak"),
        "waar": _("Waar"),
    }
    return {
        "first": [_filter(name, label, wish) for name, label in first.items()],
        "more": [_filter(name, label, wish) for name, label in more.items()],
        "more_set": any(getattr(wish, name) for name in more),
        "units": [choice for choice in PriceUnit.choices if choice[0] != PriceUnit.FREE],
    }


def _filter(name: str, label: str, wish: finding.Wish) -> dict[str, Any]:
    """One filter: with `groups` to choose one of, or with `options` to tick.

    What is at school or elsewhere fits both, so that is no choice of its own.
    """
    groups = _grouped(vocabulary.grouped(LISTS[name])) if name in LISTS else []
    options = [c for c in ENUMS[name].choices if c[0] != Place.EITHER] if name in ENUMS else []
    return {
        "name": name,
        "label": label,
        "groups": groups,
        "options": options,
        "value": getattr(wish, name),
    }


def _grouped(found: Iterable[tuple[str, Any]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices as groups; those outside a group stand in one without a name."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for value, label in found:
        if isinstance(label, list):
            groups.append((value, label))
        elif groups and not groups[-1][0]:
            groups[-1][1].append((value, label))
        else:
            groups.append(("", [(value, label)]))
    return groups


def _chip(name: str, value: str, wish: finding.Wish) -> str:
    """A filter that is on, in words."""
    if name in LISTS:
        return vocabulary.label(LISTS[name], value)
    if name == "prijs":
        return _price_chip(wish)
    if name in ENUMS:
        return str(dict(ENUMS[name].choices)[value])
    return {"gratis": _("gratis"), "ervaring": _("met ervaringen")}[name]


def _price_chip(wish: finding.Wish) -> str:
    if wish.most_euro is None:
        return _("prijs ‘{text}’ is geen bedrag").format(text=wish.prijs)
    price = _("tot {amount}").format(amount=amounts.euros(wish.most_euro))
    return f"{price} {PriceUnit(wish.per).label}" if wish.per else price
