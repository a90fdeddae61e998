"""Bringing in a list of one's own: choose it, say what is in it, look what happens, read it in."""

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import HttpResponseClientRefresh

from partnerwijzer.access.gate import Request, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import arriving, delivery
from partnerwijzer.exchange import queries, sheets, tasks, waiting
from partnerwijzer.exchange.actions import lists as actions
from partnerwijzer.exchange.actions.lists import NotNow
from partnerwijzer.exchange.columns import NEVER, REPORT, layout
from partnerwijzer.exchange.forms import ColumnsForm, ListForm, StartForm
from partnerwijzer.exchange.models import Choice, ListRow, Outcome, PartnerList, State, Verdict
from partnerwijzer.exchange.sheets.workbook import Book
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.privacy.asking import Question

PAGE_SIZE = 30
TONES = {
    Verdict.NEW: "ok", Verdict.SAME: "na", Verdict.DIFFERS: "part", Verdict.WRONG: "no",
    Outcome.MADE: "ok", Outcome.UPDATED: "ok", Outcome.SKIPPED: "part", Outcome.REFUSED: "no",
    Outcome.UNDONE: "na", Outcome.KEPT: "part",
}  # fmt: skip


@page("exchange.lists")
def lists(request: Request) -> HttpResponse:
    """Heb je al een lijst met partners? Choose a file, or go on with one."""
    refused = arriving.was_refused(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(*data, too_large=refused)
    if request.method == "POST" and form.is_valid():
        place = queries.place_for(request.actor)
        if place is None:
            raise Http404
        made = _chosen(request, form, place)
        return redirect("exchange:columns", made.pk)
    context = {"form": form, "lists": queries.lists(request.actor)}
    return render(request, "exchange/lists.html", context, status=422 if form.errors else 200)


def _chosen(request: Request, form: ListForm, place: School | Umbrella) -> PartnerList:
    """Keeps the rows; a file that has to be asked about first does not wait here meanwhile."""
    file = waiting.keep(form.cleaned_data["file"]) if form.may_wait() else ""
    try:
        return actions.choose_list(
            place,
            actor=request.actor,
            layout=form.layout,
            name=str(form.cleaned_data["file"].name or _("lijst")),
            sheet=form.table.sheet,
            others=form.table.others,
            file=file,
        )
    except Question:
        waiting.discard(file)
        raise


@page("exchange.lists")
def columns(request: Request, pk: int) -> HttpResponse:
    """Wat staat er in welke kolom?"""
    found = queries.get_list(request.actor, pk)
    require(request.actor, "exchange.lists", found)
    if found.state not in (State.COLUMNS, State.CHECKED):
        return redirect("exchange:list", pk)
    form = ColumnsForm(request.POST or None, partner_list=found)
    if request.method == "POST" and form.is_valid() and _said(request, found, form):
        return redirect("exchange:list", pk)
    context = {
        "partner_list": found,
        "form": form,
        "columns": _columns(found, form),
        "can_choose": bool(found.other_sheets) and waiting.is_there(found.file),
        "left_out": [h for h, f in zip(found.heads, found.fields, strict=True) if f == NEVER],
    }
    return render(request, "exchange/columns.html", context, status=422 if form.errors else 200)


@page("exchange.lists")
def sheet(request: Request, pk: int) -> HttpResponse:
    """Another sheet of the same file, as long as that waits here."""
    found = queries.get_list(request.actor, pk)
    require(request.actor, "exchange.lists", found)
    name, version = request.POST.get("blad", ""), request.POST.get("version", "")
    if request.method == "POST" and name in found.other_sheets and version.isdecimal():
        try:
            with waiting.opened(found.file) as file:
                table = sheets.look(file, name)
            taken = layout(table)
            if not taken.lines:
                raise sheets.BadTable(_("Onder de namen van de kolommen staat niets."))
            actions.choose_sheet(
                found,
                actor=request.actor,
                version=int(version),
                layout=taken,
                sheet=table.sheet,
                others=table.others,
            )
        except sheets.BadTable as wrong:
            messages.error(request, str(wrong))
        except FileNotFoundError:
            messages.error(request, _("Het bestand is hier niet meer. Kies het opnieuw."))
        except (Conflict, NotNow):
            messages.error(request, _("Een collega ging intussen met deze lijst verder."))
    return redirect("exchange:columns", pk)


def _said(request: Request, found: PartnerList, form: ColumnsForm) -> bool:
    data = form.cleaned_data
    try:
        actions.say_columns(
            found,
            actor=request.actor,
            version=data["version"],
            fields=form.said(),
            default_kind=data["default_kind"],
        )
    except (Conflict, NotNow):
        form.add_error(None, _("Een collega ging intussen met deze lijst verder. Laad opnieuw."))
        return False
    return True


def _columns(found: PartnerList, form: ColumnsForm) -> list[tuple[BoundField, list[str]]]:
    """The field of each column, with a few of its values."""
    cells = queries.examples(found)
    shown = []
    for number in range(len(found.heads)):
        if f"column{number}" in form.fields:
            values = dict.fromkeys(row[number] for row in cells if row[number])
            short = [v if len(v) <= 50 else f"{v[:49]}…" for v in list(values)[:3]]
            shown.append((form[f"column{number}"], short))
    return shown


@page("exchange.lists")
def partner_list(request: Request, pk: int) -> HttpResponse:
    """Wat gebeurt er met je lijst? Before it is read in, while, and after."""
    found = queries.get_list(request.actor, pk)
    require(request.actor, "exchange.lists", found)
    if found.state == State.COLUMNS:
        return redirect("exchange:columns", pk)
    status, form = 200, StartForm(initial={"version": found.version, "choice": Choice.SKIP})
    if request.method == "POST":
        answer = _done(request, found)
        if answer is not None:
            return answer
        form, status = StartForm(request.POST), 422
    progress = _progress(found)
    if request.htmx:
        if not progress["goes_on"]:
            return HttpResponseClientRefresh()
        return render(request, "exchange/list.html#progress", progress)
    field = "verdict" if found.state in (State.CHECKED, State.BUSY) else "outcome"
    context = {
        "partner_list": found,
        "form": form,
        **_rows(request, found, field),
        **progress,
    }
    return render(request, "exchange/list.html", context, status=status)


def _progress(found: PartnerList) -> dict[str, Any]:
    """How far the worker is with a list, or why it has read nothing in."""
    job = queries.job_of(found) if found.state in (State.BUSY, State.CHECKED) else None
    busy, state = found.state == State.BUSY, job.state if job else ""
    return {
        "partner_list": found,
        "job": job,
        "failed": busy and state == "failed",
        "ended": busy and state in ("failed", "done"),
        "goes_on": busy and state not in ("failed", "done"),
        "not_done": _why_not(found) if not busy and state == "done" else "",
    }


def _why_not(found: PartnerList) -> str:
    """Why nothing of a list was read in: it had to stop, or what was shown is no longer so."""
    differs = any(queries.counts(found)[verdict] for verdict in actions.DIFFERENT)
    if found.choice == Choice.STOP and differs:
        return _("Er is niets ingelezen: er zijn rijen die verschillen of fout zijn. Kijk na.")
    return _("Er is niets ingelezen: de databank veranderde intussen. Kijk de rijen opnieuw na.")


def _rows(request: Request, found: PartnerList, field: str) -> dict[str, Any]:
    """One page of rows, those with one verdict where the address asks so, and how many of each."""
    kinds = Verdict if field == "verdict" else Outcome
    only = request.GET.get("toon", "")
    only = only if only in kinds.values else ""
    counted = queries.counts(found, field)
    rows = Paginator(queries.rows_of(found, only, field), PAGE_SIZE)
    page_ = rows.get_page(request.GET.get("pagina"))
    names = [h for h, f in zip(found.heads, found.fields, strict=True) if f == "name"]
    at = found.heads.index(names[0]) if names else 0
    at = found.fields.index("name") if "name" in found.fields else at
    return {
        "only": only,
        "field": field,
        "counts": counted,
        "kinds": [(k, k.label, counted[k], TONES.get(k, "na")) for k in kinds if counted[k]],
        "page": page_,
        "rows": [_row(row, at, field) for row in page_],
        "total": counted.total(),
        "differing": counted[Verdict.DIFFERS] + counted[Verdict.WRONG],
        "left": counted[Outcome.SKIPPED] + counted[Outcome.REFUSED],
        "made": counted[Outcome.MADE],
    }


def _row(row: ListRow, at: int, field: str) -> dict[str, Any]:
    value = getattr(row, field)
    words = row.get_verdict_display() if field == "verdict" else row.get_outcome_display()
    name = row.cells[at] if at < len(row.cells) else ""
    return {"row": row, "name": name, "tone": TONES.get(value, "na"), "words": words}


def _done(request: Request, found: PartnerList) -> HttpResponse | None:
    """What the button that was pressed does; nothing where the form has to be shown again."""
    try:
        if "weg" in request.POST:
            actions.throw_away(found, actor=request.actor)
            messages.success(request, _("De lijst is weg. In de databank veranderde niets."))
            return redirect("exchange:lists")
        if "terug" in request.POST:
            return _undone(request, found)
        return _started(request, found)
    except NotNow as wrong:
        messages.warning(request, str(wrong))
    except Conflict:
        messages.warning(request, _("Een collega ging intussen met deze lijst verder. Kijk na."))
    except IntegrityError:
        text = _("Iemand maakte net een van deze partners aan. Er is niets ingelezen: kijk na.")
        messages.warning(request, text)
    return redirect("exchange:list", found.pk)


def _undone(request: Request, found: PartnerList) -> HttpResponse:
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() else 0
    gone, stay = actions.undo_list(found, actor=request.actor, version=number)
    text = ngettext("{n} partner is weer weg.", "{n} partners zijn weer weg.", gone)
    more = ngettext(
        " {n} blijft: die is intussen veranderd of in gebruik.",
        " {n} blijven: ze zijn intussen veranderd of in gebruik.",
        stay,
    )
    words = text.format(n=gone) + (more.format(n=stay) if stay else "")
    messages.success(request, words)
    return redirect("exchange:list", found.pk)


def _started(request: Request, found: PartnerList) -> HttpResponse | None:
    form = StartForm(request.POST)
    if not form.is_valid():
        return None
    data = form.cleaned_data
    done = tasks.begin(found, actor=request.actor, version=data["version"], choice=data["choice"])
    if done:
        messages.success(request, _("De lijst is ingelezen."))
    elif done is False:
        found.refresh_from_db()
        messages.warning(request, _why_not(found))
    return redirect("exchange:list", found.pk)


@page("exchange.lists")
def rest(request: Request, pk: int) -> HttpResponse:
    """What was not read in, in the columns of the list, with why: to mend and send again."""
    found = queries.get_list(request.actor, pk)
    require(request.actor, "exchange.lists", found)
    heads = [
        (n, h) for n, (h, f) in enumerate(zip(found.heads, found.fields, strict=True))
        if f not in (NEVER, REPORT)
    ]  # fmt: skip
    book = Book()
    rows = [
        [*(row.cells[n] for n, _head in heads), _why(row)]
        for row in queries.rows_of(found)
        if row.outcome in actions.LEFT or (not row.outcome and row.verdict in actions.DIFFERENT)
    ]
    book.sheet(_("Nog na te kijken"), [*(h for _n, h in heads), _("Wat er mis is")], rows)
    file = io.BytesIO()
    book.write_to(file)
    name = f"{found.name.rpartition('.')[0] or found.name} ({_('rest')})"
    return delivery.made(file.getvalue(), name=name, kind="xlsx")


def _why(row: ListRow) -> str:
    """Why a row was left out, in one cell."""
    differs = [f"{label}: {now or '–'} → {then}" for label, now, then in row.differences]
    return "; ".join([*row.problems, *differs, *row.remarks])
