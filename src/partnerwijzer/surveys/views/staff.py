"""What the school does with surveys: the list, results, questions, people who are asked."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from partnerwijzer.access.gate import Request, page
from partnerwijzer.access.versions import Conflict
from partnerwijzer.documents import qr
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.surveys import actions, queries, sets
from partnerwijzer.surveys.forms.staff import (
    InviteForm,
    NewForm,
    OtherSetForm,
    QuestionsForm,
    ResendForm,
    SurveyForm,
)
from partnerwijzer.surveys.models import Audience, Survey

MANAGE = "surveys.manage"
HEADINGS = {
    Audience.PUPILS: gettext_lazy("Wat vonden de leerlingen?"),
    Audience.PARENTS: gettext_lazy("Wat vonden de ouders?"),
    Audience.COLLEAGUES: gettext_lazy("Wat vonden de collega’s?"),
    Audience.PARTNER: gettext_lazy("Wat vond de partner?"),
    Audience.ANYONE: gettext_lazy("Wat weten anderen?"),
    Audience.OTHER_SCHOOL: gettext_lazy("Wat ervoeren andere scholen?"),
    Audience.ALUMNI: gettext_lazy("Wat zeggen oud-leerlingen?"),
}


@page(MANAGE)
@require_safe
def survey_list(request: Request) -> HttpResponse:
    """What do we ask whom? All surveys of the school that is worked for now."""
    rows = queries.page_of_surveys(request.actor, request.GET.get("pagina"))
    return TemplateResponse(request, "surveys/list.html", {"page": rows})


@page(MANAGE)
@require_safe
def results(request: Request, pk: int) -> HttpResponse:
    """What came of one survey, and what can be done with it now."""
    survey = queries.get_survey(request.actor, pk)
    invitations = queries.invitations_of(survey)
    counted = queries.results_of(survey)
    context = {
        "survey": survey,
        "heading": HEADINGS[Audience(survey.audience)],
        "results": counted,
        "is_complete": counted.answered >= (counted.expected or 0),
        "invitations": invitations,
        "to_remind": sum(i.may_be_reminded for i in invitations),
        "answers": queries.answers_of(survey),
        "history": queries.history_of(survey),
        "may_choose": not invitations and survey.is_open,
        **_code_of(survey),
    }
    return TemplateResponse(request, "surveys/results.html", context)


@page(MANAGE)
@require_safe
def code(request: Request, pk: int) -> HttpResponse:
    """The code as large as it gets, for the beamer and for paper."""
    survey = queries.get_survey(request.actor, pk)
    if not survey.code:
        return HttpResponseRedirect(reverse("surveys:results", args=[pk]))
    return TemplateResponse(request, "surveys/code.html", {"survey": survey, **_code_of(survey)})


def _code_of(survey: Survey) -> dict[str, Any]:
    if not survey.code:
        return {}
    address = settings.SITE_URL + reverse("surveys:take_part", args=[survey.code])
    title = _("QR-code van de bevraging ‘{title}’").format(title=survey.title)
    return {
        "qr": mark_safe(qr.svg(address, title=title)),  # noqa: S308 -- made by our own qr.svg
        "type_at": (settings.SITE_URL + reverse("surveys:type_code")).split("://")[-1],
    }


@page(MANAGE)
def new(request: Request) -> HttpResponse:
    """A survey that belongs to no dossier: chooses a question set; the questions come next."""
    school = queries.my_school(request.actor)
    framework = frameworks.latest(request.actor)
    own = queries.usable_sets(school)
    form = NewForm(content_of(framework.pk), own, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            survey = actions.create_survey(
                school, actor=request.actor, framework=framework, **form.choice()
            )
        except (actions.Refused, sets.SetProblem) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De bevraging staat klaar. Kijk de vragen nog eens na."))
            return HttpResponseRedirect(reverse("surveys:questions", args=[survey.pk]))
    return TemplateResponse(request, "surveys/new.html", {"form": form}, status=_status(form))


@page(MANAGE)
def edit(request: Request, pk: int) -> HttpResponse:
    """Title, until when, how many people."""
    survey = queries.get_survey(request.actor, pk)
    form = SurveyForm(survey, request.POST or None)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_survey(survey, actor=request.actor, **form.cleaned_data)
        except Conflict as conflict:
            theirs = conflict.current
            form = form.on_top_of(theirs)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Bewaard."))
            return HttpResponseRedirect(reverse("surveys:results", args=[pk]))
    context = {"survey": survey, "form": form, "theirs": theirs}
    return TemplateResponse(request, "surveys/edit.html", context, status=_status(form, theirs))


@page(MANAGE)
def questions(request: Request, pk: int) -> HttpResponse:
    """The school's own choice of questions, until somebody was asked or answered."""
    survey = queries.get_survey(request.actor, pk)
    content = content_of(survey.framework_id)
    fixed = queries.is_under_way(survey)
    form = QuestionsForm(survey, content, request.POST or None)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_questions(survey, actor=request.actor, **form.choice())
        except Conflict as conflict:
            theirs = conflict.current
            form = form.on_top_of(theirs)
        except (actions.Refused, sets.SetProblem) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De vragen staan klaar."))
            return HttpResponseRedirect(reverse("surveys:results", args=[pk]))
    context = {"survey": survey, "form": form, "theirs": theirs, "fixed": fixed}
    if not fixed:
        context["other"] = _other_form(survey)
    return TemplateResponse(request, "surveys/choose.html", context, status=_status(form, theirs))


def _other_form(survey: Survey, data: Any = None) -> OtherSetForm:
    own = queries.usable_sets(survey.school, [survey.audience])
    return OtherSetForm(survey, content_of(survey.framework_id), own, data)


@page(MANAGE)
@require_POST
def change_set(request: Request, pk: int) -> HttpResponse:
    """Another question set, until somebody was asked or answered."""
    survey = queries.get_survey(request.actor, pk)
    form = _other_form(survey, request.POST)
    if form.is_valid():
        try:
            actions.change_set(survey, actor=request.actor, **form.choice())
        except Conflict:
            messages.warning(request, _("Een collega koos intussen andere vragen. Kijk na."))
        except (actions.Refused, sets.SetProblem) as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("De vragen van deze lijst staan klaar."))
    else:
        messages.warning(request, _("Kies een vragenlijst die er nog staat."))
    return HttpResponseRedirect(reverse("surveys:questions", args=[pk]))


@page(MANAGE)
def ask(request: Request, pk: int) -> HttpResponse:
    """Asks one person by mail."""
    survey = queries.get_survey(request.actor, pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.invite(survey, actor=request.actor, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            text = _("De vraag is onderweg naar {name}.").format(name=invitation.name)
            messages.success(request, text)
            return HttpResponseRedirect(reverse("surveys:results", args=[pk]))
    context = {"survey": survey, "form": form}
    return TemplateResponse(request, "surveys/ask.html", context, status=_status(form))


@page(MANAGE)
def resend(request: Request, pk: int, number: int) -> HttpResponse:
    """A fresh link, also to a corrected address."""
    invitation = queries.get_invitation(request.actor, pk, number)
    form = ResendForm(request.POST or None, initial={"email": invitation.link.email})
    if request.method == "POST" and form.is_valid():
        try:
            actions.resend(invitation, actor=request.actor, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De nieuwe link is onderweg. De vorige werkt niet meer."))
            return HttpResponseRedirect(reverse("surveys:results", args=[pk]))
    context = {"survey": invitation.survey, "invitation": invitation, "form": form}
    return TemplateResponse(request, "surveys/resend.html", context, status=_status(form))


def _status(form: Any, theirs: object = None) -> int:
    return 422 if form.errors or theirs else 200


def _pressed(
    request: Request, pk: int, do: Callable[[], object], success: str
) -> HttpResponseRedirect:
    """One press of a button: does it, says what happened, and goes back to the survey."""
    try:
        do()
    except actions.Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, success)
    return HttpResponseRedirect(reverse("surveys:results", args=[pk]))


@page(MANAGE)
def close(request: Request, pk: int) -> HttpResponse:
    """Asks whether to close: of an anonymous survey that cannot be taken back."""
    survey = queries.get_survey(request.actor, pk)
    if request.method != "POST" and survey.is_open:
        context = {"survey": survey, "results": queries.results_of(survey)}
        return TemplateResponse(request, "surveys/close.html", context)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("surveys:results", args=[pk]))
    do = lambda: actions.close_survey(survey, actor=request.actor)  # noqa: E731
    return _pressed(request, pk, do, _("De bevraging is gesloten."))


@page(MANAGE)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    survey = queries.get_survey(request.actor, pk)
    do = lambda: actions.reopen_survey(survey, actor=request.actor)  # noqa: E731
    return _pressed(request, pk, do, _("De bevraging is weer open."))


@page(MANAGE)
@require_POST
def remove_text(request: Request, pk: int) -> HttpResponse:
    """Takes a text with a name out of the answers."""
    survey = queries.get_survey(request.actor, pk)
    question, mark = request.POST.get("vraag", ""), request.POST.get("tekst", "")
    do = lambda: actions.remove_text(  # noqa: E731
        survey, actor=request.actor, question=question, mark=mark
    )
    return _pressed(request, pk, do, _("De tekst is weg."))


@page(MANAGE)
@require_POST
def remind_waiting(request: Request, pk: int) -> HttpResponse:
    """Reminds everybody who still has to answer."""
    survey = queries.get_survey(request.actor, pk)
    try:
        count = actions.remind_waiting(survey, actor=request.actor)
    except actions.Refused as refused:
        messages.warning(request, str(refused))
    else:
        text = ngettext(
            "{count} herinnering is onderweg.", "{count} herinneringen zijn onderweg.", count
        )
        messages.success(request, text.format(count=count))
    return HttpResponseRedirect(reverse("surveys:results", args=[pk]))


@page(MANAGE)
@require_POST
def remind(request: Request, pk: int, number: int) -> HttpResponse:
    invitation = queries.get_invitation(request.actor, pk, number)
    do = lambda: actions.remind(invitation, actor=request.actor)  # noqa: E731
    return _pressed(request, pk, do, _("De herinnering is onderweg."))


@page(MANAGE)
@require_POST
def withdraw(request: Request, pk: int, number: int) -> HttpResponse:
    invitation = queries.get_invitation(request.actor, pk, number)
    do = lambda: actions.withdraw_invitation(invitation, actor=request.actor)  # noqa: E731
    return _pressed(request, pk, do, _("De vraag is ingetrokken. De link werkt niet meer."))
