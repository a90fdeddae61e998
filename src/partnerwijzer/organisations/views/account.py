"""One's own account, the language, the school that is worked for, and accepting an invitation."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from partnerwijzer.access.actor import Actor, guest
from partnerwijzer.access.gate import Request, page, public
from partnerwijzer.organisations import actions, actors, forms, queries
from partnerwijzer.organisations.middleware import LANGUAGE_COOKIE, LANGUAGES
from partnerwijzer.organisations.models import Invitation, School

YEAR = 60 * 60 * 24 * 365


@page("organisations.account")
def switch_school(request: Request) -> HttpResponse:
    """Works for another school of this person from now on."""
    chosen = request.POST.get("school", "")
    mine = {str(s.school_id) for s in request.actor.seats if s.school_id}
    if request.method == "POST" and chosen in mine:
        request.session[actors.SESSION_KEY] = int(chosen)
        user = queries.account(request.actor)
        actions.choose_school(user, actor=request.actor, school_id=int(chosen))
    return redirect("/")


@page("organisations.account")
def account(request: Request) -> HttpResponse:
    """Name and language; from here to password, two steps and devices."""
    user = queries.account(request.actor)
    initial = {"name": user.name, "language": user.language}
    form = forms.AccountForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.save_account(user, actor=request.actor, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Je gegevens zijn bewaard."))
        response = redirect("organisations:account")
        return _with_language(response, form.cleaned_data["language"])
    context = {"form": form, "user": user, "seats": request.actor.seats}
    return render(
        request, "organisations/account.html", context, status=422 if form.errors else 200
    )


@page("organisations.account")
def end_session(request: Request, pk: int) -> HttpResponse:
    """Signs one other device out. The list of devices is allauth's page in our look."""
    if request.method == "POST":
        user = queries.account(request.actor)
        try:
            actions.end_session(user, actor=request.actor, session_id=pk)
            messages.success(request, _("Dat toestel is afgemeld."))
        except actions.Refused as refused:
            messages.info(request, str(refused))
    return redirect("usersessions_list")


@public("the language of the sign-in page, too, can be chosen")
def language(request: Request) -> HttpResponse:
    """Dutch or English from now on, on this device; for the account too where one is signed in."""
    chosen, back = request.POST.get("taal", ""), request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if safe else "/")
    if request.method != "POST" or chosen not in LANGUAGES:
        return response
    if request.actor.signed_in:
        user = queries.account(request.actor)
        actions.save_account(user, actor=request.actor, name=user.name, language=chosen)
    return _with_language(response, chosen)


def _with_language(response: HttpResponse, chosen: str) -> HttpResponse:
    response.set_cookie(
        LANGUAGE_COOKIE,
        chosen,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@sensitive_post_parameters("password")
@public("people who were invited have no account yet; the link is the key")
def invitation(request: Request, token: str) -> HttpResponseBase:
    """Accepting: with the account that one has, or by making one."""
    found = queries.invitation_by(token)
    if not found.link.usable or found.link.done_at:
        return render(
            request, "organisations/invitation_closed.html", {"invitation": found}, status=410
        )
    if request.actor.signed_in:
        return _accept(request, found)
    if queries.user_with(found.link.email):
        context = {"invitation": found}
        return render(request, "organisations/invitation_sign_in.html", context)
    return _join(request, found)


def _accept(request: Request, found: Invitation) -> HttpResponseBase:
    if request.method == "POST":
        try:
            actions.accept(found, actor=request.actor)
        except actions.Refused as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
        return _welcome(request, found)
    context = {"invitation": found, "user": queries.account(request.actor)}
    return render(request, "organisations/invitation_accept.html", context)


def _join(request: Request, found: Invitation) -> HttpResponseBase:
    form = forms.JoinForm(found.link.email, request.POST or None, initial={"name": found.link.name})
    if form.is_valid():
        actor: Actor = guest(found.link.name)
        try:
            user = actions.join(found, actor=actor, **form.cleaned_data)
        except actions.Refused as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
        perform_login(request, user)
        return _welcome(request, found)
    context = {"invitation": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "organisations/invitation_join.html", context, status=status)


def _welcome(request: Request, found: Invitation) -> HttpResponse:
    if isinstance(found.place, School):
        request.session[actors.SESSION_KEY] = found.place.pk
    messages.success(request, _("Welkom bij {place}.").format(place=found.place))
    return redirect("/")
