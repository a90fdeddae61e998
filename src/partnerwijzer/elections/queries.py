"""Reading days of elections. Everybody with an account may know them."""

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.elections.listed import Listed
from partnerwijzer.elections.models import Election


def elections(actor: Actor) -> QuerySet[Election]:
    """Those that were not withdrawn, in order of day."""
    rows = Election.objects.standing().select_related("entered_by")
    return rows if actor.signed_in else rows.none()


def get_election(actor: Actor, pk: int) -> Election:
    """One election, or 404."""
    return get_object_or_404(elections(actor), pk=pk)


def like(line: Listed) -> Election | None:
    """The election that stands for a line of a table; else a withdrawn one with the same source:
    what somebody took back, the same table does not bring in again."""
    same = Election.objects.filter(name__iexact=line.name, on=line.on)
    rows = same.filter(Q(withdrawn_at=None) | Q(source=line.source))
    return rows.order_by(F("withdrawn_at").asc(nulls_first=True)).first()
