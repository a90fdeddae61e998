"""Everybody with an account may search goals; who keeps the databank reads them in."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor, Kind, Role


def may_search(actor: Actor, subject: Any) -> bool:
    return actor.signed_in


def may_import(actor: Actor, subject: Any) -> bool:
    return actor.kind is Kind.SYSTEM or actor.has(Role.UMBRELLA_ADMIN)


gate.register("goals.search", may_search)
gate.register("goals.import", may_import)
