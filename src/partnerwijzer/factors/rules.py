"""Who may see and give scores."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import STAFF, Actor, Kind, Role
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors.models import Ask, FactorAction


def may_see_dossiers(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER)


def works_at_the_school(actor: Actor, subject: Dossier | FactorAction | Ask | None) -> bool:
    """Everybody of the staff works on its dossiers."""
    if subject is None:
        return actor.has(*STAFF)
    if isinstance(subject, Ask):
        return actor.works_at(subject.row.dossier.school_id)
    dossier = subject.dossier if isinstance(subject, FactorAction) else subject
    return actor.works_at(dossier.school_id)


def holds_a_link(actor: Actor, subject: Any) -> bool:
    """The partner's side; the view found the subject by its secret link."""
    return actor.kind is Kind.LINK


gate.register("factors.view", may_see_dossiers)
gate.register("factors.score", works_at_the_school)
gate.register("factors.ask", works_at_the_school)
gate.register("factors.act", works_at_the_school)
gate.register("factors.answer", holds_a_link)
