"""What schools share of their experience."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.organisations.models import School
from partnerwijzer.partners.models import (
    Again,
    Audience,
    Effect,
    Experience,
    ExperienceFactor,
    Offer,
    Partner,
)


@action("partners.share")
def publish_experience(
    partner: Partner,
    *,
    actor: Actor,
    school: School,
    source: str,
    audience: str,
    again: str,
    factors: Sequence[Mapping[str, str]],
    advice: str,
    text_consent: bool,
    structural: bool,
    levels: Sequence[str],
    school_year: int,
    offer: Offer | None = None,
) -> Experience:
    """Shares what a school experienced; sharing again from the same source replaces it.

    Without consent nobody's words are kept. The line in the log belongs to the experience and not
    to the partner, so that the partner's history does not tell which school it was.

    Args:
        source: opaque id of what it comes from, as "dossier:12".
        factors: {"factor": key, "effect": smooth or difficult, "note": words}; of a factor that is
            given twice the last counts.
        school_year: the year in which the school year began.

    Raises:
        PermissionDenied: the actor does not lead this school, or the source is of another one.
        ValueError: a value that does not exist, or an offer of another partner.
    """
    _must_lead(actor, school.pk)
    _own_source(partner, school, source, offer)
    what = {
        "school": school,
        "board_id": school.board_id,
        "offer": offer,
        "audience": Audience(audience),
        "again": Again(again),
        "advice": advice.strip() if text_consent else "",
        "text_consent": text_consent,
        "structural": structural,
        "levels": list(levels),
        "school_year": school_year,
    }
    experience = _newly_published(partner, source, what)
    _replace_factors(experience, factors)
    record("experience.published", experience, actor=actor, school_id=school.pk)
    return experience


def _newly_published(partner: Partner, source: str, what: dict[str, Any]) -> Experience:
    when = {"published_on": timezone.localdate(), "withdrawn_at": None}
    return Experience.objects.update_or_create(
        source=source, partner=partner, defaults=what | when
    )[0]


def _own_source(partner: Partner, school: School, source: str, offer: Offer | None) -> None:
    if offer is not None and offer.partner_id != partner.pk:
        raise ValueError(f"offer {offer.pk} is not of partner {partner.pk}")
    same = Experience.objects.filter(source=source, partner=partner).exclude(school=school)
    if same.exists():
        raise PermissionDenied("partners.share")


def _replace_factors(experience: Experience, factors: Sequence[Mapping[str, str]]) -> None:
    given = {factor["factor"]: factor for factor in factors}
    experience.factors.all().delete()
    ExperienceFactor.objects.bulk_create(
        ExperienceFactor(
            experience=experience,
            factor=key,
            effect=Effect(factor["effect"]),
            note=factor.get("note", "").strip() if experience.text_consent else "",
        )
        for key, factor in given.items()
    )


@action("partners.share")
def withdraw_experience(experience: Experience, *, actor: Actor) -> None:
    """Takes a shared experience back: it no longer shows nor counts, and its words are wiped.

    Raises:
        PermissionDenied: the actor does not lead the school that shared it.
    """
    _must_lead(actor, experience.school_id)
    experience.withdrawn_at = timezone.now()
    experience.advice = ""
    experience.text_consent = False
    experience.save(update_fields=["withdrawn_at", "advice", "text_consent"])
    experience.factors.update(note="")
    record("experience.taken_back", experience, actor=actor, school_id=experience.school_id)


def _must_lead(actor: Actor, school_id: int) -> None:
    """Only who leads that very school speaks for it."""
    if not actor.works_at(school_id, LEADS):
        raise PermissionDenied("partners.share")
