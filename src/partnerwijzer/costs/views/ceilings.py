"""How much parents may be asked: where each amount comes from, and who enters it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.costs import actions, queries
from partnerwijzer.costs.book import book
from partnerwijzer.costs.forms import CeilingForm
from partnerwijzer.costs.ledger import ledger
from partnerwijzer.costs.models import CostCeiling
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.ui import schoolyear

# What the address of a new amount may say already: its name there, and in the form.
ASKED = {"jaar": "school_year", "soort": "kind", "niveau": "level"}


@page("costs.see_ceilings")
def ceilings(request: Request) -> HttpResponse:
    """Hoeveel mag je aan ouders vragen?"""
    owners = queries.owners(request.actor)
    now = schoolyear.of(timezone.localdate())
    found = ledger(queries.ceilings(request.actor), now, owners)
    context = {
        "ledger": found,
        "standing": [item for item in found.standing if item.year >= now],
        "past": [item for item in found.standing if item.year < now],
        "rules": [(rule, book().source[rule.source]) for rule in book().rules.values()],
        "may_enter": bool(owners),
    }
    return render(request, "costs/ceilings.html", context)


@page("costs.ceilings")
def new_ceiling(request: Request) -> HttpResponse:
    """Enters an amount with its source."""
    owners = _asked_for(request, queries.owners(request.actor))
    if not owners:
        raise Http404
    form = _form(request, None, owners)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_ceiling(form.for_whom(), actor=request.actor, facts=form.facts())
        except actions.AlreadyThere:
            _there_is_one(form)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("costs:ceilings")
    return _shown(request, form)


def _asked_for(request: Request, owners: list[Umbrella | School]) -> list[Umbrella | School]:
    """The one that the address names (`voor=school-3`), else all."""
    named = request.GET.get("voor", "")
    return [o for o in owners if queries.name_of(o) == named] if named else owners


@page("costs.ceilings")
def edit_ceiling(request: Request, pk: int) -> HttpResponse:
    """Puts another amount in the place of one, or withdraws it. Both keep what stood there."""
    row = queries.get_ceiling(request.actor, pk)
    if row.ended_at:
        return _withdrawn(request, row)
    if request.POST.get("wat") == "weg" and row.pk != pk:
        messages.error(request, _("Iemand verving dit bedrag intussen. Kijk na wat er nu staat."))
        return redirect("costs:ceiling", row.pk)
    if request.POST.get("wat") == "weg":
        actions.withdraw_ceiling(row, actor=request.actor)
        messages.success(request, _("Het bedrag telt niet meer mee. Het blijft na te lezen."))
        return redirect("costs:ceilings")
    form, conflict = _form(request, row, [row.owner]), None
    if request.method == "POST" and form.is_valid():
        try:
            _replace(request, pk, form)
        except Conflict as found:
            conflict = found.current
        except actions.AlreadyThere:
            _there_is_one(form)
        else:
            messages.success(request, _("Bewaard. Wat er stond, blijft na te lezen."))
            return redirect("costs:ceilings")
    return _shown(request, form, row=row, conflict=conflict)


def _replace(request: Request, pk: int, form: CeilingForm) -> None:
    # The model form wrote on its instance: the action gets the row as it is kept.
    row = queries.get_ceiling(request.actor, pk)
    version = form.cleaned_data["version"] or 0
    actions.replace_ceiling(row, actor=request.actor, version=version, facts=form.facts())


def _withdrawn(request: Request, row: CostCeiling) -> HttpResponse:
    """A colleague took it out meanwhile. What was typed stays, and can be entered anew."""
    if request.method != "POST" or request.POST.get("wat") == "weg":
        messages.info(request, _("Dit bedrag is weggehaald."))
        return redirect("costs:ceilings")
    form = _form(request, row, [row.owner])
    return _shown(request, form, row=row, gone=queries.name_of(row.owner))


def _shown(request: Request, form: CeilingForm, **more: Any) -> HttpResponse:
    owner = form.owners[0] if len(form.owners) == 1 else None
    context = {"form": form, "owner": owner, "own": isinstance(owner, School), **more}
    return render(request, "costs/ceiling.html", context)


def _form(
    request: Request, row: CostCeiling | None, owners: list[Umbrella | School]
) -> CeilingForm:
    now = schoolyear.of(timezone.localdate())
    years = {*range(now - 10, now + 3), row.school_year if row else now}
    asked = {ASKED[name]: value for name, value in request.GET.items() if name in ASKED}
    return CeilingForm(
        request.POST or None, instance=row, owners=owners, years=years, year=now,
        initial={} if row else asked,
    )  # fmt: skip


def _there_is_one(form: CeilingForm) -> None:
    text = _("Voor dit schooljaar, niveau en maximum staat er al een bedrag. Pas dat aan.")
    form.add_error("school_year", text)
