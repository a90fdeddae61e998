"""What UiTdatabank knows: read from a file, or asked for."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import arriving
from partnerwijzer.exchange import queries, tasks
from partnerwijzer.exchange.actions.uitdatabank import Busy
from partnerwijzer.exchange.forms import UitForm
from partnerwijzer.exchange.uitdatabank import wording
from partnerwijzer.jobs import heartbeat
from partnerwijzer.jobs.models import Job

NAME = "UiTdatabank"
SHOWN = 20


@page("exchange.databank")
def uitdatabank(request: Request) -> HttpResponse:
    """Wat bieden organisaties aan op UiTdatabank? Brings it in, and shows what came of it."""
    refused = arriving.was_refused(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    live = bool(settings.UITDATABANK_URL)
    form = UitForm(*data, too_large=refused, can_ask=live)
    if request.method == "POST" and form.is_valid():
        _begin(request, form.cleaned_data)
        return redirect("exchange:uitdatabank")
    told = _told(queries.last_job(request.actor))
    if request.htmx:
        if not told["busy"]:
            return HttpResponseClientRefresh()
        return render(request, "exchange/uitdatabank.html#state", told)
    context = {"form": form, "live": live, **told}
    return render(request, "exchange/uitdatabank.html", context, status=422 if form.errors else 200)


uitdatabank.upload_bytes = "IMPORT_MAX_BYTES"  # type: ignore[attr-defined]


def _begin(request: Request, data: dict[str, Any]) -> None:
    file = None if "live" in request.POST else data["file"]
    where = str(file.name)[:200] if file else NAME
    try:
        tasks.begin_uitdatabank(where, file, actor=request.actor, everything=data["everything"])
    except Busy:
        messages.warning(request, _("Er wordt al iets ingelezen. Wacht tot dat klaar is."))
    else:
        messages.success(request, _("Het inlezen begint. Je mag deze pagina verlaten."))


def _told(job: Job | None) -> dict[str, Any]:
    """How far the newest time is, and what came of it."""
    result = job.result if job else {}
    report = result.get("report", {})
    unknown = report.get("unknown_labels", {})
    return {
        "job": job,
        "busy": job is not None and job.state in ("waiting", "busy"),
        "idle_worker": job is not None
        and job.state == "waiting"
        and not heartbeat.is_worker_alive(),
        "failed": job is not None and job.state == "failed",
        "refused": result.get("refused", ""),
        "lines": wording.lines(report),
        "missing": report.get("missing", ""),
        "reasons": report.get("reasons", [])[:SHOWN],
        "unknown": sorted(unknown.items(), key=lambda pair: -pair[1])[:SHOWN],
    }
