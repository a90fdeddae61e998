"""Who does what on the day itself: staff of the school. Incidents are read by few."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor
from partnerwijzer.moments.models import Incident
from partnerwijzer.organisations.models import School


def _school_id(subject: Any) -> int:
    if isinstance(subject, School):
        return subject.pk
    activity = getattr(subject, "activity", subject)
    return int(getattr(activity, "dossier", activity).school_id)


def works_there(actor: Actor, subject: Any) -> bool:
    """Everybody of the staff: the teacher who is there may be any of them."""
    if subject is None:
        return actor.has(*STAFF)
    return actor.works_at(_school_id(subject))


def leads_there(actor: Actor, subject: Any) -> bool:
    """The head, or the co-ordinator on the head's behalf."""
    if subject is None:
        return actor.has(*LEADS)
    return actor.works_at(_school_id(subject), LEADS)


def keeps_the_incident(actor: Actor, subject: Any) -> bool:
    """Who wrote it, and who leads the school."""
    if not isinstance(subject, Incident):
        return works_there(actor, subject)
    return works_there(actor, subject) and (
        subject.by_id == actor.user_id or leads_there(actor, subject)
    )


gate.register("moments.view", works_there)
gate.register("moments.plan", works_there)
gate.register("moments.rules", leads_there)
gate.register("moments.incident", keeps_the_incident)
