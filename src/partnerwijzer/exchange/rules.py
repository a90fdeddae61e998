"""Who may bring lists in and take the databank out. Without a subject: may the page be seen."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, Actor, Kind, Role
from partnerwijzer.exchange.models import PartnerList
from partnerwijzer.organisations.models import School, Umbrella


def keeps_lists(actor: Actor, subject: PartnerList | School | Umbrella | None) -> bool:
    """The head and the policy co-ordinator for their school, the umbrella's administrator."""
    if subject is None:
        return actor.has(*LEADS, Role.UMBRELLA_ADMIN)
    if actor.kind is Kind.SYSTEM:
        return True
    school_id = subject.pk if isinstance(subject, School) else getattr(subject, "school_id", None)
    umbrella_id = (
        subject.pk if isinstance(subject, Umbrella) else getattr(subject, "umbrella_id", None)
    )
    if isinstance(subject, School):
        umbrella_id = None
    mine = umbrella_id in actor.umbrellas(Role.UMBRELLA_ADMIN) if umbrella_id else False
    return mine or actor.works_at(school_id, LEADS)


def keeps_everything(actor: Actor, subject: Any) -> bool:
    """The whole databank is for the umbrella's administrator and for commands."""
    return actor.kind is Kind.SYSTEM or actor.has(Role.UMBRELLA_ADMIN)


gate.register("exchange.lists", keeps_lists)
gate.register("exchange.databank", keeps_everything)
