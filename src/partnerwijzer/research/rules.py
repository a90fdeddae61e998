"""Who keeps the research of a dossier: staff of the school. Going on without approval or consent is
for who leads the school."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor


def works_there(actor: Actor, subject: Any) -> bool:
    if subject is None:
        return actor.has(*STAFF)
    return actor.works_at(subject.school_id)


def leads_there(actor: Actor, subject: Any) -> bool:
    if subject is None:
        return actor.has(*LEADS)
    return actor.works_at(subject.school_id, LEADS)


gate.register("research.edit", works_there)
gate.register("research.go_without", leads_there)
