"""Who may do what with schools and people."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor


def is_signed_in(actor: Actor, subject: Any) -> bool:
    return actor.signed_in


gate.register("organisations.account", is_signed_in)
