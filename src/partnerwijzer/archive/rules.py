"""Who may begin again, read the archive, say how long things are kept, and have them removed."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import STAFF, Actor, Kind, Role
from partnerwijzer.organisations.models import School, Umbrella


def works_at_the_school(actor: Actor, subject: Any) -> bool:
    """Everybody of the staff may open a dossier, also one as an earlier one."""
    if subject is None:
        return actor.has(*STAFF)
    return actor.works_at(subject.school_id)


def reads_the_archive(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF, Role.BOARD_ADMIN)


def sees_periods(actor: Actor, subject: Any) -> bool:
    """Whoever works with dossiers sees how long they are kept, and who says so."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.UMBRELLA_ADMIN)


def says_how_long(actor: Actor, subject: Any) -> bool:
    """The head for the school, the administrator of an umbrella for its schools. The subject is a
    school, an umbrella or a period."""
    if subject is None:
        return actor.has(Role.HEAD, Role.UMBRELLA_ADMIN)
    owner = (
        subject if isinstance(subject, School | Umbrella) else subject.school or subject.umbrella
    )
    if isinstance(owner, School):
        return Role.HEAD in actor.roles_at(owner.pk)
    return owner.pk in actor.umbrellas(Role.UMBRELLA_ADMIN)


def has_things_removed(actor: Actor, subject: Any) -> bool:
    """The head of the school; and who runs the product, by command. The subject is a school, or
    something with a run."""
    if actor.kind is Kind.SYSTEM:
        return True
    if subject is None:
        return actor.has(Role.HEAD)
    school = subject.pk if isinstance(subject, School) else subject.school_id
    return Role.HEAD in actor.roles_at(school)


gate.register("archive.again", works_at_the_school)
gate.register("archive.view", reads_the_archive)
gate.register("archive.see_periods", sees_periods)
gate.register("archive.periods", says_how_long)
gate.register("archive.remove", has_things_removed)
