"""The quality framework: tags of a dossier, the school's overview, and the list of expectations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import arriving
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.quality import actions, queries
from partnerwijzer.quality.forms import ListForm, TagForm, packed, unpacked
from partnerwijzer.quality.models import Part, QualityTag


@page("quality.view")
def tags(request: Request, pk: int) -> HttpResponse:
    """Aan welke kwaliteit draagt dit bij? The cooperation as a whole, or one of its activities."""
    dossier = reading.get_dossier(request.actor, pk)
    every = queries.activities(request.actor, dossier)
    activity = _chosen(request, every)
    forms = {part: _tag_form(request, dossier, part, activity) for part in Part.values}
    sent, conflict = request.POST.get("deel", ""), False
    if request.method == "POST" and sent in forms and forms[sent].is_valid():
        what = {"part": sent, "activity": activity, **forms[sent].chosen()}
        try:
            actions.tag(dossier, actor=request.actor, **what)
        except Conflict as found:
            conflict = True
            forms[sent].data = _at(request, found.current.version)
        else:
            messages.success(request, _("Bewaard."))
            return redirect(
                f"{request.path}?activiteit={activity.pk}" if activity else request.path
            )
    context = {
        "dossier": dossier,
        "activity": activity,
        "activities": every,
        "parts": [_part(request, dossier, part, form, activity) for part, form in forms.items()],
        "conflict": sent if conflict else "",
        "loaded": any("expectations" in form.fields for form in forms.values()),
        "may_edit": allowed(request.actor, "quality.edit", dossier),
        "may_keep": allowed(request.actor, "quality.keep"),
    }
    return render(request, "quality/tags.html", context, status=409 if conflict else 200)


def _chosen(request: Request, every: list[Activity]) -> Activity | None:
    key = request.GET.get("activiteit", "")
    if not key:
        return None
    found = next((a for a in every if str(a.pk) == key), None)
    if found is None:
        raise Http404
    return found


def _at(request: Request, version: int) -> Any:
    """What was sent, with the version that stands there now: saving again is a choice then."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


def _part(
    request: Request, dossier: Dossier, part: str, form: TagForm, activity: Activity | None
) -> dict[str, Any]:
    titles = {
        Part.AIM: _("Aan welke kwaliteit werken jullie hiermee?"),
        Part.RESULT: _("Wat kwam ervan, als jullie terugkijken?"),
    }
    labels = {r.key: str(r.label) for r in casework.content(dossier).framework.rubrics}
    shown = [
        str(tag.expectation or labels.get(tag.rubric, tag.rubric))
        for tag in _tags(request, dossier, part, activity)
    ]
    return {"key": part, "title": titles[Part(part)], "form": form, "shown": shown}


def _tags(
    request: Request, dossier: Dossier, part: str, activity: Activity | None
) -> list[QualityTag]:
    mine = queries.tags_of(request.actor, dossier)
    key = activity.pk if activity else None
    return [tag for tag in mine if tag.part == part and tag.activity_id == key]


def _tag_form(request: Request, dossier: Dossier, part: str, activity: Activity | None) -> TagForm:
    mine = _tags(request, dossier, part, activity)
    rubrics = [(r.key, str(r.label)) for r in casework.content(dossier).framework.rubrics]
    return TagForm(
        request.POST if request.POST.get("deel") == part else None,
        auto_id=f"id_{part}_%s",
        rubrics=rubrics,
        expectations=queries.expectations_for(request.actor, dossier.school),
        initial={
            "version": queries.sheet_versions(request.actor, dossier, activity).get(part, 0),
            "rubrics": [t.rubric for t in mine if t.expectation_id is None],
            "expectations": [t.expectation_id for t in mine if t.expectation_id],
        },
    )


@page("quality.school")
def overview(request: Request) -> HttpResponse:
    """Aan welke kwaliteit werken onze partners mee?"""
    school = queries.school_of(request.actor)
    rubrics = {r.key: str(r.label) for r in vocabulary.current().framework.rubrics}
    rubric, part = request.GET.get("rubriek", ""), request.GET.get("deel", "")
    found = queries.tagged(
        request.actor,
        school,
        rubric=rubric if rubric in rubrics else "",
        part=part if part in Part.values else "",
    )
    shown = {key: label for key, label in rubrics.items() if rubric in ("", key)}
    context: dict[str, Any] = {
        "school": school,
        "rubrics": rubrics.items(),
        "parts": Part.choices,
        "rubric": rubric,
        "part": part,
        "rows": [
            (label, [row for row in found if row.rubric == key]) for key, label in shown.items()
        ],
        "may_keep": allowed(request.actor, "quality.keep"),
    }
    return render(request, "quality/overview.html", context)


@page("quality.keep")
def expectations(request: Request) -> HttpResponse:
    """Welke verwachtingen gebruiken jullie? A list is looked at before it replaces the other."""
    owner = queries.owner_of(request.actor)
    if owner is None:
        raise Http404
    rubrics = {r.key: r.label.nl for r in vocabulary.current().framework.rubrics}
    if request.POST.get("wat") == "laad":
        return _load(request, owner)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(*data, rubrics=rubrics, too_large=arriving.was_refused(request))
    context: dict[str, Any] = {
        "owner": owner,
        "form": form,
        "rubrics": rubrics,
        "rows": queries.expectations_of(owner, request.actor),
    }
    if request.method == "POST" and form.is_valid():
        lines = [(rubrics[line.rubric], line) for line in form.loaded.lines]
        context |= {"lines": lines, "wrong": form.loaded.wrong, "packed": packed(form.loaded)}
    return render(request, "quality/expectations.html", context, status=422 if form.errors else 200)


def _load(request: Request, owner: queries.Owner) -> HttpResponse:
    lines = unpacked(request.POST.get("lijst", ""))
    if lines:
        count = actions.load_expectations(owner, actor=request.actor, lines=lines)
        messages.success(request, _("{n} verwachtingen ingeladen.").format(n=count))
    else:
        messages.error(request, _("Dat duurde te lang. Kies het bestand opnieuw."))
    return redirect("quality:expectations")
