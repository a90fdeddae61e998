"""Days of elections: a list for everybody, a form for who keeps it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.elections import actions, near, queries
from partnerwijzer.elections.actions import AlreadyThere
from partnerwijzer.elections.forms import ElectionForm
from partnerwijzer.elections.near import Vote
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.words import PeriodKey


@page("elections.view")
def elections(request: Request) -> HttpResponse:
    """Wanneer zijn er verkiezingen? With the first day on which a rule begins to hold."""
    may_keep = allowed(request.actor, "elections.keep")
    today = timezone.localdate()
    form = ElectionForm(request.POST or None, initial={"read_on": today})
    if request.method == "POST":
        require(request.actor, "elections.keep", None)
        if form.is_valid() and _enter(request, form):
            return redirect("elections:list")
    period = vocabulary.current().governance.period[PeriodKey.BEFORE_ELECTION]
    rows = [
        (row, near.first_day(Vote(row.name, row.on), period.days))
        for row in queries.elections(request.actor)
    ]
    context = {
        "coming": [pair for pair in rows if pair[0].on >= today],
        "past": [pair for pair in rows if pair[0].on < today],
        "form": form,
        "period": period,
        "may_keep": may_keep,
    }
    return render(request, "elections/list.html", context)


def _enter(request: Request, form: ElectionForm) -> bool:
    try:
        actions.enter_election(None, actor=request.actor, **form.cleaned_data)
    except AlreadyThere:
        form.add_error("on", _("Deze verkiezingen staan al in de lijst."))
        return False
    messages.success(request, _("Bewaard. Partnerwijzer kijkt vanaf nu mee naar deze dag."))
    return True


@page("elections.keep")
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Takes a day back that was wrong."""
    row = queries.get_election(request.actor, pk)
    if request.method == "POST":
        actions.withdraw_election(row, actor=request.actor)
        messages.success(request, _("Weggehaald."))
    return redirect("elections:list")
