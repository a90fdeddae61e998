"""Wie kreeg welke gegevens? What partners do with data of pupils, for the school's register."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import delivery
from partnerwijzer.dossiers import data_register
from partnerwijzer.dossiers.queries import registering as queries

PAGE_SIZE = 25


@page("dossiers.data_register")
def register(request: Request) -> HttpResponse:
    """A page of the register, or of what the address asks of it."""
    text, role = asked(request)
    rows: Any = queries.cooperations(request.actor, text)
    if role:
        rows = queries.lines(request.actor, text=text, role=role)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    lines = list(shown) if role else [x for d in shown for x in data_register.lines_of(d)]
    context = {
        "found": shown,
        "lines": lines,
        "text": text,
        "role": role,
        "roles": list(data_register.ROLES.items()),
        "address": urlencode({k: v for k, v in (("q", text), ("rol", role)) if v}),
    }
    return render(request, "dossiers/data_register.html", context)


def asked(request: Request) -> tuple[str, str]:
    """The words and the role in the address."""
    role = request.GET.get("rol", "")
    return request.GET.get("q", "")[:100].strip(), role if role in data_register.ROLES else ""


@page("dossiers.data_register")
def register_csv(request: Request) -> HttpResponse:
    """The register as a table, as far as the address asks."""
    text, role = asked(request)
    content = data_register.as_csv(queries.lines(request.actor, text=text, role=role))
    return delivery.made(content, name=f"{data_register.name()}.csv", kind="csv")
