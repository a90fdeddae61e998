"""The summary for who decides, on the screen and on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.documents import delivery, letterhead
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.papers import on_screen, summary


@page("papers.view")
def summary_page(request: Request, pk: int) -> HttpResponse:
    """Wat moet je weten om te beslissen?"""
    dossier = reading.get_page(request.actor, pk, *summary.SHOWN)
    paper = summary.of(request.actor, dossier)
    context = {"dossier": dossier, "paper": paper, "blocks": on_screen.blocks(paper)}
    return render(request, "papers/summary.html", context)


@page("papers.view")
def summary_file(request: Request, pk: int, kind: str) -> HttpResponse:
    dossier = reading.get_page(request.actor, pk, *summary.SHOWN)
    paper = summary.of(request.actor, dossier)
    made = letterhead.made(paper, kind, school_id=dossier.school_id)
    if made is None:
        raise Http404
    return delivery.made(made, name=_("Samenvatting"), kind=kind)
