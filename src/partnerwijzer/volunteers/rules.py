"""Who may see, ask and answer."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Kind, Role
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import School
from partnerwijzer.volunteers import queries
from partnerwijzer.volunteers.models import Slot, Volunteer


def sees_slots(actor: Actor, subject: Any) -> bool:
    """Staff and board; an adviser needs no names of parents, and no roles either."""
    return actor.has(*STAFF, Role.BOARD_ADMIN)


def works_at_the_school(actor: Actor, subject: Dossier | Slot | None) -> bool:
    """Everybody of the staff says where help is welcome."""
    if subject is None:
        return actor.has(*STAFF)
    dossier = subject.activity.dossier if isinstance(subject, Slot) else subject
    return actor.works_at(dossier.school_id)


def leads_the_dossier(actor: Actor, subject: Dossier | Volunteer | None) -> bool:
    """Only who leads the dossier asks people and sees how to reach them."""
    if subject is None:
        return actor.has(*STAFF)
    return queries.leads(actor, subject.dossier if isinstance(subject, Volunteer) else subject)


def leads_the_school(actor: Actor, subject: School | None) -> bool:
    """The head, or the co-ordinator on the head's behalf, tells who helps what the school is."""
    return actor.has(*LEADS) if subject is None else actor.works_at(subject.pk, LEADS)


def holds_a_link(actor: Actor, subject: Any) -> bool:
    """The volunteer; the view found the subject by its secret link."""
    return actor.kind is Kind.LINK


gate.register("volunteers.view", sees_slots)
gate.register("volunteers.plan", works_at_the_school)
gate.register("volunteers.ask", leads_the_dossier)
gate.register("volunteers.note", leads_the_school)
gate.register("volunteers.answer", holds_a_link)
