"""What waits in the databank for somebody: recognitions that end, of partners they brought in."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.partners.models import Recognition

# Who has more that ends begins with these: a list that was read in can bring hundreds.
LIMIT = 6
# How long before its end a recognition is asked about, and after its end no more.
AHEAD = timedelta(days=30)
NO_MORE_AFTER = timedelta(days=365)


def recognitions_that_end() -> QuerySet[Recognition]:
    """Those that ended or end soon, the first to end first. Of everybody: for an action."""
    today = timezone.localdate()
    rows = Recognition.objects.filter(
        partner__merged_into=None, until__lte=today + AHEAD, until__gte=today - NO_MORE_AFTER
    )
    return rows.select_related("partner").order_by("until", "pk")


def ending_recognitions(actor: Actor) -> QuerySet[Recognition]:
    """Recognitions that ended or end soon, of partners that a school of the actor brought in."""
    mine = recognitions_that_end().filter(partner__created_by_school__in=actor.schools(LEADS))
    return Recognition.objects.filter(pk__in=mine[:LIMIT].values("pk"))
