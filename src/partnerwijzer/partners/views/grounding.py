"""On what an offer rests: the ladder with its sources; and the rules behind all three measures."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.documents import delivery
from partnerwijzer.documents.intake import BadFile
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.partners import actions, counting, profile, queries, wording
from partnerwijzer.partners import grounding as ladder
from partnerwijzer.partners.forms import SourceForm
from partnerwijzer.partners.models import GroundingSource, Offer
from partnerwijzer.ui import schoolyear


@page("partners.view")
def measures(request: Request) -> HttpResponse:
    """How grounding, cost and experience come about: the rules, in words."""
    context = {
        "rungs": wording.rungs(),
        "ages": profile.age_rules(),
        "counting": vocabulary.current().factors.counting,
        "old_after": ladder.OLD_AFTER,
        "trend": int(counting.TREND * 100),
    }
    return render(request, "partners/measures.html", context)


@page("partners.view")
def grounding(request: Request, pk: int, offer_pk: int) -> HttpResponse:
    """Every rung of the ladder with what stands on it; who keeps the databank adds a source."""
    offer = queries.get_offer_of(request.actor, pk, offer_pk)
    wanted = request.POST.get("deel") == "bron"
    form = SourceForm(request.POST if wanted else None, request.FILES if wanted else None)
    if request.method == "POST":
        require(request.actor, "partners.edit", offer)
        if _act(request, offer, form):
            return redirect("partners:grounding", pk, offer_pk)
    sources = queries.sources_of(request.actor, offer)
    context = {
        "offer": offer,
        "partner": offer.partner,
        "rung": wording.rung(offer.grounding),
        "rows": _rows(sources),
        "carries": ladder.carrying(sources),
        "form": form,
        "rung_choices": wording.rungs()[1:],
        "may_edit": allowed(request.actor, "partners.edit", offer),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/grounding.html", context, status=status)


def _rows(sources: list[GroundingSource]) -> list[dict[str, object]]:
    words = {rung.rung: rung for rung in wording.rungs()}
    return [
        {"rung": words[n], "sources": [(s, _is_old(s)) for s in found]}
        for n, found in ladder.by_rung(sources)
    ]


def _is_old(source: GroundingSource) -> bool:
    if source.checked_on is None:
        return False
    age = schoolyear.of(timezone.localdate()) - schoolyear.of(source.checked_on)
    return age > ladder.OLD_AFTER


def _act(request: Request, offer: Offer, form: SourceForm) -> bool:
    acts: dict[str, Callable[[], bool]] = {
        "bron": lambda: _add(request, offer, form),
        "niets": lambda: _nothing(request, offer),
        "klopt": lambda: _check(request, offer),
        "weg": lambda: _remove(request, offer),
    }
    part = request.POST.get("deel", "")
    if part not in acts:
        raise Http404
    return acts[part]()


def _add(request: Request, offer: Offer, form: SourceForm) -> bool:
    if not form.is_valid():
        return False
    upload = form.cleaned_data["upload"]
    try:
        actions.add_source(offer, actor=request.actor, facts=form.facts(), upload=upload)
    except BadFile as problem:
        form.add_error("upload", str(problem))
        return False
    messages.success(request, _("De bron is bewaard."))
    return True


def _nothing(request: Request, offer: Offer) -> bool:
    actions.add_source(offer, actor=request.actor, facts={"rung": 0})
    messages.success(request, _("Genoteerd: je zocht en vond nog niets."))
    return True


def _source(request: Request, offer: Offer) -> GroundingSource:
    number = request.POST.get("bron", "")
    return queries.get_source(request.actor, offer.pk, int(number) if number.isdecimal() else 0)


def _check(request: Request, offer: Offer) -> bool:
    rung = request.POST.get("trede", "")
    if rung not in [str(n) for n in range(ladder.HIGHEST + 1)]:
        raise Http404
    actions.check_source(_source(request, offer), actor=request.actor, rung=int(rung))
    messages.success(request, _("Genoteerd dat je deze bron nakeek."))
    return True


def _remove(request: Request, offer: Offer) -> bool:
    actions.remove_source(_source(request, offer), actor=request.actor)
    messages.success(request, _("Weggehaald."))
    return True


@page("partners.view")
def source_file(request: Request, pk: int, offer_pk: int, source_pk: int) -> FileResponse:
    """The document behind a source."""
    offer = queries.get_offer_of(request.actor, pk, offer_pk)
    source = queries.get_source(request.actor, offer.pk, source_pk)
    if source.file is None:
        raise Http404
    return delivery.response(source.file)
