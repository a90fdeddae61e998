"""All papers of a dossier, one by one or together."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page, require
from partnerwijzer.documents import delivery, letterhead
from partnerwijzer.dossiers.queries import council, deciding, reading
from partnerwijzer.moments import queries as moments
from partnerwijzer.papers import bundle, contents, dossier_paper, evaluation_paper
from partnerwijzer.papers.actions import handing_over
from partnerwijzer.papers.queries import letters

PAPERS = {
    "dossier": dossier_paper.of,
    "dossier-naar-buiten": dossier_paper.for_outside,
    "evaluatie": evaluation_paper.of,
}
WHOLE = ("dossier", "dossier-naar-buiten")


@page("papers.view")
def every(request: Request, pk: int) -> HttpResponse:
    """Welke documenten zijn er?"""
    dossier = reading.get_dossier(request.actor, pk)
    decisions = deciding.shown(request.actor, dossier)
    context = {
        "dossier": dossier,
        "agreements": dossier.agreements.select_related("partner").prefetch_related("versions"),
        "council_items": council.council_items(request.actor).filter(dossier=dossier),
        "decisions": [d for d in decisions if d.decided_at],
        "letters": letters.sent_of(request.actor, dossier),
        "packs": moments.packs_of(request.actor, dossier),
        "looked_back": dossier.evaluations.exists(),
        "may_hand_over": allowed(request.actor, "papers.hand_over", dossier),
        "may_style": allowed(request.actor, "papers.style", dossier.school),
    }
    return render(request, "papers/every.html", context)


@page("papers.view")
def paper_file(request: Request, pk: int, which: str, kind: str) -> HttpResponse:
    """The whole dossier, or its evaluation, as PDF or Word file."""
    dossier = reading.get_whole(request.actor, pk)
    if which not in PAPERS:
        raise Http404
    if which in WHOLE and not allowed(request.actor, "papers.hand_over", dossier):
        raise Http404
    paper = PAPERS[which](request.actor, dossier)
    made = letterhead.made(paper, kind, school_id=dossier.school_id)
    if made is None:
        raise Http404
    return delivery.made(made, name=f"{paper.subtitle} {dossier.title}", kind=kind)


@page("papers.hand_over")
def whole(request: Request, pk: int) -> HttpResponseBase:
    """Everything in one ZIP, sent while it is made; without what stays inside where asked."""
    dossier = reading.get_whole(request.actor, pk)
    require(request.actor, "papers.hand_over", dossier)
    if request.method != "POST":
        return redirect("papers:all", pk)
    outside = "naar_buiten" in request.POST
    pieces = contents.of(request.actor, dossier, inside=not outside)
    handing_over.note_handed_over(dossier, actor=request.actor, pieces=len(pieces), outside=outside)
    answer = StreamingHttpResponse(
        bundle.stream(pieces, title=dossier.title), content_type="application/zip"
    )
    name = slugify(dossier.title) or _("dossier")
    name = f"{name}-{_('naar-buiten')}.zip" if outside else f"{name}.zip"
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
