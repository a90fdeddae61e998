"""Zoals vorig jaar: what goes along to a new school year, and one button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.archive import queries, repeating
from partnerwijzer.archive.actions.again import take_over
from partnerwijzer.archive.forms import AgainForm
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.quality.speaking import TAGS
from partnerwijzer.ui import schoolyear


@page("archive.again")
def again(request: Request, pk: int) -> HttpResponse:
    """Willen we dit opnieuw doen?"""
    dossier = reading.get_whole(request.actor, pk, TAGS, *repeating.LISTS, to="archive.again")
    years = repeating.years_ahead(dossier, timezone.localdate())
    year = _year(request, years)
    plan = repeating.plan(dossier, year)
    keys = [moment.key for moment in plan.every_moment]
    initial = {"year": year, "title": plan.title, "moments": keys}
    form = AgainForm(request.POST or None, years=years, moments=keys, initial=initial)
    if request.method == "POST" and form.is_valid():
        new = take_over(dossier, actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Het nieuwe dossier staat klaar. Zet er collega’s bij."))
        return redirect("dossiers:detail", new.pk)
    context = {
        "dossier": dossier,
        "plan": plan,
        "form": form,
        "chosen": set(form["moments"].value() or ()),
        "label": schoolyear.label(year),
        "others": [(y, schoolyear.label(y)) for y in years if y != year],
    }
    return render(request, "archive/again.html", context)


def _year(request: Request, years: list[int]) -> int:
    """The school year of the address or of the form, where it is one of these."""
    asked = request.POST.get("year") or request.GET.get("jaar", "")
    return next((year for year in years if str(year) == asked), years[0])


@page("dossiers.view")
def before(request: Request, pk: int) -> HttpResponse:
    """Wat kwam mee van vorig jaar?"""
    row = queries.succession_of(request.actor, pk)
    context = {"row": row, "dossier": row.dossier, "label": schoolyear.label(row.school_year)}
    return render(request, "archive/before.html", context)
