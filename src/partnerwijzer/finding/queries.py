"""What somebody kept."""

from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.finding.models import SavedSearch
from partnerwijzer.organisations.models import User


def saved_searches(actor: Actor) -> list[SavedSearch]:
    """One's own searches, by name."""
    return list(SavedSearch.objects.visible_to(actor))


def get_search(actor: Actor, pk: int) -> SavedSearch:
    """One of one's own searches, or 404."""
    return get_object_or_404(SavedSearch.objects.visible_to(actor).select_related("user"), pk=pk)


def oneself(actor: Actor) -> User:
    """The account of who acts, or 404."""
    return get_object_or_404(User, pk=actor.uid)
