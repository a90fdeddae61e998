"""What was typed in a form that could not be accepted: a page with a button to send it again, or,
where there is nothing any more to send it to, the words to copy.

Only for posts that came from a page of ours (Origin, or Sec-Fetch-Site): a form on another site
must not get a page here that needs just one press to do its will, nor one that says its words.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

HIDDEN = {"csrfmiddlewaretoken", "once"}
SHORT = 80
WAITS = "wacht"


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
            "texts": [(n, v) for n, v in pairs if _is_read(n, v)],
            "rest": [(n, v) for n, v in pairs if not _is_read(n, v)],
            "had_files": bool(request.FILES),
        },
        status=403 if not signed_out else 401,
    ).render()


def to_copy(request: HttpRequest) -> list[str]:
    """What somebody typed in a form that was refused as a whole: a colleague took the thing out, or
    a right ended meanwhile. Texts of more than one word: the rest of a form is keys and numbers."""
    if request.method != "POST" or not is_ours(request):
        return []
    names = [n for n in request.POST if n not in HIDDEN and "password" not in n]
    texts = [v.strip() for n in names for v in request.POST.getlist(n)]
    return [text for text in texts if len(text.split()) > 1]


def _is_read(name: str, value: str) -> bool:
    """Whether somebody wants to read it: long, and no mark of a file that waits (privacy.held)."""
    return name != WAITS and (len(value) > SHORT or "\n" in value)
