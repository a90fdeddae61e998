"""The quality framework: tags of a dossier, the school's overview, and the list of expectations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.documents import arriving
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.quality import actions, queries
from partnerwijzer.quality.forms import ListForm, TagForm, packed, unpacked
from partnerwijzer.quality.models import Part


@page("quality.view")
def tags(request: Request, pk: int) -> HttpResponse:
    """Aan welke kwaliteit draagt dit bij?"""
    dossier = reading.get_dossier(request.actor, pk)
    forms = {part: _tag_form(request, dossier, part) for part in Part.values}
    sent = forms.get(request.POST.get("deel", ""))
    if request.method == "POST" and sent is not None and sent.is_valid():
        part = request.POST["deel"]
        actions.tag(dossier, actor=request.actor, part=part, **sent.chosen())
        messages.success(request, _("Bewaard."))
        return redirect("quality:tags", pk)
    mine = queries.tags_of(request.actor, dossier)
    labels = {r.key: str(r.label) for r in casework.content(dossier).framework.rubrics}
    titles = {
        Part.AIM: _("Aan welke kwaliteit werken jullie hiermee?"),
        Part.RESULT: _("Wat kwam ervan, als jullie terugkijken?"),
    }
    context = {
        "dossier": dossier,
        "parts": [
            {
                "key": part,
                "title": titles[Part(part)],
                "form": form,
                "shown": [
                    tag.expectation or labels.get(tag.rubric, tag.rubric)
                    for tag in mine
                    if tag.part == part
                ],
            }
            for part, form in forms.items()
        ],
        "loaded": any("expectations" in form.fields for form in forms.values()),
        "may_edit": allowed(request.actor, "quality.edit", dossier),
        "may_keep": allowed(request.actor, "quality.keep"),
    }
    return render(request, "quality/tags.html", context)


def _tag_form(request: Request, dossier: Dossier, part: str) -> TagForm:
    mine = [t for t in queries.tags_of(request.actor, dossier) if t.part == part]
    rubrics = [(r.key, str(r.label)) for r in casework.content(dossier).framework.rubrics]
    return TagForm(
        request.POST if request.POST.get("deel") == part else None,
        auto_id=f"id_{part}_%s",
        rubrics=rubrics,
        expectations=queries.expectations_for(request.actor, dossier.school),
        initial={
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
