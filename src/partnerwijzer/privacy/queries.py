"""Which addresses are of pupils, and what was allowed at a school."""

from django.db.models import QuerySet

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.privacy.models import Allowed, PupilDomain


def pupil_domains(actor: Actor) -> tuple[str, ...]:
    """Of the school that is worked for; empty for who came without account."""
    if actor.school_id is None:
        return ()
    rows = PupilDomain.objects.filter(school_id=actor.school_id)
    return tuple(rows.values_list("domain", flat=True))


def allowed_at(actor: Actor) -> QuerySet[Allowed]:
    """What somebody let stand at the school that the actor leads now, newest first."""
    if not actor.works_at(actor.school_id, LEADS):
        return Allowed.objects.none()
    return Allowed.objects.filter(school_id=actor.school_id)
