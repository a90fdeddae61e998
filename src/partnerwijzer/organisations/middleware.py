"""Puts the actor on the request: who, with which roles, working for which school now."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from partnerwijzer.access.actor import ANONYMOUS
from partnerwijzer.organisations import actors

GetResponse = Callable[[HttpRequest], HttpResponseBase]
LANGUAGE_COOKIE = "taal"
LANGUAGES = {"nl", "en"}


def actor(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        chosen = request.session.get(actors.SESSION_KEY)
        request.actor = (  # type: ignore[attr-defined]
            actors.actor_of(user, chosen) if user.is_authenticated else ANONYMOUS
        )
        return get_response(request)

    return middleware


def language(get_response: GetResponse) -> GetResponse:
    """Dutch, unless this person or this device chose English. The browser's wish is not asked."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE) or getattr(request.user, "language", "nl")
        with translation.override(chosen if chosen in LANGUAGES else "nl"):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "nl")
            return response

    return middleware
