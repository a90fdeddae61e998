"""Reading decisions and what goes to the school council."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import CouncilItem, Decision, Dossier, Position


def decisions(actor: Actor, dossier: Dossier) -> QuerySet[Decision]:
    """All decisions of a dossier, newest first, with their positions."""
    given = Position.objects.select_related("user")
    rows = Decision.objects.filter(dossier__in=Dossier.objects.visible_to(actor), dossier=dossier)
    related = rows.select_related("decided_by", "opened_by", "pdf", "docx", "supersedes")
    return related.prefetch_related(Prefetch("positions", given)).order_by("-id")


def get_decision(actor: Actor, dossier_pk: int, pk: int) -> Decision:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Decision.objects.select_related("dossier__school", "dossier__framework", "pdf", "docx")
    return get_object_or_404(rows, pk=pk, dossier__in=visible)


def my_position(actor: Actor, decision: Decision) -> Position | None:
    """The actor's own place on the ballot, where they were asked."""
    rows = decision.positions.filter(user_id=actor.uid).select_related("decision__dossier")
    return rows.first()


def council_items(actor: Actor) -> QuerySet[CouncilItem]:
    """Topics for the school council that the actor may read, those that wait first."""
    rows = CouncilItem.objects.visible_to(actor).select_related("dossier__school")
    return rows.order_by("outcome", "-meeting_on", "-pk")


def get_council_item(actor: Actor, pk: int) -> CouncilItem:
    rows = CouncilItem.objects.visible_to(actor).select_related("dossier__school")
    return get_object_or_404(rows, pk=pk)
