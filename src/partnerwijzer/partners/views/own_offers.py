"""For the organisation itself, by its link: its offers, on what these rest, who recognises it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.access.gate import Request, public
from partnerwijzer.access.versions import Conflict
from partnerwijzer.goals import picking
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.forms import OwnOfferForm, OwnRecognitionForm, OwnSourceForm
from partnerwijzer.partners.models import ForWhom, Offer, ProfileLink, Recognition
from partnerwijzer.partners.views.own import (
    asked_in_words,
    base,
    own_overtaken,
    speaker,
    with_link,
)

UP, UP_TWO = "../", "../../"


@public("the organisation describes its offers by a secret link")
def own_offer(request: Request, token: str, offer_pk: int = 0) -> HttpResponse:
    return with_link(request, token, lambda request, row: _own_offer(request, row, offer_pk))


def _own_offer(request: Request, row: ProfileLink, offer_pk: int) -> HttpResponse:
    offer = queries.own_offer(row, offer_pk) if offer_pk else None
    asked = queries.asked_of(offer) if offer else queries.Asked()
    first = {"levels": row.partner.levels, "themes": row.partner.themes}
    initial = {} if offer else {**first, "audience": [ForWhom.PUPILS]}
    pick_at = _goals_at(request)
    form = OwnOfferForm(
        request.POST or None, instance=offer, initial=initial, asked=asked, pick_at=pick_at
    )
    status, more = 200, dict[str, Any]()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _offer_saved(request, row, form, offer)
            except Conflict as conflict:
                status, more = 409, own_overtaken(form, conflict, asked)
    waits = asked_in_words(offer, asked) if offer else []
    context = {**base(request, row), "form": form, "offer": offer, "asked": waits, **more}
    return render(request, "partners/own_offer.html", context, status=status)


def _offer_saved(
    request: Request, row: ProfileLink, form: OwnOfferForm, offer: Offer | None
) -> HttpResponse:
    waits = actions.offer_of_itself(
        row,
        actor=speaker(row),
        offer=offer,
        version=form.read_version,
        waiting=form.read_waiting,
        facts={**form.facts(), "goals": form.cleaned_data["goals"]},
    )
    if waits:
        messages.info(request, _("Een school keek dit aanbod na: je wijziging wacht."))
    else:
        messages.success(request, _("Bewaard. Scholen lezen dit zo."))
    return HttpResponseRedirect(UP_TWO if offer else UP)


@public("the organisation brings in a source by a secret link")
def own_source(request: Request, token: str, offer_pk: int) -> HttpResponse:
    return with_link(request, token, lambda request, row: _own_source(request, row, offer_pk))


def _own_source(request: Request, row: ProfileLink, offer_pk: int) -> HttpResponse:
    offer = queries.own_offer(row, offer_pk)
    form = OwnSourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.bring_source(row, actor=speaker(row), offer=offer, facts=form.facts())
        messages.success(request, _("Bewaard. Ze telt mee zodra een school ze nakeek."))
        return HttpResponseRedirect("../../../")
    status = 422 if request.method == "POST" else 200
    context = {**base(request, row), "form": form, "offer": offer}
    return render(request, "partners/own_source.html", context, status=status)


@public("the organisation looks up goals for its offers by a secret link")
def own_goals(request: Request, token: str) -> HttpResponse:
    """Answers the picker of goals on the page of an offer: goals are the same for everybody."""
    return with_link(request, token, _own_goals)


def _own_goals(request: Request, row: ProfileLink) -> HttpResponse:
    found = picking.answer(request, SYSTEM, pick_at=_goals_at(request), frame="ui/open.html")
    if found is None:
        raise Http404
    return render(request, *found)


def _goals_at(request: Request) -> str:
    assert request.resolver_match is not None
    return reverse("partners:own_goals", args=[request.resolver_match.kwargs["token"]])


@public("the organisation says who recognises it by a secret link")
def own_recognition(request: Request, token: str, recognition_pk: int = 0) -> HttpResponse:
    return with_link(
        request, token, lambda request, row: _own_recognition(request, row, recognition_pk)
    )


def _own_recognition(request: Request, row: ProfileLink, pk: int) -> HttpResponse:
    here = queries.own_recognition(row, pk) if pk else None
    asked = queries.asked_of(here) if here else queries.Asked()
    form = OwnRecognitionForm(request.POST or None, instance=here, asked=asked)
    status, more = 200, dict[str, Any]()
    if request.method == "POST" and here is not None and "weg" in request.POST:
        return _taken_back(request, row, here)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _recognition_saved(request, row, form, here)
            except Conflict as conflict:
                status, more = 409, own_overtaken(form, conflict, asked)
    waits = asked_in_words(here, asked) if here else []
    context = {**base(request, row), "form": form, "recognition": here, "asked": waits, **more}
    return render(request, "partners/own_recognition.html", context, status=status)


def _recognition_saved(
    request: Request, row: ProfileLink, form: OwnRecognitionForm, here: Recognition | None
) -> HttpResponse:
    waits = actions.recognition_of_itself(
        row,
        actor=speaker(row),
        recognition=here,
        version=form.read_version,
        waiting=form.read_waiting,
        facts=form.facts(),
    )
    if waits:
        messages.info(request, _("Een school keek deze erkenning na: je wijziging wacht."))
    else:
        messages.success(request, _("Bewaard. Scholen lezen dit zo."))
    return HttpResponseRedirect(f"{UP_TWO if here else UP}#erkenningen")


def _taken_back(request: Request, row: ProfileLink, here: Recognition) -> HttpResponse:
    if actions.take_back_recognition(row, actor=speaker(row), recognition=here):
        messages.success(request, _("Weggehaald."))
    else:
        messages.error(
            request, _("Een school keek deze erkenning na. Pas de einddatum aan als ze voorbij is.")
        )
    return HttpResponseRedirect(f"{UP_TWO}#erkenningen")
