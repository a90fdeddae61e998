"""The letter to the partner: write it, look at it, send it once."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page, require
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import delivery, letterhead
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision
from partnerwijzer.papers import enclosing, letter_paper
from partnerwijzer.papers.actions import letters
from partnerwijzer.papers.forms import LetterForm
from partnerwijzer.papers.models import PartnerLetter
from partnerwijzer.papers.queries import letters as queries
from partnerwijzer.partners.models import Partner


@page("papers.write")
def letter(request: Request, pk: int, decision_pk: int, partner_pk: int) -> HttpResponse:
    """The draft and what was sent before; with ?bekijk the letter as it will go."""
    decision = queries.get_decision(request.actor, pk, decision_pk)
    require(request.actor, "papers.write", decision)
    partner = queries.partner_of(decision, partner_pk)
    draft = letters.draft_of(decision, partner)
    sends = request.POST.get("deel") == "verstuur"
    form = LetterForm(
        None if sends else request.POST or None,
        initial=_initial(draft),
        offers=enclosing.offered(decision, partner),
    )
    conflict = None
    if request.method == "POST":
        try:
            if _act(request, decision, partner, form):
                return redirect(_next(request))
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        except Conflict as found:
            conflict = found.current
    context = {
        "dossier": decision.dossier,
        "decision": decision,
        "partner": partner,
        "draft": draft,
        "form": form,
        "kept_back": enclosing.kept_back(decision),
        "conflict": conflict,
        "sent": [row for row in queries.letters(request.actor, decision, partner) if row.sent_at],
        "looks": "bekijk" in request.GET and draft.pk and conflict is None and not form.errors,
    }
    return render(request, "papers/letter.html", context)


def _initial(draft: PartnerLetter) -> dict[str, object]:
    first = {name: getattr(draft, name) for name in ("version", *letters.FIELDS)}
    return {**first, "enclose": [one["key"] for one in draft.enclosed]}


def _act(request: Request, decision: Decision, partner: Partner, form: LetterForm) -> bool:
    if request.POST.get("deel") == "verstuur":
        version = request.POST.get("version", "")
        if not version.isdecimal():
            raise Http404
        letters.send_letter(decision, actor=request.actor, partner=partner, version=int(version))
        messages.success(request, _("De brief is onderweg. Wat je stuurde, blijft hier staan."))
        return True
    if not form.is_valid():
        return False
    values = {name: form.cleaned_data[name] for name in letters.FIELDS}
    letters.save_letter(
        decision,
        actor=request.actor,
        partner=partner,
        version=form.cleaned_data["version"],
        values=values,
        enclose=form.cleaned_data["enclose"],
    )
    return True


def _next(request: Request) -> str:
    """After saving one looks at the letter as it will go; after sending at what was sent."""
    return request.path if request.POST.get("deel") == "verstuur" else f"{request.path}?bekijk=1"


@page("papers.view")
def letter_file(request: Request, pk: int, letter_pk: int, kind: str) -> HttpResponse:
    """A letter as PDF or Word file."""
    row = queries.get_letter(request.actor, pk, letter_pk)
    school = row.decision.dossier.school
    made = letterhead.made(letter_paper.paper_of(row), kind, school_id=school.pk)
    if made is None:
        raise Http404
    return delivery.made(made, name=_("Brief"), kind=kind)
