"""What a school stands for: its profile and priorities."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit import log
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.organisations import actions, forms, queries
from partnerwijzer.organisations.models import School, SchoolProfile

EDIT = "organisations.profile"


@page("organisations.view")
def school(request: Request) -> HttpResponse:
    """The school that is being worked for; without one, the list of schools."""
    mine = queries.my_school(request.actor)
    if mine is None:
        return redirect("organisations:schools")
    return _show(request, mine)


@page("organisations.view")
def school_detail(request: Request, pk: int) -> HttpResponse:
    return _show(request, queries.get_school(request.actor, pk))


def _show(request: Request, school: School, form: forms.PriorityForm | None = None) -> HttpResponse:
    actor = request.actor
    profile = queries.profile_of(school)
    sees_people = allowed(actor, "organisations.people", school)
    keeps = allowed(actor, "organisations.keep", school)
    context = {
        "school": school,
        "profile": profile,
        **_labels(profile),
        "priorities": queries.priorities(school),
        "priority_form": form or forms.PriorityForm(auto_id="prioriteit_%s"),
        "campuses": list(school.campuses.filter(gone_since=None).order_by("-is_main", "number")),
        "assignments": queries.assignments(school),
        "may_edit": allowed(actor, EDIT, school),
        "sees_people": sees_people,
        "keeps": keeps,
        "nobody": keeps and not queries.active(school).exists(),
        "adviser_form": forms.AdviserForm(queries.advisers_to_choose(actor, school))
        if keeps
        else None,
        "entries": log.history(school, limit=8) if sees_people else [],
    }
    status = 422 if form else 200
    return render(request, "organisations/school.html", context, status=status)


def _labels(profile: SchoolProfile) -> dict[str, list[str]]:
    return {
        "themes": vocabulary.labels("themes", profile.themes),
        "levels": vocabulary.labels("education_levels", profile.levels),
    }


@page(EDIT)
def edit_profile(request: Request, pk: int) -> HttpResponse:
    """The project, themes and levels. Who saves last sees what somebody else saved before."""
    school = queries.get_school(request.actor, pk)
    require(request.actor, EDIT, school)
    context: dict[str, Any] = {"school": school}
    form = context["form"] = forms.ProfileForm(queries.profile_of(school), request.POST or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "organisations/profile_form.html", context, status=status)
    try:
        actions.save_profile(school, actor=request.actor, **form.cleaned_data)
    except Conflict as conflict:
        return _show_both(request, school, form, conflict.current)
    messages.success(request, _("Het profiel van {school} is bewaard.").format(school=school))
    return _back(request, school)


def _show_both(
    request: Request, school: School, form: forms.ProfileForm, now: SchoolProfile
) -> HttpResponse:
    """What was typed stays in the form; sending it again replaces what somebody else saved."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(now.version)  # type: ignore[index]
    context = {"school": school, "form": form, "now": now, **_labels(now)}
    context["last"] = next(iter(log.history(school, limit=1)), None)
    return render(request, "organisations/profile_form.html", context, status=409)


@page(EDIT)
def add_priority(request: Request, pk: int) -> HttpResponse:
    school = queries.get_school(request.actor, pk)
    require(request.actor, EDIT, school)
    form = forms.PriorityForm(request.POST or None, auto_id="prioriteit_%s")
    if form.is_valid():
        try:
            actions.add_priority(school, actor=request.actor, text=form.cleaned_data["text"])
        except actions.Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("De prioriteit staat erbij."))
            return _back(request, school)
    return _show(request, school, form)


@page(EDIT)
def edit_priority(request: Request, pk: int) -> HttpResponse:
    priority = queries.get_priority(request.actor, pk)
    require(request.actor, EDIT, priority)
    context: dict[str, Any] = {"priority": priority, "school": priority.school}
    form = context["form"] = forms.ChangePriorityForm(
        request.POST or None, initial={"text": priority.text, "version": priority.version}
    )
    if form.is_valid():
        try:
            actions.change_priority(priority, actor=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["version"] = str(conflict.current.version)  # type: ignore[index]
            context["now"] = conflict.current
            return render(request, "organisations/priority_form.html", context, status=409)
        messages.success(request, _("De prioriteit is bewaard."))
        return _back(request, priority.school)
    return render(request, "organisations/priority_form.html", context)


@page(EDIT)
def remove_priority(request: Request, pk: int) -> HttpResponse:
    priority = queries.get_priority(request.actor, pk)
    require(request.actor, EDIT, priority)
    if request.method == "POST":
        actions.remove_priority(priority, actor=request.actor)
        messages.success(request, _("De prioriteit is weg."))
        return _back(request, priority.school)
    context = {
        "title": _("Haal je deze prioriteit weg?"),
        "quote": priority.text,
        "button": _("Haal weg"),
        "back": address(request, priority.school),
    }
    return render(request, "organisations/confirm.html", context)


@page(EDIT)
def move_priority(request: Request, pk: int) -> HttpResponse:
    priority = queries.get_priority(request.actor, pk)
    if request.method == "POST":
        actions.move_priority(priority, actor=request.actor, up=request.POST.get("naar") == "boven")
    return _back(request, priority.school)


def _back(request: Request, school: School) -> HttpResponse:
    return redirect(address(request, school))


def address(request: Request, school: School) -> str:
    """Where this person sees this school: as the own school, or as one of a list."""
    if school.pk == request.actor.school_id:
        return reverse("organisations:school")
    return reverse("organisations:school_detail", args=[school.pk])
