"""Who keeps the calendar of a school, and who makes addresses for agendas."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor
from partnerwijzer.organisations.models import School
from partnerwijzer.schooldays.models import CalendarFeed, SchoolDay


def _school_id(subject: School | SchoolDay | CalendarFeed) -> int:
    return subject.pk if isinstance(subject, School) else subject.school_id


def is_staff(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF) if subject is None else actor.works_at(_school_id(subject))


def leads(actor: Actor, subject: Any) -> bool:
    """The head, or the co-ordinator on the head's behalf."""
    return actor.has(*LEADS) if subject is None else actor.works_at(_school_id(subject), LEADS)


def own_feed(actor: Actor, subject: Any) -> bool:
    """Everybody makes and withdraws their own address; that of the school is for who leads it."""
    if isinstance(subject, CalendarFeed):
        if subject.user_id is None:
            return leads(actor, subject)
        return subject.user_id == actor.user_id
    return is_staff(actor, subject)


gate.register("schooldays.view", is_staff)
gate.register("schooldays.manage", leads)
gate.register("schooldays.feed", own_feed)
gate.register("schooldays.school_feed", leads)
