"""What somebody does who came in by a personal link: open, answer, change, decline."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import links, versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.surveys import questions
from partnerwijzer.surveys.actions.byfile import keep_earlier
from partnerwijzer.surveys.models import Survey, SurveyInvitation, SurveyResponse
from partnerwijzer.surveys.refusals import Refused
from partnerwijzer.surveys.signals import changed


@action("surveys.answer", untraced="the link itself keeps when it was opened first")
def note_opened(invitation: SurveyInvitation, *, actor: Actor) -> None:
    """Notes that the page was seen. Only the first time counts."""
    if invitation.link.opened_at is None:
        links.mark(invitation.link, "opened_at")
        changed.send(Survey, survey=invitation.survey, invitation=invitation, what="opened")


@action("surveys.answer")
def answer_by_link(
    invitation: SurveyInvitation, *, actor: Actor, answers: Mapping[str, Any], version: int = 0
) -> SurveyResponse:
    """Keeps the answer of the person with this link; may be changed until the survey closes.

    Args:
        version: of the answer that the page showed; 0 where there was none yet.

    Raises:
        Conflict: the same person answered in another tab. `current` is that answer.
        questions.WrongAnswers: with a sentence for each question.
        Refused: the survey is closed, the link is over, or nothing was filled in.
    """
    locked = _open(invitation)
    cleaned = questions.clean(questions.read(locked.survey.questions), answers)
    if not cleaned:
        raise Refused(_("Je vulde nog niets in. Antwoord op minstens één vraag."))
    response, is_new = _keep(locked, cleaned, version)
    for moment in ("opened_at", "done_at"):
        links.mark(locked.link, moment)
    if locked.declined_at:
        locked.declined_at = None
        locked.save(update_fields=["declined_at"])
    verb = "survey.answered" if is_new else "survey.answer_changed"
    record(verb, locked, actor=actor, thread=locked.survey)
    changed.send(Survey, survey=locked.survey, invitation=locked, what="answered")
    return response


def _open(invitation: SurveyInvitation) -> SurveyInvitation:
    """The invitation, locked. Raises Refused where no answer is expected any more."""
    rows = SurveyInvitation.objects.select_for_update(of=("self",))
    locked = rows.select_related("survey__school", "link").get(pk=invitation.pk)
    if not locked.survey.is_open or not locked.link.usable:
        raise Refused(_("Deze bevraging is intussen gesloten."))
    return locked


def _keep(
    invitation: SurveyInvitation, answers: questions.Answers, version: int
) -> tuple[SurveyResponse, bool]:
    earlier = SurveyResponse.objects.filter(invitation=invitation).first()
    today = timezone.localdate()
    if earlier is None:
        fresh = SurveyResponse.objects.create(
            survey=invitation.survey, invitation=invitation, day=today, answers=answers
        )
        return fresh, True
    current = versions.claim(SurveyResponse, earlier.pk, version)
    keep_earlier(current, None)
    current.answers, current.day, current.entered_by = answers, today, None
    current.save(update_fields=["answers", "day", "entered_by"])
    return current, False


@action("surveys.answer")
def decline(invitation: SurveyInvitation, *, actor: Actor) -> None:
    """Somebody cannot or does not want to answer; no reminder follows. Answering later is fine.

    Raises:
        Refused: the survey is closed, or this person answered already.
    """
    locked = _open(invitation)
    if locked.link.done_at is not None:
        raise Refused(_("Je antwoordde al. Je mag je antwoord wel veranderen."))
    links.mark(locked.link, "opened_at")
    locked.declined_at = locked.declined_at or timezone.now()
    locked.save(update_fields=["declined_at"])
    record("survey.declined", locked, actor=actor, thread=locked.survey)
    changed.send(Survey, survey=locked.survey, invitation=locked, what="declined")
