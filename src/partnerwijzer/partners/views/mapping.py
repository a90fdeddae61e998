"""The map of what was found: the same search as the list, by place."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer import places
from partnerwijzer.access.gate import Request, page
from partnerwijzer.partners import filters, queries
from partnerwijzer.partners.finding import Wish, wish_of
from partnerwijzer.partners.queries.mapping import Spot, spots_of
from partnerwijzer.partners.queries.searching import Found

DECIMALS = 3
# To find one's way by: the capitals of the provinces first, then other large towns of Flanders.
TOWNS = (
    "1000", "2000", "9000", "8000", "3500", "3000", "8500", "2300", "8400", "2800", "9300", "3600",
    "8800", "9100",
)  # fmt: skip


@page("partners.view")
def spots(request: Request) -> HttpResponse:
    """Where what was found lies, as JSON for the map."""
    wish = wish_of(request.GET, filters.known())
    found = spots_of(queries.find(request.actor, wish))
    towns = filter(None, map(places.find, TOWNS))
    return JsonResponse(
        {
            "spots": [_spot(spot) for spot in found.spots],
            "towns": [[town.town_nl, *_position(town)] for town in towns],
        },
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
    )


def _spot(spot: Spot) -> list[Any]:
    place = spot.place
    return [place.postcode, place.name, *_position(place), spot.count]


def _position(place: places.Place) -> tuple[float, float]:
    """As exact as a postcode is: about a hundred metres."""
    return round(place.latitude, DECIMALS), round(place.longitude, DECIMALS)


def context(wish: Wish, rows: Found) -> dict[str, Any]:
    """What the page needs to show the map."""
    nowhere = spots_of(rows).nowhere
    return {
        "spots": reverse("partners:map") + wish.put(als="", vergelijk=()),
        "outline": static("partners/map/belgium.json"),
        "list": reverse("partners:list") + wish.put(als="", plaats=""),
        "tiles": settings.MAP_TILES,
        "source": settings.MAP_SOURCE,
        "here": rows.facets.around.place,
        "nowhere": _nowhere(nowhere, wish) if nowhere else "",
        "words": {
            "one": _("{place}: {n} aanbod") if wish.offers else _("{place}: {n} partner"),
            "many": _("{place}: {n} keer aanbod") if wish.offers else _("{place}: {n} partners"),
        },
    }


def _nowhere(count: int, wish: Wish) -> str:
    if wish.offers:
        words = ngettext(
            "{n} aanbod heeft geen postcode: dat staat enkel in de lijst.",
            "{n} keer aanbod heeft geen postcode: dat staat enkel in de lijst.",
            count,
        )
    else:
        words = ngettext(
            "{n} partner heeft geen postcode: die staat enkel in de lijst.",
            "{n} partners hebben geen postcode: die staan enkel in de lijst.",
            count,
        )
    return words.format(n=count)
