"""What a cooperation costs: the lines, who pays, and how far that is from what may be asked."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.costs import actions, agreed, queries, wording
from partnerwijzer.costs.forms import ExplainForm, LineForm
from partnerwijzer.costs.models import CostLine
from partnerwijzer.dossiers import period
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.ui import schoolyear


@page("costs.view")
def plan(request: Request, pk: int) -> HttpResponse:
    """Wat kost het, en wie betaalt?"""
    dossier = reading.get_outline(request.actor, pk)
    may_edit = allowed(request.actor, "costs.edit", dossier)
    row = queries.plan_of(request.actor, dossier)
    initial = {"text": row.explanation, "version": row.version}
    form = ExplainForm(request.POST or None, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.explain(dossier, actor=request.actor, **form.cleaned_data)
        except Conflict as found:
            conflict = found.current
        else:
            messages.success(request, _("Bewaard."))
            return redirect("costs:plan", pk)
    lines = queries.lines_of(request.actor, dossier)
    prefetch_related_objects(lines, "goals__goal")
    outlook = queries.outlook(request.actor, dossier)
    context = {
        "dossier": dossier,
        "lines": [(line, queries.priced(line)) for line in lines],
        "sums": queries.sums_of(lines),
        "standings": [wording.told(s) for s in outlook.standings],
        "breaches": [wording.breach(b) for b in outlook.breaches],
        "notes": wording.notes(outlook, lines),
        "groupless": queries.groupless(request.actor, dossier),
        "groupless_words": wording.groupless(),
        "differences": agreed.differences(dossier, queries.sums_of(lines)),
        "plan": row,
        "form": form,
        "asks_parents": any(line.parents_each for line in lines),
        "conflict": conflict,
        "may_edit": may_edit,
        "enter_for": queries.enters_for(request.actor, dossier.school),
    }
    return render(request, "costs/plan.html", context)


def _years(dossier: Dossier, line: CostLine | None) -> tuple[list[int], int]:
    """The school years to choose from, and the one that is meant when nothing is said."""
    today = timezone.localdate()
    first, last = period.of(dossier)
    begin = schoolyear.of(first or today)
    end = schoolyear.of(max(last or today, first or today))
    years = {*range(begin, end + 1), schoolyear.of(today), schoolyear.of(today) + 1}
    return sorted(years | ({line.school_year} if line else set())), begin


@page("costs.edit")
def edit_line(request: Request, pk: int, line_pk: int = 0) -> HttpResponse:
    """A new cost, or one that changes or goes."""
    dossier = reading.get_outline(request.actor, pk, to="costs.edit")
    line = queries.get_line(request.actor, pk, line_pk) if line_pk else None
    if line and request.POST.get("wat") == "weg":
        actions.remove_line(dossier, actor=request.actor, line=line)
        messages.success(request, _("De kost is weg."))
        return redirect("costs:plan", pk)
    years, year = _years(dossier, line)
    form = LineForm(request.POST or None, instance=line, dossier=dossier, years=years, year=year)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _store(request, dossier, line_pk, form)
        except Conflict as found:
            conflict = found.current
        else:
            messages.success(request, wording.saved(form.instance))
            _say(request, dossier)
            return redirect("costs:plan", pk)
    context = {"dossier": dossier, "line": line, "form": form, "conflict": conflict}
    context["asks"] = form.asks()
    return render(request, "costs/line.html", context)


def _store(request: Request, dossier: Dossier, line_pk: int, form: LineForm) -> None:
    data: dict[str, Any] = {"facts": form.facts(), **form.links()}
    if not line_pk:
        actions.add_line(dossier, actor=request.actor, **data)
        return
    # The model form wrote on its instance: the action reads the row anew.
    fresh = queries.get_line(request.actor, dossier.pk, line_pk)
    version = form.cleaned_data["version"] or 0
    actions.edit_line(dossier, actor=request.actor, line=fresh, version=version, **data)


def _say(request: Request, dossier: Dossier) -> None:
    """Says at once that a ceiling is passed: before anybody decides."""
    fresh = reading.get_dossier(request.actor, dossier.pk)
    outlook = queries.outlook(request.actor, fresh)
    if outlook.over:
        messages.warning(request, _("Let op: zo gaat een groep boven het maximum."))
    elif outlook.untold:
        messages.warning(request, _("Tel zelf na of elke groep onder het maximum blijft."))
