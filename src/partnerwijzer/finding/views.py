"""What one does with a search: keep it under a name, share it, take along what it finds."""

import tempfile
from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.finding import actions, export, queries
from partnerwijzer.finding.forms import NameForm
from partnerwijzer.finding.models import LONGEST_ADDRESS, SavedSearch
from partnerwijzer.partners import filters
from partnerwijzer.partners import queries as partners
from partnerwijzer.partners.finding import Wish, wish_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES: dict[str, tuple[str, Callable[[export.Results], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", export.as_table),
    "json": ("application/json", export.as_json),
}
AT_ONCE = 200


@page("finding.keep")
def keep(request: Request) -> HttpResponse:
    """Wat doe je met deze zoekopdracht? Keep it, share it, take its results along."""
    wish = wish_of(request.GET, filters.known())
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, wish):
        return redirect("finding:keep")
    context = {
        "form": form,
        "wish": wish,
        "words": _words(wish),
        "there": wish.address,
        "link": request.build_absolute_uri(reverse("partners:list") + wish.address),
        "count": len(partners.find(request.actor, wish)) if wish.address else 0,
        "searches": [_row(search) for search in queries.saved_searches(request.actor)],
        "may_take": allowed(request.actor, "finding.export"),
    }
    return render(request, "finding/keep.html", context, status=422 if form.errors else 200)


def _saved(request: Request, form: NameForm, wish: Wish) -> bool:
    """Whether it was kept; else the form says why not."""
    name, address = form.cleaned_data["name"], wish.address
    if not address or len(address) > LONGEST_ADDRESS:
        form.add_error(None, _("Kies eerst een woord of een filter: zo is er niets te bewaren."))
        return False
    owner = queries.oneself(request.actor)
    try:
        actions.save_search(owner, actor=request.actor, name=name, address=address)
    except actions.TooMany:
        text = _("Je bewaarde er al {n}. Gooi er eerst een weg.").format(n=actions.MOST)
        form.add_error(None, text)
        return False
    messages.success(request, _("Bewaard als ‘{name}’.").format(name=name))
    return True


def _row(search: SavedSearch) -> dict[str, object]:
    """A saved search, read again: what a filter no longer has is left out."""
    wish = wish_of(QueryDict(search.address.removeprefix("?")), filters.known())
    return {"search": search, "address": wish.address, "words": _words(wish)}


def _words(wish: Wish) -> str:
    """A search in words: `‘lezen’ · gratis · voor leerlingen`."""
    typed = [f"‘{wish.q}’"] if wish.q else []
    return " · ".join([*typed, *(filters.chip(n, v, wish) for n, v in wish.chosen)])


@page("finding.keep")
def remove(request: Request, pk: int) -> HttpResponse:
    """Throws one away."""
    search = queries.get_search(request.actor, pk)
    if request.method == "POST":
        actions.remove_search(search, actor=request.actor)
        messages.success(request, _("Weggegooid."))
    return redirect("finding:keep")


@page("finding.export")
def take_along(request: Request) -> HttpResponseBase:
    """The results as a file, every field of all of them. Asked by a button, since it is noted."""
    if request.method != "POST":
        return redirect("finding:keep")
    wish = wish_of(QueryDict(request.POST.get("zoekopdracht", "")), filters.known())
    results = export.Results(partners.find(request.actor, wish))
    kind = request.POST.get("als", "")
    kind = kind if kind in LINES else "xlsx"
    owner = queries.oneself(request.actor)
    actions.note_export(owner, actor=request.actor, kind=kind, count=len(results))
    answer = _lines(results, kind) if kind in LINES else _workbook(results)
    name = f"databank-{timezone.localdate():%Y-%m-%d}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _workbook(results: export.Results) -> HttpResponseBase:
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it
    export.as_workbook(results, file)
    file.seek(0)
    return FileResponse(file, content_type=XLSX)


def _lines(results: export.Results, kind: str) -> HttpResponseBase:
    mime, make = LINES[kind]
    return StreamingHttpResponse(_in_pieces(make(results)), content_type=mime)


def _in_pieces(lines: Iterator[str]) -> Iterator[bytes]:
    """Some lines at a time: a server sends each piece by itself."""
    some: list[str] = []
    for line in lines:
        some.append(line)
        if len(some) == AT_ONCE:
            yield "".join(some).encode()
            some.clear()
    yield "".join(some).encode()
