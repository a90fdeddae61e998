"""Who has a list of work: everybody who works at a school; news and mail likewise."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import STAFF, Actor, Kind
from partnerwijzer.organisations.models import School, User
from partnerwijzer.worklist.models import Assignment


def has_a_list(actor: Actor, subject: Any) -> bool:
    """Everybody with a role, for oneself."""
    if isinstance(subject, User):
        return subject.pk == actor.user_id
    return actor.signed_in and bool(actor.seats)


def gives_work(actor: Actor, subject: Any) -> bool:
    """Who works at a school asks a colleague of that school."""
    if isinstance(subject, School):
        return actor.works_at(subject.pk)
    return actor.has(*STAFF)


def does_the_work(actor: Actor, subject: Any) -> bool:
    """Who does it or asked it, as long as they work there; who leads, where both left."""
    if isinstance(subject, Assignment):
        if actor.user_id in (subject.owner_id, subject.asked_by_id):
            return actor.works_at(subject.school_id)
        return Assignment.objects.visible_to(actor).filter(pk=subject.pk).exists()
    return actor.has(*STAFF)


def holds_the_link(actor: Actor, subject: Any) -> bool:
    """The view found the person by the signed address in their mail."""
    return actor.kind is Kind.LINK


gate.register("worklist.list", has_a_list)
gate.register("worklist.give", gives_work)
gate.register("worklist.do", does_the_work)
gate.register("worklist.stop_mail", holds_the_link)
