"""Who may begin again, read the archive, say how long things are kept, and have them removed."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import STAFF, Actor, Role


def works_at_the_school(actor: Actor, subject: Any) -> bool:
    """Everybody of the staff may open a dossier, also one as an earlier one."""
    if subject is None:
        return actor.has(*STAFF)
    return actor.works_at(subject.school_id)


def reads_the_archive(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF, Role.BOARD_ADMIN)


gate.register("archive.again", works_at_the_school)
gate.register("archive.view", reads_the_archive)
