"""The moments of a partner in the partner's own agenda: behind a link, without account."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import guest
from partnerwijzer.access.gate import Request, public
from partnerwijzer.documents import calendar, delivery
from partnerwijzer.dossiers import agendas
from partnerwijzer.dossiers.actions import partneragenda as actions
from partnerwijzer.dossiers.models import AgreementFeed
from partnerwijzer.dossiers.queries import agreeing
from partnerwijzer.dossiers.queries import partneragenda as queries
from partnerwijzer.dossiers.views.calendar import AHEAD, BEFORE, FRESH, REFRESH


@public("the partner makes and withdraws an address for an agenda by a secret link")
def partner_agenda(request: Request, token: str) -> HttpResponse:
    """Hoe komt dit in jullie agenda?"""
    door = agreeing.by_token(request.actor, token)
    if door is None or not door.is_open:
        return render(request, "dossiers/link_over.html", {"typed": []}, status=404)
    agreement, secret = door.version.agreement, ""
    who = guest(door.link.name)
    if request.POST.get("wat") == "maak":
        secret = _address(actions.make(agreement, actor=who))
    elif request.method == "POST":
        actions.end(agreement, actor=who)
        messages.success(request, _("Het adres werkt niet meer."))
        return redirect("dossiers:partner_agenda", token)
    context = {
        "token": token,
        "dossier": agreement.dossier,
        "partner": agreement.partner,
        "feed": queries.of_agreement(agreement),
        "secret": secret,
    }
    return render(request, "dossiers/partner_agenda.html", context)


def _address(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('dossiers:partner_feed', args=[token])}"


@public("an agenda follows a secret, revocable address; it cannot sign in")
def partner_feed(request: Request, token: str) -> HttpResponse:
    """The moments of a partner as appointments, in Dutch whatever the agenda speaks."""
    found = queries.by_token(token)
    with translation.override("nl"):
        content = _followed(found)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = delivery.made(content, name="partnerwijzer.ics", kind="ics")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"private, max-age={FRESH}"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _followed(found: AgreementFeed) -> bytes:
    today, agreement = timezone.localdate(), found.agreement
    rows = queries.moments(agreement, today - BEFORE, today + AHEAD)
    events = [agendas.for_partner(row, agreement.dossier.school.name) for row in rows]
    name = agreement.dossier.school.name
    return calendar.ics(events, name=name, stamp=agendas.BEGINNING, refresh=REFRESH)
