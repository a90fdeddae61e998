"""Reading what goes to the school council."""

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils.models import CouncilMeeting
from partnerwijzer.dossiers.models import CouncilItem, CouncilTest, Dossier

RELATED = ("dossier__school", "dossier__framework", "body__school", "meeting")


def council_items(actor: Actor) -> QuerySet[CouncilItem]:
    """Topics for the council that the actor may read, those that wait first."""
    rows = CouncilItem.objects.visible_to(actor).select_related(*RELATED)
    return rows.order_by("outcome", F("meeting__on").desc(nulls_last=True), "-pk")


def get_council_item(actor: Actor, pk: int) -> CouncilItem:
    rows = CouncilItem.objects.visible_to(actor).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def items_of(dossier: Dossier) -> list[CouncilItem]:
    """What this dossier laid before a council, the newest first."""
    return list(dossier.council_items.select_related(*RELATED))


def items_at(actor: Actor, meeting: CouncilMeeting) -> QuerySet[CouncilItem]:
    """What dossiers put on the agenda of a meeting, in the order in which they came."""
    rows = CouncilItem.objects.visible_to(actor).select_related(*RELATED)
    return rows.filter(meeting=meeting).order_by("pk")


def tested(dossier: Dossier) -> CouncilTest | None:
    """How the school came to what the council has to get; none while it did not."""
    return CouncilTest.objects.filter(dossier=dossier).select_related("judged_by").first()
