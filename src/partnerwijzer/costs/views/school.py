"""All that a school asks of parents in a school year, and what is asked outside dossiers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.costs import actions, queries, reckoning, wording
from partnerwijzer.costs.book import book
from partnerwijzer.costs.forms import OtherForm
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.ui import schoolyear


def _year(request: Request) -> int:
    text = request.GET.get("jaar", "")
    return int(text) if text.isdecimal() and len(text) == 4 else schoolyear.of(timezone.localdate())


@page("costs.overview")
def overview(request: Request) -> HttpResponse:
    """Wat vragen we dit schooljaar aan ouders?"""
    school, year = queries.overview_school(request.actor), _year(request)
    charges = queries.charges_at(request.actor, school, year)
    ceilings = queries.ceilings_for(request.actor, school)
    found = reckoning.standings(charges, ceilings, book(), year)
    this_year = [c for c in charges if c.year == year]
    counting = reckoning.counted(this_year, book())
    uncounted = [c for c in this_year if c.each > 0 and c not in counting]
    context = {
        "school": school,
        "year": year,
        "label": schoolyear.label(year),
        "years": [(y, schoolyear.label(y)) for y in (year - 1, year, year + 1)],
        "standings": [wording.told(s) for s in found],
        "uncounted": [(c, wording.uncounted(c)) for c in uncounted],
        "missing": wording.missing(ceilings, year),
        "may_edit": allowed(request.actor, "costs.edit", school),
        "enter_for": queries.enters_for(request.actor, school),
    }
    return render(request, "costs/overview.html", context)


@page("costs.edit")
def edit_other(request: Request, pk: int = 0) -> HttpResponse:
    """A cost outside any dossier, as a school trip."""
    row = queries.get_other(request.actor, pk) if pk else None
    school = row.school if row else reading.get_school(request.actor, request.actor.school_id)
    if row and request.POST.get("wat") == "weg":
        actions.remove_other(row, actor=request.actor)
        messages.success(request, _("De kost is weg."))
        return redirect("costs:overview")
    year = row.school_year if row else _year(request)
    now = schoolyear.of(timezone.localdate())
    years = {year, *range(now - queries.PRIMARY_YEARS + 1, now + 2)}
    form = OtherForm(request.POST or None, instance=row, years=years, year=year)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            if row:
                fresh = queries.get_other(request.actor, pk)
                version = form.cleaned_data["version"] or 0
                actions.edit_other(fresh, actor=request.actor, version=version, facts=form.facts())
            else:
                actions.add_other(school, actor=request.actor, facts=form.facts())
        except Conflict as found:
            conflict = found.current
        else:
            messages.success(request, _("Bewaard."))
            return redirect("costs:overview")
    context = {"row": row, "form": form, "conflict": conflict, "school": school}
    context["group_names"] = queries.group_names(request.actor, school)
    return render(request, "costs/other.html", context)
