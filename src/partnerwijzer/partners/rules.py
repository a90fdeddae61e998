"""Who may do what in the databank."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Role


def has_a_seat(actor: Actor, subject: Any) -> bool:
    """Everybody with a role somewhere reads the databank."""
    return bool(actor.seats)


def keeps_the_databank(actor: Actor, subject: Any) -> bool:
    """Staff, boards and umbrellas add and change; a member of the school council reads."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER, Role.UMBRELLA_ADMIN)


def leads_a_school(actor: Actor, subject: Any) -> bool:
    """Sharing is for the head or the co-ordinator; the action checks of which school."""
    return actor.has(*LEADS)


gate.register("partners.view", has_a_seat)
gate.register("partners.create", keeps_the_databank)
gate.register("partners.edit", keeps_the_databank)
gate.register("partners.share", leads_a_school)
