"""What happens in a survey of a dossier, or with who works at its school, shows in the dossier,
within the same transaction."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from partnerwijzer.access.actor import SYSTEM, Actor, guest
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import Activity, Dossier, ExperienceRequest
from partnerwijzer.organisations.leaving import left
from partnerwijzer.organisations.models import School, User
from partnerwijzer.surveys import homes
from partnerwijzer.surveys.models import SurveyInvitation
from partnerwijzer.surveys.signals import changed

TOLD = {
    "answered": "experience.answered",
    "declined": "experience.declined",
    "entered": "experience.entered",
    "replaced": "experience.replaced",
}


@receiver(changed, dispatch_uid="dossiers.listening")
def survey_changed(
    invitation: SurveyInvitation | None, what: str, actor: Actor | None = None, **kwargs: Any
) -> None:
    """Somebody who was asked for experience answered, declined or was withdrawn."""
    if invitation is None or what == "invited":
        return
    request = ExperienceRequest.objects.filter(invitation=invitation).first()
    if request is None:
        return
    if what in TOLD:
        who = actor or guest(str(request.get_relation_display()))
        record(TOLD[what], request, actor=who, thread=request.dossier)
    touched(request.dossier)


@receiver(left, dispatch_uid="dossiers.listening.left")
def teacher_left(user: User, school: School, **kwargs: Any) -> None:
    """Who works here no more stays with no group of what is still to come."""
    rows = Activity.objects.to_come().filter(dossier__school=school, teachers=user)
    for activity in rows:
        running.take_off(activity, actor=SYSTEM, teacher=user)


def page_of_experience(actor: Actor, invitation: SurveyInvitation) -> homes.Home | None:
    """The page of the dossier on which this answer stands, at the person who gave it."""
    rows = ExperienceRequest.objects.filter(dossier__in=Dossier.objects.visible_to(actor))
    found = rows.filter(invitation=invitation).values_list("pk", "dossier_id", "dossier__title")
    if (row := found.first()) is None:
        return None
    key, dossier, title = row
    return homes.Home(title, f"{reverse('dossiers:experiences', args=[dossier])}#gevraagd-{key}")


homes.register(page_of_experience)
