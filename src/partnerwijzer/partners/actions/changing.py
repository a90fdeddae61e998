"""What all changes in the databank have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.audit.log import record
from partnerwijzer.partners.models import Partner
from partnerwijzer.search.spelling import folded

MOST_FORMER_NAMES = 20
# An offer is said and checked as a whole: the field of its statement.
WHOLE = "offer"


def note(verb: str, subject: Model, actor: Actor, thread: Partner, **data: Any) -> None:
    """The log keeps for which school one worked; the history names people to colleagues only."""
    record(verb, subject, actor=actor, thread=thread, school_id=actor.school_id or 0, **data)


def change(row: Model, names: Sequence[str], facts: Mapping[str, Any]) -> list[str]:
    """Puts the facts on the row and gives the names of those that differed."""
    changed = [name for name in names if name in facts and getattr(row, name) != facts[name]]
    for name in changed:
        setattr(row, name, facts[name])
    return changed


def add_former_name(partner: Partner, former: str) -> list[str]:
    """Keeps a name that it no longer has, so that it still finds the partner."""
    known = {folded(name) for name in (*partner.former_names, partner.name)}
    if folded(former) in known:
        return []
    partner.former_names = [*partner.former_names, former][-MOST_FORMER_NAMES:]
    return ["former_names"]


def labels(row: Model, names: Sequence[str]) -> list[str]:
    return [str(getattr(row._meta.get_field(name), "verbose_name", name)) for name in names]


def claimed(model: type[Any], partner: Partner, row: Any, version: int) -> Any:
    """A new row of the partner, or the one that is changed."""
    if row is None:
        return model(partner=partner)
    return versions.claim(model.objects.filter(partner=partner), row.pk, version)


def place_of(actor: Actor) -> str:
    """The school, board or umbrella for which somebody works now: who stands behind a check."""
    here = [s for s in actor.seats if s.school_id and s.school_id == actor.school_id]
    seats = here or list(actor.seats)
    return seats[0].label[:200] if seats else actor.name[:200]
