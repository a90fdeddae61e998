"""The page to look goals up, and the picker that stands in the forms of other modules."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from partnerwijzer.access.gate import Request, page
from partnerwijzer.goals import forms, picking, queries
from partnerwijzer.goals.models import ATTRIBUTION

PER_PAGE = 30
FILTERS = ("niveau", "competentie", "set")


@page("goals.search")
def search(request: Request) -> HttpResponse:
    """Looks goals up. The part that htmx asks for is the same as on the page."""
    wanted = forms.wanted(request.GET)
    number = request.GET.get("pagina", "1")
    at = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    found = queries.find(request.actor, wanted, offset=(at - 1) * PER_PAGE, limit=PER_PAGE)
    context = {
        "wanted": wanted,
        "filters": [(n, v) for n, v in request.GET.items() if n in FILTERS and v],
        "rests": {name: _without(request, name) for name in FILTERS},
        "found": found,
        "goals": found.goals,
        "page": Paginator(range(found.total), PER_PAGE).get_page(at),
        "last_import": queries.last_import(),
        "attribution": ATTRIBUTION,
    }
    part = "#results" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"goals/search.html{part}", context)


def _without(request: Request, name: str) -> str:
    """The query of the address without one filter and without the page."""
    query = request.GET.copy()
    for gone in (name, "pagina"):
        query.pop(gone, None)
    return query.urlencode()


@page("goals.search")
def pick(request: Request) -> HttpResponse:
    """What a picker shows after typing; as a page of its own where there is no script."""
    found = picking.answer(request, request.actor)
    if found is None:
        raise Http404
    return render(request, *found)
