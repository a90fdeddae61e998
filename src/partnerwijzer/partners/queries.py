"""Reading the databank. Partners and offers are shared; experiences are not: see Experience."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.kbo import register
from partnerwijzer.partners import counting
from partnerwijzer.partners.models import Experience, Offer, Partner
from partnerwijzer.partners.spelling import folded


def get_partner(actor: Actor, pk: int) -> Partner:
    """A partner of the databank, or 404."""
    return get_object_or_404(Partner, pk=pk)


def get_offer(actor: Actor, pk: int) -> Offer:
    """An offer with its partner, or 404."""
    return get_object_or_404(Offer.objects.select_related("partner"), pk=pk)


def _matching(text: str) -> Q:
    """Every word must be found in the partner or in one of its offers."""
    found = Q()
    for word in folded(text).split():
        found &= Q(search_text__contains=word) | Q(offers__search_text__contains=word)
    return found


def quick_search(actor: Actor, text: str, *, limit: int = 12) -> list[Partner]:
    """Partners whose name, description or offers hold every word; with their current offers."""
    current = Offer.objects.filter(withdrawn_at=None)
    rows = Partner.objects.filter(_matching(text)).distinct().order_by("name")
    return list(rows.prefetch_related(Prefetch("offers", current))[:limit])


def facts_of(partner: Partner) -> Any:
    """What the register says of this partner now; None without number, or when it is not there."""
    return register.lookup(partner.enterprise_number) if partner.enterprise_number else None


def fact_snapshot(partner: Partner) -> dict[str, Any] | None:
    """The register facts as plain data, to keep with a decision; None where there are none."""
    facts = facts_of(partner)
    if facts is None:
        return None
    snapshot = register.snapshot()
    return {
        "number": facts.number,
        "name": facts.name,
        "form": facts.form.words,
        "situation": facts.situation.words,
        "signals": [s.words for s in facts.signals],
        "attribution": snapshot.attribution if snapshot else "",
        "snapshot_date": snapshot.day.isoformat() if snapshot else None,
    }


def experiences(actor: Actor, partner: Partner) -> QuerySet[Experience]:
    """The experiences with a partner that the actor may read, newest first."""
    rows = Experience.objects.visible_to(actor).filter(partner=partner)
    related = rows.select_related("school", "offer").prefetch_related("factors")
    return related.order_by("-school_year", "-pk")


def experience_summary(actor: Actor, partner: Partner) -> counting.Summary:
    """What may be counted for this reader."""
    return counting.summarise(_told(e) for e in reversed(experiences(actor, partner)))


def _told(experience: Experience) -> counting.Told:
    factors = tuple((f.factor, f.effect) for f in experience.factors.all())
    return counting.Told(experience.school_id, experience.school_year, experience.again, factors)
