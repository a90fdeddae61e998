"""Everybody with a role may read the days of elections; who keeps the databank enters them."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor, Kind, Role


def reads_elections(actor: Actor, subject: Any) -> bool:
    return actor.signed_in and bool(actor.seats)


def keeps_elections(actor: Actor, subject: Any) -> bool:
    return actor.kind is Kind.SYSTEM or actor.has(Role.UMBRELLA_ADMIN)


gate.register("elections.view", reads_elections)
gate.register("elections.keep", keeps_elections)
