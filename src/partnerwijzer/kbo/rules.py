"""Who keeps the databank reads the register in."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor, Kind, Role


def may_import(actor: Actor, subject: Any) -> bool:
    return actor.kind is Kind.SYSTEM or actor.has(Role.UMBRELLA_ADMIN)


gate.register("kbo.import", may_import)
