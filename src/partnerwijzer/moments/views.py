"""'De dag zelf': everything of one moment with the partner, and each thing one does with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import delivery, letterhead
from partnerwijzer.dossiers import beside, clashing
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Activity, ActivityState
from partnerwijzer.dossiers.models.talking import MOMENT
from partnerwijzer.dossiers.moment_fields import ReasonForm, TellForm
from partnerwijzer.dossiers.queries import partnermails, reading
from partnerwijzer.moments import actions, pack_paper, queries
from partnerwijzer.moments.forms import (
    AttendanceForm,
    IncidentForm,
    MoveForm,
    PackForm,
    ReplaceForm,
    RulesForm,
    SendForm,
    WhenForm,
)
from partnerwijzer.moments.models import Replacement


def _back(activity: Activity) -> HttpResponse:
    return redirect("moments:day", activity.dossier_id, activity.pk)


def _show(request: Request, name: str, activity: Activity, form: Any, **more: Any) -> HttpResponse:
    context = {
        "activity": activity,
        "dossier": activity.dossier,
        "form": form,
        "when": actions.when(activity),
        "over": activity.on < timezone.localdate(),
        "call": queries.to_call(activity),
        **more,
    }
    return render(request, f"moments/{name}.html", context, status=422 if form.errors else 200)


@page("moments.view")
def day(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Is alles klaar? Before the day, on it and after it: what is there and what is next."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    today = timezone.localdate()
    context = {
        "activity": activity,
        "dossier": activity.dossier,
        "part": f"{MOMENT}{activity.pk}",
        "when": actions.when(activity),
        "over": activity.on < today,
        "arrived": activity.on <= today,
        "off": activity.state == ActivityState.CANCELLED,
        "sheet": queries.sheet(activity),
        "partners": partnermails.coming(activity),
        "remarks": beside.remarks_at(request.actor, activity),
        "pack": queries.pack(activity),
        "attendance": queries.attendance(activity),
        "replacements": queries.replacements(activity),
        "shifts": queries.shifts(activity),
        "incidents": queries.incidents(request.actor, activity),
    }
    return render(request, "moments/day.html", context)


@page("moments.plan")
def replace(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Wie neemt over? In one step."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    substitutes = queries.substitutes(activity)
    form = ReplaceForm(
        request.POST or None,
        mails=partnermails.partner_mails(activity),
        activity=activity,
        substitutes=substitutes,
        me=request.actor.user_id,
    )
    if request.method == "POST" and form.is_valid():
        try:
            row, told = actions.replace_teacher(activity, actor=request.actor, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error("substitute", str(reason))
        else:
            _say_replaced(request, row, told, substitutes)
            return _back(activity)
    return _show(
        request, "replace", activity, form,
        anybody=bool(substitutes), nobody_free=all(one.busy for one in substitutes),
    )  # fmt: skip


def _say_replaced(
    request: Request, row: Replacement, told: list[str], substitutes: list[queries.Substitute]
) -> None:
    name = row.substitute.name
    text = _("{name} blijft bij de groep en kreeg een mail.")
    if row.substitute_id == request.actor.user_id:
        text = _("Jij blijft bij de groep.")
    _say_told(request, text.format(name=name), told)
    busy = next((one.busy for one in substitutes if one.user.pk == row.substitute_id), "")
    if busy:
        also = _("{name} staat dan ook bij ‘{title}’. Laat ook daar iemand overnemen.")
        messages.warning(request, also.format(name=name, title=busy))


@page("moments.plan")
def move(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Naar welke dag? Tells of clashes while one types (GET, by htmx)."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    if request.htmx and request.method == "GET":
        return render(request, "moments/move.html#clash", {"clashes": _clashes(request, activity)})
    initial = {name: getattr(activity, name) for name in ("version", "on", "starts", "ends")}
    mails = partnermails.partner_mails(activity)
    form, conflict = MoveForm(request.POST or None, initial=initial, mails=mails), None
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.move(activity, actor=request.actor, **form.cleaned_data)
        except Conflict as there:
            conflict = there.current
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            _say_told(request, _moved_in_words(activity, row.activity), row.told)
            for words in clashing.warnings(
                activity.dossier, WhenForm(request.POST).wanted(activity)
            ):
                messages.warning(request, words)
            return _back(activity)
    clashes = _clashes(request, activity) if form.is_bound else []
    return _show(request, "move", activity, form, conflict=conflict, clashes=clashes)


def _moved_in_words(was: Activity, now: Activity) -> str:
    if max(was.on, now.on) < timezone.localdate():
        return _("Verbeterd. De dag is voorbij. Niemand kreeg mail.")
    return _("Verplaatst. Bevestig het opnieuw als iedereen kan.")


def _clashes(request: Request, activity: Activity) -> list[str]:
    """What else there is on the day that is typed."""
    typed = WhenForm(request.POST if request.method == "POST" else request.GET)
    return clashing.warnings(activity.dossier, typed.wanted(activity))


def _say_told(request: Request, text: str, told: list[str]) -> None:
    mailed = _(" Mail vertrok naar: {names}.").format(names=", ".join(told)) if told else ""
    messages.success(request, text + mailed)


@page("moments.plan")
def call_off(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Gaat dit niet door?"""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    form = ReasonForm(request.POST or None, mails=partnermails.partner_mails(activity))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.call_off(activity, actor=request.actor, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            text = _("De activiteit gaat niet door. Je kunt ze nog terugzetten.")
            _say_told(request, text, row.told)
            return _back(activity)
    return _show(request, "call_off", activity, form)


@page("moments.plan")
def restore(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Gaat dit toch door?"""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    form = TellForm(request.POST or None, mails=partnermails.partner_mails(activity))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.restore(activity, actor=request.actor, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            text = _("De activiteit staat weer op de planning. Bevestig ze als iedereen kan.")
            if activity.on < timezone.localdate():
                text = _("De activiteit telt weer mee. De dag is voorbij. Niemand kreeg mail.")
            _say_told(request, text, row.told)
            return _back(activity)
    return _show(request, "restore", activity, form)


@page("moments.plan")
def attendance(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Wie was er echt bij?"""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    row = queries.attendance(activity)
    staff = reading.colleagues(request.actor, activity.dossier)
    form = AttendanceForm(request.POST or None, staff=staff, initial=_was_there(activity, row))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_attendance(activity, actor=request.actor, **form.cleaned_data)
        except Conflict as there:
            conflict = there.current
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Bewaard."))
            return _back(activity)
    return _show(request, "attendance", activity, form, conflict=conflict)


def _was_there(activity: Activity, row: Any) -> dict[str, Any]:
    """What was noted; before that, who was planned."""
    if row is None:
        pupils = sum(group.pupils for group in activity.groups.all())
        return {"teachers": list(activity.teachers.all()), "pupils": pupils or None}
    kept = {name: getattr(row, name) for name in ("version", "came", "pupils", "note")}
    return {**kept, "teachers": list(row.teachers.all())}


@page("moments.plan")
def pack(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Wat moet de partner weten?"""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    row = queries.pack(activity)
    initial = {"version": row.version} if row else {}
    form, conflict = PackForm(request.POST or None, instance=row, initial=initial), None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.pop("version")
        try:
            actions.save_pack(
                activity, actor=request.actor, version=version, facts=form.cleaned_data
            )
        except Conflict as there:
            conflict = there.current
        else:
            messages.success(request, _("Bewaard."))
            return redirect("moments:pack", pk, activity_pk)
    more = {
        "pack": queries.pack(activity),
        "rules": queries.house_rules(activity.dossier.school),
        "send_form": SendForm(mails=partnermails.partner_mails(activity)),
        "may_rule": allowed(request.actor, "moments.rules", activity.dossier.school),
    }
    return _show(request, "pack", activity, form, conflict=conflict, **more)


@page("moments.plan")
def send_pack(request: Request, pk: int, activity_pk: int) -> HttpResponse:
    """Mails the pack to the partner."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    form = SendForm(request.POST or None, mails=partnermails.partner_mails(activity))
    if request.method != "POST":
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Vul een geldig e-mailadres in."))
        return redirect("moments:pack", pk, activity_pk)
    try:
        actions.send_pack(activity, actor=request.actor, **form.cleaned_data)
        text = _("De infofiche vertrekt naar {email}.")
        messages.success(request, text.format(email=", ".join(form.cleaned_data["email"])))
    except NotAllowedNow as reason:
        messages.error(request, str(reason))
    return redirect("moments:pack", pk, activity_pk)


@page("moments.view")
def pack_file(request: Request, pk: int, activity_pk: int, kind: str) -> HttpResponse:
    """The pack as PDF or Word."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    row = queries.pack(activity)
    if row is None:
        raise Http404
    paper = pack_paper.of(activity, row)
    made = letterhead.made(paper, kind, school_id=activity.dossier.school_id)
    if made is None:
        raise Http404
    return delivery.made(made, name=_("Infofiche ") + activity.title, kind=kind)


@page("moments.incident")
def incident(request: Request, pk: int, activity_pk: int, incident_pk: int = 0) -> HttpResponse:
    """Wat is er gebeurd? Read by who leads the school and who wrote it."""
    activity = queries.get_activity(request.actor, pk, activity_pk)
    row = queries.get_incident(request.actor, activity, incident_pk) if incident_pk else None
    initial = _told(row) if row else {}
    form, conflict = IncidentForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            _keep_incident(request, activity, row, form.cleaned_data)
        except Conflict as there:
            conflict = there.current
        except NotAllowedNow as reason:
            form.add_error("done", str(reason))
        else:
            messages.success(request, _("Bewaard. Alleen jij en wie de school leidt, lezen dit."))
            return _back(activity)
    return _show(request, "incident", activity, form, incident=row, conflict=conflict)


def _told(row: Any) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in ("version", "happened", "done")}
    return {**kept, "close": row.closed_at is not None}


def _keep_incident(request: Request, activity: Activity, row: Any, given: dict[str, Any]) -> None:
    version = given["version"] or 0
    happened, done = given["happened"], given["done"]
    if row is None:
        row = actions.write_incident(activity, actor=request.actor, happened=happened, done=done)
        version = row.version
        if not given["close"]:
            return
    actions.change_incident(
        row, actor=request.actor, version=version, happened=happened, done=done,
        close=given["close"],
    )  # fmt: skip


@page("moments.rules")
def house_rules(request: Request) -> HttpResponse:
    """Wat geldt voor elke gast?"""
    actor = request.actor
    school = reading.get_school(actor, actor.school_id)
    if not allowed(actor, "moments.rules", school):
        raise Http404
    row = queries.house_rules(school)
    initial = {"version": row.version} if row else {}
    form, conflict = RulesForm(request.POST or None, instance=row, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_house_rules(school, actor=actor, **form.cleaned_data)
        except Conflict as there:
            conflict = there.current
        else:
            messages.success(request, _("Bewaard. Ze gaan mee met elke infofiche."))
            return redirect("moments:house_rules")
    context = {"form": form, "conflict": conflict}
    return render(request, "moments/rules.html", context, status=422 if form.errors else 200)
