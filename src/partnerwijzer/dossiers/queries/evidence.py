"""The evidence of a school: one piece serves several criteria and several dossiers."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.dossiers.finding import said_in
from partnerwijzer.dossiers.models import (
    Assessment,
    DossierState,
    Evidence,
    EvidenceVersion,
)

# How long before its last day evidence becomes a task.
AHEAD_DAYS = 30
# Who has more that ends begins with these.
LIMIT = 6


def library(
    actor: Actor, school_id: int, *, text: str = "", ending: bool = False
) -> QuerySet[Evidence]:
    """What a school laid beside its answers, newest first; facts that the product noted itself
    are not in it.

    Args:
        ending: only what is over or ends soon.
    """
    if not actor.works_at(school_id):
        return Evidence.objects.none()
    rows = Evidence.objects.filter(dossier__school=school_id, removed_at=None)
    rows = rows.exclude(facts__has_key="derived").exclude(facts__has_key="tree_run")
    if ending:
        rows = rows.filter(valid_until__lte=timezone.localdate() + timedelta(days=AHEAD_DAYS))
    rows = rows.filter(said_in(text, "title", "source", dossier="dossier_id"))
    served = Assessment.objects.select_related("dossier")
    return (
        rows.select_related("file", "dossier", "dossier__framework")
        .prefetch_related(Prefetch("assessments", served), "dossier__partners__partner")
        .order_by("-added_at", "-pk")
    )


def get_own(actor: Actor, pk: int) -> Evidence:
    """A piece of evidence of a school that the actor works at, with its versions; else 404."""
    rows = Evidence.objects.filter(dossier__school__in=actor.schools())
    served = Assessment.objects.select_related("dossier__framework")
    versions = EvidenceVersion.objects.select_related("file", "added_by")
    related = rows.select_related("file", "dossier__school", "dossier__framework", "added_by")
    found = related.prefetch_related(
        Prefetch("assessments", served), Prefetch("versions", versions)
    )
    return get_object_or_404(found, pk=pk)


def ending(actor: Actor) -> QuerySet[Evidence]:
    """Evidence of open dossiers that is over or ends soon, for who added it and who leads."""
    mine = Q(dossier__school__in=actor.schools(LEADS)) | Q(added_by_id=actor.uid)
    used = Assessment.objects.filter(evidence=OuterRef("pk"), dossier__state=DossierState.OPEN)
    rows = Evidence.objects.filter(
        mine,
        Exists(used),
        dossier__school__in=actor.schools(),
        removed_at=None,
        valid_until__lte=timezone.localdate() + timedelta(days=AHEAD_DAYS),
    )
    first = rows.order_by("valid_until", "pk")[:LIMIT]
    return Evidence.objects.filter(pk__in=first.values("pk"))
