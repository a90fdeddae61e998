"""What waits for the umbrella in the databank, one kind of work at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.partners.models import (
    Experience,
    Offer,
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
THINGS = ("offer", "recognition")  # what a proposal may be about


def work(actor: Actor) -> dict[str, QuerySet[Any]]:
    """By kind of work what waits, the longest waiting first; nothing for who does not moderate."""
    today = timezone.localdate()
    seen = Partner.objects.visible_to(actor)
    slim = seen.filter(enterprise_number="").defer("search_text", "search_keys")
    asked = Proposal.objects.filter(state=State.WAITING)
    found = {
        "reports": _of_partners(Report.objects.filter(handled_at=None)).order_by("at", "pk"),
        "proposals": _of_partners(asked, *THINGS).order_by("at", "pk"),
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


# A field that is the same in all rows of this kind that wait: they are counted by it.
SAME = {
    "reports": "handled_at",
    "proposals": "state",
    "replies": "state",
    "pairs": "set_aside_at",
}


def counted(actor: Actor, *, kind: str) -> QuerySet[Any, dict[str, Any]]:
    """How many of one kind of work wait: one row with `count`, none where nothing waits."""
    rows = work(actor)[kind].order_by().values(SAME[kind])
    counts: QuerySet[Any, dict[str, Any]] = rows.annotate(count=Count("pk"))
    return counts


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
        "proposals": _of_partners(proposals, "decided_by", *THINGS).order_by("-decided_at"),
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


@dataclass(frozen=True)
class Reported:
    """What a report is about: the words that may be read, or nothing where these are not for all.

    `kind` is "partner", "offer", "experience" or "reply"; `has_words` says whether an experience
    still has words that can be taken away, also those that this reader may not read.
    """

    kind: str
    texts: tuple[str, ...] = ()
    has_words: bool = False


def reported(actor: Actor, rows: Iterable[Report]) -> dict[int, Reported]:
    """What each report is about, by its key, in a handful of queries for all of them.

    The umbrella reads of experiences what every school reads; what a school shared with itself or
    with its board it does not.
    """
    about = {row.pk: row.thing.partition(":") for row in rows}
    keys: dict[str, set[int]] = {"offer": set(), "experience": set(), "reply": set()}
    for kind, _colon, number in about.values():
        if kind in keys and number.isdecimal():
            keys[kind].add(int(number))
    found = {
        "offer": _offers(keys["offer"]),
        "experience": _experiences(actor, keys["experience"]),
        "reply": _replies(keys["reply"]),
    }
    return {
        pk: found.get(kind, {}).get(int(number) if number.isdecimal() else 0, Reported(kind))
        for pk, (kind, _colon, number) in about.items()
    }


def _offers(keys: set[int]) -> dict[int, Reported]:
    rows = Offer.objects.filter(pk__in=keys)
    return {
        row.pk: Reported("offer", tuple(filter(None, (row.title, row.description)))) for row in rows
    }


def _replies(keys: set[int]) -> dict[int, Reported]:
    return {row.pk: Reported("reply", (row.text,)) for row in Reply.objects.filter(pk__in=keys)}


def _experiences(actor: Actor, keys: set[int]) -> dict[int, Reported]:
    rows = Experience.objects.filter(pk__in=keys).prefetch_related("factors")
    readable = set(
        Experience.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True)
    )
    found = {}
    for row in rows:
        texts = tuple(filter(None, (row.advice, *(factor.note for factor in row.factors.all()))))
        seen = texts if row.pk in readable else ()
        found[row.pk] = Reported("experience", seen, has_words=bool(texts))
    return found
