"""Reading what belongs to the end of a cooperation."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Dossier, DossierPartner, Evaluation, HandOver


def partners(actor: Actor, dossier: Dossier) -> QuerySet[DossierPartner]:
    """The partners of a dossier, each with its thanks where there are any."""
    rows = dossier.partners.filter(dossier__in=Dossier.objects.visible_to(actor))
    return rows.select_related("partner", "thanks", "dossier__school")


def handovers(actor: Actor, dossier: Dossier) -> QuerySet[HandOver]:
    """What is handed over, in the order in which it was noted."""
    rows = HandOver.objects.filter(dossier=dossier, dossier__in=Dossier.objects.visible_to(actor))
    return rows.select_related("done_by", "dossier")


def get_handover(actor: Actor, dossier: Dossier, pk: int) -> HandOver:
    return get_object_or_404(handovers(actor, dossier), pk=pk)


def follow_ups(actor: Actor, dossier: Dossier) -> QuerySet[Dossier]:
    """The dossiers that were opened after this one."""
    return Dossier.objects.visible_to(actor).filter(continues=dossier).order_by("pk")


def looked_back(actor: Actor, dossier: Dossier) -> int:
    """How many colleagues looked back."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier.pk)
    return Evaluation.objects.filter(dossier__in=visible).count()
