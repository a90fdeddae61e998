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
    seen = Partner.objects.visible_to(actor)
    if not actor.has(Role.UMBRELLA_ADMIN):
        seen = seen.none()
    about = "partner"
    return {
        "reports": Report.objects.filter(handled_at=None, partner__in=seen)
        .select_related(about)
        .order_by("at", "pk"),
        "proposals": Proposal.objects.filter(state=State.WAITING, partner__in=seen)
        .select_related(about, "offer")
        .order_by("at", "pk"),
        "replies": Reply.objects.filter(state=State.WAITING, partner__in=seen)
        .select_related(about, "experience")
        .order_by("at", "pk"),
        "expired": Recognition.objects.filter(
            until__lte=timezone.localdate() + SOON, partner__in=seen
        )
        .select_related(about)
        .order_by("until", "pk"),
        "numberless": seen.filter(enterprise_number="")
        .defer("search_text", "search_keys")
        .order_by("created_at", "pk"),
        "marks": PartnerMark.objects.filter(ended_at=None, partner__in=seen)
        .select_related(about, "by")
        .order_by("made_at", "pk"),
        "pairs": likely_pairs(actor).filter(one__in=seen),
    }


def decided(actor: Actor) -> dict[str, QuerySet[Any]]:
    """What was handled, the newest first."""
    seen = Partner.objects.visible_to(actor)
    if not actor.has(Role.UMBRELLA_ADMIN):
        seen = seen.none()
    handled = Report.objects.filter(handled_at__isnull=False, partner__in=seen)
    proposals = Proposal.objects.exclude(state=State.WAITING).filter(partner__in=seen)
    replies = Reply.objects.exclude(state=State.WAITING).filter(partner__in=seen)
    return {
        "reports": handled.select_related("partner", "handled_by").order_by("-handled_at"),
        "proposals": proposals.select_related("partner", "decided_by").order_by("-decided_at"),
        "replies": replies.select_related("partner", "decided_by").order_by("-decided_at"),
    }


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
