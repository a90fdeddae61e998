"""The pages behind a personal link: all questions on one page, one button."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnerwijzer.access.actor import Actor, guest
from partnerwijzer.access.gate import Request, public
from partnerwijzer.access.versions import Conflict
from partnerwijzer.surveys import actions, queries
from partnerwijzer.surveys.forms.answering import PREFIX, AnswerForm, version_sent
from partnerwijzer.surveys.queries import Guest

WHY = "somebody was asked by mail and answers without account; the link is the key"
# Relative, so that access/once.py, which keeps where a form led to, does not keep the secret token.
THANKS = "bedankt/"


def _by_link(view: Callable[[Request, Guest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Looks up who has this link. Unknown, withdrawn and expired links get the same page."""

    @wraps(view)
    def found(request: Request, token: str) -> HttpResponse:
        someone = queries.guest_by_token(token)
        if someone is None or not someone.link.usable:
            return _no_link(request)
        return view(request, someone)

    return found


def _no_link(request: Request) -> HttpResponse:
    return TemplateResponse(request, "surveys/no_link.html", {"texts": _typed(request)}, status=404)


def _typed(request: Request) -> list[str]:
    """Texts that somebody typed just before the link or the survey ended, to copy them."""
    names = [name for name in request.POST if name.startswith(PREFIX)]
    return [text for name in names for text in request.POST.getlist(name) if " " in text.strip()]


def _actor(someone: Guest) -> Actor:
    """Who came in by the link, also when somebody is signed in on this device."""
    return guest(someone.invitation.name)


@public(WHY)
@never_cache
@_by_link
def answer(request: Request, someone: Guest) -> HttpResponse:
    """Shows the questions, with what was sent before; a new answer replaces it."""
    if not someone.survey.is_open:
        return _closed(request, someone)
    earlier = someone.response
    given = earlier.answers if earlier else {}
    form = AnswerForm(someone.survey.asked, request.POST or None, answers=given)
    if request.method != "POST":
        return _form(request, someone, form, version=earlier.version if earlier else 0)
    if not form.is_valid():
        return _form(request, someone, form, version=version_sent(request.POST))
    try:
        actions.answer_by_link(
            someone.invitation,
            actor=_actor(someone),
            answers=form.answers,
            version=version_sent(request.POST),
        )
    except Conflict as conflict:
        return _form(request, someone, form, version=conflict.current.version, theirs=conflict)
    except actions.Refused as refused:
        form.add_error(None, str(refused))
        return _form(request, someone, form, version=version_sent(request.POST))
    return HttpResponseRedirect(THANKS)


def _form(
    request: Request,
    someone: Guest,
    form: AnswerForm,
    *,
    version: int,
    theirs: Conflict | None = None,
) -> HttpResponse:
    current = theirs.current.answers if theirs else {}
    return TemplateResponse(
        request,
        "surveys/answer.html",
        {
            "someone": someone,
            "invitation": someone.invitation,
            "survey": someone.survey,
            "form": form,
            "version": version,
            "theirs": queries.lines_of(form.asked, current),
        },
        status=422 if form.errors or theirs else 200,
    )


def _closed(request: Request, someone: Guest) -> HttpResponse:
    sent = someone.response
    context = {
        "survey": someone.survey,
        "texts": _typed(request),
        "lines": queries.lines_of(someone.survey.asked, sent.answers) if sent else [],
    }
    return TemplateResponse(request, "surveys/closed.html", context)


@public(WHY)
@require_POST
@_by_link
def opened(request: Request, someone: Guest) -> HttpResponse:
    """The page tells that it was seen; fetching it (a mail scanner does so) does not count."""
    actions.note_opened(someone.invitation, actor=_actor(someone))
    return HttpResponse(status=204)


@public(WHY)
@require_POST
@_by_link
def declined(request: Request, someone: Guest) -> HttpResponse:
    """Somebody rather does not answer. Too late or answered already: the page says so."""
    try:
        actions.decline(someone.invitation, actor=_actor(someone))
    except actions.Refused:
        return HttpResponseRedirect("../")
    return HttpResponseRedirect(f"../{THANKS}")


@public(WHY)
@never_cache
@require_safe
@_by_link
def thanks(request: Request, someone: Guest) -> HttpResponse:
    """What was sent, until when it can be changed; or that declining is fine."""
    sent = someone.response
    if sent is None and someone.invitation.declined_at is None:
        return HttpResponseRedirect("../")
    context = {
        "invitation": someone.invitation,
        "survey": someone.survey,
        "lines": queries.lines_of(someone.survey.asked, sent.answers) if sent else [],
    }
    return TemplateResponse(request, "surveys/thanks.html", context)
