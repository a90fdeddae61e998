"""Where else this partner was looked at: by the school itself, by schools that share."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.lending import Source, is_stale
from partnerwijzer.dossiers.models import Dossier, SharedScreening
from partnerwijzer.frameworks.queries import content_of

MOST = 6


def sources(
    actor: Actor, school_id: int, partners: Collection[int], *, but: int = 0
) -> list[Source]:
    """Looks at these partners that a dossier of this school can start from, newest first."""
    if not partners or not actor.works_at(school_id):
        return []
    found = [*_own(actor, school_id, partners, but), *_shared(actor, school_id, partners)]
    return sorted(found, key=lambda source: source.on, reverse=True)[:MOST]


def _own(actor: Actor, school_id: int, partners: Collection[int], but: int) -> list[Source]:
    """Other dossiers of the school in which something was judged."""
    judged = Q(assessments__judgement__gt="")
    rows = Dossier.objects.visible_to(actor).filter(
        pk__in=Dossier.objects.filter(partners__partner__in=partners).values("pk"),
        school=school_id,
    )
    counted = rows.exclude(pk=but).annotate(
        count=Count("assessments", filter=judged),
        last=Max("assessments__updated_at", filter=judged),
    )
    found: list[Any] = list(counted.filter(count__gt=0).order_by("-last")[:MOST])
    return [
        _source("dossier", d.pk, d.title, timezone.localtime(d.last).date(), d.count, d)
        for d in found
    ]


def _source(kind: str, pk: int, where: str, on: date, count: int, dossier: Dossier) -> Source:
    return Source(kind, pk, where, on, count, is_stale(casework.content(dossier), on))


def _shared(actor: Actor, school_id: int, partners: Collection[int]) -> list[Source]:
    rows = SharedScreening.objects.visible_to(actor).filter(
        dossier__in=Dossier.objects.filter(partners__partner__in=partners).values("pk")
    )
    found = []
    for row in rows.exclude(dossier__school=school_id).select_related("dossier__school"):
        answers = row.data.get("answers", [])
        on = max((date.fromisoformat(a["on"]) for a in answers), default=None)
        if on is not None:
            where, content = row.dossier.school.name, content_of(row.data["framework"])
            stale = is_stale(content, on)
            found.append(Source("school", row.pk, where, on, len(answers), stale))
    return found[:MOST]


def get_shared(actor: Actor, pk: int) -> SharedScreening:
    rows = SharedScreening.objects.visible_to(actor).select_related("dossier__school")
    return get_object_or_404(rows, pk=pk)


def get_own(actor: Actor, school_id: int, pk: int) -> Dossier:
    """Another dossier of the same school, with its answers."""
    rows = Dossier.objects.visible_to(actor).filter(school=school_id)
    if not actor.works_at(school_id):
        raise Http404
    prefetched = rows.select_related("framework", "school").prefetch_related(
        "groups", "partners__partner", "assessments__evidence", "second_readings"
    )
    return get_object_or_404(prefetched, pk=pk)
