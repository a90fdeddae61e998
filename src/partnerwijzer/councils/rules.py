"""Who may do what with the bodies of a school. The subject is a school, a body or part of one."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Role

PATHS = (("school_id",), ("body", "school_id"), ("meeting", "body", "school_id"))


def _school_id(subject: Any) -> int | None:
    for path in PATHS:
        thing = subject
        for name in path:
            thing = getattr(thing, name, None)
        if isinstance(thing, int):
            return thing
    return subject.pk if subject._meta.label_lower == "organisations.school" else None


def works_with_bodies(actor: Actor, subject: Any) -> bool:
    """Staff and board see how the bodies are made up; members only what they are shown."""
    return actor.has(*STAFF, Role.BOARD_ADMIN)


def reads_meetings(actor: Actor, subject: Any) -> bool:
    """Members too; which meetings, the queries say."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.COUNCIL_MEMBER)


def leads_the_school(actor: Actor, subject: Any) -> bool:
    """The head, or the co-ordinator on the head's behalf."""
    if subject is None:
        return actor.has(*LEADS)
    return actor.works_at(_school_id(subject), LEADS)


gate.register("councils.view", works_with_bodies)
gate.register("councils.read", reads_meetings)
gate.register("councils.manage", leads_the_school)
