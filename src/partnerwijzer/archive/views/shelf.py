"""The archive: dossiers that are closed or stopped stay to be found and read."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.archive import queries
from partnerwijzer.ui import schoolyear

PAGE_SIZE = 25


@page("archive.view")
def shelf(request: Request) -> HttpResponse:
    """Wat deden we vroeger?"""
    text = request.GET.get("q", "").strip()[:100]
    asked = request.GET.get("jaar", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) < 9999 else None
    rows = queries.archived(request.actor, text=text, year=year)
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    actor = request.actor
    context = {
        "found": found,
        "rows": [
            (d, allowed(actor, "archive.again", d), allowed(actor, "dossiers.close", d))
            for d in found
        ],
        "text": text,
        "year": year,
        "years": [(y, schoolyear.label(y)) for y in queries.archived_years(actor)],
    }
    template = "archive/list.html"
    return render(request, f"{template}#rows" if request.htmx else template, context)
