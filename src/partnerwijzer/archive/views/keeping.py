"""How long things are kept, what would go now, and the button that removes it."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.archive import due, queries, tasks
from partnerwijzer.archive.actions import keeping
from partnerwijzer.archive.forms import PeriodForm
from partnerwijzer.archive.models import DataKind, Period, Run
from partnerwijzer.organisations.models import School, Umbrella

PAGE_SIZE = 50


@page("archive.see_periods")
def periods(request: Request) -> HttpResponse:
    """Hoe lang bewaren we wat?"""
    owner = queries.keeper(request.actor) if allowed(request.actor, "archive.periods") else None
    if owner is not None and "weg" in request.POST:
        return _withdraw(request, owner)
    form = PeriodForm(request.POST or None, initial={"read_on": timezone.localdate()})
    read, conflict = request.POST.get("gelezen"), None
    if request.method == "POST" and owner is not None and form.is_valid():
        facts = form.cleaned_data
        version = _read_version(read or "", facts["kind"])
        try:
            keeping.say_how_long(owner, actor=request.actor, facts=facts, version=version)
        except Conflict as found_now:
            read, conflict = None, found_now.current
        else:
            messages.success(request, _("Bewaard."))
            return redirect("archive:periods")
    found = queries.periods(request.actor)
    context = {
        "rows": [_row(kind, [p for p in found if p.kind == kind], owner) for kind in DataKind],
        "owner": owner,
        "form": form,
        "conflict": conflict,
        "read": _told(queries.versions_of(request.actor, owner)) if read is None else read,
        "may_remove": isinstance(owner, School),
    }
    return render(request, "archive/periods.html", context)


@dataclass(frozen=True)
class Row:
    """A kind of data with its periods; `mine`: the one that may be taken away here, and whether the
    umbrella's then holds."""

    label: str
    found: list[Period]
    mine: Period | None
    follows: bool


def _row(kind: DataKind, found: list[Period], owner: School | Umbrella | None) -> Row:
    mine = next((p for p in found if owner and owner in (p.school, p.umbrella)), None)
    above = isinstance(owner, School) and any(
        p.umbrella_id and p.umbrella_id == owner.umbrella_id for p in found
    )
    return Row(str(kind.label), found, mine, above)


def _withdraw(request: Request, owner: School | Umbrella) -> HttpResponse:
    """Takes away the period that was read; where it changed since, one reads again first."""
    told = request.POST["weg"]
    kind = told.partition(":")[0]
    try:
        keeping.withdraw_period(
            owner, actor=request.actor, kind=kind, version=_read_version(told, kind)
        )
    except (Conflict, Period.DoesNotExist):
        messages.error(request, _("Iemand paste dit intussen aan. Lees opnieuw."))
    else:
        messages.success(request, _("Jullie eigen termijn is ingetrokken."))
    return redirect("archive:periods")


def _told(read: dict[str, int]) -> str:
    return " ".join(f"{kind}:{version}" for kind, version in read.items())


def _read_version(told: str, kind: str) -> int:
    """The version of a kind that the page showed; 0 where it showed none."""
    found = dict(part.partition(":")[::2] for part in told.split()).get(kind, "")
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else 0


@page("archive.remove")
def clear_out(request: Request) -> HttpResponse:
    """Wat mag nu weg?"""
    school = queries.headed_school(request.actor)
    run = queries.newest_run(request.actor, school)
    if request.method == "POST":
        return _start(request, school, run)
    items = due.due(school, timezone.localdate())
    going = [item for item in items if not item.held]
    totals: Counter[str] = Counter()
    for item in going:
        totals[item.label] += item.count
    job = queries.job_of(request.actor, run) if run and run.finished_at is None else None
    context = {
        "school": school,
        "run": run,
        "busy": job is not None and job.state in ("waiting", "busy"),
        "job": job,
        "found": Paginator(going, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "held": [item for item in items if item.held],
        "totals": totals.most_common(),
        "fingerprint": due.fingerprint(items),
        "removed": _removed(run),
        "stayed": _stayed(run),
    }
    return render(request, "archive/clear_out.html", context)


def _removed(run: Run | None) -> list[tuple[str, int]]:
    """What the last run removed, by kind."""
    counts: Counter[str] = Counter()
    for row in run.removals.all() if run and run.finished_at else ():
        counts[str(row.get_kind_display())] += row.removed or 0
    return [(label, count) for label, count in counts.most_common() if count]


def _stayed(run: Run | None) -> list[tuple[str, str]]:
    """What the last run left all the same: what it is, and why."""
    rows = run.removals.all() if run and run.finished_at else ()
    held = [row for row in rows if row.held]
    told = [(str(r.get_kind_display()), str(due.HELD.get(r.held, ""))) for r in held]
    return list(dict.fromkeys(told))


def _start(request: Request, school: School, run: Run | None) -> HttpResponse:
    if run is not None and run.finished_at is None:
        tasks.go_on(run, actor=request.actor)
    elif request.POST.get("zeker") != "ja":
        messages.error(request, _("Er is niets verwijderd. Vink eerst aan dat je het zeker weet."))
    else:
        try:
            tasks.begin(school, actor=request.actor, fingerprint=request.POST.get("wat", ""))
        except keeping.NotAsRead:
            text = _("Intussen veranderde wat er weg zou gaan. Er ging niets weg: lees opnieuw.")
            messages.error(request, text)
    return redirect("archive:clear_out")
