"""Who answers with a spreadsheet that the school sends on by hand and puts back in."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import links, versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.surveys import questions
from partnerwijzer.surveys.models import (
    LINK_PURPOSE,
    EarlierAnswer,
    Survey,
    SurveyInvitation,
    SurveyResponse,
)
from partnerwijzer.surveys.refusals import Refused
from partnerwijzer.surveys.signals import changed

DAYS = 180  # nobody has the link: it only keeps the name, and until when it makes sense


@action("surveys.manage")
def ask_by_file(survey: Survey, *, actor: Actor, name: str) -> SurveyInvitation:
    """Notes that somebody is asked with a spreadsheet: no mail goes out.

    Raises:
        Refused: the survey is anonymous or closed, or this person has a sheet already.
    """
    fresh = Survey.objects.select_for_update().get(pk=survey.pk)
    if fresh.anonymous:
        raise Refused(
            _("Deze bevraging is anoniem: deel de code. Een bestand zou iemand verraden.")
        )
    if not fresh.is_open:
        raise Refused(_("Deze bevraging is gesloten. Open ze eerst opnieuw."))
    known = " ".join(name.split())[:120]
    same = fresh.invitations.filter(by_file=True, link__withdrawn_at=None, link__name__iexact=known)
    if not known or same.exists():
        raise Refused(_("{name} heeft al een rekenblad.").format(name=known or "?"))
    link, _token = links.issue(LINK_PURPOSE, days=DAYS, name=known)
    invitation = SurveyInvitation.objects.create(
        survey=fresh, link=link, by_file=True, asked_by_id=actor.user_id
    )
    record("survey.by_file", invitation, actor=actor, thread=fresh, name=known)
    changed.send(Survey, survey=fresh, invitation=invitation, what="invited")
    return invitation


@action("surveys.manage")
def enter_file(
    invitation: SurveyInvitation, *, actor: Actor, answers: Mapping[str, Any], version: int = 0
) -> SurveyResponse:
    """Keeps what stood in a file that came back, with who put it in. A second file of the same
    person takes the place of the first, which stays as history.

    Args:
        version: of the answer that the page showed; 0 where there was none yet.

    Raises:
        Conflict: somebody else put in a file in between. `current` is that answer.
        questions.WrongAnswers: with a sentence for each question.
        Refused: this person answered with the link, the survey is closed, the question was taken
            back, or nothing was filled in.
    """
    rows = SurveyInvitation.objects.select_for_update(of=("self",))
    locked = rows.select_related("survey__school", "link").get(pk=invitation.pk)
    earlier = SurveyResponse.objects.filter(invitation=locked).first()
    may_enter(locked, earlier)
    cleaned = questions.clean(questions.read(locked.survey.questions), answers)
    if not cleaned:
        raise Refused(_("Er is niets ingevuld in dit bestand."))
    today = timezone.localdate()
    if earlier is None:
        response = SurveyResponse(survey=locked.survey, invitation=locked)
    else:
        response = versions.claim(SurveyResponse, earlier.pk, version)
        keep_earlier(response, actor.user_id)
    response.answers, response.day, response.entered_by_id = cleaned, today, actor.user_id
    response.save()
    links.mark(locked.link, "done_at")
    name = locked.name or _("iemand")
    verb = "survey.entered" if earlier is None else "survey.replaced"
    record(verb, locked, actor=actor, thread=locked.survey, name=name)
    what = verb.removeprefix("survey.")
    changed.send(Survey, survey=locked.survey, invitation=locked, what=what, actor=actor)
    return response


def keep_earlier(response: SurveyResponse, by: int | None) -> None:
    """Keeps an answer that came by a file before another takes its place.

    Args:
        by: key of who replaces it; None: the person who was asked, with the link.
    """
    if response.entered_by_id is None or response.day is None:
        return
    EarlierAnswer.objects.create(
        response=response,
        answers=response.answers,
        day=response.day,
        entered_by_id=response.entered_by_id,
        replaced_by_id=by,
    )


def may_enter(invitation: SurveyInvitation, response: SurveyResponse | None) -> None:
    """Raises Refused where no file is expected: an answer counts once, and the person's own comes
    before one that somebody else puts in."""
    if response is not None and response.entered_by_id is None:
        text = _("{name} antwoordde zelf al met de link. Dat antwoord telt.")
        raise Refused(text.format(name=invitation.name))
    if invitation.link.withdrawn_at is not None:
        text = _("De vraag aan {name} is ingetrokken. Vraag het opnieuw.")
        raise Refused(text.format(name=invitation.name))
    if not invitation.survey.is_open:
        raise Refused(_("Deze bevraging is gesloten. Open ze eerst opnieuw."))
