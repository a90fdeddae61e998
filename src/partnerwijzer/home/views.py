"""The start page: two doors, what waits, where the dossiers stand, and this week."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from partnerwijzer.access.actor import STAFF
from partnerwijzer.access.gate import Request, page
from partnerwijzer.dossiers import panels
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading, running
from partnerwijzer.home.tasks_for import tasks_for

SHOWN = 5


@page("home.start")
def start(request: Request) -> HttpResponse:
    actor = request.actor
    today = timezone.localdate()
    dossiers = reading.list_dossiers(actor, state="open")[:SHOWN] if actor.has(*STAFF) else []
    tasks = tasks_for(actor)
    context = {
        "first_name": actor.name.split(" ")[0],
        "tasks": tasks[:8],
        "more_tasks": max(0, len(tasks) - 8),
        "rows": [_row(d) for d in dossiers],
        "week": running.planning(actor, today, today + timedelta(days=6))[:8],
        "is_staff": actor.has(*STAFF),
    }
    return render(request, "home/start.html", context)


def _row(dossier: Dossier) -> dict[str, object]:
    rail = panels.rail_of(dossier)
    now = next((s for s in rail if s.now), rail[-1])
    return {"dossier": dossier, "states": panels.mini_states(dossier), "now": now}
