"""Going over to another release of the questions, and reading what was answered before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import casework, moving
from partnerwijzer.dossiers.actions import moving as actions
from partnerwijzer.dossiers.queries import moving as movable
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks import mapping
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
def earlier(request: Request, pk: int) -> HttpResponse:
    """Answers to questions that are no longer asked."""
    dossier = reading.get_whole(request.actor, pk)
    rows = moving.earlier(dossier)
    return render(request, "dossiers/earlier.html", {"dossier": dossier, "rows": rows})
