"""Reading surveys: for staff of the school, and for who came in by a link or a code."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import Http404
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.models import AccessLink
from partnerwijzer.audit import log
from partnerwijzer.mail import arrival
from partnerwijzer.organisations.models import School
from partnerwijzer.surveys import codes, questions, results
from partnerwijzer.surveys.models import (
    LINK_PURPOSE,
    SpentSheet,
    Survey,
    SurveyInvitation,
    SurveyResponse,
)

PAGE = 20


@dataclass(frozen=True)
class Row:
    """A survey in a list, with how many answered of how many."""

    survey: Survey
    answered: int
    invited: int

    @property
    def of(self) -> int | None:
        """How many could answer, where that is known."""
        return self.invited if not self.survey.anonymous else self.survey.expected


@dataclass(frozen=True)
class Line:
    """A question and its answer in words: one line for each thing that was chosen."""

    question: questions.Question
    words: list[str]


@dataclass(frozen=True)
class PersonAnswer:
    """What one invited person answered."""

    invitation: SurveyInvitation
    response: SurveyResponse
    lines: list[Line]


@dataclass(frozen=True)
class Guest:
    """Somebody with a personal link: the invitation, and the address that was used."""

    invitation: SurveyInvitation
    link: AccessLink

    @property
    def survey(self) -> Survey:
        return self.invitation.survey

    @property
    def response(self) -> SurveyResponse | None:
        return getattr(self.invitation, "response", None)


def get_survey(actor: Actor, pk: int) -> Survey:
    """A survey of one of the actor's schools. Raises Http404 for others."""
    rows = Survey.objects.visible_to(actor).select_related("school", "created_by")
    survey = rows.filter(pk=pk).first()
    if survey is None:
        raise Http404
    return survey


def get_invitation(actor: Actor, pk: int, number: int) -> SurveyInvitation:
    """An invitation `number` of survey `pk`. Raises Http404 for surveys of other schools."""
    survey = get_survey(actor, pk)
    row = survey.invitations.select_related("link", "reminder").filter(pk=number).first()
    if row is None:
        raise Http404
    row.survey = survey
    return row


def my_school(actor: Actor) -> School:
    """The school that is worked for now. Raises Http404 where the actor is not staff there."""
    school = School.objects.filter(pk__in=actor.schools(), pk=actor.school_id or 0).first()
    if school is None:
        raise Http404
    return school


def page_of_surveys(actor: Actor, number: str | None) -> Page[Any]:
    """Rows of the school that is worked for now: open surveys first, then the newest."""
    today = timezone.localdate()
    is_closed = Q(closed_at__isnull=False) | Q(closes_on__lt=today)
    surveys = (
        Survey.objects.visible_to(actor)
        .filter(school_id=actor.school_id or 0)
        .defer("questions", "words")
        .alias(closed=Case(When(is_closed, then=1), default=0))
        .order_by("closed", "-created_at", "-pk")
    )
    page = Paginator(surveys, PAGE).get_page(number)
    keys = [s.pk for s in page.object_list]
    answered = _counted(SurveyResponse.objects.filter(survey_id__in=keys))
    invited = _counted(SurveyInvitation.objects.filter(survey_id__in=keys, link__withdrawn_at=None))
    rows = [Row(s, answered[s.pk], invited[s.pk]) for s in page.object_list]
    page.object_list = rows  # type: ignore[assignment]
    return page


def _counted(rows: QuerySet[Any]) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list("survey_id").annotate(Count("pk"))))


def results_of(survey: Survey) -> results.Results:
    """What came of a survey. The caller has checked that the reader may see the survey.

    Of an anonymous survey there is nothing to see while it is open or under its minimum.
    """
    return results.tally(
        survey.asked,
        list(survey.responses.values_list("answers", flat=True)),
        anonymous=survey.anonymous,
        minimum=survey.minimum_answers,
        is_open=survey.is_open,
        expected=survey.expected if survey.anonymous else _invited(survey),
        seed=f"{survey.pk}/{timezone.localdate()}",
    )


def _invited(survey: Survey) -> int:
    return survey.invitations.filter(link__withdrawn_at=None).count()


def invitations_of(survey: Survey) -> list[SurveyInvitation]:
    """Who was asked, in the order of asking, withdrawn ones as well; with whether mail arrives."""
    rows = list(survey.invitations.select_related("link").order_by("pk"))
    lost = arrival.undelivered(row.link_id for row in rows)
    for row in rows:
        row.survey = survey
        row.undelivered = row.link_id in lost
    return rows


def is_under_way(survey: Survey) -> bool:
    """Whether somebody was asked or answered: from then on the questions stay."""
    return survey.invitations.exists() or survey.responses.exists()


def history_of(survey: Survey) -> list[log.Entry]:
    """Who did what with the survey. The caller has checked that the reader may see it."""
    return log.history(survey)


def answers_of(survey: Survey) -> list[PersonAnswer]:
    """The answers by person. Empty for an anonymous survey: there the storage does not know."""
    if survey.anonymous:
        return []
    rows = survey.responses.exclude(invitation=None).select_related("invitation__link")
    asked = survey.asked
    found = []
    for response in rows.order_by("invitation_id"):
        assert response.invitation is not None
        found.append(PersonAnswer(response.invitation, response, lines_of(asked, response.answers)))
    return found


def lines_of(asked: list[questions.Question], answers: dict[str, questions.Answer]) -> list[Line]:
    """The questions that were answered, with the answer in words."""
    return [Line(q, questions.in_words(q, answers[q.key])) for q in asked if q.key in answers]


def guest_by_token(token: str) -> Guest | None:
    """Who has this link; also when it expired. None where it is unknown or was withdrawn."""
    link = links.find(LINK_PURPOSE, token)
    if link is None or link.withdrawn_at is not None:
        return None
    rows = SurveyInvitation.objects.select_related("survey__school", "link", "response", "asked_by")
    invitation = rows.filter(Q(link=link) | Q(reminder=link)).first()
    if invitation is None or invitation.link.withdrawn_at is not None:
        return None
    return Guest(invitation, link)


def survey_by_code(code: str) -> Survey | None:
    """The anonymous survey with this code, open or closed. The code may be typed any way."""
    tidy = codes.tidy(code)
    if not tidy:
        return None
    return Survey.objects.select_related("school").filter(code=tidy, anonymous=True).first()


def is_spent(mark: str) -> bool:
    """Whether the sheet with this mark was handed in."""
    return SpentSheet.objects.filter(mark=mark).exists()
