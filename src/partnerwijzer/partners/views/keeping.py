"""Keeping the databank: a partner, its contacts and its recognitions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.kbo import numbers
from partnerwijzer.kbo.enterprise import Enterprise
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.partners import actions, queries, wording
from partnerwijzer.partners.differences import differences
from partnerwijzer.partners.forms import (
    ContactForm,
    DatabankForm,
    PartnerForm,
    RecognitionForm,
)
from partnerwijzer.partners.models import Partner

NACE = "2025"  # the version in which the framework suggests kinds
TYPED = ("name", "website", "enterprise_number", "street", "postcode", "town")
Similar = list[tuple[Partner, list[str]]]


@page("partners.create")
def create(request: Request) -> HttpResponse:
    """A new partner: from a register hit (?nummer=) or by hand. Says when there may be one like it.

    While typing, htmx asks for that warning alone, with what is typed in the address.
    """
    hit, trouble = _hit(request)
    if request.method == "GET" and (there := _there(request, hit)):
        messages.info(request, _("Deze organisatie staat al in de databank."))
        return redirect("partners:detail", there.pk)
    typed = {name: request.GET.get(name, "").strip()[:320] for name in TYPED}
    if request.htmx and request.method == "GET":
        context = {"similar": _similar(request, typed)}
        return render(request, "partners/create.html#similar", context)
    initial = _from_register(hit) or {name: value for name, value in typed.items() if value}
    form = PartnerForm(request.POST or None, initial=initial, actor=request.actor)
    similar = _similar(request, initial)
    if request.method == "POST" and form.is_valid():
        similar = _similar(request, form.facts())
        if (not similar or "toch" in request.POST) and (made := _create(request, form)):
            return redirect("partners:detail", made.pk)
    return _show_new(request, form, hit, similar, trouble)


def _there(request: Request, hit: Enterprise | None) -> Partner | None:
    """The partner with this number. Looked for on GET: what was typed meanwhile is for the form."""
    return queries.by_number(request.actor, [hit.number]).get(hit.number) if hit else None


def _show_new(
    request: Request,
    form: PartnerForm,
    hit: Enterprise | None,
    similar: Similar,
    trouble: str,
) -> HttpResponse:
    context = {
        "form": form,
        "hit": hit,
        "reason": _reason(hit),
        "warning": wording.signals(hit) if hit else "",
        "similar": [row for row in similar if row[0] != form.taken],
        "must_confirm": request.method == "POST" and not form.errors,
        "trouble": trouble,
        "snapshot": queries.snapshot_of(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/create.html", context, status=status)


def _similar(request: Request, facts: dict[str, Any]) -> Similar:
    """Partners that may be the same as these facts, with the reasons in words."""
    found = queries.alike(request.actor, facts)
    return [(row.partner, wording.likeness(row.reasons)) for row in found]


def _create(request: Request, form: PartnerForm) -> Partner | None:
    """The new partner; None where somebody made it at the same moment."""
    school = organisations.my_school(request.actor)
    try:
        partner = actions.create_partner(school, actor=request.actor, facts=form.facts())
    except IntegrityError:
        _point_out(form)
        return None
    messages.success(request, _("{name} staat in de databank.").format(name=partner.name))
    return partner


def _point_out(form: PartnerForm) -> None:
    """Says which partner has the number by now."""
    try:
        form.check_taken(form.cleaned_data["enterprise_number"])
    except ValidationError as problem:
        form.add_error("enterprise_number", problem)


def _hit(request: Request) -> tuple[Enterprise | None, str]:
    """What the register says of the number in the address, or why it says nothing."""
    text = request.GET.get("nummer", "")
    if not text:
        return None, ""
    try:
        number = numbers.parse(text)
    except numbers.InvalidNumber as problem:
        return None, str(problem)
    hit = queries.facts_of(Partner(enterprise_number=number))
    return hit, "" if hit else _("Dit nummer staat niet in het register dat we hebben.")


def _from_register(hit: Enterprise | None) -> dict[str, Any]:
    """Facts of the register, filled in beforehand, with a suggestion for the kind."""
    if hit is None:
        return {}
    seat = hit.seat
    sites = [contact.url for contact in hit.contacts if contact.kind == "web" and contact.url]
    return {
        "name": hit.name,
        "enterprise_number": hit.number,
        "street": seat.street_line if seat else "",
        "postcode": seat.postcode if seat else "",
        "town": seat.town if seat else "",
        "website": sites[0] if sites else "",
        "kind": _suggested(hit)[0],
    }


def _suggested(hit: Enterprise) -> tuple[str, str]:
    """A kind of partner, and the fact of the register that points to it."""
    activities = hit.activities if hit.nace_version == NACE else ()
    for activity in activities:
        if kinds := vocabulary.suggested_kinds([activity.code]):
            return kinds[0], activity.words
    kinds = vocabulary.suggested_kinds([], hit.legal_form.code)
    return (kinds[0], hit.legal_form.words) if kinds else ("", "")


def _reason(hit: Enterprise | None) -> str:
    kind, fact = _suggested(hit) if hit else ("", "")
    if not kind:
        return ""
    words = _("Voorstel voor de soort: {kind}, want in het register staat ‘{fact}’. Kijk het na.")
    return words.format(kind=vocabulary.label("partner_kinds", kind), fact=fact)


@page("partners.edit")
def edit(request: Request, pk: int) -> HttpResponse:
    """Changes the facts of a partner. Who saves last sees what somebody else saved before."""
    partner = queries.get_partner(request.actor, pk)
    require(request.actor, "partners.edit", partner)
    form = PartnerForm(request.POST or None, instance=partner, actor=request.actor)

    def save() -> None:
        saved = queries.get_partner(request.actor, pk)
        actions.edit_partner(
            saved, actor=request.actor, version=form.read_version, facts=form.facts()
        )

    def save_unless_taken() -> None:
        try:
            save()
        except IntegrityError:
            _point_out(form)

    what = Keeping("partners/edit.html", save_unless_taken)
    return keep(request, partner, form, what)


@page("partners.edit")
def contact(request: Request, pk: int, contact_pk: int = 0) -> HttpResponse:
    """Adds, changes or removes a business contact."""
    partner = queries.get_partner(request.actor, pk)
    require(request.actor, "partners.edit", partner)
    row = queries.get_contact(request.actor, pk, contact_pk) if contact_pk else None
    form = ContactForm(request.POST or None, instance=row)

    def save() -> None:
        actions.save_contact(
            partner,
            actor=request.actor,
            contact=row,
            facts=form.facts(),
            version=form.read_version,
        )
        if form.looks_private:
            words = _("Dit lijkt een privéadres. Vraag de organisatie een adres van het werk.")
            messages.warning(request, words)

    def remove() -> None:
        if row is not None:
            actions.remove_contact(partner, actor=request.actor, contact=row)

    title = _("Wie kun je bereiken?")
    lead = _("Alleen gegevens van het werk: geen privéadres en geen privénummer.")
    what = Keeping(SMALL, save, remove if row else None, title, lead, "#contact")
    return keep(request, partner, form, what)


@page("partners.edit")
def recognition(request: Request, pk: int, recognition_pk: int = 0) -> HttpResponse:
    """Adds, changes or removes a recognition."""
    partner = queries.get_partner(request.actor, pk)
    require(request.actor, "partners.edit", partner)
    row = queries.get_recognition(request.actor, pk, recognition_pk) if recognition_pk else None
    form = RecognitionForm(request.POST or None, instance=row)

    def save() -> None:
        actions.save_recognition(
            partner,
            actor=request.actor,
            recognition=row,
            facts=form.facts(),
            version=form.read_version,
        )

    def remove() -> None:
        if row is not None:
            actions.remove_recognition(partner, actor=request.actor, recognition=row)

    title = _("Wie erkent deze organisatie?")
    lead = _(
        "Kijk het na bij wie erkent, en schrijf op waar dat te lezen staat. "
        "De naam van je school komt erbij: jullie keken het na."
    )
    what = Keeping(SMALL, save, remove if row else None, title, lead, "#erkend")
    return keep(request, partner, form, what)


SMALL = "partners/small_form.html"


@dataclass(frozen=True)
class Keeping:
    """A page with a form about a partner: how it is saved or taken away, and how it reads.

    `anchor` is where on the page of the partner one comes out.
    """

    template: str
    save: Callable[[], None]
    remove: Callable[[], None] | None = None
    title: str = ""
    lead: str = ""
    anchor: str = ""
    more: dict[str, Any] | None = None


def keep(
    request: Request, partner: Partner, form: DatabankForm[Any], what: Keeping
) -> HttpResponse:
    """Shows, saves or takes away. On a conflict both texts are shown and nothing is lost."""
    out = redirect("partners:detail", partner.pk)
    out["Location"] += what.anchor
    context = {
        "partner": partner,
        "form": form,
        "what": what,
        "may_remove": what.remove is not None,
        **(what.more or {}),
    }
    status = 200
    if request.method == "POST":
        if "weg" in request.POST and what.remove is not None:
            what.remove()
            messages.success(request, _("Weggehaald."))
            return out
        status, done = _saved(form, what, context)
        if done:
            messages.success(request, _("Bewaard."))
            return out
    return render(request, what.template, context, status=status)


def _saved(form: DatabankForm[Any], what: Keeping, context: dict[str, Any]) -> tuple[int, bool]:
    """Saves what is valid; on a conflict the form goes on with the version that is there now."""
    if not form.is_valid():
        return 422, False
    try:
        what.save()
    except Conflict as conflict:
        context.update(overtaken(form, conflict))
        return 409, False
    return (422, False) if form.errors else (200, True)


def overtaken(form: DatabankForm[Any], conflict: Conflict) -> dict[str, Any]:
    """Lets the form go on with the version that is there now; gives both texts for the page."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(conflict.current.version)  # type: ignore[index]
    return {"conflict": conflict.current, "differences": differences(form, conflict.current)}
