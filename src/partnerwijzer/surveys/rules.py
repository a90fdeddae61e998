"""Who may do what with surveys. The subject is a school, a survey, an invitation or None."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import LEADS, STAFF, Actor, Kind, Role
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.surveys.models import OwnSet, Survey, SurveyInvitation


def _school_of(subject: School | Survey | SurveyInvitation) -> int:
    if isinstance(subject, School):
        return subject.pk
    survey = subject.survey if isinstance(subject, SurveyInvitation) else subject
    return survey.school_id


def is_staff(actor: Actor, subject: Any) -> bool:
    """Head, co-ordinators and teachers run the surveys of their school."""
    if subject is None:
        return actor.has(*STAFF)
    return actor.works_at(_school_of(subject))


def was_asked(actor: Actor, subject: Any) -> bool:
    """Somebody who came in by a link. The view looked up the invitation with that very link."""
    return actor.kind is Kind.LINK


def is_nobody(actor: Actor, subject: Any) -> bool:
    """An anonymous answer is given by nobody: somebody with a name is refused, also by mistake."""
    return actor.kind is Kind.ANONYMOUS and (subject is None or subject.anonymous)


def builds_sets(actor: Actor, subject: School | Umbrella | OwnSet | None) -> bool:
    """The head or co-ordinator for the school's own sets; an umbrella for its own."""
    if subject is None:
        return actor.has(*LEADS, Role.UMBRELLA_ADMIN)
    owner = subject.owner if isinstance(subject, OwnSet) else subject
    if isinstance(owner, Umbrella):
        return owner.pk in actor.umbrellas(Role.UMBRELLA_ADMIN)
    return actor.works_at(owner.pk, LEADS)


def reads_sets(actor: Actor, subject: Any) -> bool:
    return actor.has(*STAFF, Role.UMBRELLA_ADMIN)


gate.register("surveys.sets", builds_sets)
gate.register("surveys.sets_read", reads_sets)
gate.register("surveys.manage", is_staff)
gate.register("surveys.answer", was_asked)
gate.register("surveys.answer_anonymously", is_nobody)
