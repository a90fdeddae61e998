"""The second reader: asked, reading, settling. And advice from outside, by link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import guest
from partnerwijzer.access.gate import Request, page, public
from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import casework, read_before
from partnerwijzer.dossiers.actions import outside, reminding, second
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.second import (
    AdviceForm,
    OutsideForm,
    ReadingForm,
    SecondReaderForm,
    SettleForm,
)
from partnerwijzer.dossiers.models import Dossier, SecondReading
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.dossiers.queries import second as queries


@page("dossiers.edit")
def ask(request: Request, pk: int) -> HttpResponse:
    """Who reads along, for which questions; the framework proposes some."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    there = {r.criterion for r in dossier.second_readings.all() if r.read_at is not None}
    asked = [row for row in casework.asked_of(dossier) if row.criterion.key not in there]
    only = request.GET.get("vraag", "")
    proposed = [only] if only else casework.second_reader_proposed(dossier)
    colleagues = reading.colleagues(request.actor, dossier).exclude(pk=request.actor.uid)
    form = SecondReaderForm(
        request.POST or None, colleagues=colleagues, asked=asked, proposed=proposed
    )
    if request.method == "POST" and form.is_valid():
        try:
            second.ask_second_reader(dossier, actor=request.actor, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error("reader", str(reason))
        else:
            messages.success(request, _("Gevraagd. Je collega ziet het bij ‘Dit wacht op jou’."))
            return redirect("dossiers:detail", pk)
    context = {
        "dossier": dossier,
        "form": form,
        "themes": casework.second_reader_themes(dossier),
    }
    return render(request, "dossiers/second_ask.html", context)


@page("dossiers.edit")
def read(request: Request, pk: int, key: str) -> HttpResponse:
    """One reading: given by its reader, withdrawn, or settled by the two."""
    found = queries.get_reading(request.actor, pk, key)
    dossier = reading.get_whole(request.actor, pk, to="dossiers.edit")
    row = next((a for a in casework.asked_of(dossier) if a.criterion.key == key), None)
    if request.method == "POST" and request.POST.get("wat", "") == "intrekken":
        return _withdraw(request, found, still_asked=row is not None)
    if row is None:
        messages.info(request, _("Deze vraag wordt in dit dossier nu niet gesteld."))
        return redirect("dossiers:earlier", pk)
    settles = found.read_at is not None
    form = _form(request, found, row, _partners(dossier), settles=settles)
    if request.method == "POST" and form.is_valid():
        answer = _give(request, found, form, settles=settles)
        if answer is not None:
            return answer
    context = {"dossier": dossier, "row": row, "second": found, "form": form, "settles": settles}
    return render(request, "dossiers/second_read.html", context)


def _form(
    request: Request, found: SecondReading, row: casework.Asked, now: list[int], *, settles: bool
) -> ReadingForm:
    if not settles and found.reader_id != request.actor.user_id:
        raise Http404
    if settles and found.settled_at is not None:
        raise Http404
    if settles:
        return SettleForm(request.POST or None, initial={"version": row.assessment.version})
    return ReadingForm(request.POST or None, initial=_said_before(found, row, now))


def _partners(dossier: Dossier) -> list[int]:
    """Keys of the partners of now, as read with the dossier."""
    return [one.partner_id for one in dossier.partners.all()]


def _said_before(found: SecondReading, row: casework.Asked, now: list[int]) -> dict[str, str]:
    """What the same reader found about the partners of now, else about those before: it is looked
    at anew, not typed anew."""
    mine = read_before.for_reader(row.assessment.readings_before, found.reader_id)
    if not mine:
        return {}
    kept = (read_before.newest_about(mine, now) or mine[-1])["reading"]
    return {name: kept[name] for name in ("judgement", "argument")}


def _give(
    request: Request, found: SecondReading, form: ReadingForm, *, settles: bool
) -> HttpResponse | None:
    try:
        if settles:
            second.settle(found, actor=request.actor, **form.cleaned_data)
        else:
            second.read_second(found, actor=request.actor, **form.cleaned_data)
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return None
    except Conflict:
        form.add_error(None, _("Het antwoord veranderde intussen. Lees het na en besluit opnieuw."))
        return None
    messages.success(request, _("Bewaard."))
    return redirect("dossiers:criterion", found.dossier_id, found.criterion)


def _withdraw(request: Request, found: SecondReading, *, still_asked: bool) -> HttpResponse:
    pk, key = found.dossier_id, found.criterion
    where = ("dossiers:criterion", pk, key) if still_asked else ("dossiers:earlier", pk)
    try:
        second.withdraw_second_reader(found, actor=request.actor)
        messages.success(request, _("Ingetrokken."))
    except NotAllowedNow as reason:
        messages.error(request, str(reason))
    return redirect(*where)


@page("dossiers.ask")
def ask_outside(request: Request, pk: int) -> HttpResponse:
    """A question to a CLB or somebody else without an account."""
    dossier = reading.get_whole(request.actor, pk, to="dossiers.ask")
    known = {row.criterion.key: row for row in casework.asked_of(dossier)}
    about = known.get(request.GET.get("vraag", ""))
    form = OutsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outside.ask_outside(
            dossier,
            actor=request.actor,
            criterion=about.criterion.key if about else "",
            **form.cleaned_data,
        )
        messages.success(request, _("Je vraag is verstuurd. Het antwoord komt in dit dossier."))
        return redirect("dossiers:detail", pk)
    context: dict[str, Any] = {"dossier": dossier, "form": form, "about": about}
    return render(request, "dossiers/advice_ask.html", context)


@page("dossiers.ask")
def withdraw_outside(request: Request, pk: int, advice_pk: int) -> HttpResponse:
    """The link stops working, or no reminder goes."""
    row = queries.get_advice(request.actor, pk, advice_pk)
    if request.method == "POST" and request.POST.get("wat") == "stil":
        reminding.stop_for_school(row, actor=request.actor)
        messages.success(request, _("Er gaat geen herinnering."))
    elif request.method == "POST":
        outside.withdraw_outside(row, actor=request.actor)
        messages.success(request, _("De link werkt niet meer."))
    return redirect("dossiers:detail", pk)


@public("somebody without an account gives advice by a secret link")
def advice(request: Request, token: str) -> HttpResponse:
    """The question and a place for the answer; no word of the dossier."""
    row = queries.by_token(request.actor, token)
    if row is None or not row.link.usable:
        return render(request, "dossiers/link_over.html", {"typed": []}, status=404)
    if request.method == "POST" and request.POST.get("wat") == "stil":
        reminding.stop_for_guest(row, actor=guest(row.link.name))
        messages.success(request, _("Je krijgt geen herinnering. Antwoorden mag nog altijd."))
        return redirect("dossiers:advice", token)
    form = AdviceForm(request.POST or None, initial={"answer": row.answer})
    if request.method == "POST" and form.is_valid():
        actor = guest(row.link.name)
        outside.answer_outside(row, actor=actor, answer=form.cleaned_data["answer"])
        messages.success(request, _("Bedankt. De school leest je advies."))
        return redirect("dossiers:advice", token)
    return render(request, "dossiers/advice.html", {"row": row, "form": form})
