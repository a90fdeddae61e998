"""Who may do what with surveys. The subject is a school, a survey, an invitation or None."""

from typing import Any

from partnerwijzer.access import gate
from partnerwijzer.access.actor import STAFF, Actor, Kind
from partnerwijzer.organisations.models import School
from partnerwijzer.surveys.models import Survey, SurveyInvitation


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


gate.register("surveys.manage", is_staff)
gate.register("surveys.answer", was_asked)
gate.register("surveys.answer_anonymously", is_nobody)
