"""Which addresses are of pupils, and what was allowed at a school."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import QuerySet

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.privacy import linked
from partnerwijzer.privacy.models import Allowed, PupilDomain

NOWHERE: Mapping[str, object] = MappingProxyType({})


def pupil_domains(actor: Actor, address: Mapping[str, object] = NOWHERE) -> tuple[str, ...]:
    """Of the school that is worked for, and of the school of the link that the page was opened by.

    Args:
        address: the parts of the address of the page, by name.
    """
    schools = linked.schools_of(address) | ({actor.school_id} if actor.school_id else set())
    rows = PupilDomain.objects.filter(school_id__in=schools).order_by("domain").distinct()
    return tuple(rows.values_list("domain", flat=True)) if schools else ()


def allowed_at(actor: Actor) -> QuerySet[Allowed]:
    """What somebody let stand at the school that the actor leads now, newest first."""
    if not actor.works_at(actor.school_id, LEADS):
        return Allowed.objects.none()
    return Allowed.objects.filter(school_id=actor.school_id)
