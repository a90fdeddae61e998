"""The register of what partners do with data of pupils, as a workbook."""

import io

from django.http import HttpResponse

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import delivery
from partnerwijzer.dossiers import data_register
from partnerwijzer.dossiers.queries import registering
from partnerwijzer.exchange.sheets.workbook import Book


@page("dossiers.data_register")
def workbook(request: Request) -> HttpResponse:
    """The same lines and columns as the table, with days that stay days; as the address asks."""
    role = request.GET.get("rol", "")
    found = registering.lines(
        request.actor,
        text=request.GET.get("q", "")[:100].strip(),
        role=role if role in data_register.ROLES else "",
    )
    book, file = Book(), io.BytesIO()
    book.sheet(
        data_register.name(), data_register.heads(), (data_register.cells(line) for line in found)
    )
    book.write_to(file)
    return delivery.made(file.getvalue(), name=data_register.name(), kind="xlsx")
