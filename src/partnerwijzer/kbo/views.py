"""Reading the register in from the browser, for who keeps the umbrella."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import arriving
from partnerwijzer.jobs import heartbeat
from partnerwijzer.jobs.models import Job
from partnerwijzer.kbo import importer, inbox, queries, register, tasks
from partnerwijzer.kbo.enterprise import Snapshot
from partnerwijzer.kbo.errors import DiskFull, KboError
from partnerwijzer.kbo.forms import ImportForm

BUSY = ("waiting", "busy")
MINUTE = 60


@page("kbo.import")
def read_in(request: Request) -> HttpResponse:
    """Lees het register in. While one is read in, how far it is."""
    job = queries.last_job(request.actor)
    if request.htmx and request.method == "GET":
        part = render(request, "kbo/import.html#progress", _telling(job))
        if not (job and job.state in BUSY):
            part["HX-Refresh"] = "true"  # all of the page is different once it is done
        return part
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES, lost=_lost(request))
        if form.is_valid() and _begun(request, form):
            messages.success(request, _("Het inlezen begint. Je mag deze pagina verlaten."))
            return redirect("kbo:import")
        return render(request, "kbo/import.html", _context(request, form, job), status=422)
    return render(request, "kbo/import.html", _context(request, ImportForm(), job))


read_in.upload_bytes = "IMPORT_MAX_BYTES"  # type: ignore[attr-defined]


def _lost(request: Request) -> str:
    """Why a file that was sent did not arrive; nothing when it did, or when there was none."""
    if arriving.was_refused(request):
        most = settings.IMPORT_MAX_BYTES // (1024 * 1024)
        words = _(
            "Dit bestand is groter dan %(most)d MB. Zet het in de map op de server en kies het "
            "daar."
        )
        return words % {"most": most}
    return str(DiskFull(inbox.folder().name)) if arriving.found_no_room(request) else ""


def _context(request: Request, form: ImportForm, job: Job | None) -> dict[str, Any]:
    snapshot, trouble = _snapshot()
    return {
        "form": form,
        "snapshot": snapshot,
        "trouble": trouble,
        "size": snapshot and _grouped(snapshot.legal_persons),
        "imports": [(row, inbox.spoken(row.source)) for row in queries.imports(request.actor)],
        "folder": inbox.folder().name,
        **_telling(job),
    }


def _snapshot() -> tuple[Snapshot | None, str]:
    try:
        return register.snapshot(), ""
    except KboError as wrong:
        return None, str(wrong)


def _begun(request: Request, form: ImportForm) -> bool:
    """Ask the worker, unless it can be seen at once that it will not do."""
    data = form.cleaned_data
    path: Path | None = None
    try:
        path = inbox.receive(data["upload"]) if data["upload"] else inbox.chosen(data["there"])
        if path is None:
            form.add_error("there", _("Dit bestand staat niet meer op de server."))
            return False
        importer.foresee(path, allow_gap=data["allow_gap"])
        name = data["upload"].name if data["upload"] else path.name
        tasks.begin(path, name, actor=request.actor, allow_gap=data["allow_gap"])
    except KboError as wrong:
        if path:
            inbox.discard(path)
        form.add_error(None, str(wrong))
        return False
    return True


def _telling(job: Job | None) -> dict[str, Any]:
    """How far the import is, in words."""
    state = job.state if job else ""
    now = job.result.get("now", {}) if job else {}
    report = job.result.get("report") or {} if job else {}
    return {
        "job": job,
        "title": inbox.spoken(job.title) if job else "",
        "busy": state in BUSY,
        "idle_worker": state == "waiting" and not heartbeat.is_worker_alive(),
        "rows": _grouped(now.get("rows", 0)),
        "note": _note(now) if state == "busy" else "",
        "refused": job.result.get("refused", "") if job else "",
        "failed": state == "failed",
        "report": report,
        "counts": {name: _grouped(report.get(name, 0)) for name in ("added", "renewed", "gone")},
    }


def _note(now: dict[str, Any]) -> str:
    """activity.csv · 910.000 regels per seconde · nog ongeveer 20 seconden."""
    if now.get("step") == "finish":
        return _("Bewaren en controleren")
    rate = _("%(rate)s regels per seconde") % {"rate": _grouped(now.get("rate", 0))}
    parts = [now.get("file", ""), rate]
    return " · ".join(filter(None, [*parts, _left(now.get("left"))]))


def _grouped(number: int) -> str:
    return formats.number_format(number, force_grouping=True)


def _left(seconds: int | None) -> str:
    if seconds is None:
        return ""
    if seconds < MINUTE:
        words = ngettext("nog ongeveer %(n)d seconde", "nog ongeveer %(n)d seconden", seconds)
        return words % {"n": seconds}
    minutes = round(seconds / MINUTE)
    words = ngettext("nog ongeveer %(n)d minuut", "nog ongeveer %(n)d minuten", minutes)
    return words % {"n": minutes}
