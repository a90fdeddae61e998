"""Reading days of elections. Everybody with an account may know them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.elections.models import Election


def elections(actor: Actor) -> QuerySet[Election]:
    """Those that were not withdrawn, in order of day."""
    rows = Election.objects.standing().select_related("entered_by")
    return rows if actor.signed_in else rows.none()


def get_election(actor: Actor, pk: int) -> Election:
    """One election, or 404."""
    return get_object_or_404(elections(actor), pk=pk)
