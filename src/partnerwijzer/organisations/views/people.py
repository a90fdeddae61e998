"""Who works where: members, invitations, roles."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.audit import log
from partnerwijzer.organisations import actions, forms, queries
from partnerwijzer.organisations.models import Membership
from partnerwijzer.organisations.queries import Place

SEE, MANAGE = "organisations.people", "organisations.manage"


@page(SEE)
def people(request: Request) -> HttpResponse:
    """The place that this person looks after: the school that is worked for first."""
    places = queries.places(request.actor)
    if not places:
        raise Http404
    return _show(request, places[0])


@page(SEE)
def people_of(request: Request, kind: str, pk: int) -> HttpResponse:
    place = queries.get_place(request.actor, kind, pk)
    require(request.actor, SEE, place)
    return _show(request, place)


def _show(request: Request, place: Place) -> HttpResponse:
    places = [(p, address(p)) for p in queries.places(request.actor)]
    context = {
        "place": place,
        "kind": queries.kind_of(place),
        "places": places,
        "people": queries.people(place),
        "invitations": queries.invitations(place),
        "may_manage": allowed(request.actor, MANAGE, place),
        "entries": log.history(place, limit=8),
    }
    return render(request, "organisations/people.html", context)


@page(MANAGE)
def invite(request: Request, kind: str, pk: int) -> HttpResponse:
    """Name, address and role of somebody who gets a link by mail."""
    place = queries.get_place(request.actor, kind, pk)
    require(request.actor, MANAGE, place)
    form = forms.InviteForm(place, request.POST or None)
    if form.is_valid():
        try:
            actions.invite(place, actor=request.actor, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            text = _("{name} kreeg een mail met een link. Die werkt {days} dagen.")
            name, days = form.cleaned_data["name"], actions.INVITATION_DAYS
            messages.success(request, text.format(name=name, days=days))
            return redirect(address(place))
    context = {"place": place, "form": form, "back": address(place)}
    return render(request, "organisations/invite.html", context, status=422 if form.errors else 200)


@page(MANAGE)
def invitation_again(request: Request, pk: int) -> HttpResponse:
    invitation = queries.get_invitation(request.actor, pk)
    if request.method == "POST":
        _try(
            request,
            lambda: actions.invite_again(invitation, actor=request.actor),
            _("{name} kreeg een nieuwe mail. De vorige link werkt niet meer."),
            invitation.link.name,
        )
    return redirect(address(invitation.place))


@page(MANAGE)
def invitation_withdraw(request: Request, pk: int) -> HttpResponse:
    invitation = queries.get_invitation(request.actor, pk)
    if request.method == "POST":
        _try(
            request,
            lambda: actions.withdraw_invitation(invitation, actor=request.actor),
            _("De uitnodiging van {name} is ingetrokken."),
            invitation.link.name,
        )
    return redirect(address(invitation.place))


@page(MANAGE)
def change_role(request: Request, pk: int) -> HttpResponse:
    """Another role for somebody, or the way to end the role."""
    membership = _membership(request, pk)
    form = forms.RoleForm(membership.place, request.POST or None, initial={"role": membership.role})
    if form.is_valid():
        if form.cleaned_data["role"] == membership.role:
            return redirect(address(membership.place))
        try:
            actions.change_role(membership, actor=request.actor, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error("role", str(refused))
        else:
            text = _("De nieuwe rol van {name} geldt vanaf nu.")
            messages.success(request, text.format(name=membership.user.name))
            return redirect(address(membership.place))
    context = {"membership": membership, "form": form, "back": address(membership.place)}
    return render(request, "organisations/role.html", context, status=422 if form.errors else 200)


@page(MANAGE)
def end_membership(request: Request, pk: int) -> HttpResponse:
    """Asks once more, then ends a role."""
    membership = _membership(request, pk)
    place, name = membership.place, membership.user.name
    if request.method == "POST":
        done = _("De rol van {name} is beëindigd.")
        _try(request, lambda: actions.end_membership(membership, actor=request.actor), done, name)
        return redirect(address(place) if _still_sees(request, place, membership) else "/")
    context: dict[str, Any] = {
        "title": _("Stopt {name} hier?").format(name=name),
        "lead": _(
            "{name} is dan geen {role} van {place} meer en ziet niet meer wat bij die rol hoort. "
            "Wat {name} schreef, blijft bewaard. Het account blijft bestaan."
        ).format(name=name, role=membership.get_role_display(), place=place),
        "button": _("Beëindig deze rol"),
        "back": address(place),
    }
    return render(request, "organisations/confirm.html", context)


def _still_sees(request: Request, place: Place, ended: Membership) -> bool:
    """Whoever ended the own role may not see this page any more."""
    return ended.user_id != request.actor.user_id or place not in queries.places(request.actor)


def _membership(request: Request, pk: int) -> Membership:
    membership = queries.get_membership(request.actor, pk)
    require(request.actor, MANAGE, membership)
    return membership


def _try(request: Request, act: Any, done: str, name: str) -> None:
    """Says that it was done, or why it could not be done."""
    try:
        act()
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done.format(name=name))


def address(place: Place) -> str:
    return reverse("organisations:people_of", args=[queries.kind_of(place), place.pk])
