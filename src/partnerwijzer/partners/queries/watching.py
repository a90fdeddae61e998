"""What everybody who works with a partner has to know first: its mark, and the register's news."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from partnerwijzer.access.actor import Actor
from partnerwijzer.partners.models import Partner, PartnerMark, ProfileLink, RegisterChange


@dataclass(frozen=True)
class Warnings:
    """The mark that stands now, and changes in the register that are still told."""

    mark: PartnerMark | None = None
    changes: tuple[RegisterChange, ...] = ()

    def __bool__(self) -> bool:
        return self.mark is not None or bool(self.changes)


def warnings_of(
    actor: Actor, partners: Iterable[Partner], *, since: datetime | None = None
) -> Mapping[int, Warnings]:
    """The warnings of some partners, in two queries; only partners that have one are in it.

    Args:
        since: tells also what changed since then and what somebody else has looked at by now.
    """
    keys = [p.pk for p in partners] if actor.seats else []
    marks = PartnerMark.objects.filter(partner__in=keys, ended_at=None)
    told = Q(settled_at=None) | Q(found_at__gte=since) if since else Q(settled_at=None)
    changes: dict[int, list[RegisterChange]] = {}
    for change in RegisterChange.objects.filter(told, partner__in=keys):
        changes.setdefault(change.partner_id, []).append(change)
    by_partner = {mark.partner_id: mark for mark in marks}
    return {
        key: Warnings(by_partner.get(key), tuple(changes.get(key, ())))
        for key in {*by_partner, *changes}
    }


def own_mark(row: ProfileLink) -> PartnerMark | None:
    """The mark that schools read about the organisation: it reads the same."""
    return PartnerMark.objects.filter(partner=row.partner_id, ended_at=None).first()
