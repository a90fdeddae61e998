"""Keeping a search, and noting that its results were taken along."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.finding.models import SavedSearch
from partnerwijzer.organisations.models import User

MOST = 50


class TooMany(Exception):
    """Nobody looks in a list that is longer than this."""


@action("finding.keep")
def save_search(owner: User, *, actor: Actor, name: str, address: str) -> SavedSearch:
    """Keeps a search under a name; under a name that is there it is replaced.

    Raises:
        TooMany: there are MOST already.
    """
    if owner.pk != actor.user_id:
        raise PermissionDenied("finding.keep")
    mine = SavedSearch.objects.visible_to(actor)
    if mine.exclude(name=name).count() >= MOST:
        raise TooMany
    values = {"address": address, "saved_at": timezone.now()}
    row, _new = SavedSearch.objects.update_or_create(user=owner, name=name, defaults=values)
    record("search.saved", row, actor=actor, thread=owner, name=name)
    return row


@action("finding.keep")
def remove_search(search: SavedSearch, *, actor: Actor) -> None:
    """Throws a saved search away."""
    record("search.removed", search, actor=actor, thread=search.user, name=search.name)
    search.delete()


@action("finding.export")
def note_export(owner: User, *, actor: Actor, kind: str, count: int) -> None:
    """Business contacts go along, so the log says who took them."""
    record("search.taken_along", owner, actor=actor, kind=kind, n=count)
