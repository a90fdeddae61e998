"""Pages for whatever a draft of an umbrella holds besides its criteria: lists, and one thing."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.authoring import describing, drafting, places, saying
from partnerwijzer.authoring.describing import Trail
from partnerwijzer.authoring.forms import PartPage
from partnerwijzer.authoring.models import Draft
from partnerwijzer.authoring.places import Place
from partnerwijzer.authoring.views import saving
from partnerwijzer.frameworks.queries import content_of

# Lists with pages made for them.
OWN_PAGES = {("framework", "criteria"), ("framework", "mappings")}


def _place(draft: Draft, where: str, *, gone: bool = False) -> Place:
    path: Trail = tuple(where.split("/"))
    if path[:2] in OWN_PAGES:
        raise Http404
    try:
        return places.find(draft.data, path, gone=gone)
    except LookupError:
        raise Http404 from None


def address_of(draft: Draft, path: Trail) -> str:
    """The page of a place in a draft; of the draft itself where it has none."""
    if path[:2] == ("framework", "criteria") and len(path) == 3:
        return reverse("authoring:criterion", args=(draft.pk, path[2]))
    if path[:2] == ("framework", "mappings"):
        return reverse("authoring:mappings", args=(draft.pk,))
    if len(path) < 2:
        return reverse("authoring:draft", args=(draft.pk,))
    try:
        place = places.find(draft.data, path)
    except LookupError:
        return reverse("authoring:draft", args=(draft.pk,))
    name = "authoring:list" if place.is_list else "authoring:part"
    return reverse(name, args=(draft.pk, "/".join(path)))


def _crumbs(draft: Draft, place: Place) -> list[tuple[str, str]]:
    """The way to a place: each thing around it that has a page, without itself."""
    found = []
    for length in range(2, len(place.path)):
        path = place.path[:length]
        try:
            above = places.find(draft.data, path)
        except LookupError:
            break
        if above.is_list and length > 2:
            continue
        words = saying.list_name(path) if above.is_list else places.title_of(above.data)
        found.append((str(words), address_of(draft, path)))
    return found


@page("authoring.write")
def many(request: Request, pk: int, where: str) -> HttpResponse:
    """All things of a list, in their order."""
    found = saving.of_umbrella(request, pk)
    place = _place(found, where)
    if not place.is_list:
        raise Http404
    if request.method == "POST":
        _move(request, found, place)
        return redirect("authoring:list", pk, where)
    context = {
        "draft": found,
        "place": place,
        "where": where,
        "title": saying.list_name(place.path),
        "rows": _lines(found, place),
        "crumbs": _crumbs(found, place),
    }
    return render(request, "authoring/list.html", context)


def _lines(draft: Draft, place: Place) -> list[tuple[str, str, str, int]]:
    """Things of a list to show: key, title, address, and how much there is to mend in it."""
    found = []
    for row in place.data or []:
        path = (*place.path, row["key"])
        here = draft.problems_in(f"{path[0]}.yaml", places.words_of(path))
        title = places.title_of(row)
        found.append((row["key"], title, address_of(draft, path), len(here)))
    return found


def _move(request: Request, draft: Draft, place: Place) -> None:
    path = (*place.path, request.POST.get("key", ""))
    up = request.POST.get("wat") == "omhoog"
    try:
        places.find(draft.data, path)
        how = partial(places.moved, path=path, up=up)
        saving.into_draft(request, draft, how=how, what=_("volgorde"), find=lambda d: None)
    except (LookupError, StopIteration):
        messages.error(request, _("Dit is intussen weggehaald."))
    except Conflict as conflict:
        messages.error(request, saving.in_between(conflict))


@page("authoring.write")
def one(request: Request, pk: int, where: str) -> HttpResponse:
    """Writes one thing, or takes it out."""
    found = saving.of_umbrella(request, pk)
    place = _place(found, where, gone=saving.saves(request))
    comes_back = place.data is None and place.listed is not None and not place.fixed
    if place.is_list or not (isinstance(place.data, dict) or comes_back):
        raise Http404
    return _write(request, found, place)


@page("authoring.write")
def new(request: Request, pk: int, where: str) -> HttpResponse:
    """Adds a thing to a list."""
    found = saving.of_umbrella(request, pk)
    place = _place(found, where, gone=saving.saves(request))
    if not place.is_list or place.fixed:
        raise Http404
    return _write(request, found, places.for_new(place))


def _write(request: Request, draft: Draft, place: Place) -> HttpResponse:
    sent = request.POST if saving.saves(request) else None
    shown = PartPage(sent, place=place, offer=partial(places.choices, draft.data, place))
    context: dict[str, Any] = {"draft": draft, "place": place, "shown": shown}
    if request.method == "POST" and request.POST.get("wat") == "weg":
        return _take_out(request, draft, place)
    if saving.is_gone(request, place.data):
        shown.form.add_error(None, str(saving.GONE))
    elif sent is not None and shown.is_valid():
        answer = _keep(request, draft, place, shown, context)
        if answer is not None:
            return answer
    if sent is None:
        context["elsewhere"] = _tell(draft, place, shown)
    context |= _words(draft, context["place"])
    return render(request, "authoring/part.html", context)


def _words(draft: Draft, place: Place) -> dict[str, Any]:
    """What stands around the form."""
    is_new = place.data is None
    return {
        "is_new": is_new,
        "version": draft.version,
        "seen": "" if is_new else places.mark_of(_loose(place)),
        "title": "" if is_new else places.title_of(place.data),
        "list_title": saying.list_name(place.path if place.listed is None else place.list_path),
        "back": _back(draft, place),
        "crumbs": _crumbs(draft, place),
        "may_go": not is_new and place.listed is not None and not place.fixed,
        "lists": [
            _inside(draft, place, listed)
            for listed in ([] if is_new else place.lists)
            if (*place.path, listed.name) not in OWN_PAGES
        ],
    }


def _loose(place: Place) -> Any:
    """What this page writes: of a file only what is no list."""
    if len(place.path) == 1:
        shown = {field.trail[0] for field in describing.fields_of(place.model)}
        return {name: place.data.get(name) for name in sorted(shown)}
    away = {listed.name for listed in place.lists} | set(describing.pages_in(place.model))
    return {name: value for name, value in place.data.items() if name not in away}


def _inside(draft: Draft, place: Place, listed: describing.Listed) -> dict[str, Any]:
    path = (*place.path, listed.name)
    inner = places.find(draft.data, path)
    return {
        "name": listed.name,
        "title": saying.list_name(path),
        "rows": _lines(draft, inner),
        "where": "/".join(path),
        "address": reverse("authoring:list", args=(draft.pk, "/".join(path))),
        "fixed": inner.fixed,
    }


def _back(draft: Draft, place: Place) -> str:
    """Where one comes from: the thing around it, else its list, else the draft."""
    if place.listed is None:
        return address_of(draft, ())
    path = place.list_path
    return address_of(draft, path if len(path) == 2 else path[:-1])


def _tell(draft: Draft, place: Place, shown: PartPage) -> list[dict[str, Any]]:
    """Shows what is to be mended at its field; gives what is to be mended on other pages."""
    within = places.words_of(place.path) if place.data is not None else "?"
    away = {listed.name for listed in place.lists}
    elsewhere = []
    for problem in draft.problems_in(f"{place.path[0]}.yaml", within):
        rest = problem["place"].removeprefix(within).removeprefix(".")
        if rest.split("[")[0].split(".")[0] in away or (len(place.path) == 1 and rest):
            path = places.path_to(problem["file"], problem["place"])
            elsewhere.append({**problem, "address": address_of(draft, path)})
        else:
            shown.tell([(rest, f"{problem['message']} {problem['remedy']}")])
    return elsewhere if len(place.path) > 1 else []


def _keep(
    request: Request, draft: Draft, place: Place, shown: PartPage, context: dict[str, Any]
) -> HttpResponse | None:
    """Saves, and goes on; None where a colleague was first, with both texts in the context."""
    path = place.path
    thing = shown.part(path[-1])
    try:
        if not path[-1]:
            sign = describing.joins_words_by(place.model)
            path = (*path[:-1], drafting.key_for(thing, _taken(draft, place), sign=sign))
            thing["key"] = path[-1]
        how = partial(places.merged if len(path) == 1 else places.put, path=path, thing=thing)
        what = places.title_of(thing) or str(saying.FILES.get(path[0], path[-1]))
        saved = saving.into_draft(
            request, draft, how=how, what=what, find=lambda d: _loose(places.find(d.data, path))
        )
    except LookupError:
        shown.form.add_error(None, str(saving.GONE))
        return None
    except Conflict as conflict:
        draft.version, draft.data = conflict.current.version, conflict.current.data
        shown.form.add_error(None, saving.in_between(conflict))
        _both(request, draft, place, shown, context)
        return None
    return _go_on(request, saved, place, path)


def _both(
    request: Request, draft: Draft, place: Place, shown: PartPage, context: dict[str, Any]
) -> None:
    try:
        now = places.find(draft.data, place.path)
    except LookupError:
        return
    theirs = PartPage(None, place=now, offer=partial(places.choices, draft.data, now))
    context["theirs"] = [
        *saving.beside(shown.form, theirs.form.initial, request.POST),
        *((rows.label, rows.in_words()) for rows in theirs.rows),
    ]
    context["place"] = now


def _taken(draft: Draft, place: Place) -> set[str]:
    """Keys that stand in the list, or did in the release that the draft began with."""
    rows = {row["key"] for row in places.find(draft.data, place.path[:-1]).data or []}
    if len(place.path) != 3:
        return rows
    file = getattr(content_of(draft.base_id), place.path[0])
    return rows | {thing.key for thing in getattr(file, place.path[1])}


def _go_on(request: Request, saved: Draft, place: Place, path: Trail) -> HttpResponse:
    here = saved.problems_in(f"{path[0]}.yaml", places.words_of(path)) if len(path) > 1 else []
    if here:
        words = _("Bewaard in het ontwerp. Hier is nog iets te verbeteren.")
        messages.warning(request, words)
        return redirect(address_of(saved, path))
    messages.success(request, _("Bewaard in het ontwerp."))
    goes_deeper = place.data is None and place.lists
    return redirect(address_of(saved, path) if goes_deeper else _back(saved, place))


def _take_out(request: Request, draft: Draft, place: Place) -> HttpResponse:
    if place.fixed or place.data is None:
        raise Http404
    path = place.path
    how = partial(places.without, path=path)
    try:
        saving.into_draft(
            request,
            draft,
            how=how,
            what=places.title_of(place.data),
            find=lambda d: _loose(places.find(d.data, path)),
        )
    except Conflict as conflict:
        messages.error(request, saving.in_between(conflict))
        return redirect(address_of(draft, path))
    except LookupError:
        pass
    messages.success(request, _("Uit het ontwerp gehaald."))
    return redirect(_back(draft, place))
