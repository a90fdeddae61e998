"""Who may see and keep goals by activity, expectations, tags and vision texts."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Role
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.quality.models import VisionText


def may_see_dossiers(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER)


def works_at_the_school(actor: Actor, subject: Any) -> bool:
    """Everybody of the staff works on its dossiers."""
    if subject is None:
        return actor.has(*STAFF)
    return actor.works_at(subject.school_id)


def reads_a_school(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF, Role.BOARD_ADMIN)


def reads_texts(actor: Actor, subject: Any) -> bool:
    """Whoever works with dossiers, and the umbrella that keeps them."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER, Role.UMBRELLA_ADMIN)


def keeps_lists(actor: Actor, subject: School | Umbrella | VisionText | None) -> bool:
    """Who leads the school, for the school; the administrator of an umbrella for the umbrella."""
    if subject is None:
        return actor.has(*LEADS, Role.UMBRELLA_ADMIN)
    owner = (subject.school or subject.umbrella) if isinstance(subject, VisionText) else subject
    if isinstance(owner, School):
        return actor.works_at(owner.pk, LEADS)
    return owner is not None and owner.pk in actor.umbrellas(Role.UMBRELLA_ADMIN)


gate.register("quality.view", may_see_dossiers)
gate.register("quality.edit", works_at_the_school)
gate.register("quality.school", reads_a_school)
gate.register("quality.texts", reads_texts)
gate.register("quality.keep", keeps_lists)
