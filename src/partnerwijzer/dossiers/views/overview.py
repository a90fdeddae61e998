"""The list of dossiers, opening one, and its page."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.authoring import queries as authoring
from partnerwijzer.dossiers import beside, casework, concerning, moving, panels, told, trees
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.forms.basics import ReasonForm, StartForm
from partnerwijzer.dossiers.lending import Source
from partnerwijzer.dossiers.models import Dossier, DossierState
from partnerwijzer.dossiers.moving import Target
from partnerwijzer.dossiers.queries import lending as lent
from partnerwijzer.dossiers.queries import moving as movable
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.partners import queries as partners

PAGE_SIZE = 25
# Lines of history on one page.
LINES = 50


@page("dossiers.view")
def dossier_list(request: Request) -> HttpResponse:
    """The dossiers of the school that is worked for now, or all that one may see."""
    state = request.GET.get("stand", DossierState.OPEN)
    text = request.GET.get("q", "").strip()[:100]
    rows = reading.list_dossiers(
        request.actor,
        state=state,
        text=text,
        mine=bool(request.GET.get("mijn")),
        school=request.actor.school_id if request.actor.works_at(request.actor.school_id) else None,
    )
    found = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "found": found,
        "rows": [panels.row_of(d) for d in found],
        "state": state,
        "states": DossierState.choices,
        "text": text,
        "mine": bool(request.GET.get("mijn")),
        "may_open": request.actor.works_at(request.actor.school_id),
    }
    template = "dossiers/list.html"
    return render(request, f"{template}#rows" if request.htmx else template, context)


@page("dossiers.open")
def create(request: Request) -> HttpResponse:
    """Opens a dossier from a wish, a partner (?partner=) or an offer (&aanbod=)."""
    school = reading.get_school(request.actor, request.actor.school_id)
    framework = authoring.framework_for(request.actor, school)
    content = frameworks.content_of(framework.pk)
    partner, offer = _chosen(request)
    form = StartForm(request.POST or None, content=content, initial=_suggestion(partner, offer))
    if request.method == "POST" and form.is_valid():
        dossier = basics.open_dossier(
            school,
            actor=request.actor,
            framework=framework,
            partner=partner,
            offer=offer,
            **form.cleaned_data,
        )
        messages.success(request, _("Het dossier is geopend."))
        return redirect("dossiers:detail", dossier.pk)
    looks = lent.sources(request.actor, school.pk, [partner.pk]) if partner else []
    context = {"form": form, "partner": partner, "offer": offer, "school": school, "looks": looks}
    return render(request, "dossiers/create.html", context)


def _chosen(request: Request) -> tuple[Any, Any]:
    """The partner and the offer of the address, where they are given."""
    partner_pk, offer_pk = (request.GET.get(n, "") for n in ("partner", "aanbod"))
    offer = partners.get_offer(request.actor, int(offer_pk)) if offer_pk.isdecimal() else None
    if offer is not None:
        return offer.partner, offer
    if partner_pk.isdecimal():
        return partners.get_partner(request.actor, int(partner_pk)), None
    return None, None


def _suggestion(partner: Any, offer: Any) -> dict[str, str]:
    if offer is not None:
        kind = "one-off" if offer.shape == "one-off" else "structural"
        return {"title": offer.title, "kind": kind}
    return {"title": _("Samenwerken met {name}").format(name=partner.name)} if partner else {}


# Lists that the page of a dossier shows.
SHOWN = (reading.MEMBERS, reading.GOALS, reading.QUESTIONS, reading.ADVICE)


@page("dossiers.view")
def detail(request: Request, pk: int) -> HttpResponse:
    """The dossier: six steps, what is missing and by whom, points of attention, history."""
    dossier = reading.get_page(request.actor, pk, *SHOWN)
    newer = movable.target_of(request.actor, dossier)
    lines, length = reading.newest_history(request.actor, dossier, limit=6)
    asked, content = casework.asked_of(dossier), casework.content(dossier)
    context = {
        "dossier": dossier,
        "content": content,
        "rail": panels.rail_of(dossier),
        "next": panels.next_step(request.actor, dossier, asked),
        "points": panels.points_of(dossier, asked),
        "asked": asked,
        "measures": panels.measures_of(dossier),
        "tree_runs": trees.shown_runs(dossier),
        "verdicts": panels.verdicts_of(dossier),
        "members": dossier.members.all(),
        "goals": dossier.goals.all(),
        "questions": concerning.named(
            content, asked, reading.shown_questions(request.actor, dossier)
        ),
        "advice": concerning.named(content, asked, reading.shown_advice(request.actor, dossier)),
        "looks": _looks(request, dossier, asked),
        "second_proposed": _second_proposed(request, dossier),
        "history": lines,
        "history_length": length,
        "may": _may(request, dossier),
        "other_framework": told.of(dossier, "other_framework"),
        "newer": newer,
        "newer_title": _newer_title(dossier, newer) if newer else "",
        "earlier": len(moving.earlier(dossier)),
        "warnings": _warnings(request, dossier),
        "remarks": beside.remarks_on(request.actor, dossier),
        "doors": beside.doors_of(request.actor, dossier),
    }
    return render(request, "dossiers/detail.html", context)


def _newer_title(dossier: Dossier, newer: Target) -> str:
    if newer.framework.key == dossier.framework.key:
        return _("Er zijn nieuwere vragen.")
    return _("Jullie koepel werkt met ‘{name}’.").format(name=newer.framework.name)


def _warnings(request: Request, dossier: Dossier) -> list[tuple[Any, Any]]:
    """What one has to know now about the partners of an open dossier, whoever looked already."""
    if dossier.state != DossierState.OPEN:
        return []
    rows = [row.partner for row in dossier.partners.all()]
    found = partners.warnings_of(request.actor, rows, since=dossier.created_at)
    return [(partner, found[partner.pk]) for partner in rows if partner.pk in found]


def _looks(request: Request, dossier: Dossier, asked: list[casework.Asked]) -> list[Source]:
    """Where a dossier that has no answer yet can start from."""
    if dossier.state != DossierState.OPEN or any(row.assessment.judgement for row in asked):
        return []
    partners = [row.partner_id for row in dossier.partners.all()]
    return lent.sources(request.actor, dossier.school_id, partners, but=dossier.pk)


def _second_proposed(request: Request, dossier: Dossier) -> list[str]:
    """Themes for which a second reader is proposed, as long as nobody was asked."""
    if dossier.second_readings.all() or dossier.state != DossierState.OPEN:
        return []
    return casework.second_reader_themes(dossier)


def _may(request: Request, dossier: Dossier) -> dict[str, bool]:
    """What this person can do here, so that no button shows that leads to a refusal."""
    names = (
        "edit",
        "ask",
        "agree",
        "propose",
        "decide",
        "council",
        "plan",
        "evaluate",
        "share",
        "close",
        "lend",
    )
    return {name: allowed(request.actor, f"dossiers.{name}", dossier) for name in names}


@page("dossiers.view")
def history(request: Request, pk: int) -> HttpResponse:
    """Everything that happened in a dossier, newest first."""
    dossier = reading.get_dossier(request.actor, pk)
    total = reading.history_length(request.actor, dossier)
    found = Paginator(range(total), LINES).get_page(request.GET.get("pagina"))
    offset = LINES * (found.number - 1)
    entries = reading.history(request.actor, dossier, limit=LINES, offset=offset)
    context = {"dossier": dossier, "entries": entries, "found": found}
    return render(request, "dossiers/history.html", context)


@page("dossiers.close")
def finish(request: Request, pk: int) -> HttpResponse:
    """Rounds off, stops or opens again, after a question."""
    dossier = reading.get_dossier(request.actor, pk, to="dossiers.close")
    stops = request.POST.get("wat") not in (None, "afronden", "heropenen")
    form = ReasonForm(request.POST if stops else None)
    if request.method == "POST":
        done = _finish(request, dossier, form)
        if done:
            return redirect("dossiers:detail", pk)
    context = {"dossier": dossier, "form": form, "to_come": dossier.activities.to_come()}
    return render(request, "dossiers/finish.html", context)


def _finish(request: Request, dossier: Dossier, form: ReasonForm) -> bool:
    what = request.POST.get("wat")
    try:
        if what == "afronden":
            basics.close_dossier(dossier, actor=request.actor)
        elif what == "heropenen":
            basics.reopen_dossier(dossier, actor=request.actor)
        elif form.is_valid():
            basics.stop_dossier(dossier, actor=request.actor, reason=form.cleaned_data["reason"])
        else:
            return False
    except basics.NotAllowedNow as reason:
        messages.error(request, str(reason))
        return False
    messages.success(request, _("Bewaard."))
    return True
