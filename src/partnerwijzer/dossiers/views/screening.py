"""Step 1: one criterion a page, with its evidence beside it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import delivery, intake
from partnerwijzer.dossiers import beside, casework, moving, trees
from partnerwijzer.dossiers.actions import answering, screening
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.casework import Asked
from partnerwijzer.dossiers.forms.extract import may_come
from partnerwijzer.dossiers.forms.screening import AssessmentForm, AssignForm, EvidenceForm
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.partners import queries as partners

# Lists that the page of a question shows.
SHOWN = (reading.QUESTIONS, reading.ADVICE)


@page("dossiers.view")
def assess(request: Request, pk: int) -> HttpResponse:
    """The first criterion that is still open, else the first one; its page says its own address."""
    dossier = reading.get_whole(request.actor, pk, *SHOWN)
    asked = casework.asked_of(dossier)
    if not asked:
        raise Http404
    first = next((a for a in asked if not a.done), asked[0])
    if request.method == "POST":
        return redirect("dossiers:criterion", pk, first.criterion.key)
    context = _context(request, dossier, asked, first, _form(request, dossier, first))
    return render(request, "dossiers/criterion.html", context)


@page("dossiers.view")
def criterion(request: Request, pk: int, key: str) -> HttpResponse:
    """The question, what to look at, the judgement with its reason, and the evidence."""
    dossier = reading.get_whole(request.actor, pk, *SHOWN)
    asked, row = _row(dossier, key)
    form = _form(request, dossier, row)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, dossier, asked, row, form)
        except NotAllowedNow as reason:
            form.add_error("judgement", str(reason))
        except Conflict as found:
            conflict = found.current
            form.data = {**request.POST.dict(), "version": conflict.version}
    context = _context(request, dossier, asked, row, form)
    return render(request, "dossiers/criterion.html", {**context, "conflict": conflict})


def _row(dossier: Dossier, key: str) -> tuple[list[Asked], Asked]:
    """All criteria, and the one of the address. One outside the light set may be looked at too."""
    asked = casework.asked_of(dossier)
    row = next((a for a in asked if a.criterion.key == key), None)
    if row is None:
        raise Http404
    return asked, row


def _form(request: Request, dossier: Dossier, row: Asked) -> AssessmentForm:
    answer = row.assessment
    sent = request.POST if "judgement" in request.POST or "argument" in request.POST else None
    return AssessmentForm(
        sent,
        proof_count=casework.proof_count(dossier, row.evidence),
        elsewhere=reading.proof_elsewhere(request.actor, dossier, answer),
        initial={
            "version": answer.version if answer.pk else 0,
            "judgement": answer.judgement,
            "argument": answer.argument,
        },
    )


def _save(
    request: Request, dossier: Dossier, asked: list[Asked], row: Asked, form: AssessmentForm
) -> HttpResponse:
    answering.answer(dossier, actor=request.actor, criterion=row.criterion.key, **form.cleaned_data)
    messages.success(request, _("Bewaard."))
    if "stop" in request.POST:
        return redirect("dossiers:detail", dossier.pk)
    mine = [a for a in asked if a.criterion.step == row.criterion.step]
    later = [a for a in mine if a is not row and not a.done]
    after = [a for a in later if asked.index(a) > asked.index(row)] or later
    if not after:
        return redirect("dossiers:detail", dossier.pk)
    return redirect("dossiers:criterion", dossier.pk, after[0].criterion.key)


def _context(
    request: Request,
    dossier: Dossier,
    asked: list[Asked],
    row: Asked,
    form: AssessmentForm,
    assign_form: AssignForm | None = None,
) -> dict[str, Any]:
    mine = [a for a in asked if a.criterion.step == row.criterion.step]
    content = casework.content(dossier)
    return {
        "dossier": dossier,
        "row": row,
        "stale": row in moving.stale(dossier),
        "hidden": row.second is not None and row.second.hides_from(request.actor.user_id),
        "differ": row.two_to_talk and row.second is not None and row.second.read_at is not None,
        "reasons": casework.reasons_of(dossier, row.criterion),
        "asked": mine,
        "done_count": sum(a.done for a in mine),
        "step": content.framework.step[row.criterion.step],
        "form": form,
        "evidence": [(e, casework.kind_of(dossier, e)) for e in row.evidence],
        "elsewhere": _elsewhere(dossier, row),
        "assign_form": assign_form
        or AssignForm(
            colleagues=reading.colleagues(request.actor, dossier),
            initial={"user": row.assessment.assigned_to_id, "due_on": row.assessment.due_on},
        ),
        "may_edit": request.actor.works_at(dossier.school_id),
        "register": _register_partners(dossier),
        "trees": trees.at_criterion(dossier, row.criterion),
        **_advice(request, dossier, row.criterion.key),
        "readings": beside.readings_for(request.actor, dossier, row.criterion.key),
    }


def _advice(request: Request, dossier: Dossier, key: str) -> dict[str, Any]:
    """What an anker or somebody outside was asked about this question."""
    questions = reading.shown_questions(request.actor, dossier)
    outside = reading.shown_advice(request.actor, dossier)
    return {
        "questions": [row for row in questions if row.criterion == key],
        "advice": [row for row in outside if row.criterion == key],
    }


def _elsewhere(dossier: Dossier, row: Asked) -> list[tuple[Any, Any]]:
    """Evidence of this dossier that does not stand at this criterion yet."""
    here = {e.pk for e in row.evidence}
    return [
        (e, casework.kind_of(dossier, e))
        for e in dossier.evidence.filter(removed_at=None)
        if e.pk not in here
    ]


def _register_partners(dossier: Dossier) -> list[Any]:
    return [p.partner for p in dossier.partners.all() if p.partner.enterprise_number]


@page("dossiers.edit")
def assign(request: Request, pk: int, key: str) -> HttpResponse:
    """Asks a colleague to look at this criterion; nobody takes the question back."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    asked, row = _row(dossier, key)
    if request.method != "POST":
        return redirect("dossiers:criterion", pk, key)
    form = AssignForm(request.POST, colleagues=reading.colleagues(request.actor, dossier))
    if form.is_valid():
        try:
            screening.assign_criterion(
                dossier, actor=request.actor, criterion=key, **form.cleaned_data
            )
        except NotAllowedNow as reason:
            form.add_error("user", str(reason))
        else:
            taken_back = form.cleaned_data["user"] is None
            messages.success(
                request,
                _("Bewaard. Deze vraag ligt bij niemand apart.")
                if taken_back
                else _("Bewaard. Je collega ziet het bij ‘Dit wacht op jou’."),
            )
            return redirect("dossiers:criterion", pk, key)
    context = _context(request, dossier, asked, row, _form(request, dossier, row), form)
    return render(request, "dossiers/criterion.html", context)


@page("dossiers.edit")
def add_evidence(request: Request, pk: int, key: str) -> HttpResponse:
    """A link, a file or what somebody saw."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    row = _row(dossier, key)[1]
    content = casework.content(dossier)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        content=content,
        extract_may_come=may_come(content, [key]),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _store_evidence(request, dossier, key, form)
        except intake.BadFile as problem:
            form.add_error("upload", str(problem))
        else:
            messages.success(request, _("Het bewijs staat bij de vraag."))
            return redirect("dossiers:criterion", pk, key)
    context = {"dossier": dossier, "row": row, "form": form}
    return render(request, "dossiers/evidence.html", context)


def _store_evidence(request: Request, dossier: Dossier, key: str, form: EvidenceForm) -> None:
    data = dict(form.cleaned_data)
    upload = data.pop("upload")
    screening.add_evidence(dossier, actor=request.actor, criterion=key, upload=upload, **data)


@page("dossiers.edit")
def register_evidence(request: Request, pk: int, key: str) -> HttpResponse:
    """Keeps what the register says today as evidence, with its date."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    _row(dossier, key)
    chosen = [p for p in _register_partners(dossier) if str(p.pk) == request.POST.get("partner")]
    facts = partners.fact_snapshot(chosen[0]) if chosen else None
    if facts:
        screening.add_evidence(
            dossier,
            actor=request.actor,
            criterion=key,
            kind="register-fact",
            title=_("Kruispuntbank van Ondernemingen: {name}").format(name=chosen[0].name),
            facts=facts,
            source="KBO, FOD Economie",
            dated_on=facts.get("snapshot_date") or timezone.localdate(),
        )
        messages.success(request, _("De registergegevens staan bij de vraag."))
    else:
        messages.error(request, _("Dit nummer staat niet in het register dat we hebben."))
    return redirect("dossiers:criterion", pk, key)


@page("dossiers.edit")
def change_evidence(request: Request, pk: int, key: str, evidence_pk: int) -> HttpResponse:
    """Uses evidence at this criterion too, takes it away, or puts it back."""
    evidence = reading.get_evidence(request.actor, pk, evidence_pk)
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    _row(dossier, key)
    acts: dict[str, Any] = {
        "gebruik": lambda: screening.use_evidence(
            dossier, actor=request.actor, evidence=evidence, criterion=key
        ),
        "weg": lambda: screening.remove_evidence(dossier, actor=request.actor, evidence=evidence),
        "terug": lambda: screening.restore_evidence(
            dossier, actor=request.actor, evidence=evidence
        ),
    }
    act = acts.get(request.POST.get("wat", ""))
    if request.method == "POST" and act:
        act()
        messages.success(request, _("Bewaard."))
    return redirect("dossiers:criterion", pk, key)


@page("dossiers.view")
def evidence_file(request: Request, pk: int, evidence_pk: int) -> FileResponse:
    """The file of a piece of evidence, for who may see the dossier."""
    evidence = reading.get_evidence(request.actor, pk, evidence_pk)
    if evidence.file is None:
        raise Http404
    return delivery.response(evidence.file)
