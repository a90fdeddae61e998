"""Partners, what they offer, and what belongs to them."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.audit import log
from partnerwijzer.partners import grounding
from partnerwijzer.partners.models import (
    GroundingSource,
    Offer,
    Partner,
    PartnerContact,
    PartnerMark,
    Recognition,
    RegisterChange,
    Reply,
    State,
)


def get_partner(actor: Actor, pk: int) -> Partner:
    """A partner of the databank.

    Raises:
        Http404: it is not there, or the actor has no role anywhere.
    """
    return get_object_or_404(Partner.objects.visible_to(actor), pk=pk)


def read_partner(actor: Actor, pk: int) -> Partner:
    """As get_partner, for its page: `is_warned` and `replied` tell whether there is any warning or
    answer to all experiences, which few have."""
    here = {"partner": OuterRef("pk")}
    marks = PartnerMark.objects.filter(**here, ended_at=None)
    changes = RegisterChange.objects.filter(**here, settled_at=None)
    replies = Reply.objects.filter(**here, experience=None, state=State.ACCEPTED)
    rows = Partner.objects.visible_to(actor).annotate(
        is_warned=Exists(marks) | Exists(changes), replied=Exists(replies)
    )
    return get_object_or_404(rows, pk=pk)


def get_offer(actor: Actor, pk: int) -> Offer:
    """An offer with its partner, also one that was withdrawn, or 404."""
    return get_object_or_404(_offers(actor), pk=pk)


def get_offer_of(actor: Actor, partner_pk: int, pk: int) -> Offer:
    """An offer of this very partner, or 404."""
    return get_object_or_404(_offers(actor), pk=pk, partner=partner_pk)


def _offers(actor: Actor) -> QuerySet[Offer]:
    seen = Partner.objects.visible_to(actor)
    return Offer.objects.select_related("partner").filter(partner__in=seen)


def get_contact(actor: Actor, partner_pk: int, pk: int) -> PartnerContact:
    """A contact of this very partner, or 404."""
    rows = PartnerContact.objects.filter(partner__in=Partner.objects.visible_to(actor))
    return get_object_or_404(rows.select_related("partner"), pk=pk, partner=partner_pk)


def get_recognition(actor: Actor, partner_pk: int, pk: int) -> Recognition:
    """A recognition of this very partner, or 404."""
    rows = Recognition.objects.filter(partner__in=Partner.objects.visible_to(actor))
    return get_object_or_404(rows.select_related("partner"), pk=pk, partner=partner_pk)


def sources_of(actor: Actor, offer: Offer) -> list[GroundingSource]:
    """On what an offer rests, the highest rung first; nothing for who may not see the offer."""
    rows = GroundingSource.objects.filter(offer=offer, offer__in=_offers(actor))
    return list(rows.select_related("file"))


def rungs_of(actor: Actor, offers: Iterable[Offer]) -> dict[int, int]:
    """On which rung each of these offers stands, in one query; none where nobody looked."""
    rows = GroundingSource.objects.filter(offer__in=list(offers)).filter(offer__in=_offers(actor))
    found: dict[int, list[GroundingSource]] = {}
    for row in rows:
        found.setdefault(row.offer_id, []).append(row)
    rungs = {key: grounding.rung_of(sources) for key, sources in found.items()}
    return {key: rung for key, rung in rungs.items() if rung is not None}


def get_source(actor: Actor, offer_pk: int, pk: int) -> GroundingSource:
    """A source of this very offer, or 404."""
    rows = GroundingSource.objects.filter(offer__in=_offers(actor))
    return get_object_or_404(rows.select_related("file", "offer__partner"), pk=pk, offer=offer_pk)


def offers_of(actor: Actor, partner: Partner) -> list[Offer]:
    """What the organisation offers, by title, with goals; what was withdrawn comes last."""
    rows = _offers(actor).filter(partner=partner).prefetch_related("goals__goal_set")
    return sorted(rows.order_by("title", "pk"), key=lambda offer: offer.withdrawn_at is not None)


def by_number(actor: Actor, numbers: Iterable[str]) -> dict[str, Partner]:
    """The partners that have one of these enterprise numbers."""
    wanted = [number for number in numbers if number]
    rows = Partner.objects.visible_to(actor).filter(enterprise_number__in=wanted)
    return {partner.enterprise_number: partner for partner in rows}


def history(actor: Actor, partner: Partner, *, limit: int = 5) -> list[log.Entry]:
    """What happened to a partner, newest first.

    The databank is shared over schools: by name only those appear with whom the reader works at a
    school. Who keeps the databank for the umbrella sees every name.
    """
    entries = log.history(partner, limit=limit)
    if actor.has(Role.UMBRELLA_ADMIN):
        return entries
    mine = actor.schools(frozenset(Role))
    return [
        entry if entry.actor_id == actor.user_id or entry.school_id in mine else _nameless(entry)
        for entry in entries
    ]


def _nameless(entry: log.Entry) -> log.Entry:
    somebody = _("Iemand van een andere school")
    return replace(entry, who=somebody, sentence=entry.sentence.replace(entry.who, somebody, 1))
