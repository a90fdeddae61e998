"""Reading the two or three that somebody compares, in a number of queries that does not grow."""

from collections.abc import Sequence

from django.db.models import Count, Prefetch

from partnerwijzer import places
from partnerwijzer.access.actor import Actor
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import comparing
from partnerwijzer.partners.comparing import Column
from partnerwijzer.partners.counting import Summary
from partnerwijzer.partners.models import Offer, Partner
from partnerwijzer.partners.queries.experiences import (
    experience_summary,
    experiences,
    offer_summaries,
)
from partnerwijzer.partners.queries.facts import facts_of, snapshot_of
from partnerwijzer.partners.queries.watching import warnings_of


def compared(actor: Actor, keys: Sequence[str]) -> list[Column]:
    """The partners or offers with these keys (see comparing.chosen), in that order. What is not
    there, or not any more, is left out."""
    numbers = [int(key[1:]) for key in keys]
    found: list[tuple[int, Offer | None]] = [(n, None) for n in numbers]
    if keys and keys[0][0] == comparing.OFFER:
        seen = Partner.objects.visible_to(actor)
        rows = Offer.objects.filter(partner__in=seen, withdrawn_at=None)
        offers = rows.annotate(goal_count=Count("goals")).in_bulk(numbers)
        found = [(offers[n].partner_id, offers[n]) for n in numbers if n in offers]
    return _columns(actor, found)


def _columns(actor: Actor, found: Sequence[tuple[int, Offer | None]]) -> list[Column]:
    current = Offer.objects.filter(withdrawn_at=None).order_by("title", "pk")
    rows = Partner.objects.visible_to(actor).defer("search_text", "search_keys")
    whole = rows.prefetch_related("recognitions", Prefetch("offers", current))
    partners = whole.in_bulk([partner for partner, _offer in found])
    warnings, here = warnings_of(actor, partners.values()), _place(actor)
    has_register = snapshot_of() is not None
    columns = []
    for key, offer in found:
        if key not in partners:
            continue
        partner = partners[key]
        told = list(experiences(actor, partner))
        warning = warnings.get(key)
        of_offers = offer_summaries(told) if offer else {}
        columns.append(
            Column(
                partner=partner,
                offer=offer,
                offers=list(partner.offers.all()),
                goals=getattr(offer, "goal_count", 0),
                recognitions=list(partner.recognitions.all()),
                facts=facts_of(partner),
                has_register=has_register,
                summary=experience_summary(actor, told),
                told=of_offers.get(offer.pk, Summary()) if offer else Summary(),
                mark=warning.mark if warning else None,
                km=_km(here, partner),
            )
        )
    return columns


def _place(actor: Actor) -> places.Place | None:
    """Where the school lies that is worked for now."""
    school = School.objects.filter(pk=actor.school_id or 0).only("postcode").first()
    return places.find(school.postcode) if school else None


def _km(here: places.Place | None, partner: Partner) -> float | None:
    there = places.find(partner.postcode) if partner.postcode else None
    return places.km(here, there) if here and there else None
