"""Who may do what with the framework. Everybody with an account reads it: no school's data."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor, Kind, Role


def keeps_the_framework(actor: Actor, subject: Any) -> bool:
    """The installation itself, or who looks after the umbrella's frameworks and guides."""
    return actor.kind is Kind.SYSTEM or actor.has(Role.UMBRELLA_ADMIN)


def has_an_account(actor: Actor, subject: Any) -> bool:
    return actor.signed_in


gate.register("frameworks.read", has_an_account)
gate.register("frameworks.publish", keeps_the_framework)
