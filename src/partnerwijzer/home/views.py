"""The start page: two doors, what waits, where the dossiers stand, and this week. All pages in
groups. The registers."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from partnerwijzer.access.actor import STAFF, Actor
from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import arriving
from partnerwijzer.dossiers import panels
from partnerwijzer.dossiers.models import Activity
from partnerwijzer.dossiers.queries import calendar, reading
from partnerwijzer.home import actions, arrived, overview, queries, tasks
from partnerwijzer.home.forms import ListForm
from partnerwijzer.home.official import LISTS, OfficialList
from partnerwijzer.jobs import heartbeat
from partnerwijzer.jobs.models import Job
from partnerwijzer.worklist import queries as worklist
from partnerwijzer.worklist.board import board_of

SHOWN, WEEK_SHOWN = 5, 8
# How many moments are read to fill both lists: of a project day in many schools no more.
WEEK_READ = 100


@page("home.start")
def start(request: Request) -> HttpResponse:
    actor = request.actor
    dossiers = reading.list_dossiers(actor, state="open")[:SHOWN] if actor.has(*STAFF) else []
    tasks = board_of(actor).now
    context = {
        "first_name": actor.name.split(" ")[0],
        "tasks": tasks[:8],
        "more_tasks": max(0, len(tasks) - 8),
        "news": worklist.unseen(actor),
        "rows": [panels.row_of(d) for d in dossiers],
        "is_staff": actor.has(*STAFF),
        **_week(actor),
    }
    return render(request, "home/start.html", context)


def _week(actor: Actor) -> dict[str, Any]:
    """The moments of today and those of the six days after, each with its page: for who works
    there the day itself, where one lets somebody take over. `all_read`: no more is to come."""
    today = timezone.localdate()
    every = calendar.planning(actor, today, today + timedelta(days=6))
    rows = every.prefetch_related(None).prefetch_related("teachers")[:WEEK_READ]
    placed = [(row, _page_of(actor, row)) for row in rows]
    return {
        "today": [(row, href) for row, href in placed if row.on == today][:WEEK_SHOWN],
        "week": [(row, href) for row, href in placed if row.on > today][:WEEK_SHOWN],
        "all_read": len(placed) < WEEK_READ,
    }


def _page_of(actor: Actor, row: Activity) -> str:
    if actor.works_at(row.dossier.school_id):
        return reverse("moments:day", args=[row.dossier_id, row.pk])
    return reverse("dossiers:activities", args=[row.dossier_id])


@page("home.start")
def everything(request: Request) -> HttpResponse:
    """Alles op een rij: every page that this person may open, in groups."""
    return render(request, "home/everything.html", {"groups": overview.of(request.actor)})


@page("home.lists")
def lists(request: Request) -> HttpResponse:
    """Registers en lijsten: what others keep and we read in, each with its day and its page."""
    rows = [(row, _address(row.page)) for row in queries.registers(request.actor)]
    return render(request, "home/lists.html", {"rows": rows})


def _address(name: str) -> str:
    """Where it is read in; nothing where that has no page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@page("home.lists")
def read_list(request: Request, key: str) -> HttpResponse:
    """Reads one official list in: first what would change, then, after a yes, for good."""
    chosen = LISTS[key]
    form = ListForm(
        request.POST or None,
        request.FILES or None,
        chosen=chosen,
        too_large=arriving.was_refused(request),
    )
    if request.method == "POST":
        try:
            if _read_on(request, chosen, form):
                return redirect(chosen.page)
        except actions.NotNow as reason:
            messages.error(request, str(reason))
            return redirect(chosen.page)
    job = queries.last_job(request.actor, chosen)
    context = {"chosen": chosen, "form": form, "last": chosen.last(), **_telling(chosen, job)}
    if request.htmx.target == "stand":
        if not context["busy"]:
            return HttpResponseClientRefresh()  # there is something to say yes to now
        return render(request, "home/read_list.html#state", context)
    status = 422 if request.method == "POST" else 200
    return render(request, "home/read_list.html", context, status=status)


read_list.upload_bytes = "IMPORT_MAX_BYTES"  # type: ignore[attr-defined]


def _read_on(request: Request, chosen: OfficialList, form: ListForm) -> bool:
    what, number = request.POST.get("wat", ""), request.POST.get("nagekeken", "")
    if not what:
        return _send(request, chosen, form)
    if what not in ("inlezen", "niet") or not number.isdecimal():
        raise Http404
    if what == "inlezen":
        tasks.bring_in(chosen, actor=request.actor, looked_at=int(number))
        messages.success(request, _("Het inlezen begint. Je mag deze pagina verlaten."))
    else:
        arrived.discard(actions.drop(chosen, actor=request.actor, looked_at=int(number)))
        messages.success(request, _("Het bestand is weggegooid. Er is niets veranderd."))
    return True


def _send(request: Request, chosen: OfficialList, form: ListForm) -> bool:
    """Takes the files and asks the worker to look."""
    if not form.is_valid():
        return False
    uploads = form.cleaned_data["upload"]
    names = ", ".join(str(upload.name) for upload in uploads)
    folder = arrived.keep(uploads, unpack=chosen.endings if chosen.many else ())
    try:
        tasks.look(chosen, actor=request.actor, folder=folder, names=names[:200])
    except actions.NotNow:
        arrived.discard(folder)
        raise
    messages.success(request, _("We kijken na wat er verandert."))
    return True


def _telling(chosen: OfficialList, job: Job | None) -> dict[str, Any]:
    """How far it is and what came of it, in words."""
    state, result = (job.state, job.result) if job else ("", {})
    report = result.get("report")
    return {
        "job": job,
        "busy": state in actions.BUSY,
        "idle_worker": state == "waiting" and not heartbeat.is_worker_alive(),
        "waits": job is not None and queries.can_be_read(job),
        "refused": result.get("refused", ""),
        "report": report,
        "changes": chosen.changes(report) if report else [],
        "nothing": report is not None and chosen.changes_nothing(report),
    }
