"""Asking people by mail, sending a link again, reminding once, and taking a question back."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.access.models import AccessLink
from partnerwijzer.audit.log import record
from partnerwijzer.mail import post
from partnerwijzer.surveys.models import LINK_PURPOSE, Audience, Survey, SurveyInvitation
from partnerwijzer.surveys.refusals import Refused
from partnerwijzer.surveys.signals import changed

USUAL_DAYS = 30
MOST_DAYS = 180
MAIL_LANGUAGE = "nl"  # who gets the mail lives in Flanders, whatever language the sender reads


@action("surveys.manage")
def invite(
    survey: Survey,
    *,
    actor: Actor,
    email: str,
    name: str = "",
    days: int = USUAL_DAYS,
    message: str = "",
) -> SurveyInvitation:
    """Asks one person by mail. The link works for `days` days (1 to 180), without account.

    Raises:
        Refused: the survey is anonymous or closed, the address is wrong or was asked already.
    """
    locked = Survey.objects.select_for_update(of=("self",)).select_related("school")
    fresh = locked.get(pk=survey.pk)
    address = email.strip().lower()
    _may_invite(fresh, address)
    link, token = links.issue(
        LINK_PURPOSE, days=_bounded(days), email=address, name=name.strip()[:120]
    )
    invitation = SurveyInvitation.objects.create(
        survey=fresh, link=link, message=message.strip(), asked_by_id=actor.user_id
    )
    _send(invitation, link, token, actor, "invitation")
    record("survey.invited", invitation, actor=actor, thread=fresh, name=_known_as(invitation))
    changed.send(Survey, survey=fresh, invitation=invitation, what="invited")
    return invitation


def _bounded(days: int) -> int:
    return max(1, min(days, MOST_DAYS))


def _may_invite(survey: Survey, address: str) -> None:
    if survey.anonymous:
        raise Refused(
            _("Deze bevraging is anoniem: deel de code. Een persoonlijke link zou iemand verraden.")
        )
    if not survey.is_open:
        raise Refused(_("Deze bevraging is gesloten. Open ze eerst opnieuw."))
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(_("Dit e-mailadres klopt niet: {address}").format(address=address)) from None
    asked = survey.invitations.filter(link__email=address, link__withdrawn_at=None)
    if asked.exists():
        raise Refused(_("Je vroeg dit al aan {address}.").format(address=address))


def _named(name: str, email: str) -> str:
    return name or _("iemand van {domain}").format(domain=email.rpartition("@")[2])


_said = lazy(_named, str)


def _known_as(invitation: SurveyInvitation) -> str:
    """How the log names somebody from outside: never by the mail address; in the language of each
    reader."""
    return _said(invitation.link.name, invitation.link.email)


def _send(
    invitation: SurveyInvitation, link: AccessLink, token: str, actor: Actor, template: str
) -> None:
    """Puts the mail in the outbox. The token stands in its text only, which is wiped once sent.
    The link is noted as sent when the mail has gone."""
    survey = invitation.survey
    with translation.override(MAIL_LANGUAGE):
        post.send(
            link.email,
            _subject(survey, template),
            f"surveys/mail/{template}.txt",
            {
                "survey": survey,
                "school": survey.school,
                "name": link.name,
                "message": invitation.message,
                "token": token,
                "who": actor.name,
                "until": invitation.last_day,
                "asked_on": invitation.link.created_at,
            },
            link=link,
        )


def _subject(survey: Survey, template: str) -> str:
    if template == "reminder":
        text = _("Denk nog aan de vragen van {school}: {title}")
    elif survey.about and survey.audience in (Audience.ANYONE, Audience.OTHER_SCHOOL):
        text = _("Vertel {school} over {about}")
    else:
        text = _("Beantwoord enkele vragen van {school}: {title}")
    return text.format(school=survey.school.name, title=survey.title, about=survey.about)


@action("surveys.manage")
def resend(
    invitation: SurveyInvitation, *, actor: Actor, email: str = "", days: int = USUAL_DAYS
) -> None:
    """A fresh link, for a mail that was lost or went to a wrong address. Older links stop.

    Raises:
        Refused: answered, declined or withdrawn already, or the survey is closed.
    """
    locked = _locked(invitation)
    _may_still_answer(locked)
    link = locked.link
    link.sent_at = link.opened_at = None  # of the address that stops now
    link.save(update_fields=["sent_at", "opened_at"])
    if email and email.strip().lower() != link.email:
        address = email.strip().lower()
        _may_invite(locked.survey, address)
        link.email = address
        link.save(update_fields=["email"])
    _stop(locked.reminder)
    token = links.renew(link, days=_bounded(days))
    _send(locked, link, token, actor, "invitation")
    record("survey.resent", locked, actor=actor, thread=locked.survey, name=_known_as(locked))


def _locked(invitation: SurveyInvitation) -> SurveyInvitation:
    rows = SurveyInvitation.objects.select_for_update(of=("self",))
    return rows.select_related("survey__school", "link", "reminder").get(pk=invitation.pk)


def _may_still_answer(invitation: SurveyInvitation) -> None:
    if not invitation.survey.is_open:
        raise Refused(_("Deze bevraging is gesloten. Open ze eerst opnieuw."))
    reasons = {
        "done": _("{name} antwoordde al."),
        "declined": _("{name} antwoordt liever niet."),
        "withdrawn": _("De vraag aan {name} is ingetrokken. Vraag het opnieuw."),
    }
    if reason := reasons.get(invitation.state):
        raise Refused(reason.format(name=invitation.name))


@action("surveys.manage")
def remind(invitation: SurveyInvitation, *, actor: Actor) -> None:
    """One reminder, once. The link in the first mail keeps working beside the new one.

    Raises:
        Refused: reminded, answered, declined or withdrawn already, over, or the survey is closed.
    """
    locked = _locked(invitation)
    _may_still_answer(locked)
    if locked.state == "expired":
        raise Refused(
            _("De link van {name} is verlopen. Stuur een nieuwe.").format(name=locked.name)
        )
    if locked.by_file:
        text = _("{name} kreeg een rekenblad van jou. Vraag het zelf nog eens.")
        raise Refused(text.format(name=locked.name))
    if locked.reminded_at is not None:
        raise Refused(_("{name} kreeg al een herinnering.").format(name=locked.name))
    _remind(locked, actor)
    invitation.reminded_at = locked.reminded_at


def _remind(invitation: SurveyInvitation, actor: Actor) -> None:
    link = invitation.link
    days = max(1, (link.expires_at - timezone.now() + timedelta(hours=12)).days)
    reminder, token = links.issue(LINK_PURPOSE, days=days, email=link.email, name=link.name)
    invitation.reminder, invitation.reminded_at = reminder, timezone.now()
    invitation.save(update_fields=["reminder", "reminded_at"])
    reminder.expires_at = link.expires_at
    reminder.save(update_fields=["expires_at"])
    _send(invitation, reminder, token, actor, "reminder")
    record(
        "survey.reminded",
        invitation,
        actor=actor,
        thread=invitation.survey,
        name=_known_as(invitation),
    )


@action("surveys.manage")
def remind_waiting(survey: Survey, *, actor: Actor) -> int:
    """Reminds everybody of whom an answer may still come and who was not reminded. How many.

    Raises:
        Refused: there is nobody to remind.
    """
    rows = SurveyInvitation.objects.select_for_update(of=("self",)).filter(survey=survey)
    waiting = [
        i for i in rows.select_related("survey__school", "link", "reminder") if i.may_be_reminded
    ]
    if not waiting:
        raise Refused(_("Er is niemand om te herinneren: wie nog moet antwoorden, kreeg bericht."))
    for invitation in waiting:
        _remind(invitation, actor)
    return len(waiting)


@action("surveys.manage")
def withdraw_invitation(invitation: SurveyInvitation, *, actor: Actor) -> None:
    """Takes the question back: the links stop working. An answer that came already stays.

    Raises:
        Refused: it was withdrawn before.
    """
    locked = _locked(invitation)
    if locked.link.withdrawn_at is not None:
        raise Refused(_("De vraag aan {name} was al ingetrokken.").format(name=locked.name))
    _stop(locked.link)
    _stop(locked.reminder)
    record("survey.withdrawn", locked, actor=actor, thread=locked.survey, name=_known_as(locked))
    changed.send(Survey, survey=locked.survey, invitation=locked, what="withdrawn")


def _stop(link: AccessLink | None) -> None:
    if link is not None:
        links.mark(link, "withdrawn_at")
