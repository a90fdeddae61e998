"""The framework to read: search, print, compare two releases, take the files along."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.frameworks import queries, reading, writing
from partnerwijzer.frameworks.models import FrameworkVersion


@page("frameworks.read")
def index(request: Request) -> HttpResponse:
    """All frameworks with their releases; where there is one, that one."""
    found = queries.by_framework(request.actor)
    if len(found) == 1 and not allowed(request.actor, "frameworks.publish"):
        return redirect("frameworks:read", next(iter(found.values()))[0].pk)
    may_write = allowed(request.actor, "authoring.write")
    context = {"frameworks": list(found.values()), "may_write": may_write}
    return render(request, "frameworks/index.html", context)


@page("frameworks.read")
def read(request: Request, pk: int) -> HttpResponse:
    """One release: every criterion with why it is asked, what proves it, and what it stops."""
    version = queries.get(request.actor, pk)
    content = queries.content_of(version.pk)
    text = request.GET.get("q", "").strip()[:100]
    point = request.GET.get("aandachtspunt", "")
    parts = reading.parts_of(content, text, point)
    context = {
        "version": version,
        "content": content,
        "parts": parts,
        "count": sum(len(part.lines) for part in parts),
        "text": text,
        "point": point,
        "points": content.framework.attention_points,
        "leans_on": reading.leans_on(content),
        "others": _others(request, version),
        "may_write": allowed(request.actor, "authoring.write"),
    }
    template = "frameworks/read.html"
    return render(request, f"{template}#found" if request.htmx else template, context)


def _others(request: Request, version: FrameworkVersion) -> list[FrameworkVersion]:
    """Other releases to compare with: of this framework first, then the newest of each other."""
    found = queries.by_framework(request.actor)
    own = [v for v in found.get(version.key, []) if v.pk != version.pk]
    return own + [rows[0] for key, rows in found.items() if key != version.key]


@page("frameworks.read")
def differences(request: Request, pk: int, older_pk: int) -> HttpResponse:
    """What came, went and changed between two releases; `?met=` chooses the other one."""
    version = queries.get(request.actor, pk)
    chosen = request.GET.get("met", "")
    if chosen.isdecimal() and int(chosen) != older_pk:
        return redirect("frameworks:differences", pk, int(chosen))
    older = queries.get(request.actor, older_pk)
    if older.pk == version.pk:
        return redirect("frameworks:read", pk)
    contents = [queries.content_of(v.pk) for v in (older, version)]
    context = {
        "version": version,
        "older": older,
        "others": _others(request, version),
        **reading.differences_of(*contents),
    }
    return render(request, "frameworks/differences.html", context)


@page("frameworks.read")
def files(request: Request, pk: int) -> HttpResponse:
    """The six YAML files of a release."""
    version = queries.get(request.actor, pk)
    data = queries.data_of(request.actor, version.pk)
    if not data:
        raise Http404
    answer = HttpResponse(writing.bundle_of(data), content_type="application/zip")
    name = f"{version.key}-{version.version}.zip"
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer
