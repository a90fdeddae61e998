"""The page to look goals up, and the picker that stands in the forms of other modules."""

from urllib.parse import urlsplit

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from partnerwijzer.access.gate import Request, page
from partnerwijzer.goals import forms, picker, queries
from partnerwijzer.goals.models import ATTRIBUTION

PER_PAGE = 30
FILTERS = ("niveau", "competentie", "set")
NOT_CARRIED = {"csrfmiddlewaretoken", "once"}


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
    name = request.GET.get("veld", "")
    if not picker.is_name(name):
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    picked = picker.look(request.actor, name, data)
    context = {"picked": picked, "name": name, "chosen": picked.chosen, "attribution": ATTRIBUTION}
    if request.htmx:
        return render(request, "goals/picks.html", context)
    return render(request, "goals/pick.html", context | _carried(request, name))


def _carried(request: Request, name: str) -> dict[str, object]:
    """The rest of the form, to send on from this page.

    Only of a POST, which has a mark that proves it comes from a page of ours: an address that
    somebody made up must not become a form here that needs just one press to do its will.
    """
    own = NOT_CARRIED | picker.own_names(name) | {name, "veld"}
    return {
        "carried": [(n, v) for n in request.POST for v in request.POST.getlist(n) if n not in own],
        "address": _address(request, request.POST.get(f"{name}-adres", "")),
        "had_files": bool(request.FILES),
    }


def _address(request: Request, said: str) -> str:
    """Where the form that the picker stands in belongs: what it says, or the page before this."""
    if request.method != "POST":
        return ""
    before = urlsplit(request.headers.get("Referer", ""))
    if not said and before.netloc == request.get_host():
        said = f"{before.path}?{before.query}" if before.query else before.path
    safe = said.startswith("/") and url_has_allowed_host_and_scheme(said, allowed_hosts=None)
    return said if safe else ""
