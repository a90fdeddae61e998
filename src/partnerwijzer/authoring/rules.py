"""Who writes frameworks: an umbrella its own, who leads a school its own criteria."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.authoring.models import Draft, OwnFramework
from partnerwijzer.organisations.models import School, Umbrella


def keeps_it(actor: Actor, subject: Any) -> bool:
    """A draft, a framework, a school or an umbrella: of the actor's own place."""
    if subject is None:
        return actor.has(Role.UMBRELLA_ADMIN, *LEADS)
    if isinstance(subject, Draft):
        return keeps_it(actor, subject.school if subject.school_id else subject.own)
    if isinstance(subject, School):
        return actor.works_at(subject.pk, LEADS)
    umbrella = subject.umbrella_id if isinstance(subject, OwnFramework) else subject.pk
    return umbrella in actor.umbrellas(Role.UMBRELLA_ADMIN)


def keeps_the_umbrella(actor: Actor, subject: Umbrella | OwnFramework | None) -> bool:
    if subject is None:
        return actor.has(Role.UMBRELLA_ADMIN)
    return keeps_it(actor, subject)


gate.register("authoring.write", keeps_it)
gate.register("authoring.keep", keeps_the_umbrella)
