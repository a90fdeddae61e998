"""When a body meets, what stands on its agenda, and what was said."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.councils.actions.bodies import Refused
from partnerwijzer.councils.models import AgendaPoint, CouncilBody, CouncilMeeting

FACTS = ("on", "starts", "place", "agenda_sent_on", "present", "report")


def _record(verb: str, meeting: CouncilMeeting, actor: Actor, **data: Any) -> None:
    body = meeting.body
    shown = {"name": body.name, "day": meeting.on, **data}
    record(verb, meeting, actor=actor, thread=body, school_id=body.school_id, **shown)


@action("councils.manage")
def plan_meeting(body: CouncilBody, *, actor: Actor, facts: Mapping[str, Any]) -> CouncilMeeting:
    """A day on which the body meets.

    Raises:
        Refused: it meets on that day already, or the body was ended.
    """
    if body.ended_at is not None:
        raise Refused(_("Deze raad is beëindigd."))
    meeting = CouncilMeeting(body=body, **{n: facts[n] for n in FACTS if n in facts})
    _store(meeting)
    _record("meeting.planned", meeting, actor)
    return meeting


def _store(meeting: CouncilMeeting) -> None:
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError:
        raise Refused(_("Op die dag is er al een vergadering van deze raad."), "on") from None


def meeting_on(body: CouncilBody, day: date, *, actor: Actor) -> CouncilMeeting:
    """The meeting of that day; planned when there is none yet. For the actions of other modules."""
    found = body.meetings.filter(on=day, cancelled_at=None).first()
    return found or plan_meeting(body, actor=actor, facts={"on": day})


@action("councils.manage")
def edit_meeting(
    meeting: CouncilMeeting, *, actor: Actor, version: int, facts: Mapping[str, Any]
) -> CouncilMeeting:
    """Another day, hour or place; when the agenda went out; who was there; the report.

    Raises:
        Conflict: a colleague saved in between.
        Refused: it meets on that day already.
    """
    fresh = versions.claim(CouncilMeeting, meeting.pk, version)
    names = [n for n in FACTS if n in facts]
    for name in names:
        setattr(fresh, name, facts[name])
    _store(fresh)
    _record("meeting.edited", fresh, actor)
    return fresh


@action("councils.manage")
def cancel_meeting(meeting: CouncilMeeting, *, actor: Actor, reason: str) -> None:
    """It does not go on. What stood on its agenda stays there, to be put on another.

    Raises:
        Refused: it was cancelled already.
    """
    locked = CouncilMeeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.cancelled_at is not None:
        raise Refused(_("Deze vergadering was al geschrapt."))
    locked.cancelled_at, locked.cancel_reason = timezone.now(), reason[:300]
    locked.version += 1
    locked.save(update_fields=["cancelled_at", "cancel_reason", "version"])
    _record("meeting.cancelled", locked, actor)


@action("councils.manage")
def add_point(
    meeting: CouncilMeeting, *, actor: Actor, title: str, text: str = "", minutes: str = ""
) -> AgendaPoint:
    """A point that belongs to no dossier."""
    point = AgendaPoint.objects.create(meeting=meeting, title=title, text=text, minutes=minutes)
    _record("meeting.point", meeting, actor, title=title)
    return point


@action("councils.manage")
def edit_point(
    point: AgendaPoint, *, actor: Actor, version: int, title: str, text: str, minutes: str
) -> AgendaPoint:
    """The point, and what was said about it.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = versions.claim(AgendaPoint, point.pk, version)
    fresh.title, fresh.text, fresh.minutes = title, text, minutes
    fresh.save(update_fields=["title", "text", "minutes"])
    _record("meeting.point_edited", fresh.meeting, actor, title=title)
    return fresh


@action("councils.manage")
def remove_point(point: AgendaPoint, *, actor: Actor) -> None:
    """Takes a point from the agenda.

    Raises:
        Refused: it has minutes: what was said stays.
    """
    if AgendaPoint.objects.select_for_update().get(pk=point.pk).minutes:
        raise Refused(_("Hier staat een verslag bij. Maak dat eerst leeg als het fout was."))
    _record("meeting.point_removed", point.meeting, actor, title=point.title)
    point.delete()
