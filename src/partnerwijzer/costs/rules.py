"""Who may see and keep costs."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Role
from partnerwijzer.costs.models import CostCeiling, OtherCost
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import School, Umbrella


def may_see_a_plan(actor: Actor, subject: Any) -> bool:
    """Whoever sees dossiers; queries say which."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER)


def works_at_the_school(actor: Actor, subject: Dossier | School | OtherCost | None) -> bool:
    """Everybody of the staff, in dossiers and for what is asked outside them."""
    if subject is None:
        return actor.has(*STAFF)
    return actor.works_at(subject.pk if isinstance(subject, School) else subject.school_id)


def reads_a_school(actor: Actor, subject: Any) -> bool:
    """All costs of a school: its staff and its board."""
    return actor.has(*STAFF, Role.BOARD_ADMIN)


def sees_ceilings(actor: Actor, subject: Any) -> bool:
    """Schools see the amounts and where they come from."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER, Role.UMBRELLA_ADMIN)


def keeps_ceilings(actor: Actor, subject: Umbrella | School | CostCeiling | None) -> bool:
    """The administrator of an umbrella enters amounts for its schools; the head and the coordinator
    of a school for that school."""
    if subject is None:
        return actor.has(Role.UMBRELLA_ADMIN, *LEADS)
    owner = subject.owner if isinstance(subject, CostCeiling) else subject
    if isinstance(owner, School):
        return actor.works_at(owner.pk, LEADS)
    return owner.pk in actor.umbrellas(Role.UMBRELLA_ADMIN)


gate.register("costs.view", may_see_a_plan)
gate.register("costs.edit", works_at_the_school)
gate.register("costs.overview", reads_a_school)
gate.register("costs.see_ceilings", sees_ceilings)
gate.register("costs.ceilings", keeps_ceilings)
