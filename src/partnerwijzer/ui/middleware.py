"""What was typed survives a session that ended, and the back button shows whole pages."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from partnerwijzer.ui import resend

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def keep_what_was_typed(get_response: GetResponse) -> GetResponse:
    """Answers a post of somebody who is signed out with a page that keeps the text.

    The view says whether it needs a login; LoginRequiredMiddleware would throw the text away.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., object], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        needs_login = getattr(view, "login_required", True)
        if request.method != "POST" or not needs_login or request.user.is_authenticated:
            return None
        return resend.page(request, signed_out=True) if resend.is_ours(request) else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def whole_pages(get_response: GetResponse) -> GetResponse:
    """One address gives a page, or to htmx a piece of it: the browser must not take the piece that
    it remembers for the page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return middleware
