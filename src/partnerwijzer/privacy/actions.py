"""Saying which addresses are of pupils, and that something may stand."""

from collections.abc import Collection

from django.utils.functional import lazy

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.privacy.models import Allowed, PupilDomain
from partnerwijzer.privacy.wording import names_of

# What kinds are called, for the log: in the language of each reader.
_said = lazy(names_of, str)


@action("privacy.allow")
def allow(
    subject: None, *, actor: Actor, place: str, kinds: Collection[str], reason: str
) -> Allowed:
    """Keeps that somebody let something stand: what kind, where, why. Never the text itself."""
    row = Allowed.objects.create(
        school_id=actor.school_id,
        place=place[:80],
        kinds=list(kinds),
        reason=reason,
        by_name=actor.name,
    )
    record("privacy.allowed", row, actor=actor, kinds=_said(tuple(kinds)), reason=reason)
    return row


@action("privacy.keep")
def set_pupil_domains(
    subject: None, *, actor: Actor, school_id: int, domains: Collection[str]
) -> None:
    """Says behind which @ addresses of pupils stand."""
    rows = PupilDomain.objects.filter(school_id=school_id)
    rows.exclude(domain__in=domains).delete()
    PupilDomain.objects.bulk_create(
        [PupilDomain(school_id=school_id, domain=domain) for domain in domains],
        ignore_conflicts=True,
    )
    row = rows.first() or PupilDomain(school_id=school_id)
    record("privacy.domains", row, actor=actor, school_id=school_id, domains=list(domains) or ["–"])
