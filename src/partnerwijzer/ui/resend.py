"""The page that shows what was typed when a form could not be accepted, with a button to send it.

Only for posts that came from a page of ours (Origin, or Sec-Fetch-Site): a form on another site
must not get a page here that needs just one press to do its will.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

HIDDEN = {"csrfmiddlewaretoken", "once"}
SHORT = 80


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this site."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    origin = urlsplit(request.headers.get("Origin", ""))
    return origin.netloc in {request.get_host(), urlsplit(settings.SITE_URL).netloc}


def page(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """Shows the posted fields again: long texts to read and copy, the rest hidden."""
    pairs = [(n, v) for n in request.POST for v in request.POST.getlist(n) if n not in HIDDEN]
    return TemplateResponse(
        request,
        "ui/resend.html",
        {
            "signed_out": signed_out,
            "address": request.get_full_path(),
            "texts": [(n, v) for n, v in pairs if len(v) > SHORT or "\n" in v],
            "rest": [(n, v) for n, v in pairs if len(v) <= SHORT and "\n" not in v],
            "had_files": bool(request.FILES),
        },
        status=403 if not signed_out else 401,
    ).render()
