"""Warnings: marks that the umbrella makes, and what the register changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page, require
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.forms import MarkForm


@page("partners.moderate")
def mark(request: Request, pk: int) -> HttpResponse:
    """Warns all who look at a partner or have an open dossier about it; or ends the warning."""
    partner = queries.get_partner(request.actor, pk)
    current = queries.warnings_of(request.actor, [partner]).get(pk, queries.Warnings()).mark
    ends = request.POST.get("deel") == "stop"
    form = MarkForm(None if ends else request.POST or None)
    if request.method == "POST":
        if ends and current is not None:
            actions.end_mark(current, actor=request.actor)
            messages.success(request, _("De waarschuwing is weg."))
            return redirect("partners:detail", pk)
        if form.is_valid():
            actions.mark_partner(partner, actor=request.actor, **form.cleaned_data)
            messages.success(request, _("Iedereen met een open dossier ziet nu deze waarschuwing."))
            return redirect("partners:detail", pk)
    status = 422 if request.method == "POST" else 200
    context = {"partner": partner, "form": form, "current": current}
    return render(request, "partners/mark.html", context, status=status)


@page("partners.edit")
def settle(request: Request, pk: int) -> HttpResponse:
    """Notes that somebody looked at what the register changed."""
    partner = queries.get_partner(request.actor, pk)
    require(request.actor, "partners.edit", partner)
    if request.method == "POST":
        actions.settle_register_changes(partner, actor=request.actor)
        messages.success(request, _("Genoteerd dat je het nakeek."))
    return redirect("partners:detail", pk)
