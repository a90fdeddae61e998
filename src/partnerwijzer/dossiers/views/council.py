"""The school council: what it has to get, the note, what came of it; and what its members read."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import LEADS, Role
from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.councils import about, kinds, terms
from partnerwijzer.councils import queries as councils
from partnerwijzer.councils.about import Thing
from partnerwijzer.councils.models import CouncilAdvice
from partnerwijzer.documents import delivery, letterhead
from partnerwijzer.documents.paper import Paper
from partnerwijzer.dossiers import casework, council_paper, period
from partnerwijzer.dossiers.actions import council as actions
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.council import CouncilItemForm, CouncilOutcomeForm, DutyForm
from partnerwijzer.dossiers.models import CooperationKind, CouncilDuty, CouncilItem, Dossier
from partnerwijzer.dossiers.queries import council as queries
from partnerwijzer.dossiers.queries import reading

MOST_ADVICE = 20


@page("dossiers.council")
def duty(request: Request, pk: int) -> HttpResponse:
    """Wat moet de raad hierover horen? The judgement of the school, with its reason."""
    dossier = reading.get_dossier(request.actor, pk, to="dossiers.council")
    body = queries.main_body(dossier.school)
    has_usual = kinds.has_read_rules(body, dossier.school)
    form = DutyForm(
        request.POST or None,
        governance=casework.content(dossier).governance,
        kind=dossier.kind,
        tree_says=queries.tree_says(dossier),
        has_usual=has_usual,
        initial=_judged(dossier, has_usual=has_usual),
    )
    if not has_usual:
        form.fields["duty"].label = _("Wat moet jullie raad krijgen")
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_council_duty(dossier, actor=request.actor, **form.facts())
        except Conflict as found:
            conflict = found.current
        else:
            messages.success(request, _("Bewaard."))
            return redirect("dossiers:decision", pk)
    asked = request.POST if request.method == "POST" else form.initial
    usual = form.proposal({"topics": _topics(asked), "waived": asked.get("waived", "")})
    context = {
        "dossier": dossier,
        "form": form,
        "conflict": conflict,
        "usual": usual,
        "usual_words": CouncilDuty(usual.duty).label,
        "tree_says": CouncilDuty(form.tree_says).label if form.tree_says else "",
        "body": body,
        "has_usual": has_usual,
        "kind": (kinds.kind_of(body) if body else None) or kinds.usual(dossier.school),
    }
    return render(request, "dossiers/council_duty.html", context)


def _topics(asked: Any) -> list[str]:
    return list(asked.getlist("topics") if hasattr(asked, "getlist") else asked.get("topics", []))


def _judged(dossier: Dossier, *, has_usual: bool) -> dict[str, Any]:
    """The school's answer, or what its tree says, or the usual one where there is one: consult when
    structural, inform when one-off."""
    test = queries.tested(dossier)
    structural = dossier.kind == CooperationKind.STRUCTURAL
    usual = CouncilDuty.CONSULT if structural else CouncilDuty.INFORM
    return {
        "version": dossier.version,
        "duty": dossier.council_duty or queries.tree_says(dossier) or (usual if has_usual else ""),
        "reason": dossier.council_reason,
        "topics": test.topics if test else [],
        "waived": test.waived if test else "",
    }


@page("dossiers.council")
def edit(request: Request, pk: int, item_pk: int = 0) -> HttpResponse:
    """Writes the note for the council, or notes what the council said."""
    dossier = reading.get_dossier(request.actor, pk, to="dossiers.council")
    item = queries.get_council_item(request.actor, item_pk) if item_pk else None
    if item is not None and item.dossier_id != dossier.pk:
        raise Http404
    part = request.POST.get("deel", "")
    note = CouncilItemForm(
        request.POST if part == "nota" else None, dossier=dossier, initial=_note(dossier, item)
    )
    outcome = CouncilOutcomeForm(
        request.POST if part == "uitkomst" else None,
        initial=_outcome(item) if item else None,
    )
    conflict = None
    if request.method == "POST":
        try:
            if _save(request, dossier, item, note, outcome):
                return redirect("dossiers:decision", pk)
        except Conflict as found:
            conflict = found.current
        except NotAllowedNow as reason:
            (outcome if part == "uitkomst" else note).add_error(None, str(reason))
    context = {
        "dossier": dossier,
        "item": item,
        "note_form": note,
        "outcome_form": outcome,
        "conflict": conflict,
        "planned": _planned(note),
        "no_body": not note.bodies,
        "disagreement": casework.content(dossier).governance.council_disagreement,
    }
    return render(request, "dossiers/council_edit.html", context)


def _planned(form: CouncilItemForm) -> list[date]:
    """The days on which the bodies of the school meet."""
    today = timezone.localdate()
    return sorted({m.on for body in form.bodies for m in councils.planned(body, today)})[:5]


def _note(dossier: Dossier, item: CouncilItem | None) -> dict[str, Any]:
    if item is not None:
        return {
            "version": item.version,
            "body": item.body_id,
            "note": item.note,
            "draft": item.draft,
            "meeting_on": item.meeting_on,
            "handed_on": item.handed_on,
            "show": item.shown_at is not None,
        }
    return {
        "version": 0,
        "note": _first_note(dossier),
        "draft": _first_draft(dossier),
        "show": True,
    }


def _first_note(dossier: Dossier) -> str:
    """A first text for the note, from the facts of the dossier."""
    lines = [
        _("De school wil samenwerken met {partners}.").format(partners=_partners(dossier)),
        _("Soort: {kind}.").format(kind=str(dossier.get_kind_display()).lower()),
        _("Wat we willen bereiken: {aim}").format(aim=dossier.aim or "…"),
    ]
    return "\n\n".join(lines)


def _first_draft(dossier: Dossier) -> str:
    text = _("Het schoolbestuur beslist om samen te werken met {partners} voor ‘{title}’.")
    lines = [text.format(partners=_partners(dossier), title=dossier.title)]
    first, last = period.span(dossier) or (None, None)
    if first and last:
        days = [date_format(d, "j F Y") for d in (first, last)]
        lines.append(
            _("De samenwerking loopt van {first} tot {last}.").format(first=days[0], last=days[1])
        )
    return "\n\n".join(lines)


def _partners(dossier: Dossier) -> str:
    return ", ".join(p.partner.name for p in dossier.partners.select_related("partner")) or "…"


def _outcome(item: CouncilItem) -> dict[str, Any]:
    return {
        "version": item.version,
        "outcome": item.outcome,
        "on": item.outcome_on or item.meeting_on or timezone.localdate(),
        "words": item.outcome_note,
        "board_answer": item.board_answer,
    }


def _save(
    request: Request,
    dossier: Dossier,
    item: CouncilItem | None,
    note: CouncilItemForm,
    outcome: CouncilOutcomeForm,
) -> bool:
    if request.POST.get("deel") == "uitkomst" and item is not None:
        if not outcome.is_valid():
            return False
        actions.note_council_outcome(item, actor=request.actor, **outcome.cleaned_data)
    else:
        if not note.is_valid():
            return False
        data = {**note.cleaned_data, "version": note.cleaned_data["version"] or 0}
        duty = item.duty if item and item.outcome else dossier.council_duty or CouncilDuty.INFORM
        actions.save_council_item(dossier, actor=request.actor, item=item, duty=duty, **data)
    messages.success(request, _("Bewaard."))
    return True


# What members of the council read


@page("dossiers.council_read")
def council(request: Request) -> HttpResponse:
    """What goes to the school council: for its members exactly what they are shown."""
    rows = queries.council_items(request.actor)
    found = Paginator(rows, 25).get_page(request.GET.get("pagina"))
    only_member = not request.actor.has(*LEADS, Role.TEACHER, Role.BOARD_ADMIN)
    context = {
        "found": found,
        "only_member": only_member,
        "advices": _advices(request),
        "coming": councils.coming(request.actor, timezone.localdate()),
        "staff": request.actor.works_at(request.actor.school_id),
    }
    return render(request, "dossiers/council.html", context)


def _advices(request: Request) -> list[tuple[CouncilAdvice, Thing | None]]:
    """The newest advice that was not asked, each with the dossier that it is about."""
    rows = list(councils.advices(request.actor)[:MOST_ADVICE])
    things = about.of(request.actor, rows)
    return [(row, things.get(row.pk)) for row in rows]


@page("dossiers.council_read")
def item(request: Request, pk: int) -> HttpResponse:
    """One topic: the note, the draft decision, the meeting and the term. Nothing of the dossier."""
    found = queries.get_council_item(request.actor, pk)
    context = {"item": found, "start_words": kinds.start_words(terms.CONSULTATION)}
    return render(request, "dossiers/council_item.html", context)


@page("dossiers.council_read")
def note_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The note as PDF or DOCX."""
    item = queries.get_council_item(request.actor, pk)
    return _paper(council_paper.note_of(item), kind, item.dossier.school_id)


@page("dossiers.council_read")
def draft_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The draft decision as PDF or DOCX."""
    item = queries.get_council_item(request.actor, pk)
    return _paper(council_paper.draft_of(item), kind, item.dossier.school_id)


def _paper(paper: Paper, kind: str, school_id: int) -> HttpResponse:
    made = letterhead.made(paper, kind, school_id=school_id)
    if made is None:
        raise Http404
    return delivery.made(made, name=paper.title, kind=kind)
