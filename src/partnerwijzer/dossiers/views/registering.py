"""Wie kreeg welke gegevens? What partners do with data of pupils, for the school's register."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import delivery
from partnerwijzer.dossiers import data_register
from partnerwijzer.dossiers.queries import registering as queries

PAGE_SIZE = 25


@page("dossiers.data_register")
def register(request: Request) -> HttpResponse:
    rows = queries.cooperations(request.actor)
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    lines = [line for dossier in found for line in data_register.lines_of(dossier)]
    return render(request, "dossiers/data_register.html", {"found": found, "lines": lines})


@page("dossiers.data_register")
def register_csv(request: Request) -> HttpResponse:
    """The whole register as a table."""
    rows = queries.cooperations(request.actor)
    lines = (line for dossier in rows for line in data_register.lines_of(dossier))
    name = _("Gegevens van leerlingen bij partners")
    return delivery.made(data_register.as_csv(lines), name=f"{name}.csv", kind="csv")
