"""Who may do what in the databank."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Kind, Role


def has_a_seat(actor: Actor, subject: Any) -> bool:
    """Everybody with a role somewhere reads the databank."""
    return bool(actor.seats)


def keeps_the_databank(actor: Actor, subject: Any) -> bool:
    """Staff, boards and umbrellas add and change, and an import by command; a member of the school
    council reads."""
    people = actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER, Role.UMBRELLA_ADMIN)
    return people or actor.kind is Kind.SYSTEM


def leads_a_school(actor: Actor, subject: Any) -> bool:
    """Sharing is for the head or the co-ordinator; the action checks of which school."""
    return actor.has(*LEADS)


def keeps_it_for_all(actor: Actor, subject: Any) -> bool:
    """The umbrella moderates: marks, merges, what is reported."""
    return actor.has(Role.UMBRELLA_ADMIN)


def is_the_product(actor: Actor, subject: Any) -> bool:
    """What follows from an import, or is due at a time, nobody does by hand."""
    return actor.kind is Kind.SYSTEM


def holds_the_link(actor: Actor, subject: Any) -> bool:
    """Who came in by the personal link of the organisation; the action looks whether it works."""
    return actor.kind is Kind.LINK


gate.register("partners.view", has_a_seat)
gate.register("partners.create", keeps_the_databank)
gate.register("partners.edit", keeps_the_databank)
gate.register("partners.share", leads_a_school)
gate.register("partners.moderate", keeps_it_for_all)
gate.register("partners.watch", is_the_product)
gate.register("partners.report", has_a_seat)
gate.register("partners.speak", holds_the_link)
