"""The spreadsheet way: the questions as a file, and the file that comes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import arriving, delivery
from partnerwijzer.surveys import actions, answer_sheet, homes, queries, questions
from partnerwijzer.surveys.forms.answering import PREFIX, AnswerForm, version_sent
from partnerwijzer.surveys.forms.byfile import ByFileForm, SheetForm
from partnerwijzer.surveys.models import Survey, SurveyInvitation
from partnerwijzer.surveys.questions import Question

MANAGE = "surveys.manage"


@page(MANAGE)
def ask_by_file(request: Request, pk: int) -> HttpResponse:
    """Somebody who will not use a link: what is the name?"""
    survey = queries.get_survey(request.actor, pk)
    form = ByFileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.ask_by_file(survey, actor=request.actor, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(reverse("surveys:sheet_in", args=[pk, invitation.pk]))
    context = {"survey": survey, "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "surveys/ask_by_file.html", context, status=status)


@page(MANAGE)
@require_safe
def sheet(request: Request, pk: int, number: int) -> HttpResponse:
    """The questions for one person as a workbook."""
    invitation = queries.get_invitation(request.actor, pk, number)
    survey = invitation.survey
    with translation.override(answer_sheet.LANGUAGE):
        content = answer_sheet.write(
            _written(survey),
            title=survey.title,
            intro=f"{survey.school.name} · {survey.about}. {survey.intro}",
            mark=_mark(invitation),
        )
    name = _("Vragen voor {name}").format(name=invitation.name or survey.title)
    return delivery.made(content, name=name, kind="xlsx")


def _written(survey: Survey) -> list[Question]:
    """The questions as they stand in the workbook, whoever fetches it or puts it back."""
    return questions.read(survey.questions, answer_sheet.LANGUAGE)


def _mark(invitation: SurveyInvitation) -> str:
    return f"{invitation.survey_id}.{invitation.pk}"


@page(MANAGE)
def sheet_in(request: Request, pk: int, number: int) -> HttpResponse:
    """What to do with the file; then what stands in the one that came back, before it is kept."""
    invitation = queries.get_invitation(request.actor, pk, number)
    response = queries.response_of(invitation)
    context: dict[str, Any] = {
        "survey": invitation.survey,
        "invitation": invitation,
        "response": response,
        "home": homes.of(request.actor, invitation),
        "form": SheetForm(),
        "refused": _refused(invitation, response),
    }
    if request.method == "POST" and not context["refused"]:
        if not any(name.startswith(PREFIX) for name in request.POST):
            _look(request, context)
        elif (kept := _keep(request, invitation, context)) is not None:
            return kept
    wrong = context["form"].errors or context.get("wrong") or context.get("theirs")
    status = 422 if wrong or (request.method == "POST" and context["refused"]) else 200
    return TemplateResponse(request, "surveys/sheet.html", context, status=status)


def _refused(invitation: SurveyInvitation, response: Any) -> str:
    try:
        actions.may_enter(invitation, response)
    except actions.Refused as refused:
        return str(refused)
    return ""


def _look(request: Request, context: dict[str, Any]) -> None:
    """Reads the file, and shows what stands in it or what is wrong with it."""
    invitation = context["invitation"]
    too_large = arriving.was_refused(request)
    form = context["form"] = SheetForm(request.POST, request.FILES, too_large=too_large)
    if not form.is_valid():
        return
    written = _written(invitation.survey)
    try:
        filled = answer_sheet.read(form.cleaned_data["file"].file, written, mark=_mark(invitation))
    except answer_sheet.BadSheet as bad:
        form.add_error("file", str(bad))
        return
    context["wrong"] = filled.wrong
    if filled.wrong:
        return
    if not filled.answers:
        form.add_error("file", _("Er is niets ingevuld in dit bestand."))
        return
    _show(context, filled.answers)


def _show(context: dict[str, Any], answers: questions.Answers) -> None:
    """What stands in the file, and what it changes in the answer that is there now."""
    asked, now = context["invitation"].survey.asked, context["response"]
    context["lines"] = queries.lines_of(asked, answers)
    context["hidden"] = AnswerForm(asked, answers=answers).carried_initial()
    context["changes"] = questions.changes(asked, now.answers, answers) if now else []


def _keep(
    request: Request, invitation: SurveyInvitation, context: dict[str, Any]
) -> HttpResponse | None:
    """Keeps what was shown."""
    typed = AnswerForm(invitation.survey.asked, request.POST)
    try:
        if typed.is_valid():
            actions.enter_file(
                invitation,
                actor=request.actor,
                answers=typed.answers,
                version=version_sent(request.POST),
            )
            text = _("Het antwoord van {name} is bewaard.").format(name=invitation.name)
            messages.success(request, text)
            return HttpResponseRedirect(_read_at(invitation, context["home"]))
        context["refused"] = " ".join(str(e) for errors in typed.errors.values() for e in errors)
    except actions.Refused as refused:
        context["refused"] = str(refused)
    except Conflict:
        context["response"] = queries.response_of(invitation)
        context["theirs"] = True
        _show(context, typed.answers)
    return None


def _read_at(invitation: SurveyInvitation, home: homes.Home | None) -> str:
    """Where the answer is read: where one came from, or else with the survey."""
    return home.href if home else reverse("surveys:results", args=[invitation.survey_id])
