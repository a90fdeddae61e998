"""What the organisation asked to change and that still waits."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from partnerwijzer.partners.models import Offer, Partner, Proposal, State
from partnerwijzer.partners.values import About


@dataclass(frozen=True)
class Asked:
    """What waits about the facts of an organisation, about one offer or one recognition.

    `newest` is the key of the last proposal (0: none waits): a form carries it, so that of two
    people of the organisation neither replaces what the other asked unseen. `changes` is
    {field: [value it was made from, value asked]}, as JSON keeps it.
    """

    newest: int = 0
    changes: dict[str, list[Any]] = field(default_factory=dict)


def proposals_about(about: About) -> QuerySet[Proposal]:
    """The proposals that wait about this very thing."""
    waiting = Proposal.objects.filter(state=State.WAITING)
    if isinstance(about, Partner):
        return waiting.filter(partner=about, offer=None, recognition=None)
    name = "offer" if isinstance(about, Offer) else "recognition"
    return waiting.filter(partner=about.partner_id, **{name: about})


def asked_of(about: About) -> Asked:
    """What waits; of what was asked twice the last."""
    rows = list(proposals_about(about).order_by("at", "pk"))
    changes = {name: change for row in rows for name, change in row.changes.items()}
    return Asked(rows[-1].pk if rows else 0, changes)


def as_asked(about: About, asked: Asked) -> dict[str, Any]:
    """The values that were asked, as the model keeps them."""
    return {
        name: about._meta.get_field(name).to_python(after)  # type: ignore[union-attr]
        for name, (_before, after) in asked.changes.items()
    }
