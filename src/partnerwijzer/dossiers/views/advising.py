"""The question to the anker, and the answer (N5)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerwijzer.access.gate import Request, page
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.actions import advising, reminding
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.forms.basics import AdviserForm, AnswerForm
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks.schema import Criterion


@page("dossiers.ask")
def ask(request: Request, pk: int) -> HttpResponse:
    dossier = reading.get_outline(request.actor, pk, to="dossiers.ask")
    about = _about(dossier, request.GET.get("vraag", ""))
    advisers = reading.advisers(request.actor, dossier)
    form = AdviserForm(request.POST or None, advisers=advisers)
    if request.method == "POST" and form.is_valid():
        try:
            advising.ask_adviser(
                dossier,
                actor=request.actor,
                criterion=about.key if about else "",
                **form.cleaned_data,
            )
        except NotAllowedNow as reason:
            form.add_error("adviser", str(reason))
        else:
            messages.success(
                request, _("Je vraag is gesteld. Je anker ziet ze bij ‘Dit wacht op jou’.")
            )
            return redirect("dossiers:detail", pk)
    context = {"dossier": dossier, "form": form, "advisers": advisers, "about": about}
    return render(request, "dossiers/ask_adviser.html", context)


def _about(dossier: Dossier, key: str) -> Criterion | None:
    """The question of the screening with this key, where this dossier asks it."""
    return next((c for c in casework.criteria_of(dossier) if c.key == key), None)


@page("dossiers.ask")
def quiet(request: Request, pk: int, question_pk: int) -> HttpResponse:
    """Who asked the anker wants no reminder to go."""
    dossier = reading.get_dossier(request.actor, pk, to="dossiers.ask")
    question = get_object_or_404(reading.adviser_questions(request.actor, dossier), pk=question_pk)
    if request.method == "POST":
        reminding.stop_for_school(question, actor=request.actor)
        messages.success(request, _("Er gaat geen herinnering."))
    return redirect("dossiers:detail", pk)


@page("dossiers.answer_as_adviser")
def answer(request: Request, pk: int, question_pk: int) -> HttpResponse:
    dossier = reading.get_outline(request.actor, pk)
    question = get_object_or_404(reading.adviser_questions(request.actor, dossier), pk=question_pk)
    if question.adviser_id != request.actor.user_id:
        raise Http404
    if request.method == "POST" and request.POST.get("wat") == "stil":
        reminding.stop_for_adviser(question, actor=request.actor)
        messages.success(request, _("Je krijgt geen herinnering. Antwoorden mag nog altijd."))
        return redirect("dossiers:answer_adviser", pk, question_pk)
    form = AnswerForm(request.POST or None, initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        advising.answer_as_adviser(question, actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Je antwoord staat in het dossier."))
        return redirect("dossiers:detail", pk)
    about = _about(dossier, question.criterion)
    context = {"dossier": dossier, "question": question, "form": form, "about": about}
    return render(request, "dossiers/answer_adviser.html", context)
