"""Parents, alumni and others who help: where, how many, and their own page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import guest
from partnerwijzer.access.gate import Request, allowed, page, public, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import arriving
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import ActivityState, Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.volunteers import actions, queries
from partnerwijzer.volunteers.forms import AnswerForm, AskForm, NoteForm, SeveralForm, SlotForm
from partnerwijzer.volunteers.models import Slot, Volunteer, Who
from partnerwijzer.volunteers.roles import role, roles


@page("volunteers.view")
def overview(request: Request, pk: int) -> HttpResponse:
    """Wie helpt er mee? Places at activities, and who was asked."""
    dossier = reading.get_dossier(request.actor, pk)
    content = casework.content(dossier)
    every = queries.activities(request.actor, dossier)
    slot_form = SlotForm(_sent(request, "plaats"), activities=every, roles=roles(content).values())
    ask_form = AskForm(_sent(request, "vraag"), auto_id="id_wie_%s")
    if request.method == "POST" and _act(request, dossier, slot_form, ask_form):
        return redirect("volunteers:overview", pk)
    note = queries.note_of(dossier.school)
    helpers = queries.helpers(request.actor, dossier, note)
    context = {
        "dossier": dossier,
        "note": note,
        "unread": sum(h.note == "unread" for h in helpers),
        "may_note": allowed(request.actor, "volunteers.note", dossier.school),
        "slots": [(s, role(content, s.role)) for s in queries.slots(request.actor, dossier)],
        "helpers": [(h, [(s.activity, role(content, s.role)) for s in h.slots]) for h in helpers],
        "slot_form": slot_form,
        "ask_form": ask_form,
        "has_activities": bool(every),
        "may_plan": allowed(request.actor, "volunteers.plan", dossier),
        "leads": allowed(request.actor, "volunteers.ask", dossier),
    }
    return render(request, "volunteers/overview.html", context)


@page("volunteers.note")
def note(request: Request, pk: int) -> HttpResponse:
    """Wat moet een vrijwilliger weten? The information note of a school."""
    school = organisations.get_school(request.actor, pk)
    if not allowed(request.actor, "volunteers.note", school):
        raise Http404
    row, conflict = queries.note_of(school), None
    form = NoteForm(request.POST or None, topics=queries.topics(request.actor), note=row)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.save_note(school, actor=request.actor, version=version, texts=form.texts())
        except Conflict as found:
            conflict = found.current
        else:
            messages.success(request, _("Bewaard. Wie helpt, leest dit op de eigen pagina."))
            return redirect("volunteers:note", pk)
    context = {
        "school": school,
        "note": row,
        "form": form,
        "conflict": conflict,
        "earlier": queries.earlier_notes(request.actor, school),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "volunteers/note.html", context, status=status)


@page("volunteers.ask")
def several(request: Request, pk: int) -> HttpResponse:
    """Wie vraag je? Many at once: first looked at, then asked, all of them or nobody."""
    dossier = reading.get_dossier(request.actor, pk)
    if not allowed(request.actor, "volunteers.ask", dossier):
        raise Http404
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SeveralForm(
        *data,
        known=queries.known(dossier, request.actor),
        too_large=arriving.was_refused(request),
        initial={"who": "parent"},
    )
    looked_at = request.method == "POST" and form.is_valid()
    if looked_at and "stuur" in request.POST and _ask_all(request, dossier, form):
        return redirect("volunteers:overview", pk)
    found = form.found if looked_at else []
    context = {
        "dossier": dossier,
        "form": form,
        "looked_at": looked_at,
        "people": [(one, Who(one.who).label) for one in found],
        "many": sum(one.asked for one in found),
        "unread": ", ".join(form.unread) if looked_at else "",
    }
    return render(request, "volunteers/several.html", context, status=422 if form.errors else 200)


several.lists_of_people = {"people"}  # type: ignore[attr-defined]  # who may be asked to help


def _ask_all(request: Request, dossier: Dossier, form: SeveralForm) -> bool:
    try:
        many = actions.ask_several(dossier, actor=request.actor, people=form.found)
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return False
    text = ngettext("De mail vertrekt naar {n} mens.", "De mails vertrekken naar {n} mensen.", many)
    messages.success(request, text.format(n=many))
    return True


def _sent(request: Request, part: str) -> Any:
    return request.POST if request.POST.get("deel") == part else None


def _act(request: Request, dossier: Dossier, slot_form: SlotForm, ask_form: AskForm) -> bool:
    part, key = request.POST.get("deel"), request.POST.get("rij", "")
    if part == "plaats":
        require(request.actor, "volunteers.plan", dossier)
        return slot_form.is_valid() and _want(request, dossier, slot_form)
    if part == "vraag":
        require(request.actor, "volunteers.ask", dossier)
        if not ask_form.is_valid():
            return False
        actions.ask(dossier, actor=request.actor, **ask_form.cleaned_data)
        messages.success(request, _("De mail vertrekt. Je ziet hier wat de persoon kiest."))
        return True
    if not key.isdecimal():
        raise Http404
    if part == "weg":
        slot = queries.get_slot(request.actor, dossier.pk, int(key))
        actions.want_no_more(slot, actor=request.actor)
    elif part == "wis":
        found = queries.get_volunteer(request.actor, dossier.pk, int(key))
        actions.forget(found, actor=request.actor)
    else:
        raise Http404
    messages.success(request, _("Bewaard."))
    return True


def _want(request: Request, dossier: Dossier, form: SlotForm) -> bool:
    try:
        actions.want(dossier, actor=request.actor, **form.cleaned_data)
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, _("Bewaard."))
    return True


@public("a volunteer chooses and withdraws by a secret link")
def own_page(request: Request, token: str) -> HttpResponse:
    """Kom je helpen? What is asked, what is kept, and how to have it wiped."""
    row = queries.by_token(request.actor, token)
    if row is None or not row.link.usable:
        return _over(request, row, token)
    content = casework.content(row.dossier)
    form = AnswerForm(
        _sent(request, "kies"),
        choices=queries.open_slots(row, request.actor),
        words=lambda slot: _words(slot, role(content, slot.role).label),
        initial={
            "slots": [o.slot_id for o in row.offers.all()],
            "consent": row.consent_on is not None,
        },
    )
    if request.method == "POST" and _answered(request, row, form):
        return redirect("volunteers:own_page", token)
    chosen = list(roles(content).values())
    note = queries.note_of(row.dossier.school)
    context = {
        "note": note,
        "must_read": note is not None and row.note_number != note.number,
        "volunteer": row,
        "dossier": row.dossier,
        "form": form,
        "token": token,
        "past": [
            _words(s, role(content, s.role).label)
            for s in queries.chosen_before(row, request.actor)
        ],
        "kept_days": actions.KEPT_AFTER_CLOSING,
        "tips": [r for r in chosen if r.key in {s.role for s in row.slots.all()} and r.watch_out],
    }
    return render(request, "volunteers/own.html", context)


def _over(request: Request, row: Volunteer | None, token: str) -> HttpResponse:
    """After the time to choose one can still have everything wiped."""
    can_be_wiped = row is not None and row.can_be_wiped
    if row and can_be_wiped and request.POST.get("deel") == "wis":
        actions.withdraw(row, actor=guest(""))
        return redirect("volunteers:own_page", token)
    context = {"wiped": row is not None and row.wiped_on, "can_be_wiped": can_be_wiped}
    status = 200 if can_be_wiped else 404
    return render(request, "volunteers/over.html", context, status=status)


def _words(slot: Slot, label: str) -> str:
    """A place in words: when, what, where."""
    activity = slot.activity
    when = f"{date_format(activity.on, 'l j F')}, {time_format(activity.starts)}"
    off = _("gaat niet door") if activity.state == ActivityState.CANCELLED else ""
    return " · ".join(filter(None, (when, label, activity.title, activity.place, off)))


def _answered(request: Request, row: Volunteer, form: AnswerForm) -> bool:
    who = guest("")
    if request.POST.get("deel") == "wis":
        actions.withdraw(row, actor=who)
        return True
    if request.POST.get("deel") == "gelezen":
        _read(request, row)
        return True
    if not form.is_valid():
        return False
    try:
        actions.answer(row, actor=who, slots=list(form.cleaned_data["slots"]))
    except NotAllowedNow as reason:
        form.add_error("slots", str(reason))
        return False
    messages.success(request, _("Bedankt! De school weet dat je komt helpen."))
    return True


def _read(request: Request, row: Volunteer) -> None:
    sent = request.POST.get("nummer", "")
    number = int(sent) if sent.isdecimal() else 0
    try:
        if row.note_number != number:  # the day of the first time stays
            actions.read_note(row, actor=guest(""), number=number)
    except NotAllowedNow as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, _("Bedankt. De school weet dat je dit las."))


@public("notes that the volunteer opened the page; the link is the key")
def opened(request: Request, token: str) -> HttpResponse:
    """A small POST from the page itself: mail scanners only ask for the page."""
    row = queries.by_token(request.actor, token)
    if request.method == "POST" and row and row.link.usable:
        actions.note_opened(row, actor=guest(""))
    return HttpResponse(status=204)
