"""How much parents may be asked: where each amount comes from, and who enters it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.costs import actions, queries, wording
from partnerwijzer.costs.book import book
from partnerwijzer.costs.forms import CeilingForm
from partnerwijzer.ui import schoolyear


@page("costs.see_ceilings")
def ceilings(request: Request) -> HttpResponse:
    """Hoeveel mag je aan ouders vragen?"""
    now = schoolyear.of(timezone.localdate())
    entered = list(queries.ceilings(request.actor))
    context = {
        "rows": wording.ledger(entered, now),
        "rules": [(rule, book().source[rule.source]) for rule in book().rules.values()],
        "may_enter": allowed(request.actor, "costs.ceilings"),
        "umbrella": queries.my_umbrella(request.actor),
    }
    return render(request, "costs/ceilings.html", context)


@page("costs.ceilings")
def edit_ceiling(request: Request, pk: int = 0) -> HttpResponse:
    """Enters an amount with its source, or corrects one."""
    row = queries.get_ceiling(request.actor, pk) if pk else None
    umbrella = row.umbrella if row else queries.my_umbrella(request.actor)
    if umbrella is None:
        raise Http404
    if row and request.POST.get("wat") == "weg":
        actions.remove_ceiling(row, actor=request.actor)
        messages.success(request, _("Het bedrag is weg."))
        return redirect("costs:ceilings")
    now = schoolyear.of(timezone.localdate())
    years = {*range(now - 10, now + 3), row.school_year if row else now}
    form = CeilingForm(request.POST or None, instance=row, years=years, year=now)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            if row:
                fresh = queries.get_ceiling(request.actor, pk)
                version = form.cleaned_data["version"] or 0
                actions.edit_ceiling(
                    fresh, actor=request.actor, version=version, facts=form.facts()
                )
            else:
                actions.enter_ceiling(umbrella, actor=request.actor, facts=form.facts())
        except Conflict as found:
            conflict = found.current
        except actions.AlreadyThere:
            text = _("Voor dit schooljaar, niveau en maximum staat er al een bedrag. Pas dat aan.")
            form.add_error("school_year", text)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("costs:ceilings")
    context = {"row": row, "form": form, "conflict": conflict, "umbrella": umbrella}
    return render(request, "costs/ceiling.html", context)
