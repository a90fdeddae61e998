"""Pages to write frameworks and a school's own criteria."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.authoring import actions, describing, drafting, forms, places, queries, saying
from partnerwijzer.authoring.models import Draft
from partnerwijzer.authoring.views import saving
from partnerwijzer.authoring.views.parts import address_of
from partnerwijzer.frameworks import lists, reading, writing
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.problems import ContentError
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import Content


@page("authoring.write")
def index(request: Request) -> HttpResponse:
    """Own frameworks of the umbrella; own criteria of the school that is worked for."""
    school = queries.led_school(request.actor)
    umbrellas = queries.umbrellas(request.actor)
    form = forms.NewFrameworkForm(
        request.POST if request.POST.get("deel") == "kader" else None,
        umbrellas=umbrellas,
        bases=[rows[0] for rows in frameworks.by_framework(request.actor).values()],
    )
    if request.method == "POST":
        made = _begin(request, form, school)
        if made is not None:
            return redirect("authoring:draft", made.pk)
    context = {
        "form": form,
        "umbrellas": umbrellas,
        "own": queries.own_frameworks(request.actor),
        "school": school,
        "draft": getattr(school, "criteria_draft", None),
        "releases": queries.criteria_of(request.actor, school) if school else [],
    }
    return render(request, "authoring/index.html", context)


def _begin(request: Request, form: forms.NewFrameworkForm, school: Any) -> Draft | None:
    if request.POST.get("deel") == "vragen" and school is not None:
        base = queries.framework_for(request.actor, school)
        return actions.begin_questions(school, actor=request.actor, base=base)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            return actions.begin_framework(
                data["umbrella"], actor=request.actor, title=data["title"], base=data["base"]
            )
        except actions.NotYet as reason:
            form.add_error("title", str(reason))
    return None


@page("authoring.keep")
def use(request: Request, own_pk: int) -> HttpResponse:
    """Chooses what new dossiers of the umbrella's schools begin with."""
    own = queries.get_own(request.actor, own_pk)
    if request.method == "POST":
        wanted = request.POST.get("wat") == "gebruik"
        try:
            actions.use_for_new_dossiers(own, actor=request.actor, wanted=wanted)
            messages.success(request, _("Bewaard. Dossiers die lopen, houden hun kader."))
        except actions.NotYet as reason:
            messages.error(request, str(reason))
    return redirect("authoring:index")


def _content(draft: Draft) -> Content:
    """What the lists to choose from come from: the draft where it can be read, else its base."""
    return content_of(draft.base_id)


@page("authoring.write")
def draft(request: Request, pk: int) -> HttpResponse:
    """Everything in a draft, in order, with what still has to be mended."""
    found = queries.get_draft(request.actor, pk)
    content = _content(found)
    steps = [
        (step, [row for row in found.criteria if row.get("step") == step.key])
        for step in content.framework.steps
    ]
    context = {
        "draft": found,
        "steps": steps,
        "wrong": _wrong(found),
        "advice": [p for p in found.problems if p["advice"]],
        "count": len(found.criteria),
        "often": _lists(found, lists.OFTEN),
        "files": [] if found.school_id else _rest(found),
    }
    return render(request, "authoring/draft.html", context)


def _wrong(found: Draft) -> list[dict[str, Any]]:
    """What has to be mended, each with the page where that is done."""
    wrong = [p for p in found.problems if not p["advice"]]
    if found.school_id:
        return wrong
    return [
        {**p, "address": address_of(found, places.path_to(p["file"], p["place"]))} for p in wrong
    ]


def _lists(found: Draft, names: Iterable[str]) -> list[tuple[object, str, int]]:
    """Lists of a framework by file and name: title, address, how many stand in it."""
    if found.school_id:
        return []
    rows: list[tuple[object, str, int]] = []
    for name in names:
        path = tuple(name.split("."))
        data = found.data.get(path[0], {}).get(path[1])
        alone = path[1] in describing.pages_in(describing.model_at(path[:1]))
        if data is None and alone:
            continue
        many = len(data) if isinstance(data, list) else 0
        rows.append((lists.LISTS[name], address_of(found, path), many))
    return rows


def _rest(found: Draft) -> list[tuple[object, list[tuple[object, str, int]], str]]:
    """What is changed less often, by file: title, lists, address of the loose texts."""
    result: list[tuple[object, list[tuple[object, str, int]], str]] = []
    for file, title in saying.FILES.items():
        names = [n for n in lists.LISTS if n.startswith(f"{file}.") and n not in lists.OFTEN]
        loose = describing.fields_of(describing.model_at((file,)))
        where = reverse("authoring:part", args=(found.pk, file)) if loose else ""
        result.append((title, _lists(found, names), where))
    return result


@page("authoring.write")
def criterion(request: Request, pk: int, key: str = "") -> HttpResponse:
    """Writes one criterion, or takes it out."""
    found = queries.get_draft(request.actor, pk)
    old = drafting.find(found.data, "criteria", key) if key else None
    back = saving.saves(request) and drafting.is_key_of(key, school=bool(found.school_id))
    if key and old is None and not back:
        raise Http404
    sent = request.POST if saving.saves(request) else None
    offer = partial(places.choices_of, _around(request, found))
    form = forms.CriterionForm(sent, offer=offer, old=old)
    rest = None if found.school_id else forms.RestForm(sent, old=old, offer=offer)
    context: dict[str, Any] = {"draft": found, "form": form, "rest": rest, "old": old}
    if request.method == "POST":
        answer = None
        if request.POST.get("wat") == "weg" and old is not None:
            how = partial(drafting.without, name="criteria", key=key)
            answer = _change(request, context, how, key, old["question"]["nl"])
        elif saving.is_gone(request, old):
            form.add_error(None, str(saving.GONE))
        elif form.is_bound and all([form.is_valid(), rest is None or rest.is_valid()]):
            key = key or _fresh_key(found, form.cleaned_data["question"])
            thing = form.criterion(key, rest.part() if rest else None)
            how = partial(drafting.put, name="criteria", key=key, thing=thing)
            answer = _change(request, context, how, key, form.cleaned_data["question"])
        if answer is not None:
            return answer
    now = drafting.find(found.data, "criteria", key) if key else None
    context["wrong"] = [p for p in found.problems if old and f"[{old['key']}]" in p["place"]]
    context["seen"] = places.mark_of(now) if now else ""
    return render(request, "authoring/criterion.html", context)


def _around(request: Request, found: Draft) -> dict[str, Any]:
    """What the lists to choose from come from: the draft itself, or what a school adds to."""
    return frameworks.data_of(request.actor, found.base_id) if found.school_id else found.data


def _fresh_key(found: Draft, question: str) -> str:
    """A key that neither the draft nor an earlier release of this framework used."""
    taken = {row["key"] for row in found.criteria}
    taken |= set(content_of(found.base_id).framework.criterion)
    return drafting.fresh_key(question, taken, school=bool(found.school_id))


def _change(
    request: Request, context: dict[str, Any], how: drafting.Change, key: str, what: str
) -> HttpResponse | None:
    """Saves and goes back to the draft; None where a colleague was first, with both texts."""
    found, form = context["draft"], context["form"]
    try:
        saving.into_draft(
            request,
            found,
            how=how,
            what=what,
            find=lambda d: drafting.find(d.data, "criteria", key),
        )
    except Conflict as conflict:
        found.version, found.data = conflict.current.version, conflict.current.data
        now = drafting.find(found.data, "criteria", key)
        words = saving.in_between(conflict)
        if form.is_bound:
            form.add_error(None, words)
            context["theirs"] = saving.beside(form, forms.as_typed(now or {}), request.POST)
            context["theirs"] += _rest_beside(request, context["rest"], now)
        else:
            messages.error(request, words)
        return None
    messages.success(request, _("Bewaard in het ontwerp."))
    return redirect("authoring:draft", found.pk)


def _rest_beside(
    request: Request, rest: forms.RestForm | None, now: dict[str, Any] | None
) -> list[tuple[object, str]]:
    if rest is None:
        return []
    theirs = forms.RestForm(None, old=now, offer=rest.offer).initial
    return saving.beside(rest, theirs, request.POST)


@page("authoring.write")
def move(request: Request, pk: int) -> HttpResponse:
    """One place up or down within its step."""
    found = queries.get_draft(request.actor, pk)
    key = request.POST.get("key", "")
    if request.method == "POST" and drafting.find(found.data, "criteria", key):
        up = request.POST.get("wat") == "omhoog"
        how = partial(drafting.moved, key=key, up=up)
        try:
            saving.into_draft(request, found, how=how, what=_("volgorde"), find=lambda d: None)
        except Conflict as conflict:
            messages.error(request, saving.in_between(conflict))
    return redirect("authoring:draft", pk)


@page("authoring.write")
def files(request: Request, pk: int) -> HttpResponse:
    """The draft as six files, out and in; with every problem of what was sent, and its place."""
    found = saving.of_umbrella(request, pk)
    if request.GET.get("haal"):
        answer = HttpResponse(writing.bundle_of(found.data), content_type="application/zip")
        name = content_disposition_header(True, f"{found.own.key if found.own else ''}-ontwerp.zip")
        answer.headers["Content-Disposition"] = str(name)
        return answer
    form = forms.FilesForm(
        request.POST or None, request.FILES or None, initial={"version": found.version}
    )
    problems: list[Any] = []
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            actions.upload(
                found, actor=request.actor, version=data["version"], texts=data["upload"]
            )
        except ContentError as error:
            problems = error.problems
        except Conflict as conflict:
            form.data = request.POST.copy()
            form.data["version"] = str(conflict.current.version)
            form.add_error(
                None, _("Een collega bewaarde intussen iets in dit ontwerp. Lees het eerst na.")
            )
        else:
            messages.success(request, _("De bestanden staan in het ontwerp."))
            return redirect("authoring:draft", pk)
    context = {"draft": found, "form": form, "problems": problems}
    return render(request, "authoring/files.html", context)


@page("authoring.write")
def publish(request: Request, pk: int) -> HttpResponse:
    """What changes for the schools, and the button that makes a release of it."""
    found = queries.get_draft(request.actor, pk)
    form = forms.VersionForm(request.POST or None, initial={"version": found.version})
    if form.is_bound and form.is_valid():
        answer = _publish(request, found, form)
        if answer is not None:
            return answer
    wrong = _wrong(found)
    context = {"draft": found, "form": form, "wrong": wrong, **_differences(found, wrong)}
    return render(request, "authoring/publish.html", context)


def _publish(request: Request, found: Draft, form: forms.VersionForm) -> HttpResponse | None:
    version = form.cleaned_data["version"]
    make = actions.publish_questions if found.school_id else actions.publish_framework
    try:
        made = make(found, actor=request.actor, version=version)
    except ContentError as error:
        words = _("Dit kan nog niet: {n} punten te verbeteren.")
        form.add_error(None, words.format(n=len(error.problems)))
    except actions.NotYet as reason:
        form.add_error(None, str(reason))
    except Conflict:
        messages.error(request, _("Een collega bewaarde intussen iets. Lees het eerst na."))
        return redirect("authoring:publish", found.pk)
    else:
        messages.success(
            request, _("Uitgebracht. Nieuwe dossiers krijgen dit, lopende kunnen ervoor kiezen.")
        )
        if found.school_id:
            return redirect("authoring:index")
        return redirect("frameworks:read", made.pk)
    return None


def _differences(found: Draft, wrong: list[Any]) -> dict[str, Any]:
    """What differs from the release that this draft began with; nothing where it cannot be read."""
    if wrong or found.school_id:
        return {}
    return reading.differences_of(content_of(found.base_id), Content.model_validate(found.data))
