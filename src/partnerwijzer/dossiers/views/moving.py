"""Going over to another release of the questions, and reading what was answered before."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.authoring import queries as authoring
from partnerwijzer.dossiers import casework, leftover, moving, other_framework, trees
from partnerwijzer.dossiers.actions import moving as actions
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.queries import moving as movable
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks import mapping
from partnerwijzer.frameworks import queries as releases
from partnerwijzer.frameworks import reading as frameworks


@page("dossiers.edit")
def adopt(request: Request, pk: int) -> HttpResponse:
    """What the newer questions ask of this dossier, and the button to go over."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    target = movable.target_of(request.actor, dossier)
    if target is None:
        return redirect("dossiers:detail", pk)
    if request.method == "POST":
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isdecimal() and len(sent) < 9 else 0
        try:
            actions.move(dossier, actor=request.actor, version=version, target=target)
        except Conflict:
            messages.error(request, _("Een collega wijzigde intussen het dossier. Kijk opnieuw."))
            return redirect("dossiers:adopt", pk)
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
            return redirect("dossiers:adopt", pk)
        messages.success(request, _("Dit dossier gebruikt nu de nieuwe vragen."))
        return redirect("dossiers:detail", pk)
    context = {
        "dossier": dossier,
        "target": target,
        "told": mapping.told_between(casework.content(dossier), target.content),
        "preview": moving.preview(dossier, target),
        **frameworks.differences_of(casework.content(dossier), target.content),
    }
    return render(request, "dossiers/adopt.html", context)


@page("dossiers.view")
def elsewhere(request: Request, pk: int) -> HttpResponse:
    """How the dossier would stand in another framework; nothing changes."""
    dossier = reading.get_whole(request.actor, pk)
    others = movable.other_frameworks(request.actor, dossier)
    wanted = request.GET.get("kader", "")
    release = next((v for v in others if v.key == wanted), others[0] if others else None)
    context: dict[str, Any] = {"dossier": dossier, "others": others, "target": None}
    if release is not None:
        target = moving.Target(release, authoring.newest_criteria(dossier.school))
        parts = other_framework.parts(dossier, target)
        offered = movable.target_of(request.actor, dossier)
        context |= {
            "target": target,
            "parts": parts,
            "told": mapping.told_between(casework.content(dossier), target.content),
            "asked": sum(len(part.lines) for part in parts),
            "whole": other_framework.total(parts, "whole"),
            "part": other_framework.total(parts, "part"),
            "open": other_framework.total(parts, "open"),
            "may_move": offered is not None
            and offered.framework == release
            and allowed(request.actor, "dossiers.edit", dossier),
        }
    return render(request, "dossiers/elsewhere.html", context)


@page("dossiers.view")
def earlier(request: Request, pk: int) -> HttpResponse:
    """Answers to questions that are no longer asked, and what a note held for them."""
    dossier = reading.get_whole(request.actor, pk)
    every = (releases.content_of(v.pk) for v in releases.versions(request.actor))
    context = {
        "dossier": dossier,
        "rows": moving.earlier(dossier),
        "left": leftover.kept(dossier, casework.content(dossier), every),
        "trees": [row for row in trees.shown_runs(dossier) if not row.known],
        "may_edit": allowed(request.actor, "dossiers.edit", dossier),
    }
    return render(request, "dossiers/earlier.html", context)
