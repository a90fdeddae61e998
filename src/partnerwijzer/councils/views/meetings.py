"""A meeting: its agenda with everything on it, on paper too, and what was said."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.councils import actions, agenda, agenda_paper, forms, queries
from partnerwijzer.councils.models import AgendaPoint, CouncilMeeting
from partnerwijzer.councils.views.saving import attempt, without_version
from partnerwijzer.documents import delivery, letterhead

MANAGE = "councils.manage"


@page("councils.read")
def meeting(request: Request, pk: int) -> HttpResponse:
    """Wat bespreekt de raad? Staff and members see the same page; members only what is shown."""
    found = queries.get_meeting(request.actor, pk)
    may = allowed(request.actor, MANAGE, found)
    form = forms.PointForm(request.POST or None, auto_id="id_punt_%s")
    if request.method == "POST":
        require(request.actor, MANAGE, found)
        if attempt(form, lambda d: _add(request, found, d))[0]:
            messages.success(request, _("Het punt staat op de agenda."))
            return redirect("councils:meeting", pk)
    today = timezone.localdate()
    context = {
        "meeting": found,
        "lines": agenda.lines(request.actor, found),
        "points": list(found.points.all()),
        "point_form": form,
        "may_manage": may,
        "over": found.on < today,
        "agenda_late": bool(found.agenda_by and found.agenda_by < today),
    }
    return render(request, "councils/meeting.html", context)


def _add(request: Request, found: CouncilMeeting, data: dict[str, Any]) -> None:
    actions.add_point(found, actor=request.actor, **without_version(data))


@page("councils.read")
def paper(request: Request, pk: int, kind: str) -> HttpResponse:
    """The agenda, and after the meeting the report, as PDF or DOCX: as this reader may see it."""
    found = queries.get_meeting(request.actor, pk)
    lines = agenda.lines(request.actor, found)
    written = agenda_paper.paper_of(found, list(found.points.all()), lines)
    made = letterhead.made(written, kind, school_id=found.body.school_id)
    if made is None:
        raise Http404
    return delivery.made(made, name=written.title, kind=kind)


@page(MANAGE)
def edit(request: Request, pk: int = 0, body_pk: int = 0) -> HttpResponse:
    """Plans a meeting or changes one; afterwards the report."""
    found = queries.get_meeting(request.actor, pk, to=MANAGE) if pk else None
    body = found.body if found else queries.get_body(request.actor, body_pk, to=MANAGE)
    again = queries.get_meeting(request.actor, pk) if pk else None
    form = forms.MeetingForm(request.POST or None, instance=again)
    made: list[CouncilMeeting] = []

    def act(data: dict[str, Any]) -> None:
        facts, actor = without_version(data), request.actor
        if found is None:
            made.append(actions.plan_meeting(body, actor=actor, facts=facts))
        else:
            version = data["version"] or 0
            made.append(actions.edit_meeting(found, actor=actor, version=version, facts=facts))

    conflict = None
    if request.method == "POST":
        saved, conflict = attempt(form, act)
        if saved:
            messages.success(request, _("Bewaard."))
            return redirect("councils:meeting", made[0].pk)
    context = {"body": body, "meeting": found, "form": form, "conflict": conflict}
    context["over"] = bool(found and found.on <= timezone.localdate())
    return render(request, "councils/meeting_edit.html", context)


@page(MANAGE)
def cancel(request: Request, pk: int) -> HttpResponse:
    """Asks why before a meeting is cancelled."""
    found = queries.get_meeting(request.actor, pk, to=MANAGE)
    form = forms.CancelForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda d: actions.cancel_meeting(found, actor=request.actor, **d)
    ) == (True, None):
        messages.success(request, _("De vergadering gaat niet door."))
        return redirect("councils:meeting", pk)
    return render(request, "councils/meeting_cancel.html", {"meeting": found, "form": form})


@page(MANAGE)
def point(request: Request, pk: int) -> HttpResponse:
    """A point that belongs to no dossier: changes it, writes what was said, or takes it away."""
    found = queries.get_point(request.actor, pk)
    require(request.actor, MANAGE, found)
    if request.POST.get("wat") == "weg":
        return _remove(request, found)
    form = forms.PointForm(request.POST or None, instance=queries.get_point(request.actor, pk))
    conflict = None
    if request.method == "POST":
        saved, conflict = attempt(form, lambda d: _edit(request, found, d))
        if saved:
            messages.success(request, _("Bewaard."))
            return redirect("councils:meeting", found.meeting_id)
    context = {"point": found, "meeting": found.meeting, "form": form, "conflict": conflict}
    return render(request, "councils/point.html", context)


def _edit(request: Request, found: AgendaPoint, data: dict[str, Any]) -> None:
    version = data["version"] or 0
    actions.edit_point(found, actor=request.actor, version=version, **without_version(data))


def _remove(request: Request, found: AgendaPoint) -> HttpResponse:
    try:
        actions.remove_point(found, actor=request.actor)
        messages.success(request, _("Het punt is van de agenda."))
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("councils:point", found.pk)
    return redirect("councils:meeting", found.meeting_id)
