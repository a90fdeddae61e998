"""Reading the archive: what is closed, and what goes on from what."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.archive.models import Period, Run, Succession
from partnerwijzer.dossiers.models import Dossier, DossierState
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.jobs.models import Job
from partnerwijzer.organisations.models import School, Umbrella
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
    taken = Dossier.objects.filter(continues=OuterRef("pk"))
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
    rows = Succession.objects.select_related("dossier__school")
    return get_object_or_404(rows, dossier_id=pk, dossier__in=visible)


# How long things are kept


def keeper(actor: Actor) -> School | Umbrella | None:
    """For whom the actor says how long: the school that one heads and works for now, else the
    umbrella that one keeps, else the first school that one heads."""
    headed = actor.schools(frozenset({Role.HEAD}))
    if actor.school_id in headed:
        return School.objects.get(pk=actor.school_id)
    kept = actor.umbrellas(Role.UMBRELLA_ADMIN)
    if kept:
        return Umbrella.objects.get(pk=kept[0])
    return School.objects.get(pk=headed[0]) if headed else None


def headed_school(actor: Actor) -> School:
    """The school of which the actor is the head, the one worked for now first; else 404."""
    found = keeper(actor)
    if not isinstance(found, School):
        headed = actor.schools(frozenset({Role.HEAD}))
        return get_object_or_404(School, pk=headed[0] if headed else 0)
    return found


def periods(actor: Actor) -> list[Period]:
    """Those that the actor may see, by kind, of the umbrella first."""
    rows = Period.objects.visible_to(actor).select_related("school", "umbrella", "entered_by")
    return list(rows.order_by("kind", "school_id", "pk"))


def kept_with_end(actor: Actor) -> QuerySet[Period]:
    """Periods that hold for a school of which the actor is the head and that has closed dossiers:
    something may be past one of them (due.due tells)."""
    schools = School.objects.filter(
        Exists(Dossier.objects.filter(school=OuterRef("pk"), closed_at__isnull=False)),
        pk__in=actor.schools(frozenset({Role.HEAD})),
    )
    own = Q(school__in=schools.values("pk"))
    above = Q(umbrella__in=schools.exclude(umbrella=None).values("umbrella"))
    return Period.objects.filter(own | above, months__gt=0)


def versions_of(actor: Actor, owner: School | Umbrella | None) -> dict[str, int]:
    """Which version of each period of its own is read, by kind."""
    place = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    rows = Period.objects.visible_to(actor).filter(**place) if owner else Period.objects.none()
    return dict(rows.values_list("kind", "version"))


def newest_run(actor: Actor, school: School) -> Run | None:
    """The last time that something was removed at this school."""
    rows = Run.objects.visible_to(actor).filter(school=school).select_related("started_by")
    return rows.prefetch_related("removals").first()


def job_of(actor: Actor, run: Run) -> Job | None:
    """How far the worker is with it; nothing for who may not see the run."""
    visible = Run.objects.visible_to(actor).filter(pk=run.pk).exists()
    return Job.objects.filter(pk=run.job_id or 0).first() if visible else None
