"""The pages behind a code: no account, no name, no cookie that tells who somebody is.

Answers travel from question to question in hidden fields and are stored at the end. The answers of
these pages are 200 also when something is filled in wrongly: a 4xx is logged, with its time.
"""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from partnerwijzer.access.actor import ANONYMOUS
from partnerwijzer.access.gate import Request, public
from partnerwijzer.surveys import actions, codes, queries, sheets, tries
from partnerwijzer.surveys.forms.answering import AnswerForm, CodeForm
from partnerwijzer.surveys.models import Audience, Survey

WHY = "pupils and parents answer anonymously, with a code that the school shows"
SHEET, PLACE, BACK = "blad", "vraag", "terug"


def _address(request: Request) -> str:
    """Where a request comes from. Behind a proxy that we trust: what that proxy says of it."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.ENV.behind_proxy else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def _note_wrong(request: Request, code: str) -> None:
    """Counts a guess; what cannot be a code at all is none."""
    if codes.tidy(code):
        tries.note_wrong(_address(request))


def _wait(request: Request) -> HttpResponse:
    return TemplateResponse(request, "surveys/pupil/wait.html", status=429)


@public(WHY)
@never_cache
def type_code(request: Request) -> HttpResponse:
    """Asks for the code and leads to the questions."""
    if request.method != "POST":
        return TemplateResponse(request, "surveys/pupil/code.html", {"form": CodeForm()})
    if tries.too_many(_address(request)):
        return _wait(request)
    form = CodeForm(request.POST)
    if form.is_valid():
        survey = queries.survey_by_code(form.cleaned_data["code"])
        if survey is not None:
            return HttpResponseRedirect(reverse("surveys:take_part", args=[survey.code]))
        _note_wrong(request, form.cleaned_data["code"])
        form.add_unknown()
    return TemplateResponse(request, "surveys/pupil/code.html", {"form": form})


@public(WHY)
@never_cache
def take_part(request: Request, code: str) -> HttpResponse:
    """The welcome, then the questions: for pupils one on a page, for others all on one."""
    sheet = request.POST.get(SHEET, "")
    has_sheet = sheets.belongs(sheet, codes.tidy(code))
    if not has_sheet and tries.too_many(_address(request)):
        return _wait(request)
    survey = queries.survey_by_code(code)
    if survey is None:
        _note_wrong(request, code)
        context = {"form": CodeForm.unknown(code)}
        return TemplateResponse(request, "surveys/pupil/code.html", context, status=404)
    if not survey.is_open:
        return _closed(request, survey)
    if not has_sheet:
        return _welcome(request, survey, sheets.new(survey.code))
    if queries.is_spent(sheets.mark_of(sheet)):
        return _thanks(request, survey)
    return _go_on(request, survey, sheet)


take_part.leaves_no_trace = True  # type: ignore[attr-defined]  # answers are anonymous: no record of when


def _welcome(
    request: Request, survey: Survey, sheet: str, form: AnswerForm | None = None
) -> HttpResponse:
    one_by_one = survey.audience == Audience.PUPILS
    context = {
        "survey": survey,
        "sheet": sheet,
        "form": form or AnswerForm(survey.asked),
        "carried": form.carried("") if form and one_by_one else [],
        "one_by_one": one_by_one,
    }
    template = "welcome" if one_by_one else "all"
    return TemplateResponse(request, f"surveys/pupil/{template}.html", context)


def _go_on(request: Request, survey: Survey, sheet: str) -> HttpResponse:
    """From the question that was on the page to the next one, back, or to the end."""
    form = AnswerForm(survey.asked, request.POST)
    last = len(form.asked) - 1
    if survey.audience != Audience.PUPILS:
        return _hand_in(request, survey, sheet, form)
    place = _place(request, last)
    step = -1 if BACK in request.POST else 0 if form.is_wrong(place) else 1
    target = place + step
    if target < 0:
        return _welcome(request, survey, sheet, form)
    if target > last:
        return _hand_in(request, survey, sheet, form)
    return _question(request, survey, sheet, form, target)


def _place(request: Request, last: int) -> int:
    """The question that was on the page, from 0; -1 for the welcome."""
    value = request.POST.get(PLACE, "")
    return min(int(value), last) if value.isdecimal() and len(value) < 4 else -1


def _question(
    request: Request, survey: Survey, sheet: str, form: AnswerForm, place: int
) -> HttpResponse:
    question = form.asked[place]
    context = {
        "survey": survey,
        "sheet": sheet,
        "bound": form.only(question.key),
        "question": question,
        "carried": form.carried(question.key),
        "place": place,
        "number": place + 1,
        "total": len(form.asked),
        "is_last": place + 1 == len(form.asked),
        "wrong": form.is_wrong(place),
    }
    return TemplateResponse(request, "surveys/pupil/question.html", context)


def _hand_in(request: Request, survey: Survey, sheet: str, form: AnswerForm) -> HttpResponse:
    if not form.is_valid():
        if survey.audience == Audience.PUPILS:
            return _question(request, survey, sheet, form, form.first_wrong())
        return _welcome(request, survey, sheet, form)
    try:
        # Never request.actor: on a tablet of the class a teacher may be signed in.
        actions.answer_anonymously(survey, actor=ANONYMOUS, answers=form.answers, sheet=sheet)
    except actions.Refused:
        return _closed(request, survey)
    return _thanks(request, survey)


def _thanks(request: Request, survey: Survey) -> HttpResponse:
    """Thank you; the next one may begin. Not a page of its own, that would be one more to guess at:
    loading this one again sends the same sheet, which counts once."""
    context = {"survey": survey, "one_by_one": survey.audience == Audience.PUPILS}
    return TemplateResponse(request, "surveys/pupil/thanks.html", context)


def _closed(request: Request, survey: Survey) -> HttpResponse:
    return TemplateResponse(request, "surveys/pupil/closed.html", {"survey": survey})
