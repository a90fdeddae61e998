"""The end of a cooperation: handing over, thanking, looking back, what follows."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import period
from partnerwijzer.dossiers.actions import ending
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.ending import HandOverForm, ThanksForm
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import agreeing, reading
from partnerwijzer.dossiers.queries import ending as queries


@page("dossiers.edit")
def end(request: Request, pk: int) -> HttpResponse:
    """Hoe sluiten we dit goed af? In the order in which one does it."""
    dossier = reading.get_dossier(request.actor, pk, to="dossiers.edit")
    adds = "what" in request.POST
    form = HandOverForm(request.POST if adds else None)
    if request.method == "POST" and _change(request, dossier, form):
        return redirect("dossiers:end", pk)
    last_day = period.of(dossier)[1]
    context = {
        "dossier": dossier,
        "last_day": last_day,
        "is_over": last_day is not None and last_day < localdate(),
        "form": form,
        "handovers": queries.handovers(request.actor, dossier),
        "rows": queries.partners(request.actor, dossier),
        "follow_ups": queries.follow_ups(request.actor, dossier),
        "evaluations": queries.looked_back(request.actor, dossier),
        "may_close": allowed(request.actor, "dossiers.close", dossier),
    }
    return render(request, "dossiers/end.html", context, status=422 if form.errors else 200)


def _change(request: Request, dossier: Dossier, form: HandOverForm) -> bool:
    if form.is_bound:
        if form.is_valid():
            ending.add_handover(dossier, actor=request.actor, **form.cleaned_data)
        return form.is_valid()
    number, what = request.POST.get("rij", ""), request.POST.get("wat", "")
    if not number.isdecimal() or what not in ("klaar", "niet", "weg"):
        raise Http404
    row = queries.get_handover(request.actor, dossier, int(number))
    if what == "weg":
        ending.remove_handover(row, actor=request.actor)
    else:
        ending.tick_handover(row, actor=request.actor, done=what == "klaar")
    return True


@page("dossiers.confirm")
def thank(request: Request, pk: int, row_pk: int) -> HttpResponse:
    """Wat schrijven we de partner? Looked at and changed before it goes, once."""
    dossier = reading.get_dossier(request.actor, pk, to="dossiers.confirm")
    row = agreeing.get_partner_row(request.actor, pk, row_pk)
    thanks = ending.draft_of(row)
    first = {name: getattr(thanks, name) for name in (*ending.FIELDS, "version")}
    form = ThanksForm(request.POST or None, initial=first)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _thank(request, dossier, row, form.cleaned_data)
            return redirect("dossiers:end", pk)
        except Conflict as found:
            conflict = found.current
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
    context = {
        "dossier": dossier,
        "row": row,
        "thanks": thanks,
        "form": form,
        "conflict": conflict,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "dossiers/thank.html", context, status=status)


def _thank(request: Request, dossier: Dossier, row: Any, given: dict[str, Any]) -> None:
    sends = request.POST.get("deel") == "stuur"
    act = ending.send_thanks if sends else ending.save_thanks
    values = {name: given[name] for name in ending.FIELDS}
    act(dossier, actor=request.actor, row=row, version=given["version"], values=values)
    messages.success(request, _("Het bedankje is onderweg.") if sends else _("Bewaard."))
