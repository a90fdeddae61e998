"""The databank goes along, or comes in where there is none."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import arriving
from partnerwijzer.exchange import queries, tasks, waiting
from partnerwijzer.exchange.actions import databank as actions
from partnerwijzer.exchange.databank import writing
from partnerwijzer.exchange.databank.importer import is_empty
from partnerwijzer.exchange.forms import DatabankForm
from partnerwijzer.exchange.models import WORKBOOK
from partnerwijzer.jobs import heartbeat
from partnerwijzer.jobs.models import Job

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("exchange.databank")
def databank(request: Request) -> HttpResponseBase:
    """Neem je de databank mee? Out by a button for each kind, in by a file where there is none."""
    if request.POST.get("neem") == "json":
        return _streamed(request)
    refused = arriving.was_refused(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DatabankForm(*data, too_large=refused)
    empty = is_empty()
    if request.method == "POST" and _begun(request, form, empty=empty):
        return redirect("exchange:databank")
    told = _told(request)
    if request.htmx:
        if not told["busy"]:
            return HttpResponseClientRefresh()
        return render(request, "exchange/databank.html#state", told)
    size = queries.databank_size(request.actor)
    context = {"form": form, "empty": empty, "size": size, **told}
    return render(request, "exchange/databank.html", context, status=422 if form.errors else 200)


databank.upload_bytes = "IMPORT_MAX_BYTES"  # type: ignore[attr-defined]


def _begun(request: Request, form: DatabankForm, *, empty: bool) -> bool:
    """Asks the worker for a workbook, or to read a file in; whether something was asked."""
    try:
        if request.POST.get("neem") == "xlsx":
            tasks.begin_workbook(actor=request.actor)
            messages.success(request, _("We maken je rekenblad. Je mag deze pagina verlaten."))
        elif empty and form.is_valid():
            tasks.begin_reading(form.cleaned_data["file"], actor=request.actor)
            messages.success(request, _("Het inlezen begint. Je mag deze pagina verlaten."))
        else:
            return False
    except actions.Busy:
        messages.warning(request, _("Dat is al bezig. Wacht tot het klaar is."))
    return True


def _told(request: Request) -> dict[str, Any]:
    """What is going on, and what came of the last time; of a workbook as long as it is there."""
    jobs = (queries.reading_job(request.actor), queries.workbook_job(request.actor))
    reading, workbook = jobs
    job = next((one for one in jobs if one and one.state in ("waiting", "busy")), None)
    result = reading.result if reading else {}
    return {
        "job": job,
        "busy": job is not None,
        "idle_worker": job is not None
        and job.state == "waiting"
        and not heartbeat.is_worker_alive(),
        "title": _title(job),
        "reading": reading,
        "refused": result.get("refused", ""),
        "partners_in": result.get("partners"),
        "workbook": workbook,
        "can_fetch": workbook is not None and waiting.is_there(workbook.result.get("file", "")),
    }


def _title(job: Job | None) -> str:
    if job is None:
        return ""
    return _("Rekenblad van de databank") if job.kind == WORKBOOK else job.title


@page("exchange.databank")
def workbook(request: Request, pk: int) -> HttpResponseBase:
    """The workbook that the worker made, for who asked it; 404 for others, and once it is gone."""
    job = queries.workbook_job(request.actor)
    if job is None or job.pk != pk or job.state != "done":
        raise Http404
    try:
        file = waiting.opened(job.result.get("file", ""))
    except FileNotFoundError:
        raise Http404 from None
    name = f"databank-{timezone.localdate(job.finished_at):%Y-%m-%d}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    return _private(answer)


def _streamed(request: Request) -> HttpResponseBase:
    """The json file, while it is being made."""
    actions.note_export("json", actor=request.actor)
    answer = StreamingHttpResponse(_pieces(request), content_type="application/json")
    name = f"databank-{timezone.localdate():%Y-%m-%d}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(answer)


def _private(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _pieces(request: Request) -> Iterator[bytes]:
    """Some rows at a time: a server sends each piece by itself."""
    some: list[str] = []
    for piece in writing.as_json(request.actor):
        some.append(piece)
        if len(some) == 200:
            yield "".join(some).encode()
            some.clear()
    yield "".join(some).encode()
