"""Pages to write frameworks and a school's own criteria."""

from functools import partial
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.authoring import actions, drafting, forms, queries
from partnerwijzer.authoring.models import Draft
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks import reading, writing
from partnerwijzer.frameworks.problems import ContentError
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import Content, Situation


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
    framework = found.data.get("framework", {})
    wrong = [p for p in found.problems if not p["advice"]]
    context = {
        "draft": found,
        "steps": steps,
        "situations": framework.get("situations", []),
        "gates": framework.get("gates", []),
        "wrong": wrong,
        "advice": [p for p in found.problems if p["advice"]],
        "count": len(found.criteria),
    }
    return render(request, "authoring/draft.html", context)


@page("authoring.write")
def criterion(request: Request, pk: int, key: str = "") -> HttpResponse:
    """Writes one criterion, or takes it out."""
    found = queries.get_draft(request.actor, pk)
    old = drafting.find(found.data, "criteria", key) if key else None
    if key and old is None:
        raise Http404
    form = forms.CriterionForm(
        request.POST if request.POST.get("wat") == "bewaar" else None,
        content=_writable(found),
        old=old,
        initial={"version": found.version},
    )
    if request.method == "POST":
        if request.POST.get("wat") == "weg" and old is not None:
            how = partial(drafting.without, name="criteria", key=key)
            return _change(request, found, form, how, old["question"]["nl"]) or _criterion_page(
                request, found, form, old
            )
        if form.is_bound and form.is_valid():
            key = key or _fresh_key(found, form.cleaned_data["question"])
            made = form.criterion(key)
            how = partial(drafting.put, name="criteria", key=key, thing=made)
            answer = _change(request, found, form, how, form.cleaned_data["question"])
            if answer is not None:
                return answer
    return _criterion_page(request, found, form, old)


def _writable(found: Draft) -> Content:
    """The content whose lists the form shows: with the starting questions of the draft itself."""
    content = _content(found)
    rows = found.data.get("framework", {}).get("situations")
    if not rows:
        return content
    return content.with_framework(situations=tuple(map(Situation.model_validate, rows)))


def _fresh_key(found: Draft, question: str) -> str:
    """A key that neither the draft nor an earlier release of this framework used."""
    taken = {row["key"] for row in found.criteria}
    taken |= set(content_of(found.base_id).framework.criterion)
    return drafting.fresh_key(question, taken, school=bool(found.school_id))


def _criterion_page(
    request: Request, found: Draft, form: forms.CriterionForm, old: dict[str, Any] | None
) -> HttpResponse:
    wrong = [p for p in found.problems if old and f"[{old['key']}]" in p["place"]]
    context = {"draft": found, "form": form, "old": old, "wrong": wrong}
    return render(request, "authoring/criterion.html", context)


def _change(
    request: Request, found: Draft, form: django_forms.Form, how: drafting.Change, what: str
) -> HttpResponse | None:
    """Saves and goes back to the draft; None where a colleague was first, with that in the form."""
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 9 else 0
    try:
        actions.change(found, actor=request.actor, version=version, how=how, what=what[:120])
    except Conflict as conflict:
        words = _("{who} bewaarde intussen iets in dit ontwerp. Kijk na en bewaar opnieuw.")
        who = conflict.current.updated_by.name
        if form.is_bound:
            form.data = {**request.POST.dict(), "version": str(conflict.current.version)}
            form.data = _with_version(request, conflict.current.version)
            form.add_error(None, words.format(who=who))
        else:
            messages.error(request, words.format(who=who))
        found.version = conflict.current.version
        return None
    messages.success(request, _("Bewaard in het ontwerp."))
    return redirect("authoring:draft", found.pk)


def _with_version(request: Request, version: int) -> Any:
    """What was typed, with the version that is there now."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


@page("authoring.write")
def move(request: Request, pk: int) -> HttpResponse:
    """One place up or down within its step."""
    found = queries.get_draft(request.actor, pk)
    key = request.POST.get("key", "")
    if request.method == "POST" and drafting.find(found.data, "criteria", key):
        up = request.POST.get("wat") == "omhoog"
        how = partial(drafting.moved, key=key, up=up)
        _change(request, found, django_forms.Form(), how, _("volgorde"))
    return redirect("authoring:draft", pk)


def _of_umbrella(request: Request, pk: int) -> Draft:
    """A draft of a whole framework: a school only adds criteria."""
    found = queries.get_draft(request.actor, pk)
    if found.own is None:
        raise Http404
    return found


@page("authoring.write")
def situation(request: Request, pk: int, key: str = "") -> HttpResponse:
    """Writes one starting question, or takes it out."""
    found = _of_umbrella(request, pk)
    old = drafting.find(found.data, "situations", key) if key else None
    if key and old is None:
        raise Http404
    shown = {
        "version": found.version,
        **{f"{n}{e}": (old or {}).get(n, {}).get(lang, "")
           for n in ("question", "help") for e, lang in (("", "nl"), ("_en", "en"))},
    }  # fmt: skip
    sent = request.POST if request.POST.get("wat") == "bewaar" else None
    form = forms.SituationForm(sent, initial=shown)
    answer = None
    if request.method == "POST" and request.POST.get("wat") == "weg" and old is not None:
        how = partial(drafting.without, name="situations", key=key)
        answer = _change(request, found, form, how, old["question"]["nl"])
    elif form.is_bound and form.is_valid():
        question = form.cleaned_data["question"]
        taken = [row["key"] for row in found.data["framework"]["situations"]]
        key = key or drafting.fresh_key(question, taken, school=False)
        how = partial(drafting.put, name="situations", key=key, thing=form.situation(key))
        answer = _change(request, found, form, how, question)
    context = {"draft": found, "form": form, "old": old}
    return answer or render(request, "authoring/situation.html", context)


@page("authoring.write")
def gate(request: Request, pk: int, key: str) -> HttpResponse:
    """What a gate asks for, and how it says so."""
    found = _of_umbrella(request, pk)
    old = drafting.find(found.data, "gates", key)
    if old is None:
        raise Http404
    shown = {
        "version": found.version,
        "requires": old.get("requires", []),
        **{f"{n}{e}": old.get(n, {}).get(lang, "")
           for n in ("rule", "explanation") for e, lang in (("", "nl"), ("_en", "en"))},
    }  # fmt: skip
    form = forms.GateForm(request.POST or None, initial=shown)
    if form.is_bound and form.is_valid():
        how = partial(drafting.put, name="gates", key=key, thing=form.gate(old))
        answer = _change(request, found, form, how, old["title"]["nl"])
        if answer is not None:
            return answer
    context = {"draft": found, "form": form, "old": old}
    return render(request, "authoring/gate.html", context)


@page("authoring.write")
def files(request: Request, pk: int) -> HttpResponse:
    """The draft as six files, out and in; with every problem of what was sent, and its place."""
    found = _of_umbrella(request, pk)
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
            form.data = _with_version(request, conflict.current.version)
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
    wrong = [p for p in found.problems if not p["advice"]]
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
