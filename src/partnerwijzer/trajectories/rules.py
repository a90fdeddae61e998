"""Who plans a trajectory: the staff of the school, as for any activity."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import STAFF, Actor


def works_there(actor: Actor, subject: Any) -> bool:
    """Everybody of the school's staff; the subject is a dossier or something of one."""
    if subject is None:
        return actor.has(*STAFF)
    dossier = getattr(subject, "dossier", subject)
    return actor.works_at(dossier.school_id)


gate.register("trajectories.plan", works_there)
