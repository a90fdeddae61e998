"""The schools of a board, an adviser or an umbrella; making one; assigning advisers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.organisations import actions, forms, queries

KEEP = "organisations.keep"
PER_PAGE = 25


@page("organisations.view")
def schools(request: Request) -> HttpResponse:
    """Search and page through the schools that this person has to do with."""
    text = request.GET.get("zoek", "").strip()[:200]
    mine_only = request.GET.get("alle", "") == ""
    found = queries.schools(request.actor, text, mine_only=mine_only)
    context = {
        "text": text,
        "mine_only": mine_only,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("pagina")),
        "keeps": allowed(request.actor, KEEP),
    }
    part = "#rows" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"organisations/schools.html{part}", context)


@page(KEEP)
def new_school(request: Request) -> HttpResponse:
    """A school that is not in the official list, or before that list is there."""
    form = forms.SchoolForm(queries.my_umbrellas(request.actor), request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            school = actions.create_school(
                data["umbrella"],
                actor=request.actor,
                name=data["name"],
                kind=data["kind"],
                board=data["board"],
                details=form.details(),
            )
        except actions.Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            text = _("{school} staat erbij. Nodig nu iemand van de directie uit.")
            messages.success(request, text.format(school=school))
            return redirect("organisations:school_detail", pk=school.pk)
    context = {"form": form, "boards": queries.boards_of(request.actor)}
    return render(
        request, "organisations/school_form.html", context, status=422 if form.errors else 200
    )


@page(KEEP)
def assign_adviser(request: Request, pk: int) -> HttpResponse:
    school = queries.get_school(request.actor, pk)
    require(request.actor, KEEP, school)
    form = forms.AdviserForm(
        queries.advisers_to_choose(request.actor, school), request.POST or None
    )
    if form.is_valid():
        adviser = form.cleaned_data["adviser"]
        try:
            actions.assign_adviser(school, actor=request.actor, adviser=adviser)
        except actions.Refused as refused:
            messages.error(request, str(refused))
        else:
            text = _("{name} is nu het anker van {school}.")
            messages.success(request, text.format(name=adviser.name, school=school))
    elif request.method == "POST":
        messages.error(request, _("Kies eerst iemand."))
    return redirect("organisations:school_detail", pk=school.pk)


@page(KEEP)
def end_assignment(request: Request, pk: int) -> HttpResponse:
    """Asks once more, then ends the work of an adviser for a school."""
    assignment = queries.get_assignment(request.actor, pk)
    require(request.actor, KEEP, assignment)
    school, name = assignment.school, assignment.adviser.name
    if request.method == "POST":
        try:
            actions.end_assignment(assignment, actor=request.actor)
            text = _("{name} is geen anker van {school} meer.")
            messages.success(request, text.format(name=name, school=school))
        except actions.Refused as refused:
            messages.error(request, str(refused))
        return redirect("organisations:school_detail", pk=school.pk)
    context = {
        "title": _("Stopt {name} als anker?").format(name=name),
        "lead": _("{name} ziet dan niets meer van {school}.").format(name=name, school=school),
        "button": _("Beëindig deze opdracht"),
        "back": reverse("organisations:school_detail", args=[school.pk]),
    }
    return render(request, "organisations/confirm.html", context)
