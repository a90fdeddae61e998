"""Who reads papers of a dossier, and who lets them out."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Role


def may_see_papers(actor: Actor, subject: Any) -> bool:
    """Whoever sees dossiers; queries say which."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER)


def leads_the_school(actor: Actor, subject: Any) -> bool:
    """The head, or the co-ordinator on the head's behalf, speaks for the school."""
    if subject is None:
        return actor.has(*LEADS)
    dossier = getattr(subject, "dossier", subject)
    return actor.works_at(dossier.school_id, LEADS)


def hands_over(actor: Actor, subject: Any) -> bool:
    """Who leads the school, and the administrator of its board."""
    if subject is None:
        return actor.has(*LEADS, Role.BOARD_ADMIN)
    return leads_the_school(actor, subject) or subject.school.board_id in actor.boards


def styles_papers(actor: Actor, subject: Any) -> bool:
    """Who leads a school says how its papers look."""
    return actor.has(*LEADS) if subject is None else actor.works_at(subject.pk, LEADS)


gate.register("papers.view", may_see_papers)
gate.register("papers.hand_over", hands_over)
gate.register("papers.style", styles_papers)
gate.register("papers.write", leads_the_school)
