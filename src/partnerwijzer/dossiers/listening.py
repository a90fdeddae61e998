"""What happens in a survey of a dossier shows in the dossier, within the same transaction."""

from typing import Any

from django.dispatch import receiver

from partnerwijzer.access.actor import Actor, guest
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import ExperienceRequest
from partnerwijzer.surveys.models import SurveyInvitation
from partnerwijzer.surveys.signals import changed

TOLD = {
    "answered": "experience.answered",
    "declined": "experience.declined",
    "entered": "experience.entered",
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
