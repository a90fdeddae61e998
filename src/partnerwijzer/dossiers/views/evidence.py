"""The evidence of the school: found, renewed, used in more dossiers."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import delivery, intake
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import evidence as actions
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.evidence import RenewForm
from partnerwijzer.dossiers.forms.extract import may_come
from partnerwijzer.dossiers.models import Evidence
from partnerwijzer.dossiers.queries import evidence as queries
from partnerwijzer.dossiers.queries import reading

PAGE_SIZE = 25


def _found(request: Request, school_id: int) -> dict[str, Any]:
    """A page of the evidence of a school, as the search asks."""
    text, ending = request.GET.get("q", "").strip()[:100], bool(request.GET.get("verloopt"))
    rows = queries.library(request.actor, school_id, text=text, ending=ending)
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    return {
        "found": found,
        "rows": [_row(e) for e in found],
        "text": text,
        "ending": ending,
    }


def _row(evidence: Evidence) -> dict[str, Any]:
    kinds = casework.content(evidence.dossier).framework.evidence_kind
    dossiers = {a.dossier_id: a.dossier for a in evidence.assessments.all()}
    return {
        "evidence": evidence,
        "kind": kinds.get(evidence.kind),
        "dossiers": list(dossiers.values()),
        "criteria": len(evidence.assessments.all()),
    }


@page("dossiers.evidence")
def library(request: Request) -> HttpResponse:
    """All evidence of the school that is worked for now."""
    school = reading.get_school(request.actor, request.actor.school_id)
    return render(request, "dossiers/library.html", _found(request, school.pk))


@page("dossiers.evidence")
def one(request: Request, evidence_pk: int) -> HttpResponse:
    """A piece of evidence: what it serves, its versions, and the form to renew it."""
    found = queries.get_own(request.actor, evidence_pk)
    form = RenewForm(
        request.POST or None,
        request.FILES or None,
        instance=copy(found),  # the form fills it; the action gets what is stored
        initial={"number": found.number},
        extract_may_come=_is_about_the_check(found),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.renew(found, actor=request.actor, **form.cleaned_data)
        except intake.BadFile as problem:
            form.add_error("upload", str(problem))
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Vernieuwd. De vorige versie blijft te lezen."))
            return redirect("dossiers:evidence_one", found.pk)
    context = {**_row(found), "serves": _serves(found), "form": form}
    return render(request, "dossiers/evidence_one.html", context)


def _is_about_the_check(evidence: Evidence) -> bool:
    rows = evidence.assessments.all()
    return any(may_come(casework.content(row.dossier), [row.criterion]) for row in rows)


def _serves(evidence: Evidence) -> list[tuple[Any, str]]:
    """The dossiers and questions that lean on it."""
    rows = []
    for answer in evidence.assessments.all():
        criteria = casework.content(answer.dossier).framework.criterion
        criterion = criteria.get(answer.criterion)
        rows.append((answer, str(criterion.question) if criterion else answer.question_then))
    return rows


@page("dossiers.evidence")
def version_file(request: Request, evidence_pk: int, number: int) -> FileResponse:
    """The file of one version."""
    found = queries.get_own(request.actor, evidence_pk)
    versions = {v.number: v.file for v in found.versions.all()} | {found.number: found.file}
    file = versions.get(number)
    if file is None:
        raise Http404
    return delivery.response(file)


@page("dossiers.edit")
def choose(request: Request, pk: int, key: str) -> HttpResponse:
    """Takes evidence of the school for a question of this dossier."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    row = next((a for a in casework.asked_of(dossier) if a.criterion.key == key), None)
    if row is None:
        raise Http404
    if request.method == "POST":
        sent = request.POST.get("bewijs", "")
        chosen = queries.get_own(request.actor, int(sent) if sent.isdecimal() else 0)
        try:
            actions.reuse(dossier, actor=request.actor, evidence=chosen, criterion=key)
            messages.success(request, _("Het bewijs staat ook bij deze vraag."))
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        return redirect("dossiers:criterion", pk, key)
    here = {e.pk for e in row.evidence}
    context = {"dossier": dossier, "row": row, "here": here, **_found(request, dossier.school_id)}
    return render(request, "dossiers/library_choose.html", context)
