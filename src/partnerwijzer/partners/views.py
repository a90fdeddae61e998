"""The databank: search, profile, and keeping it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit import log
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.kbo import numbers, register
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions, finding, profile, queries
from partnerwijzer.partners.forms import (
    AUDIENCES,
    ContactForm,
    OfferForm,
    PartnerForm,
    RecognitionForm,
)
from partnerwijzer.partners.models import Offer, OfferShape, Partner, Place

PAGE_SIZE = 20


@page("partners.view")
def partner_list(request: Request) -> HttpResponse:
    """Wie kan ons hierbij helpen? Partners and offers, with filters in the address."""
    wish = finding.wish_of(request.GET)
    found = Paginator(queries.find(request.actor, wish), PAGE_SIZE).get_page(
        request.GET.get("pagina")
    )
    partners = list(found.object_list)
    counts = queries.summaries(request.actor, partners)
    context = {
        "found": found,
        "rows": [_card(p, counts[p.pk]) for p in partners],
        "wish": wish,
        "filters": _filters(wish),
        "chips": _chips(wish),
        "may_create": allowed(request.actor, "partners.create"),
    }
    template = "partners/list.html#rows" if request.htmx else "partners/list.html"
    return render(request, template, context)


def _card(partner: Partner, summary: Any) -> dict[str, Any]:
    offers = list(partner.offers.all())
    known = [o for o in offers if o.grounding is not None]
    best = max(known, key=lambda o: o.grounding or 0, default=None)
    return {
        "partner": partner,
        "kind": vocabulary.label("partner_kinds", partner.kind),
        "themes": vocabulary.labels("themes", partner.themes[:3]),
        "offers": offers[:3],
        "more_offers": max(0, len(offers) - 3),
        "summary": summary,
        "best": best,
        "rung": profile.rung_label(best.grounding or 0) if best else "",
        "priced": next((o for o in offers if o.price is not None), None),
    }


def _filters(wish: finding.Wish) -> list[dict[str, Any]]:
    """The filters with their choices, the chosen one marked."""
    lists = [
        ("soort", _("Soort organisatie"), vocabulary.grouped("partner_kinds")),
        ("thema", _("Thema"), vocabulary.choices("themes")),
        ("niveau", _("Niveau"), vocabulary.grouped("education_levels")),
        ("hoevaak", _("Hoe vaak"), [(v, str(x)) for v, x in OfferShape.choices]),
        ("werkvorm", _("Werkvorm"), vocabulary.choices("working_forms")),
        ("voor", _("Voor wie"), [(v, str(x)) for v, x in AUDIENCES]),
        ("waar", _("Waar"), [(v, str(x)) for v, x in Place.choices]),
    ]
    return [
        {"name": name, "label": label, "choices": _groups(found), "value": getattr(wish, name)}
        for name, label, found in lists
    ]


def _groups(found: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices as groups: a list without groups is one group without a name."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for value, label in found:
        if isinstance(label, list):
            groups.append((value, label))
        elif groups and groups[-1][0] == "":
            groups[-1][1].append((value, label))
        else:
            groups.append(("", [(value, label)]))
    return groups


LISTS = {
    "soort": "partner_kinds",
    "thema": "themes",
    "niveau": "education_levels",
    "werkvorm": "working_forms",
}


def _chips(wish: finding.Wish) -> list[tuple[str, str]]:
    """The filters that are on, in words, each with the address without it."""
    fixed: dict[str, dict[str, Any]] = {
        "hoevaak": dict(OfferShape.choices),
        "voor": dict(AUDIENCES),
        "waar": dict(Place.choices),
        "ervaring": {"1": _("met ervaringen")},
        "prijs": {wish.prijs: _("tot € {price}").format(price=wish.prijs)},
    }
    return [
        (
            vocabulary.label(LISTS[name], value)
            if name in LISTS
            else str(fixed[name].get(value, value)),
            wish.without(name),
        )
        for name, value in wish.chosen.items()
    ]


@page("partners.create")
def register_search(request: Request) -> HttpResponse:
    """Search in the register of organisations, to make a partner of a hit."""
    text = request.GET.get("q", "").strip()[:120]
    hits = register.search(text, limit=20) if text else []
    known = queries.by_number(request.actor, [h.number for h in hits])
    context = {
        "text": text,
        "rows": [
            {"hit": h, "dotted": numbers.dotted(h.number), "partner": known.get(h.number)}
            for h in hits
        ],
        "snapshot": register.snapshot(),
    }
    template = "partners/register.html#rows" if request.htmx else "partners/register.html"
    return render(request, template, context)


@page("partners.create")
def create(request: Request) -> HttpResponse:
    """A new partner: from a register hit (?nummer=) or by hand."""
    hit = _hit(request.GET.get("nummer", ""))
    form = PartnerForm(request.POST or None, initial=_from_register(hit))
    alike: list[Partner] = []
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        alike = queries.similar(
            request.actor, facts["name"], facts["enterprise_number"], facts["website"]
        )
        if not alike or ("toch" in request.POST and not _same_number(alike, facts)):
            return _create(request, facts)
    context = {"form": form, "hit": hit, "alike": alike, "snapshot": register.snapshot()}
    return render(request, "partners/create.html", context)


def _same_number(alike: list[Partner], facts: dict[str, Any]) -> bool:
    number = facts["enterprise_number"]
    return bool(number) and any(p.enterprise_number == number for p in alike)


def _create(request: Request, facts: dict[str, Any]) -> HttpResponse:
    school = School.objects.filter(pk=request.actor.school_id or 0).first()
    try:
        partner = actions.create_partner(school, actor=request.actor, facts=facts)
    except IntegrityError:
        # Somebody made the same partner at the same moment.
        same = queries.by_number(request.actor, [facts["enterprise_number"]])
        messages.info(request, _("Een collega maakte deze partner intussen aan."))
        return redirect("partners:detail", same[facts["enterprise_number"]].pk)
    messages.success(request, _("De partner staat in de databank."))
    return redirect("partners:detail", partner.pk)


def _hit(text: str) -> Any:
    """What the register says of the number in the address, where it is one."""
    try:
        return register.lookup(numbers.parse(text)) if text else None
    except ValueError:
        return None


def _from_register(hit: Any) -> dict[str, Any]:
    """Facts of the register, filled in beforehand, with a suggestion for the kind."""
    if hit is None:
        return {}
    kinds = vocabulary.suggested_kinds([a.code for a in hit.activities], hit.form.code)
    return {
        "name": hit.name,
        "enterprise_number": numbers.dotted(hit.number),
        "street": hit.seat.line if hit.seat else "",
        "postcode": hit.seat.postcode if hit.seat else "",
        "town": hit.seat.town if hit.seat else "",
        "website": hit.website or "",
        "kind": kinds[0] if kinds else "",
    }


@page("partners.create")
def look_alike(request: Request) -> HttpResponse:
    """While typing: partners that may be the same."""
    name, site = (request.GET.get(n, "").strip()[:200] for n in ("name", "website"))
    alike = queries.similar(request.actor, name, "", site) if len(name) > 3 else []
    return render(request, "partners/alike.html", {"alike": alike})


@page("partners.view")
def detail(request: Request, pk: int) -> HttpResponse:
    """How good, how grounded, how reliable, commercial? And what they offer."""
    partner = queries.get_partner(request.actor, pk)
    offers = list(queries.offers_of(request.actor, partner))
    told = list(queries.experiences(request.actor, partner))
    summary = queries.experience_summary(request.actor, partner)
    facts = queries.facts_of(partner)
    context = {
        "partner": partner,
        "kind": vocabulary.label("partner_kinds", partner.kind),
        "themes": vocabulary.labels("themes", partner.themes),
        "levels": vocabulary.labels("education_levels", partner.levels),
        "answers": profile.answers(partner, summary, offers, facts),
        "offers": [_offer(o) for o in offers if o.withdrawn_at is None],
        "withdrawn": [o for o in offers if o.withdrawn_at is not None],
        "summary": summary,
        "bars": profile.bars(summary.factors),
        "quotes": [] if summary.too_few else [e for e in told if e.advice][:6],
        "own": [e for e in told if request.actor.works_at(e.school_id)],
        "facts": facts,
        "number": numbers.dotted(partner.enterprise_number) if partner.enterprise_number else "",
        "snapshot": register.snapshot(),
        "contacts": partner.contacts.all(),
        "recognitions": partner.recognitions.all(),
        "history": log.history(partner, limit=5),
        "may_edit": allowed(request.actor, "partners.edit", partner),
        "may_open": request.actor.works_at(request.actor.school_id),
    }
    return render(request, "partners/detail.html", context)


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "offer": offer,
        "form": vocabulary.label("working_forms", offer.working_form),
        "levels": vocabulary.labels("education_levels", offer.levels),
        "rung": profile.rung_label(offer.grounding) if offer.grounding is not None else "",
    }


@page("partners.edit")
def edit(request: Request, pk: int) -> HttpResponse:
    """Changes the facts of a partner."""
    partner = queries.get_partner(request.actor, pk)
    form = PartnerForm(request.POST or None, instance=partner)
    conflict = None
    if request.method == "POST" and form.is_valid():
        fresh = queries.get_partner(request.actor, pk)
        try:
            actions.edit_partner(
                fresh,
                actor=request.actor,
                version=form.cleaned_data["version"] or 0,
                facts=form.facts(),
            )
        except Conflict as found:
            conflict = found.current
        except IntegrityError:
            form.add_error("enterprise_number", _("Een andere partner heeft dit nummer al."))
        else:
            messages.success(request, _("Bewaard."))
            return redirect("partners:detail", pk)
    context = {"partner": partner, "form": form, "conflict": conflict}
    return render(request, "partners/edit.html", context)


@page("partners.edit")
def contact(request: Request, pk: int, contact_pk: int = 0) -> HttpResponse:
    """Adds, changes or removes a business contact."""
    partner = queries.get_partner(request.actor, pk)
    row = queries.get_contact(request.actor, pk, contact_pk) if contact_pk else None
    form = ContactForm(request.POST or None, instance=row)

    def save() -> None:
        fresh = queries.get_contact(request.actor, pk, contact_pk) if contact_pk else None
        actions.save_contact(partner, actor=request.actor, contact=fresh, facts=form.cleaned_data)
        if form.looks_private:
            messages.warning(
                request, _("Dit lijkt een privéadres. Vraag liever een adres van het werk.")
            )

    def remove() -> None:
        if row is not None:
            actions.remove_contact(partner, actor=request.actor, contact=row)

    title = _("Wie kun je bereiken?")
    return _small_form(request, partner, form, save, remove if row else None, title)


@page("partners.edit")
def recognition(request: Request, pk: int, recognition_pk: int = 0) -> HttpResponse:
    """Adds, changes or removes a recognition."""
    partner = queries.get_partner(request.actor, pk)
    row = queries.get_recognition(request.actor, pk, recognition_pk) if recognition_pk else None
    form = RecognitionForm(request.POST or None, instance=row)

    def save() -> None:
        fresh = (
            queries.get_recognition(request.actor, pk, recognition_pk) if recognition_pk else None
        )
        actions.save_recognition(
            partner, actor=request.actor, recognition=fresh, facts=form.cleaned_data
        )

    def remove() -> None:
        if row is not None:
            actions.remove_recognition(partner, actor=request.actor, recognition=row)

    title = _("Wie erkent deze organisatie?")
    return _small_form(request, partner, form, save, remove if row else None, title)


def _small_form(
    request: Request,
    partner: Partner,
    form: Any,
    save: Callable[[], None],
    remove: Callable[[], None] | None,
    title: str,
) -> HttpResponse:
    """A page with one short form that belongs to a partner."""
    if request.method == "POST":
        if "weg" in request.POST and remove is not None:
            remove()
            messages.success(request, _("Weggehaald."))
            return redirect("partners:detail", partner.pk)
        if form.is_valid():
            save()
            messages.success(request, _("Bewaard."))
            return redirect("partners:detail", partner.pk)
    context = {"partner": partner, "form": form, "title": title, "may_remove": remove is not None}
    return render(request, "partners/small_form.html", context)


@page("partners.edit")
def offer_edit(request: Request, pk: int, offer_pk: int = 0) -> HttpResponse:
    """Adds or changes something that the organisation offers."""
    partner = queries.get_partner(request.actor, pk)
    offer = _offer_of(request, pk, offer_pk) if offer_pk else None
    first = {"levels": partner.levels, "themes": partner.themes, "audience": ["pupils"]}
    form = OfferForm(request.POST or None, instance=offer, initial=None if offer else first)
    conflict = None
    if request.method == "POST" and form.is_valid():
        goals = list(form.cleaned_data["goals"])
        try:
            if offer is None:
                actions.create_offer(partner, actor=request.actor, facts=form.facts(), goals=goals)
            else:
                actions.edit_offer(
                    _offer_of(request, pk, offer_pk),
                    actor=request.actor,
                    version=form.cleaned_data["version"] or 0,
                    facts=form.facts(),
                    goals=goals,
                )
        except Conflict as found:
            conflict = found.current
        else:
            messages.success(request, _("Het aanbod is bewaard."))
            return redirect("partners:detail", pk)
    context = {"partner": partner, "offer": offer, "form": form, "conflict": conflict}
    return render(request, "partners/offer_edit.html", context)


def _offer_of(request: Request, pk: int, offer_pk: int) -> Offer:
    offer = queries.get_offer(request.actor, offer_pk)
    if offer.partner_id != pk:
        raise Http404
    return offer


@page("partners.edit")
def offer_state(request: Request, pk: int, offer_pk: int) -> HttpResponse:
    """Takes an offer from view or puts it back: it can be undone, so no question first."""
    offer = _offer_of(request, pk, offer_pk)
    if request.method == "POST":
        if offer.withdrawn_at is None:
            actions.withdraw_offer(offer, actor=request.actor)
        else:
            actions.restore_offer(offer, actor=request.actor)
        messages.success(request, _("Bewaard. Je kunt dit hieronder ongedaan maken."))
    return redirect("partners:detail", pk)
