"""What an organisation offers: added, changed, withdrawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page, require
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.forms import OfferForm
from partnerwijzer.partners.models import ForWhom
from partnerwijzer.partners.views.keeping import Keeping, keep


@page("partners.edit")
def offer_edit(request: Request, pk: int, offer_pk: int = 0) -> HttpResponse:
    """Adds or changes something that the organisation offers."""
    partner = queries.get_partner(request.actor, pk)
    require(request.actor, "partners.edit", partner)
    offer = queries.get_offer_of(request.actor, pk, offer_pk) if offer_pk else None
    first = {"levels": partner.levels, "themes": partner.themes, "audience": [ForWhom.PUPILS]}
    form = OfferForm(request.POST or None, instance=offer, initial={} if offer else first)

    def save() -> None:
        goals = list(form.cleaned_data["goals"])
        if offer is None:
            actions.create_offer(partner, actor=request.actor, facts=form.facts(), goals=goals)
            return
        actions.edit_offer(
            offer,
            actor=request.actor,
            version=form.read_version,
            facts=form.facts(),
            goals=goals,
        )

    what = Keeping("partners/offer_edit.html", save, anchor="#aanbod", more={"offer": offer})
    return keep(request, partner, form, what)


@page("partners.edit")
def offer_state(request: Request, pk: int, offer_pk: int) -> HttpResponse:
    """Takes an offer out of the databank, puts it back, or says that the price still holds."""
    offer = queries.get_offer_of(request.actor, pk, offer_pk)
    require(request.actor, "partners.edit", offer)
    if request.method == "POST":
        if request.POST.get("naar") == "terug":
            actions.restore_offer(offer, actor=request.actor)
            messages.success(request, _("Het aanbod staat weer in de databank."))
        elif request.POST.get("naar") == "prijs":
            actions.confirm_price(offer, actor=request.actor)
            messages.success(request, _("Genoteerd dat de prijs nog klopt."))
        else:
            actions.withdraw_offer(offer, actor=request.actor)
            messages.success(
                request, _("Het aanbod is weggehaald. Onderaan de lijst zet je het terug.")
            )
    out = redirect("partners:detail", pk)
    out["Location"] += "#aanbod"
    return out
