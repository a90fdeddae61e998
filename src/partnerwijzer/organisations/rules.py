"""Who may do what with schools and people. Without a subject: may the page be seen at all."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, Actor, Kind, Role
from partnerwijzer.organisations import queries
from partnerwijzer.organisations.models import (
    AdviserAssignment,
    Invitation,
    Membership,
    Priority,
    School,
    SchoolBoard,
    Umbrella,
)

Place = School | SchoolBoard | Umbrella


def is_signed_in(actor: Actor, subject: Any) -> bool:
    return actor.signed_in


def is_self(actor: Actor, subject: Any) -> bool:
    """About one's own account."""
    return actor.signed_in and (subject is None or subject.pk == actor.user_id)


def sees_schools(actor: Actor, subject: School | None) -> bool:
    """Whoever has a seat somewhere; which schools is up to visible_to()."""
    return bool(actor.seats)


def leads_school(actor: Actor, subject: School | Priority | None) -> bool:
    """The head and the co-ordinator write what the school stands for."""
    school_id = subject.school_id if isinstance(subject, Priority) else getattr(subject, "pk", None)
    return actor.has(*LEADS) if school_id is None else actor.works_at(school_id, LEADS)


def sees_people(actor: Actor, subject: Place | None) -> bool:
    if subject is None:
        return actor.has(*LEADS, Role.BOARD_ADMIN, Role.UMBRELLA_ADMIN)
    return manages_people(actor, subject) or (
        isinstance(subject, School) and actor.works_at(subject.pk, LEADS)
    )


def manages_people(actor: Actor, subject: Place | Membership | Invitation | None) -> bool:
    """A head in the own school, a board admin in the own board and its schools, an umbrella admin
    in the own umbrella, its schools and their boards."""
    if subject is None:
        return actor.has(Role.HEAD, Role.BOARD_ADMIN, Role.UMBRELLA_ADMIN)
    place = subject.place if isinstance(subject, Membership | Invitation) else subject
    if actor.kind is Kind.SYSTEM:
        return True
    if isinstance(place, Umbrella):
        return place.pk in actor.umbrellas(Role.UMBRELLA_ADMIN)
    if isinstance(place, SchoolBoard):
        below = queries.boards_below(actor.umbrellas(Role.UMBRELLA_ADMIN))
        return place.pk in actor.boards or below.filter(pk=place.pk).exists()
    return actor.works_at(place.pk, frozenset({Role.HEAD})) or _is_above(actor, place)


def _is_above(actor: Actor, school: School) -> bool:
    return school.board_id in actor.boards or keeps_school(actor, school)


def keeps_school(actor: Actor, subject: School | Umbrella | AdviserAssignment | None) -> bool:
    """The umbrella admin keeps the list of schools and assigns advisers. A school of the official
    list where nobody works yet can be taken under any umbrella."""
    mine = actor.umbrellas(Role.UMBRELLA_ADMIN)
    if subject is None:
        return bool(mine)
    if actor.kind is Kind.SYSTEM:
        return True
    if isinstance(subject, Umbrella):
        return subject.pk in mine
    school = subject.school if isinstance(subject, AdviserAssignment) else subject
    return school.umbrella_id in mine or (bool(mine) and queries.is_unclaimed(school, mine))


def opens_invitation(actor: Actor, subject: Invitation | None) -> bool:
    """Whoever holds the link: signed in, or about to make an account."""
    return actor.kind in (Kind.USER, Kind.LINK) and (subject is None or subject.link.usable)


def is_system(actor: Actor, subject: Any) -> bool:
    return actor.kind is Kind.SYSTEM


def may_import(actor: Actor, subject: Any) -> bool:
    return actor.kind is Kind.SYSTEM or actor.has(Role.UMBRELLA_ADMIN)


gate.register("organisations.account", is_self)
gate.register("organisations.view", sees_schools)
gate.register("organisations.profile", leads_school)
gate.register("organisations.people", sees_people)
gate.register("organisations.manage", manages_people)
gate.register("organisations.keep", keeps_school)
gate.register("organisations.accept", opens_invitation)
gate.register("organisations.set_up", is_system)
gate.register("organisations.import", may_import)
