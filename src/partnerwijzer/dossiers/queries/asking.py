"""Reading who was asked for experience and what they said."""

from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier, ExperienceRequest
from partnerwijzer.mail import arrival


def requests(actor: Actor, dossier: Dossier) -> list[ExperienceRequest]:
    """Everybody who was asked in this dossier, with their answers and whether the mail arrives."""
    visible = Dossier.objects.visible_to(actor)
    rows = ExperienceRequest.objects.filter(dossier__in=visible, dossier=dossier)
    related = (
        "invitation__link",
        "invitation__survey",
        "invitation__response",
        "partner",
        "asked_by",
    )
    found = list(rows.select_related(*related).order_by("-pk"))
    lost = arrival.undelivered(row.invitation.link_id for row in found)
    for row in found:
        row.invitation.undelivered = row.invitation.link_id in lost
    return found


def get_request(actor: Actor, dossier_pk: int, pk: int) -> ExperienceRequest:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = ExperienceRequest.objects.select_related(
        "dossier__school", "invitation__link", "invitation__survey"
    )
    return get_object_or_404(rows, pk=pk, dossier__in=visible)
