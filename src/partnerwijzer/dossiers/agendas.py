"""Activities, meetings and days off as appointments for agendas. Pure.

No more of a person than the name of the teacher who stays with it; of several partners what each
does.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerwijzer.councils.models import CouncilMeeting
from partnerwijzer.documents.calendar import Event
from partnerwijzer.dossiers import together
from partnerwijzer.dossiers.models import Activity, ActivityState, in_general
from partnerwijzer.schooldays.off import Days

STATUSES = {ActivityState.CONFIRMED: "confirmed", ActivityState.CANCELLED: "cancelled"}
MEETING_HOURS = timedelta(hours=2)
# Whole days and meetings have no moment of their own at which they were written down.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def event(activity: Activity) -> Event:
    """One activity, read with its groups, teachers and together.PARTNERS."""
    zone = timezone.get_current_timezone()
    groups = ", ".join(str(g) for g in activity.groups.all())
    teachers = ", ".join(str(t) for t in activity.teachers.all())
    partners = together.words(activity)
    address = reverse("dossiers:activities", args=[activity.dossier_id])
    return Event(
        uid=f"{activity.uid}@partnerwijzer",
        title=activity.title,
        start=datetime.combine(activity.on, activity.starts, zone),
        end=datetime.combine(activity.on, activity.ends, zone),
        place=activity.place,
        description="\n".join(filter(None, (groups, teachers, partners))),
        url=f"{settings.SITE_URL}{address}",
        status=STATUSES.get(ActivityState(activity.state), "tentative"),  # type: ignore[arg-type]
        changes=activity.version,
        made=activity.created_at,
    )


def for_partner(activity: Activity, school: str) -> Event:
    """The same moment as a partner may know it: the school, the level and how many pupils, no name
    of a teacher and no address inside."""
    zone = timezone.get_current_timezone()
    groups = in_general(activity.groups.all())
    waits = _("Nog te bevestigen.") if activity.state == ActivityState.PLANNED else ""
    start = datetime.combine(activity.on, activity.starts, zone)
    return Event(
        uid=f"{activity.uid}@partnerwijzer",
        title=activity.title,
        start=start,
        end=datetime.combine(activity.on, activity.ends, zone),
        place=activity.place,
        description="\n".join(filter(None, (school, groups, waits))),
        status=STATUSES.get(ActivityState(activity.state), "tentative"),  # type: ignore[arg-type]
        changes=activity.version,
        made=activity.created_at,
    )


def meeting(row: CouncilMeeting) -> Event:
    """A meeting of a body: with an hour where it has one, else the whole day."""
    address = f"{settings.SITE_URL}{reverse('councils:meeting', args=[row.pk])}"
    start: datetime | date = row.on
    end: datetime | date = row.on
    if row.starts:
        zone = timezone.get_current_timezone()
        start = datetime.combine(row.on, row.starts, zone)
        last = datetime.combine(row.on, time(23, 59), zone)
        end = min(start + MEETING_HOURS, last)
    return Event(
        uid=f"meeting-{row.pk}@partnerwijzer",
        title=row.body.name,
        start=start,
        end=end,
        place=row.place,
        url=address,
        status="cancelled" if row.cancelled_at else "confirmed",
        changes=row.version,
        made=BEGINNING,
    )


def free_days(days: Days, first: date, last: date) -> Iterable[Event]:
    """What the school decided itself, as whole days. The holidays of all schools stand in any
    agenda already."""
    for own in days.own:
        if own.last >= first and own.first <= last:
            prefix = _("Les") if own.kind == "lesson" else _("Geen les")
            yield Event(
                uid=f"{own.kind}-{own.first.isoformat()}-{own.last.isoformat()}@partnerwijzer",
                title=f"{prefix}: {capfirst(own.name)}",
                start=own.first,
                end=own.last,
                made=BEGINNING,
            )
