"""For schools: giving the organisation a link, saying what one checked, and reporting."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.partners import actions, queries, wording
from partnerwijzer.partners.forms import LinkForm, ReportForm
from partnerwijzer.partners.models import Offer, Partner


@page("partners.edit")
def profile_links(request: Request, pk: int) -> HttpResponse:
    """The personal links by which the organisation keeps its own page: sent, opened, withdrawn."""
    partner = queries.get_partner(request.actor, pk)
    require(request.actor, "partners.edit", partner)
    sends = request.method == "POST" and "intrekken" not in request.POST
    form = LinkForm(request.POST if sends else None, initial=_contact(partner))
    if request.method == "POST" and _act(request, partner, form, sends=sends):
        return redirect("partners:profile_links", pk)
    rows = queries.profile_links(request.actor, partner)
    status = 422 if request.method == "POST" else 200
    context = {"partner": partner, "form": form, "rows": rows}
    return render(request, "partners/profile_links.html", context, status=status)


def _contact(partner: Partner) -> dict[str, str]:
    contact = partner.contacts.exclude(email="").first()
    return {"name": contact.name, "email": contact.email} if contact else {}


def _act(request: Request, partner: Partner, form: LinkForm, *, sends: bool) -> bool:
    if not sends:
        number = request.POST["intrekken"]
        row = queries.get_profile_link(
            request.actor, partner.pk, int(number) if number.isdecimal() else 0
        )
        actions.withdraw_profile_link(row, actor=request.actor)
        messages.success(request, _("De link werkt niet meer."))
        return True
    if not form.is_valid():
        return False
    school = organisations.my_school(request.actor)
    actions.send_profile_link(partner, actor=request.actor, school=school, **form.cleaned_data)
    messages.success(request, _("De mail is onderweg. Je ziet hier wanneer hij geopend wordt."))
    return True


@page("partners.view")
def statements(request: Request, pk: int) -> HttpResponse:
    """Who stands behind each fact; who keeps the databank says what was checked."""
    partner = queries.get_partner(request.actor, pk)
    if request.method == "POST":
        require(request.actor, "partners.edit", partner)
        _check(request, partner)
        return redirect("partners:statements", pk)
    facts, offers = queries.statements_of(partner)
    context = {
        "partner": partner,
        "facts": [
            {
                "name": name,
                "label": Partner._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
                "value": wording.fact(partner, name),
                "statement": facts.get(name),
                "elsewhere": wording.elsewhere(Partner, facts.get(name)),
            }
            for name in actions.OWN_FIELDS
            if wording.fact(partner, name)
        ],
        "offers": [
            {
                "offer": offer,
                "line": wording.offer_line(offer),
                "price": wording.price(offer),
                "statement": offers.get(offer.pk),
                "elsewhere": wording.elsewhere(Offer, offers.get(offer.pk)),
            }
            for offer in queries.offers_of(request.actor, partner)
            if offer.withdrawn_at is None
        ],
        "may_edit": allowed(request.actor, "partners.edit", partner),
    }
    return render(request, "partners/statements.html", context)


def _check(request: Request, partner: Partner) -> None:
    """Notes what was ticked and still stands there as it was read; says what moved meanwhile."""
    found = _ticked(request, partner)
    moved = []
    for name, check in found:
        try:
            check()
        except Conflict:
            moved.append(name)
    for name in moved:
        words = _("‘{name}’ is intussen gewijzigd. Kijk opnieuw wat er staat en vink het dan aan.")
        messages.error(request, words.format(name=name))
    if not found:
        messages.error(request, _("Vink aan wat je nakeek."))
    elif len(moved) < len(found):
        messages.success(request, _("Genoteerd dat jullie dit nakeken."))


def _ticked(request: Request, partner: Partner) -> list[tuple[str, Callable[[], None]]]:
    """The facts together, and each offer: what it is called, and how it is noted."""
    check = partial(actions.check_facts, partner, actor=request.actor)
    found: list[tuple[str, Callable[[], None]]] = []
    fields = [name for name in request.POST.getlist("feit") if name in actions.OWN_FIELDS]
    if fields:
        found.append(
            (partner.name, partial(check, version=_read(request, "versie"), fields=fields))
        )
    for key in request.POST.getlist("aanbod"):
        if key.isdecimal():
            offer = queries.get_offer_of(request.actor, partner.pk, int(key))
            version = _read(request, f"versie-{offer.pk}")
            noted = partial(check, version=version, fields=[actions.WHOLE], offer=offer)
            found.append((offer.title, noted))
    return found


def _read(request: Request, name: str) -> int:
    """The version that somebody looked at; 0, which nothing has, where it does not say."""
    version = request.POST.get(name, "")
    return int(version) if version.isdecimal() else 0


@page("partners.report")
def report(request: Request, pk: int) -> HttpResponse:
    """Says that something is wrong: of the partner, or of ?wat=offer:3, experience:12, reply:4."""
    partner = queries.get_partner(request.actor, pk)
    thing = request.GET.get("wat", "partner")
    words = queries.thing_in_words(request.actor, partner, thing)
    if words is None:
        raise Http404
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report(partner, actor=request.actor, thing=thing, **form.cleaned_data)
        messages.success(request, _("Dank je. De koepel kijkt het na."))
        return redirect("partners:detail", pk)
    status = 422 if request.method == "POST" else 200
    context = {"partner": partner, "form": form, "thing": words}
    return render(request, "partners/report.html", context, status=status)
