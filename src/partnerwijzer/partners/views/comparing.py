"""Two or three partners or offers side by side. What was chosen stands in the address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.gate import Request, page
from partnerwijzer.partners import comparing, queries
from partnerwijzer.partners.comparing import Column
from partnerwijzer.partners.queries.comparing import compared
from partnerwijzer.partners.views.reading import new_dossier

MOST_HITS = 6


@page("partners.view")
def compare(request: Request) -> HttpResponse:
    """Welke past het best bij ons? Also the place where one more is added."""
    keys = comparing.chosen(request.GET.getlist(comparing.NAME))
    columns = compared(request.actor, keys)
    text = request.GET.get("q", "").strip()[:100]
    context = {
        "columns": [_head(request, column, columns) for column in columns],
        "sections": comparing.sections(columns, timezone.localdate()) if _enough(columns) else [],
        "by_distance": any(column.km is not None for column in columns),
        "name": comparing.NAME,
        "offers": bool(columns) and columns[0].offer is not None,
        "may_add": len(columns) < comparing.MOST,
        "text": text,
        "hits": _hits(request, text, columns) if text else [],
    }
    return render(request, "partners/compare.html", context)


def _enough(columns: list[Column]) -> bool:
    return len(columns) >= comparing.LEAST


def _address(keys: list[str]) -> str:
    return reverse("partners:compare") + comparing.address(keys)


def _head(request: Request, column: Column, columns: list[Column]) -> dict[str, Any]:
    """The head of a column, and what can be done with it."""
    detail = reverse("partners:detail", args=[column.partner.pk])
    begin = new_dossier(request)
    if begin:
        begin += f"?partner={column.partner.pk}"
        begin += f"&aanbod={column.offer.pk}" if column.offer else ""
    return {
        "key": column.key,
        "title": column.title,
        "href": f"{detail}#aanbod-{column.offer.pk}" if column.offer else detail,
        "without": _address([c.key for c in columns if c.key != column.key]),
        "begin": begin,
    }


def _hits(request: Request, text: str, columns: list[Column]) -> list[dict[str, str]]:
    """What can be added: partners, or offers where offers are compared."""
    keys = [column.key for column in columns]
    found: list[tuple[str, str, str]] = []
    for partner in queries.quick_search(request.actor, text, limit=MOST_HITS):
        if columns and columns[0].offer is not None:
            of_partner = partner.offers.all()
            found += [(f"{comparing.OFFER}{o.pk}", o.title, partner.name) for o in of_partner]
        else:
            found.append((f"{comparing.PARTNER}{partner.pk}", partner.name, partner.town))
    return [
        {"title": title, "more": more, "href": _address([*keys, key])}
        for key, title, more in found[: 2 * MOST_HITS]
        if key not in keys
    ]
