"""A screening shared with colleague schools, and taken as a start."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.dossiers import lending
from partnerwijzer.dossiers.actions import lending as actions
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.evidence import ShareForm
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import lending as queries
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.dossiers.queries.naming import names_around


@page("dossiers.lend")
def share(request: Request, pk: int) -> HttpResponse:
    """What other schools would see, and the choice of the head to show or take back."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.lend")
    lines = lending.lines_of(dossier, names_around(dossier))
    taken_back = request.POST.get("wat") == "intrekken"
    form = ShareForm(request.POST if request.POST and not taken_back else None, lines=lines)
    if request.method == "POST" and (taken_back or form.is_valid()):
        try:
            _share(request, dossier, form, taken_back=taken_back)
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        return redirect("dossiers:lend", pk)
    shared = getattr(dossier, "shared_screening", None)
    context = {
        "dossier": dossier,
        "lines": lines,
        "form": form,
        "shared": shared if shared is not None and shared.withdrawn_at is None else None,
    }
    return render(request, "dossiers/lend.html", context)


def _share(request: Request, dossier: Dossier, form: ShareForm, *, taken_back: bool) -> None:
    if taken_back:
        actions.withdraw_screening(dossier, actor=request.actor)
        messages.success(request, _("Ingetrokken. Niemand kan ze nog overnemen."))
        return
    evidence = [int(key) for key in form.cleaned_data.get("evidence", [])]
    actions.share_screening(
        dossier, actor=request.actor, keys=form.cleaned_data["keys"], evidence=evidence
    )
    messages.success(request, _("Gedeeld. Scholen die met deze partner beginnen, zien het."))


@page("dossiers.edit")
def take(request: Request, pk: int) -> HttpResponse:
    """Where this partner was looked at before, to start from."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    partners = [row.partner_id for row in dossier.partners.all()]
    if request.method == "POST":
        return _take(request, dossier)
    found = queries.sources(request.actor, dossier.school_id, partners, but=dossier.pk)
    return render(request, "dossiers/take.html", {"dossier": dossier, "sources": found})


def _take(request: Request, dossier: Dossier) -> HttpResponse:
    kind, _dash, key = request.POST.get("bron", "").partition("-")
    if not key.isdecimal():
        raise Http404
    try:
        if kind == "school":
            shared = queries.get_shared(request.actor, int(key))
            count = actions.take_shared(dossier, actor=request.actor, shared=shared)
        else:
            other = queries.get_own(request.actor, dossier.school_id, int(key))
            count = actions.take_own(dossier, actor=request.actor, other=other)
    except NotAllowedNow as reason:
        messages.error(request, str(reason))
        return redirect("dossiers:take", dossier.pk)
    messages.success(request, _("{n} vragen hebben nu een start.").format(n=count))
    return redirect("dossiers:detail", dossier.pk)
