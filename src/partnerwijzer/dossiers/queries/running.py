"""Reading activities, evaluations and what was shared."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Activity, Dossier, Evaluation


def activities(actor: Actor, dossier: Dossier) -> QuerySet[Activity]:
    """All moments of a dossier in order of date, the cancelled ones too."""
    visible = Dossier.objects.visible_to(actor)
    rows = Activity.objects.filter(dossier__in=visible, dossier=dossier)
    return rows.select_related("survey").prefetch_related("groups", "teachers")


def get_activity(actor: Actor, dossier_pk: int, pk: int) -> Activity:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    related = ("dossier__school", "dossier__framework", "survey")
    rows = Activity.objects.select_related(*related).prefetch_related("groups", "teachers")
    return get_object_or_404(rows, pk=pk, dossier__in=visible)


def evaluations(actor: Actor, dossier: Dossier) -> QuerySet[Evaluation]:
    """How colleagues look back."""
    visible = Dossier.objects.visible_to(actor)
    rows = Evaluation.objects.filter(dossier__in=visible, dossier=dossier)
    return rows.select_related("user").prefetch_related("factors")


def my_evaluation(actor: Actor, dossier: Dossier) -> Evaluation | None:
    return evaluations(actor, dossier).filter(user_id=actor.uid).first()
