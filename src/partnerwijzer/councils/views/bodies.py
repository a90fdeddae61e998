"""Which bodies have a say in the school, their rules and who sits in them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.audit import log
from partnerwijzer.councils import actions, forms, kinds, queries, terms
from partnerwijzer.councils.models import CouncilBody
from partnerwijzer.councils.views.saving import attempt, without_version

MANAGE = "councils.manage"


@page("councils.view")
def bodies(request: Request) -> HttpResponse:
    """Wie praat mee in onze school? The bodies of the school that is worked for now."""
    school = queries.get_school(request.actor, request.actor.school_id)
    context = {
        "school": school,
        "bodies": list(queries.bodies(request.actor, school)),
        "ended": list(queries.bodies(request.actor, school, ended=True)),
        "may_manage": allowed(request.actor, MANAGE, school),
        "coming": queries.coming(request.actor, timezone.localdate(), school=school.pk),
    }
    return render(request, "councils/bodies.html", context)


@page(MANAGE)
def make(request: Request) -> HttpResponse:
    """A body that the school has."""
    school = queries.get_school(request.actor, request.actor.school_id)
    require(request.actor, MANAGE, school)
    form = forms.BodyForm(request.POST or None, school=school)
    made: list[CouncilBody] = []

    def act(data: dict[str, Any]) -> None:
        made.append(actions.make_body(school, actor=request.actor, **data))

    if request.method == "POST" and attempt(form, act)[0]:
        messages.success(request, _("De raad staat erbij. Vul nu in wat het reglement zegt."))
        return redirect("councils:rules", made[0].pk)
    return render(request, "councils/make.html", {"form": form})


@page("councils.view")
def body(request: Request, pk: int) -> HttpResponse:
    """One body: who sits in it, what its rules say, when it meets, what it advised."""
    found = queries.get_body(request.actor, pk)
    may = allowed(request.actor, MANAGE, found)
    sent = request.POST.get("deel", "") if request.method == "POST" else ""
    member = forms.MemberForm(
        request.POST if sent == "lid" else None, body=found, auto_id="id_lid_%s"
    )
    name = forms.NameForm(
        request.POST if sent == "naam" else None,
        instance=queries.get_body(request.actor, pk),
        initial={"version": found.version},
        auto_id="id_naam_%s",
    )
    conflict = None
    if sent:
        saved, conflict = _save(request, found, sent, member, name)
        if saved:
            messages.success(request, _("Bewaard."))
            return redirect("councils:body", pk)
    context = {"member_form": member, "name_form": name, "conflict": conflict, "may_manage": may}
    return render(request, "councils/body.html", {**_about(request, found), **context})


def _save(
    request: Request,
    found: CouncilBody,
    part: str,
    member: forms.MemberForm,
    name: forms.NameForm,
) -> tuple[bool, Any]:
    require(request.actor, MANAGE, found)
    if part == "lid":
        return attempt(member, lambda d: actions.add_member(found, actor=request.actor, **d))
    if part == "naam":
        return attempt(name, lambda d: actions.save_body(found, actor=request.actor, **d))
    raise Http404


def _about(request: Request, found: CouncilBody) -> dict[str, Any]:
    groups = queries.groups(found)
    pauses = dict(forms.pause_choices())
    today = timezone.localdate()
    return {
        "body": found,
        "kind": kinds.kind_of(found),
        "groups": groups,
        "unequal": queries.unequal(found, groups),
        "missing": get_text_list(
            [str(section.label) for section in queries.missing(found, groups)], _("en")
        ),
        "pauses": [pauses[key] for key in found.pauses if key in pauses],
        "meetings": queries.planned(found, today),
        "past": list(queries.meetings(request.actor, body=found).filter(on__lt=today))[-5:][::-1],
        "advices": [
            (advice, None if advice.answered_on else queries.answer_by(advice))
            for advice in queries.advices(request.actor, found)[:20]
        ],
        "entries": log.history(found, limit=6),
        "rules_read": kinds.has_read_rules(found, found.school),
        "consult_days": kinds.days_of(found, terms.CONSULTATION),
        "answer_days": kinds.days_of(found, terms.ANSWER),
    }


@page(MANAGE)
def rules(request: Request, pk: int) -> HttpResponse:
    """What the body's own rules say about its clocks, agenda and quorum."""
    found = queries.get_body(request.actor, pk, to=MANAGE)
    form = forms.RulesForm(request.POST or None, instance=queries.get_body(request.actor, pk))
    conflict = None
    if request.method == "POST":
        saved, conflict = attempt(form, lambda d: _save_rules(request, found, d))
        if saved:
            messages.success(request, _("Bewaard. De termijnen rekenen hier voortaan mee."))
            return redirect("councils:body", pk)
    context = {"body": found, "form": form, "conflict": conflict, "kind": kinds.kind_of(found)}
    return render(request, "councils/rules.html", context)


def _save_rules(request: Request, found: CouncilBody, data: dict[str, Any]) -> None:
    facts = without_version(data)
    actions.save_rules(found, actor=request.actor, version=data["version"], facts=facts)


@page(MANAGE)
def end(request: Request, pk: int) -> HttpResponse:
    """Asks before a body is ended."""
    found = queries.get_body(request.actor, pk, to=MANAGE)
    if request.method == "POST":
        try:
            actions.end_body(found, actor=request.actor)
            messages.success(request, _("De raad is beëindigd. Wat er lag, blijft te lezen."))
        except actions.Refused as refused:
            messages.error(request, str(refused))
        return redirect("councils:bodies")
    context = {
        "title": _("Bestaat {name} niet meer?").format(name=found.name),
        "text": _("Nieuwe punten gaan er niet meer naartoe. Wat er al lag, blijft te lezen."),
        "button": _("Beëindig deze raad"),
        "back": reverse("councils:body", args=[pk]),
    }
    return render(request, "ui/confirm.html", context)


@page(MANAGE)
def member(request: Request, pk: int) -> HttpResponse:
    """Ends a mandate, or takes away a seat that was a mistake."""
    found = queries.get_member(request.actor, pk)
    require(request.actor, MANAGE, found)
    form = forms.EndForm(
        request.POST if request.POST.get("wat") == "beeindig" else None,
        initial={"until": found.until or timezone.localdate()},
    )
    if request.method == "POST":
        if request.POST.get("wat") == "weg":
            actions.remove_member(found, actor=request.actor)
            messages.success(request, _("De plaats is weg."))
            return redirect("councils:body", found.body_id)
        if attempt(form, lambda d: actions.end_mandate(found, actor=request.actor, **d))[0]:
            messages.success(request, _("Het mandaat heeft een laatste dag."))
            return redirect("councils:body", found.body_id)
    section = kinds.section_name(found.section)
    context = {"member": found, "body": found.body, "form": form, "section": section}
    return render(request, "councils/member.html", context)
