"""How organisations stand to each other, and what schools experienced with their branches."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.partners import counting
from partnerwijzer.partners.models import Experience, Partner, PartnerRelation, RelationKind
from partnerwijzer.partners.queries.experiences import Voice, count, readable, voices

# Branches of branches are shown too; deeper than this nobody reads.
MOST_LEVELS = 4


@dataclass(frozen=True)
class Tie:
    """A relation as seen from one side: `other` is who stands at the other end."""

    row: PartnerRelation
    other: Partner
    is_mine: bool


def ties_of(actor: Actor, partner: Partner) -> list[Tie]:
    """The relations of a partner, from both sides, by kind and name."""
    of_this = PartnerRelation.objects.filter(Q(partner=partner) | Q(other=partner))
    there = of_this.filter(partner__merged_into=None, other__merged_into=None)
    rows = there.select_related("partner", "other") if actor.seats else there.none()
    ties = [
        Tie(row, row.other, True) if row.partner_id == partner.pk else Tie(row, row.partner, False)
        for row in rows
    ]
    return sorted(ties, key=lambda tie: (tie.row.kind, not tie.is_mine, tie.other.sort_name))


def get_relation(actor: Actor, partner_pk: int, pk: int) -> PartnerRelation:
    """A relation of this very partner, or 404."""
    rows = PartnerRelation.objects.filter(partner__in=Partner.objects.visible_to(actor))
    return get_object_or_404(rows.select_related("other"), pk=pk, partner=partner_pk)


def branches_of(actor: Actor, partner: Partner) -> list[int]:
    """Keys of the organisations that are part of this one, also of what is part of those."""
    if not actor.seats:
        return []
    part_of = PartnerRelation.objects.filter(kind=RelationKind.PART_OF, partner__merged_into=None)
    found: list[int] = []
    level = [partner.pk]
    for _step in range(MOST_LEVELS):
        below = part_of.filter(other__in=level).exclude(partner__in=[partner.pk, *found])
        level = list(below.values_list("partner", flat=True))
        if not level:
            break
        found += level
    return found


def has_branches(ties: Iterable[Tie]) -> bool:
    """Whether another organisation is part of the one with these relations."""
    return any(tie.row.kind == RelationKind.PART_OF and not tie.is_mine for tie in ties)


def told_of_branches(actor: Actor, partner: Partner) -> list[Experience]:
    """The experiences with branches that the actor may read, newest first."""
    branches = branches_of(actor, partner)
    if not branches:
        return []
    return list(readable(actor, Q(partner__in=branches)).select_related("partner"))


@dataclass(frozen=True)
class Together:
    """A partner and its branches: the counts over all of them, and the words at the branches.

    `summary` is None where it would tell, by what is shown elsewhere, what too few schools said.
    """

    summary: counting.Summary | None
    voices: tuple[Voice, ...]


def together(actor: Actor, told: list[Experience], of_branches: list[Experience]) -> Together:
    """What may be said about a partner together with its branches.

    Each has its own page and its own minimum: words show only of a branch that reaches it. Who
    takes the figures of those pages from the figures over all is left with what the others add:
    that has to be of nobody, or of enough schools.

    Args:
        told: the experiences with the partner itself, that were given out to this actor.
        of_branches: those with its branches, newest first.
    """
    by_branch: dict[int, list[Experience]] = {}
    for row in of_branches:
        by_branch.setdefault(row.partner_id, []).append(row)
    groups = [told, *by_branch.values()]
    added = _count(row for rows in groups if count(rows).too_few for row in rows)
    everything = _count(row for rows in groups for row in rows)
    tells_of_few = not everything.too_few and 0 < added.schools < added.minimum
    heard: list[Voice] = []
    for rows in by_branch.values():
        heard += voices(actor, rows, enough=not count(rows).too_few, of_branches=True)
    heard.sort(key=lambda voice: (voice.school_year, voice.on, voice.pk), reverse=True)
    return Together(None if tells_of_few else everything, tuple(heard))


def _count(rows: Iterable[Experience]) -> counting.Summary:
    newest_first = sorted(
        rows, key=lambda row: (row.school_year, row.published_on, row.pk), reverse=True
    )
    return count(newest_first)
