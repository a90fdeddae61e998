"""What waits for the umbrella in the databank, one kind of work at a time."""

from datetime import timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.partners.models import (
    Experience,
    Partner,
    PartnerMark,
    Proposal,
    Recognition,
    Reply,
    Report,
    State,
)
from partnerwijzer.partners.queries.duplicates import likely_pairs

SOON = timedelta(days=30)


def work(actor: Actor) -> dict[str, QuerySet[Any]]:
    """By kind of work what waits, the longest waiting first; nothing for who does not moderate."""
    today = timezone.localdate()
    seen = Partner.objects.visible_to(actor)
    slim = seen.filter(enterprise_number="").defer("search_text", "search_keys")
    found = {
        "reports": _of_partners(Report.objects.filter(handled_at=None)).order_by("at", "pk"),
        "proposals": _of_partners(Proposal.objects.filter(state=State.WAITING), "offer").order_by(
            "at", "pk"
        ),
        "replies": _of_partners(Reply.objects.filter(state=State.WAITING), "experience").order_by(
            "at", "pk"
        ),
        "expired": _of_partners(Recognition.objects.filter(until__lte=today + SOON)).order_by(
            "until", "pk"
        ),
        "numberless": slim.order_by("created_at", "pk"),
        "marks": _of_partners(PartnerMark.objects.filter(ended_at=None), "by").order_by(
            "made_at", "pk"
        ),
        "pairs": likely_pairs(actor),
    }
    return found if actor.has(Role.UMBRELLA_ADMIN) else {k: q.none() for k, q in found.items()}


def _of_partners(rows: QuerySet[Any], *related: str) -> QuerySet[Any]:
    """Of partners that were not merged. Joined, not looked for in a list of all partners."""
    return rows.filter(partner__merged_into=None).select_related("partner", *related)


def decided(actor: Actor) -> dict[str, QuerySet[Any]]:
    """What was handled, the newest first."""
    handled = Report.objects.filter(handled_at__isnull=False)
    proposals = Proposal.objects.exclude(state=State.WAITING)
    replies = Reply.objects.exclude(state=State.WAITING)
    found = {
        "reports": _of_partners(handled, "handled_by").order_by("-handled_at"),
        "proposals": _of_partners(proposals, "decided_by").order_by("-decided_at"),
        "replies": _of_partners(replies, "decided_by").order_by("-decided_at"),
    }
    return found if actor.has(Role.UMBRELLA_ADMIN) else {k: q.none() for k, q in found.items()}


def get_waiting(actor: Actor, kind: str, pk: int) -> Model:
    """A report, proposal or reply that waits, or 404."""
    row: Model = get_object_or_404(work(actor)[kind], pk=pk)
    return row


def reported_experience(actor: Actor, row: Report) -> Experience | None:
    """The experience that a report is about; None where it is about something else."""
    kind, _colon, number = row.thing.partition(":")
    if kind != "experience" or not actor.has(Role.UMBRELLA_ADMIN):
        return None
    return Experience.objects.filter(partner=row.partner_id, pk=number).first()
