"""What the databank may have for a dossier: reads both, and lets dossiers.suggesting judge."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from partnerwijzer import places
from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import (
    BudgetUnit,
    CooperationKind,
    Dossier,
    DossierGoal,
    DossierGroup,
)
from partnerwijzer.dossiers.suggesting import Group, Need, Offered, Suggestion, suggest
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.partners import queries as partners
from partnerwijzer.partners import wording
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import ForWhom, MarkKind, Offer, PriceUnit
from partnerwijzer.partners.queries.fitting import Likely, Sought, likely_offers

DAYS_A_WEEK = 7
# Whom an offer is for, by where the dossier wants a change (vocab.impact_levels).
AUDIENCES = {
    "pupils": {ForWhom.PUPILS},
    "team-member": {ForWhom.TEAM},
    "school-team": {ForWhom.TEAM},
    "neighbourhood": {ForWhom.PARENTS},
}
# The usual ages at a level, from and up to: compulsory education in Flanders starts at five, a
# grade of primary and secondary school takes two years.
AGES = {
    "kleuter": (2, 6),
    "lager": (6, 12),
    "lager-graad-1": (6, 8),
    "lager-graad-2": (8, 10),
    "lager-graad-3": (10, 12),
    "secundair": (12, 18),
    **dict.fromkeys(("secundair-1-a", "secundair-1-b"), (12, 14)),
    **dict.fromkeys(
        (f"secundair-2-{s}" for s in ("doorstroom", "dubbel", "arbeidsmarkt")), (14, 16)
    ),
    **dict.fromkeys(
        (f"secundair-3-{s}" for s in ("doorstroom", "dubbel", "arbeidsmarkt")), (16, 18)
    ),
}


@dataclass(frozen=True)
class Suggested:
    """What is suggested, for what, and the same filters for the search.

    Args:
        place: of the school; None where its postcode is not known.
        offers: the rows of what is suggested, by key.
    """

    need: Need
    place: places.Place | None
    wish: Wish
    suggestions: list[Suggestion] = field(default_factory=list)
    offers: Mapping[int, Offer] = field(default_factory=dict)


def suggested(actor: Actor, dossier: Dossier) -> Suggested:
    """Offers of the databank for a dossier that was given out to this actor."""
    prefetch_related_objects([dossier], "groups", "partners")
    goals = DossierGoal.objects.filter(dossier=dossier).order_by("pk")
    rows = list(goals.values_list("goal_id", "goal__goal_set__competence_number"))
    need, here = need_of(dossier, [goal for goal, _nr in rows]), _place(dossier)
    wish = _wish(need, dossier, [number for _goal, number in rows])
    if not need.has_a_subject:
        return Suggested(need, here, wish)
    likely = likely_offers(actor, _sought(need, [goal for goal, _nr in rows], here))
    found = suggest(need, _all_offered(actor, likely, here))
    offers = {row.offer.pk: row.offer for row in likely}
    return Suggested(need, here, wish, found, offers)


def _all_offered(
    actor: Actor, likely: Iterable[Likely], here: places.Place | None
) -> list[Offered]:
    """The offers with what the umbrella warns of; not those of a partner that is gone."""
    warnings = partners.warnings_of(actor, [row.offer.partner for row in likely])
    marks = {key: found.mark for key, found in warnings.items() if found.mark}
    gone = {key for key, mark in marks.items() if mark.kind == MarkKind.INACTIVE}
    words = {key: mark.reason for key, mark in marks.items()}
    return [
        _offered(row, here, words.get(row.offer.partner_id, ""))
        for row in likely
        if row.offer.partner_id not in gone
    ]


def need_of(dossier: Dossier, goals: Iterable[int]) -> Need:
    """What the dossier asks for, as far as it was filled in."""
    content = casework.content(dossier)
    audience = [AUDIENCES.get(key, set()) for key in dossier.impact]
    return Need(
        goals=frozenset(goals),
        themes={key: vocabulary.label("themes", key, content) for key in dossier.themes},
        groups=tuple(_group(row, content) for row in dossier.groups.all()),
        audience=frozenset().union(*audience),
        structural=dossier.kind == CooperationKind.STRUCTURAL,
        weeks=_weeks(dossier),
        budget=dossier.budget,
        per_pupil=dossier.budget_unit == BudgetUnit.PUPIL,
        partners=frozenset(row.partner_id for row in dossier.partners.all()),
    )


def _group(row: DossierGroup, content: Content) -> Group:
    level = vocabulary.label("education_levels", row.level, content)
    fits, maybe = _levels(row.level, content)
    return Group(row.label or level, row.pupils, level, fits, maybe, AGES.get(row.level))


def group_names(actor: Actor, school: int) -> list[str]:
    """How a school wrote the names of its groups so far: one class needs one name, or what its
    parents pay is counted twice."""
    visible = Dossier.objects.visible_to(actor).filter(school_id=school)
    rows = DossierGroup.objects.filter(dossier__in=visible.values("pk")).exclude(label="")
    return list(rows.order_by("label").values_list("label", flat=True).distinct())


def _levels(key: str, content: Content) -> tuple[frozenset[str], frozenset[str]]:
    """Levels of which an offer is for a group of this level, and those for which it may be: parts
    of the level, and parts along another axis (an academy's third grade, and its music)."""
    every = {level.key: level for level in content.vocab.education_levels}
    own = every.get(key)
    if own is None:
        return frozenset({key}), frozenset()
    fits = {key, own.parent} - {None}
    parts = {level.key for level in every.values() if level.parent == key}
    beside = {
        level.key
        for level in every.values()
        if own.axis and level.parent == own.parent and level.axis != own.axis
    }
    return frozenset(str(k) for k in fits), frozenset(parts | beside)


def _weeks(dossier: Dossier) -> int | None:
    if dossier.planned_from is None or dossier.planned_until is None:
        return None
    return math.ceil(((dossier.planned_until - dossier.planned_from).days + 1) / DAYS_A_WEEK)


def _place(dossier: Dossier) -> places.Place | None:
    return places.find(dossier.school.postcode) if dossier.school.postcode else None


def _sought(need: Need, goals: list[int], here: places.Place | None) -> Sought:
    most = None if need.budget is None else int(need.budget * 100)
    return Sought(
        goals=goals,
        themes=frozenset(need.themes),
        levels=frozenset().union(*(group.fits | group.maybe for group in need.groups)),
        audience=need.audience,
        structural=need.structural,
        place=here,
        most=most,
        unit=PriceUnit.PUPIL if need.per_pupil else PriceUnit.TOTAL,
    )


def _offered(row: Likely, here: places.Place | None, warning: str) -> Offered:
    offer, partner = row.offer, row.offer.partner
    there = places.find(partner.postcode) if partner.postcode else None
    return Offered(
        key=offer.pk,
        partner=partner.pk,
        title=offer.title,
        goals=row.goals,
        themes=frozenset(offer.themes or partner.themes),
        levels=frozenset(offer.levels or partner.levels),
        audience=frozenset(offer.audience),
        ages=(offer.age_from, offer.age_to),
        age_words=wording.ages(offer),
        shape=offer.shape,
        sessions=offer.sessions,
        group_max=offer.group_max,
        price=offer.price,
        price_unit=offer.price_unit,
        price_words=wording.price(offer),
        at=offer.place,
        km=places.km(here, there) if here and there else None,
        warning=warning,
    )


def _wish(need: Need, dossier: Dossier, competences: list[str]) -> Wish:
    """The search for offers with the same filters, as its address knows them. Where the dossier
    has no theme, the key competences of its goals."""
    by_pupil = need.budget is not None and need.per_pupil
    return Wish(
        toon="aanbod",
        thema=tuple(need.themes),
        niveau=tuple(dict.fromkeys(row.level for row in dossier.groups.all())),
        competentie=() if need.themes else tuple(dict.fromkeys(filter(None, competences))),
        voor=tuple(sorted(need.audience)),
        prijs=str(need.budget).replace(".", ",") if by_pupil else "",
        per=str(PriceUnit.PUPIL) if by_pupil else "",
    )
