"""Everybody may say why a text may stand; who leads a school says what addresses pupils have."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, Actor


def may_answer(actor: Actor, subject: Any) -> bool:
    """Who typed it is asked, with or without account."""
    return True


def leads_a_school(actor: Actor, subject: Any) -> bool:
    return actor.works_at(actor.school_id, LEADS)


gate.register("privacy.allow", may_answer)
gate.register("privacy.keep", leads_a_school)
