"""Facts of the databank as values: as they stand on a row, and as JSON keeps them."""

from typing import Any

from django.db.models import QuerySet

from partnerwijzer.goals.models import Goal
from partnerwijzer.partners.models import Offer, Partner, Recognition

# What somebody says something of.
About = Partner | Offer | Recognition
# The one fact that is a relation; everywhere else its value is the list of keys, in order.
GOALS = "goals"


def value_of(about: About, name: str) -> Any:
    """A fact as it stands there now; goals as their keys."""
    if name == GOALS and isinstance(about, Offer):
        return sorted(about.goals.values_list("pk", flat=True))
    return getattr(about, name)


def plain(value: Any) -> Any:
    """As JSON keeps it: amounts and days as text."""
    return value if value is None or isinstance(value, str | int | list) else str(value)


def goals_of(keys: Any) -> QuerySet[Goal]:
    """The goals with these keys, as far as they are there."""
    return Goal.objects.filter(pk__in=keys).select_related("goal_set").order_by("pk")
