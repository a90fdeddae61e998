"""Reading what belongs to a moment. Everything starts from dossiers that the actor may see."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import casework, working
from partnerwijzer.dossiers.clashing import at_the_same_time
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.dossiers.queries import partnermails, running
from partnerwijzer.moments.models import Attendance, HouseRules, Incident, Pack, Replacement, Shift
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import School, User
from partnerwijzer.partners.models import Partner, PartnerContact


def get_activity(actor: Actor, dossier_pk: int, pk: int) -> Activity:
    """A moment of the actor's own school; 404 for who only reads the dossier."""
    activity = running.get_activity(actor, dossier_pk, pk)
    if not actor.works_at(activity.dossier.school_id):
        raise Http404
    return activity


@dataclass(frozen=True)
class Substitute:
    """Somebody who could stay with the group, and what they have at the same time."""

    user: User
    busy: str


def substitutes(activity: Activity) -> list[Substitute]:
    """Staff that is not with this moment, who is free first; the caller may see the moment."""
    here = {teacher.pk for teacher in activity.teachers.all()}
    staff = organisations.staff(activity.dossier.school_id).exclude(pk__in=here)
    busy = _busy(activity)
    found = [Substitute(user, busy.get(user.pk, "")) for user in staff]
    return sorted(found, key=lambda one: bool(one.busy))


def _busy(activity: Activity) -> dict[int, str]:
    school_id = activity.dossier.school_id
    rows = at_the_same_time(school_id, activity.on, activity.starts, activity.ends, activity.pk)
    return {teacher.pk: row.title for row in rows for teacher in row.teachers.all()}


def attendance(activity: Activity) -> Attendance | None:
    rows = Attendance.objects.filter(activity=activity).select_related("by")
    return rows.prefetch_related("teachers").first()


def pack(activity: Activity) -> Pack | None:
    return Pack.objects.filter(activity=activity).first()


def packs_of(actor: Actor, dossier: Dossier) -> QuerySet[Pack]:
    """The information packs of a dossier, for who works at its school."""
    rows = Pack.objects.filter(activity__in=running.activities(actor, dossier))
    if not actor.works_at(dossier.school_id):
        return rows.none()
    return rows.select_related("activity__dossier__school").order_by("activity__on", "pk")


def house_rules(school: School) -> HouseRules | None:
    return HouseRules.objects.filter(school=school).first()


def replacements(activity: Activity) -> QuerySet[Replacement]:
    rows = Replacement.objects.filter(activity=activity)
    return rows.select_related("absent", "substitute", "by")


def shifts(activity: Activity) -> QuerySet[Shift]:
    return Shift.objects.filter(activity=activity).select_related("by")


def attendances_of(actor: Actor, dossier: Dossier) -> QuerySet[Attendance]:
    """Who was really there, at each moment of a dossier; for who works at its school."""
    rows = Attendance.objects.filter(activity__in=_moments_of(actor, dossier))
    rows = rows.select_related("activity", "by").prefetch_related("teachers")
    return rows.order_by("activity__on", "pk")


def replacements_of(actor: Actor, dossier: Dossier) -> QuerySet[Replacement]:
    """Who took whose place, for who works at the school."""
    rows = Replacement.objects.filter(activity__in=_moments_of(actor, dossier))
    return rows.select_related("activity", "absent", "substitute", "by").order_by("pk")


def shifts_of(actor: Actor, dossier: Dossier) -> QuerySet[Shift]:
    """What moved or was called off, for who works at the school."""
    rows = Shift.objects.filter(activity__in=_moments_of(actor, dossier))
    return rows.select_related("activity", "by").order_by("pk")


def _moments_of(actor: Actor, dossier: Dossier) -> QuerySet[Activity]:
    """The moments of a dossier, for who may open their pages."""
    rows = running.activities(actor, dossier)
    return rows if actor.works_at(dossier.school_id) else rows.none()


def incidents(actor: Actor, activity: Activity) -> QuerySet[Incident]:
    """Those that the actor may read; that there are others does not show."""
    return Incident.objects.visible_to(actor).filter(activity=activity).select_related("by")


def incidents_of(actor: Actor, dossier: Dossier) -> QuerySet[Incident]:
    """Those of all moments of a dossier that the actor may read, in order of day."""
    rows = Incident.objects.visible_to(actor).filter(activity__dossier=dossier)
    return rows.select_related("activity", "by").order_by("activity__on", "pk")


def unclosed(actor: Actor) -> QuerySet[Incident]:
    """Incidents that are not dealt with, for who may read them."""
    return Incident.objects.visible_to(actor).filter(closed_at=None)


def get_incident(actor: Actor, activity: Activity, pk: int) -> Incident:
    return get_object_or_404(incidents(actor, activity), pk=pk)


@dataclass(frozen=True)
class ToCall:
    """Who may be on the way already: a mail would be read too late."""

    partners: list[Partner]
    contacts: list[PartnerContact]


def to_call(activity: Activity) -> ToCall | None:
    """Of a moment of today: the partners that come, or all where nobody said who does, and their
    telephone numbers."""
    if activity.on != timezone.localdate():
        return None
    come = [one.row.partner for one in partnermails.coming(activity)]
    partners = come or [row.partner for row in activity.dossier.partners.select_related("partner")]
    rows = PartnerContact.objects.filter(partner__in=partners).exclude(phone="")
    return ToCall(partners, list(rows.select_related("partner")))


def sheet(activity: Activity) -> working.Sheet | None:
    """What belongs to the moment in its working form."""
    content = casework.content(activity.dossier)
    others = activity.dossier.activities.all() if activity.details else ()
    return working.sheet(content, activity, timezone.localdate(), others)
