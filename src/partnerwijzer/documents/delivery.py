"""Hands out a file. The view that calls this has checked that its reader may have it.

A browser never gets to run what is in a file: it is told the kind, told not to guess, and shows
only kinds that can do nothing, in a sandbox.
"""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from partnerwijzer.documents import filename
from partnerwijzer.documents.kinds import KINDS, Kind
from partnerwijzer.documents.models import StoredFile


def response(stored: StoredFile, *, download: bool = True) -> FileResponse:
    """A stored file, to download or (pdf, picture, plain text only) to see in the browser.

    Raises:
        Http404: the file is gone from the disk.
    """
    try:
        file = stored.location.open("rb")
    except FileNotFoundError:
        raise Http404(stored.name) from None
    inline = stored.about.inline and not download
    answer = FileResponse(file, as_attachment=not inline, filename=stored.name)
    _guard(answer, stored.about)
    return answer


def made(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """Something that was made just now (a PDF, an agenda), to download. `name` may lack .pdf."""
    answer = HttpResponse(content)
    answer.headers["Content-Disposition"] = _attachment(filename.tidy(name, kind))
    _guard(answer, KINDS[kind])
    return answer


def _attachment(name: str) -> str:
    return str(content_disposition_header(True, name))


def _guard(answer: HttpResponseBase, kind: Kind) -> None:
    answer.headers["Content-Type"] = kind.mime
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # The PDF reader of a browser does not start inside a sandbox; it runs no script of ours anyway.
    sandbox = "" if kind.code == "pdf" else "; sandbox"
    answer.headers["Content-Security-Policy"] = f"default-src 'none'{sandbox}"
