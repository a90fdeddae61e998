"""How organisations stand to each other."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page, require
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.forms import RelationForm

MOST_HITS = 8


@page("partners.edit")
def relations(request: Request, pk: int) -> HttpResponse:
    """Choosing the other organisation (?q=, ?met=), and saying how the two belong together."""
    partner = queries.get_partner(request.actor, pk)
    require(request.actor, "partners.edit", partner)
    text, number = request.GET.get("q", "").strip()[:100], request.GET.get("met", "")
    other = queries.get_partner(request.actor, int(number)) if number.isdecimal() else None
    hits = queries.quick_search(request.actor, text, limit=MOST_HITS) if text else []
    form = None
    if other is not None:
        form = RelationForm(request.POST or None, name=partner.name, other=other.name)
        if request.method == "POST" and form.is_valid():
            try:
                actions.relate(partner, actor=request.actor, other=other, **form.cleaned_data)
            except actions.CannotRelate as reason:
                form.add_error("kind", str(reason))
            else:
                messages.success(request, _("Bewaard."))
                return redirect("partners:detail", pk)
    context = {
        "partner": partner,
        "other": other,
        "form": form,
        "text": text,
        "hits": [hit for hit in hits if hit != partner],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "partners/relations.html", context, status=status)


@page("partners.edit")
def unrelate(request: Request, pk: int, relation_pk: int) -> HttpResponse:
    """Takes a relation away."""
    partner = queries.get_partner(request.actor, pk)
    require(request.actor, "partners.edit", partner)
    if request.method == "POST":
        row = queries.get_relation(request.actor, pk, relation_pk)
        actions.unrelate(partner, actor=request.actor, relation=row)
        messages.success(request, _("Weggehaald."))
    return redirect("partners:detail", pk)
