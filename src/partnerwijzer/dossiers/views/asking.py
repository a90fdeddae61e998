"""Step 2: who was asked, what they said, and what the databank already knows."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.access.gate import Request, allowed, page
from partnerwijzer.dossiers.actions import asking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.asking import AskForm, ByFileForm, ChooseForm, ManyForm
from partnerwijzer.dossiers.models import Dossier, ExperienceRequest
from partnerwijzer.dossiers.queries import asking as queries
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.partners import queries as partners
from partnerwijzer.surveys import queries as surveys
from partnerwijzer.surveys.models import Audience, OwnEdition

# Of own question sets those that suit somebody who is asked for experience.
OUTSIDE = (Audience.ANYONE, Audience.OTHER_SCHOOL)


@page("dossiers.view")
def experiences(request: Request, pk: int) -> HttpResponse:
    """Wat weten anderen? Answers that came, experiences of the databank, and whom to ask more."""
    dossier = reading.get_outline(request.actor, pk)
    may_ask = allowed(request.actor, "dossiers.ask", dossier)
    chooses, several = "vragen" in request.POST, "velen" in request.POST
    own = surveys.usable_sets(dossier.school, OUTSIDE, named=True) if may_ask else []
    by_file = ByFileForm(
        request.POST if "blad" in request.POST else None,
        dossier=dossier,
        own_sets=own,
        auto_id="blad_%s",
    )
    if may_ask and by_file.is_valid() and (asked := _ask_by_file(request, dossier, by_file)):
        return asked
    elsewhere = chooses or several or by_file.is_bound
    form = AskForm(None if elsewhere else request.POST or None, dossier=dossier, own_sets=own)
    many = _many_form(request, dossier, own)
    if several and may_ask and many.is_valid() and _ask_many(request, dossier, many):
        return redirect("dossiers:experiences", pk)
    choose = ChooseForm(
        request.POST if chooses else None, dossier=dossier, own_sets=own, auto_id="kies_%s"
    )
    if chooses and may_ask and choose.is_valid():
        survey = asking.prepare_questions(dossier, actor=request.actor, **choose.cleaned_data)
        return redirect("surveys:questions", survey.pk)
    if form.is_bound and may_ask and form.is_valid():
        try:
            asking.ask_experience(dossier, actor=request.actor, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error("email", str(reason))
        else:
            messages.success(
                request, _("De vraag is onderweg. Je ziet hier wanneer er antwoord is.")
            )
            return redirect("dossiers:experiences", pk)
    rows = queries.requests(request.actor, dossier)
    context = {
        "dossier": dossier,
        "form": form,
        "choose_form": choose,
        "many_form": many,
        "file_form": by_file,
        "answered": sum(hasattr(r.invitation, "response") for r in rows),
        "may_remind": any(r.invitation.may_be_reminded for r in rows),
        "rows": _shown(rows),
        "databank": _databank(request, dossier),
        "may_ask": may_ask,
    }
    return render(request, "dossiers/experiences.html", context)


def _ask_by_file(request: Request, dossier: Dossier, form: ByFileForm) -> HttpResponse | None:
    """Makes a sheet for one person, and leads to it."""
    try:
        row = asking.ask_by_file(dossier, actor=request.actor, **form.cleaned_data)
    except NotAllowedNow as reason:
        form.add_error("name", str(reason))
        return None
    return redirect("surveys:sheet_in", row.invitation.survey_id, row.invitation_id)


def _many_form(request: Request, dossier: Dossier, own: list[OwnEdition]) -> ManyForm:
    return ManyForm(
        request.POST if "velen" in request.POST else None,
        dossier=dossier,
        own_sets=own,
        auto_id="velen_%s",
        known=lambda partner: queries.asked_addresses(request.actor, dossier, partner),
    )


def _ask_many(request: Request, dossier: Dossier, form: ManyForm) -> bool:
    """Asks all of them; whether that went well."""
    given = form.cleaned_data
    try:
        asked = asking.ask_many(
            dossier,
            actor=request.actor,
            partner=given["partner"],
            relation=given["relation"],
            people=given["found"],
            message=given["message"],
            own=given["own"],
        )
    except NotAllowedNow as reason:
        form.add_error("people", str(reason))
        return False
    words = ngettext("{n} vraag is onderweg.", "{n} vragen zijn onderweg.", len(asked))
    messages.success(request, words.format(n=len(asked)))
    return True


@page("dossiers.view")
def side_by_side(request: Request, pk: int) -> HttpResponse:
    """Wat antwoordden ze? The answers of all beside each other."""
    dossier = reading.get_dossier(request.actor, pk)
    context = {"dossier": dossier, "sheets": queries.side_by_side(request.actor, dossier)}
    return render(request, "dossiers/side_by_side.html", context)


@page("dossiers.ask")
def remind_waiting(request: Request, pk: int) -> HttpResponse:
    """Reminds everybody who has not answered, once."""
    dossier = reading.get_dossier(request.actor, pk)
    if request.method == "POST":
        try:
            count = asking.remind_waiting(dossier, actor=request.actor)
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
        else:
            words = ngettext("{n} herinnering vertrekt.", "{n} herinneringen vertrekken.", count)
            messages.success(request, words.format(n=count))
    return redirect("dossiers:experiences", pk)


def _shown(rows: list[ExperienceRequest]) -> list[dict[str, Any]]:
    """Who was asked, with what they answered in words, and what that took the place of."""
    given = {r.pk: r.invitation.response for r in rows if hasattr(r.invitation, "response")}
    earlier = surveys.replaced_by(given.values())
    shown = []
    for row in rows:
        response, asked = given.get(row.pk), row.invitation.survey.asked
        lines = surveys.lines_of(asked, response.answers) if response else []
        replaced = earlier[response.pk] if response else []
        shown.append({"request": row, "lines": lines, "replaced": replaced})
    return shown


def _databank(request: Request, dossier: Dossier) -> list[tuple[Any, Any]]:
    """What other schools shared about the partners of this dossier."""
    found = [row.partner for row in dossier.partners.all()]
    counts = partners.summaries(request.actor, found)
    return [(partner, counts[partner.pk]) for partner in found]


@page("dossiers.ask")
def change_request(request: Request, pk: int, request_pk: int) -> HttpResponse:
    """Reminds, or takes the question back."""
    row = queries.get_request(request.actor, pk, request_pk)
    acts: dict[str, Callable[[], None]] = {
        "herinner": lambda: asking.remind(row, actor=request.actor),
        "intrekken": lambda: asking.withdraw_request(row, actor=request.actor),
    }
    act = acts.get(request.POST.get("wat", ""))
    if request.method == "POST":
        if act is None:
            raise Http404
        try:
            act()
            messages.success(request, _("Bewaard."))
        except NotAllowedNow as reason:
            messages.error(request, str(reason))
    return redirect("dossiers:experiences", pk)
