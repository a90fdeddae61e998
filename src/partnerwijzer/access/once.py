"""A form counts once: a double click, a reload or the back button does nothing twice.

Each form carries a one-time mark ({% once %}). The first post with a mark claims it; when the view
redirects, the claim keeps where to. A second post with the same mark is led to the same place.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.models import SpentForm

FIELD = "once"
# A claim without an outcome this long after is of a process that died: the form may be sent again.
ABANDONED = timedelta(seconds=30)


def run(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Runs the view unless the same form was sent before."""
    mark = _mark(request)
    if not mark:
        return view()
    earlier = _claim(mark)
    if earlier is not None:
        return _already_sent(request, earlier)
    done = False
    try:
        response = view()
        done = 300 <= response.status_code < 400
        if done:
            SpentForm.objects.filter(pk=mark).update(location=_where(request, response))
        return response
    finally:
        if not done:
            SpentForm.objects.filter(pk=mark).delete()


def _where(request: HttpRequest, response: HttpResponseBase) -> str:
    """Seen from the page itself: an address with a secret link in it is kept nowhere."""
    return response.headers["Location"].removeprefix(request.path)[:500] or "?"


def _mark(request: HttpRequest) -> str:
    value = request.POST.get(FIELD, "")
    who = str(request.session.session_key or "")
    return hashlib.sha256(f"{who} {request.path} {value}".encode()).hexdigest() if value else ""


def _claim(mark: str) -> SpentForm | None:
    SpentForm.objects.filter(pk=mark, location="", at__lt=timezone.now() - ABANDONED).delete()
    try:
        with transaction.atomic():
            SpentForm.objects.create(mark=mark)
    except IntegrityError:
        return SpentForm.objects.filter(pk=mark).first() or SpentForm(mark=mark)
    return None


def _already_sent(request: HttpRequest, earlier: SpentForm) -> HttpResponseBase:
    messages.info(request, _("Dit formulier was al verstuurd. Er is niets dubbel gebeurd."))
    return HttpResponseRedirect(earlier.location or request.path)
