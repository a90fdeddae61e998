"""Reading the archive: what is closed, and what goes on from what."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.archive.models import Succession
from partnerwijzer.dossiers.models import Dossier, DossierState
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.ui import schoolyear


def archived(actor: Actor, *, text: str = "", year: int | None = None) -> QuerySet[Dossier]:
    """Closed and stopped dossiers that the actor may see, last closed first.

    Args:
        year: only those that were closed in the school year that begins then.
    """
    school = actor.school_id if actor.works_at(actor.school_id) else None
    rows = reading.list_dossiers(actor, state="alle", text=text, school=school)
    rows = rows.exclude(state=DossierState.OPEN)
    if year is not None:
        rows = rows.filter(_closed_in(year))
    taken = Succession.objects.filter(source=OuterRef("pk"))
    return rows.annotate(goes_on=Exists(taken)).order_by("-closed_at", "-pk")


def _closed_in(year: int) -> Q:
    first = date(year, schoolyear.FIRST_MONTH, 1)
    return Q(closed_at__date__gte=first, closed_at__date__lt=first.replace(year=year + 1))


def archived_years(actor: Actor) -> list[int]:
    """The school years in which a dossier of the archive was closed, newest first."""
    school = actor.school_id if actor.works_at(actor.school_id) else None
    rows = Dossier.objects.visible_to(actor).exclude(state=DossierState.OPEN)
    if school:
        rows = rows.filter(school_id=school)
    days = rows.exclude(closed_at=None).dates("closed_at", "month")
    return sorted({schoolyear.of(day) for day in days}, reverse=True)


def succession_of(actor: Actor, pk: int) -> Succession:
    """From which dossier this one goes on; 404 for who may not see this one, or where none."""
    visible = Dossier.objects.visible_to(actor)
    rows = Succession.objects.select_related("dossier__school", "source")
    return get_object_or_404(rows, dossier_id=pk, dossier__in=visible)
