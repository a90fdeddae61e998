"""The databank goes along, or comes in where there is none."""

import tempfile
from collections.abc import Iterator

from django.contrib import messages
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import arriving
from partnerwijzer.exchange import queries
from partnerwijzer.exchange.actions import databank as actions
from partnerwijzer.exchange.databank import writing
from partnerwijzer.exchange.databank.importer import BadExport, is_empty
from partnerwijzer.exchange.forms import DatabankForm


@page("exchange.databank")
def databank(request: Request) -> HttpResponseBase:
    """Neem je de databank mee? Out by a button for each kind, in by a file where there is none."""
    if request.POST.get("neem") in ("json", "xlsx"):
        return _taken(request, request.POST["neem"])
    empty = is_empty()
    refused = arriving.was_refused(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DatabankForm(*data, too_large=refused)
    if request.method == "POST" and empty and form.is_valid() and _brought(request, form):
        return redirect("exchange:databank")
    context = {"form": form, "empty": empty, "size": queries.databank_size(request.actor)}
    return render(request, "exchange/databank.html", context, status=422 if form.errors else 200)


def _brought(request: Request, form: DatabankForm) -> bool:
    try:
        counts = actions.bring_in(form.cleaned_data["file"], actor=request.actor)
    except BadExport as wrong:
        form.add_error("file", str(wrong))
        return False
    text = _("De databank is ingelezen: {n} partners.")
    messages.success(request, text.format(n=counts.get("partners.partner", 0)))
    return True


def _taken(request: Request, kind: str) -> HttpResponseBase:
    """The file, while it is being made (json) or once it is there (xlsx)."""
    actions.note_export(kind, actor=request.actor)
    name = f"databank-{timezone.localdate():%Y-%m-%d}.{kind}"
    answer: HttpResponseBase
    if kind == "json":
        answer = StreamingHttpResponse(_pieces(request), content_type="application/json")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it
        writing.as_workbook(file, request.actor)
        file.seek(0)
        mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        answer = FileResponse(file, as_attachment=True, filename=name, content_type=mime)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _pieces(request: Request) -> Iterator[bytes]:
    """Some rows at a time: a server sends each piece by itself."""
    some: list[str] = []
    for piece in writing.as_json(request.actor):
        some.append(piece)
        if len(some) == 200:
            yield "".join(some).encode()
            some.clear()
    yield "".join(some).encode()
