"""What is told while somebody plans a moment: a day without school, elections nearby, and who or
which group has something else at that hour (D14, D15). Reads, stops nothing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.known_facts import day_warnings
from partnerwijzer.dossiers.models import Activity, ActivityState, Dossier, DossierGroup
from partnerwijzer.organisations.models import User


@dataclass(frozen=True)
class Wanted:
    """A moment as far as it is typed.

    Attributes:
        besides: the moment itself, when it is there already.
        for_team: nothing for pupils: a study day is just right for that.
    """

    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    groups: Collection[DossierGroup] = ()
    teachers: Collection[User] = ()
    besides: int = 0
    for_team: bool = False


def of(activity: Activity) -> Wanted:
    """A moment as it is stored, read with its groups and teachers, and its dossier."""
    form = casework.content(activity.dossier).vocab.working_form.get(activity.working_form)
    return Wanted(
        activity.on,
        activity.starts,
        activity.ends,
        list(activity.groups.all()),
        list(activity.teachers.all()),
        activity.pk,
        for_team=form is not None and not form.for_pupils,
    )


def warnings(dossier: Dossier, wanted: Wanted) -> list[str]:
    """In words, the day first. Nothing as long as there is no day."""
    if wanted.on is None:
        return []
    return [
        *day_warnings(dossier, wanted.on, for_team=wanted.for_team),
        *_elsewhere(dossier, wanted),
    ]


def at_the_same_time(
    school_id: int, on: date, starts: time, ends: time, besides: int = 0
) -> QuerySet[Activity]:
    """What else goes on at a school between these hours, with who stays with it."""
    return _between(school_id, [on], starts, ends).exclude(pk=besides)


def _between(
    school_id: int, days: Collection[date], starts: time, ends: time
) -> QuerySet[Activity]:
    rows = Activity.objects.filter(
        dossier__school_id=school_id, on__in=days, starts__lt=ends, ends__gt=starts
    )
    rows = rows.exclude(state=ActivityState.CANCELLED).order_by("on", "starts", "pk")
    return rows.prefetch_related("teachers")


def _elsewhere(dossier: Dossier, wanted: Wanted) -> Iterator[str]:
    """Teachers and groups that are somewhere else then. The same class of another dossier counts
    by its name."""
    if not (wanted.on and wanted.starts and wanted.ends) or not (wanted.groups or wanted.teachers):
        return
    rows = at_the_same_time(
        dossier.school_id, wanted.on, wanted.starts, wanted.ends, wanted.besides
    )
    for row in rows.prefetch_related("groups"):
        yield from _shared(row, wanted)


def on_days(
    dossier: Dossier, days: Collection[date], wanted: Wanted, besides: Collection[int] = ()
) -> dict[date, list[str]]:
    """As warnings, of who and which group is somewhere else, for the same hours on many days.

    Args:
        wanted: its day and its own `besides` do not count.
        besides: keys of moments that do not count.
    """
    if not (wanted.starts and wanted.ends) or not (wanted.groups or wanted.teachers):
        return {}
    rows = _between(dossier.school_id, days, wanted.starts, wanted.ends).exclude(pk__in=besides)
    found: dict[date, list[str]] = {}
    for row in rows.prefetch_related("groups"):
        for words in _shared(row, wanted):
            found.setdefault(row.on, []).append(words)
    return found


def _shared(row: Activity, wanted: Wanted) -> Iterator[str]:
    """The teachers and groups that are at this activity and are wanted elsewhere."""
    teachers = {teacher.pk for teacher in wanted.teachers}
    own, classes = {g.pk for g in wanted.groups}, {_class(g) for g in wanted.groups if g.label}
    for teacher in row.teachers.all():
        if teacher.pk in teachers:
            yield _said(_("{name} staat dan bij ‘{title}’ ({starts}–{ends})."), teacher, row)
    for group in row.groups.all():
        if group.pk in own or _class(group) in classes:
            yield _said(_("{name} heeft dan ‘{title}’ ({starts}–{ends})."), group.name, row)


def _class(group: DossierGroup) -> tuple[str, str]:
    return group.level, group.label.strip().casefold()


def _said(words: str, name: object, row: Activity) -> str:
    starts, ends = time_format(row.starts), time_format(row.ends)
    return words.format(name=name, title=row.title, starts=starts, ends=ends)
