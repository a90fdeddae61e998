"""Who may keep searches, and take along what was found."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import STAFF, Actor, Role
from partnerwijzer.finding.models import SavedSearch


def keeps_searches(actor: Actor, subject: Any) -> bool:
    """Everybody with a role somewhere, for themselves."""
    if isinstance(subject, SavedSearch):
        return subject.user_id == actor.user_id
    return actor.signed_in and bool(actor.seats)


def takes_along(actor: Actor, subject: Any) -> bool:
    """Who works with partners: there are business contacts in it. The school council reads."""
    return actor.has(*STAFF, Role.BOARD_ADMIN, Role.ADVISER, Role.UMBRELLA_ADMIN)


gate.register("finding.keep", keeps_searches)
gate.register("finding.export", takes_along)
