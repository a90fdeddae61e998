"""Reading surveys: for staff of the school, and for who came in by a link or a code."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import Http404
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.access.models import AccessLink
from partnerwijzer.audit import log
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import QuestionSet
from partnerwijzer.mail import arrival
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.surveys import codes, questions, results, sets
from partnerwijzer.surveys.models import (
    LINK_PURPOSE,
    EarlierAnswer,
    OwnEdition,
    OwnSet,
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
class Replaced:
    """What stood in a file before, and what the answer that took its place said otherwise."""

    row: EarlierAnswer
    changes: list[questions.Change]


@dataclass(frozen=True)
class PersonAnswer:
    """What one invited person answered, and what was replaced by it: the newest first."""

    invitation: SurveyInvitation
    response: SurveyResponse
    lines: list[Line]
    replaced: list[Replaced]


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
    rows = Survey.objects.visible_to(actor).select_related("school", "created_by", "own__framework")
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


def set_of(survey: Survey) -> QuestionSet:
    """The question set that a survey was made of. The caller has checked that the reader may see
    the survey."""
    if survey.own is not None:
        return survey.own.built
    return sets.set_of(content_of(survey.framework_id), survey.set_key)


def own_sets(actor: Actor) -> list[OwnSet]:
    """All own sets that the actor may read, with their editions: of umbrellas last."""
    rows = OwnSet.objects.visible_to(actor).select_related("school", "umbrella", "released")
    return list(
        rows.prefetch_related("editions").order_by(F("school_id").asc(nulls_last=True), "pk")
    )


def kept_sets(actor: Actor) -> set[int]:
    """Keys of the own sets that the actor may change."""
    return set(OwnSet.objects.kept_by(actor).values_list("pk", flat=True))


def get_own_set(actor: Actor, pk: int, *, to_change: bool = False) -> OwnSet:
    """An own set that the actor may read, or change. Raises Http404 otherwise."""
    rows = OwnSet.objects.kept_by(actor) if to_change else OwnSet.objects.visible_to(actor)
    found = rows.select_related("school", "umbrella", "released").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def newest_of(own_set: OwnSet) -> OwnEdition:
    """Its newest edition: the draft where there is one."""
    return own_set.editions.select_related("framework", "by").order_by("-number")[0]


def uses_of(own_sets: Iterable[OwnSet]) -> Counter[int]:
    """In how many surveys each own set was asked: a number, whichever school asked."""
    rows = Survey.objects.filter(own__own_set__in=own_sets)
    counted = rows.order_by().values_list("own__own_set").annotate(Count("pk"))
    return Counter(dict(counted))


def set_owners(actor: Actor) -> list[School | Umbrella]:
    """For whom the actor may build sets: the school that is worked for now first."""
    schools = School.objects.filter(pk__in=actor.schools(LEADS)).order_by("name")
    umbrellas = Umbrella.objects.filter(pk__in=actor.umbrellas(Role.UMBRELLA_ADMIN))
    found: list[School | Umbrella] = sorted(schools, key=lambda s: s.pk != actor.school_id)
    return [*found, *umbrellas.order_by("name")]


def usable_sets(
    school: School, audiences: Collection[str] = (), *, named: bool = False
) -> list[OwnEdition]:
    """The own sets that this school can ask with now. The caller has checked the school.

    Args:
        audiences: only for these; empty: for all.
        named: only those that may be answered with a name.
    """
    rows = OwnSet.objects.for_school(school).select_related("released__framework")
    if audiences:
        rows = rows.filter(audience__in=audiences)
    found = [row.released for row in rows if row.released is not None]
    return [e for e in found if not named or not sets.is_anonymous(e.built, wished=False)]


def my_school(actor: Actor) -> School:
    """The school that is worked for now. Raises Http404 where the actor is not staff there."""
    school = School.objects.filter(pk__in=actor.schools(), pk=actor.school_id or 0).first()
    if school is None:
        raise Http404
    return school


def response_of(invitation: SurveyInvitation) -> SurveyResponse | None:
    """The answer of one person. The caller has checked that the reader may see the invitation."""
    return SurveyResponse.objects.select_related("entered_by").filter(invitation=invitation).first()


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
    rows = survey.responses.exclude(invitation=None).select_related(
        "invitation__link", "entered_by"
    )
    asked = survey.asked
    responses = list(rows.order_by("invitation_id"))
    for response in responses:
        assert response.invitation is not None
        response.invitation.survey = survey
    earlier = replaced_by(responses)
    found = []
    for response in responses:
        assert response.invitation is not None
        lines = lines_of(asked, response.answers)
        found.append(PersonAnswer(response.invitation, response, lines, earlier[response.pk]))
    return found


def replaced_by(responses: Collection[SurveyResponse]) -> dict[Any, list[Replaced]]:
    """Of each answer what came from a file before it. Asks the database only where an answer was
    changed at all. The caller has checked that the reader may see the answers."""
    found: dict[Any, list[Replaced]] = {response.pk: [] for response in responses}
    after = {r.pk: r.answers for r in responses if r.version > 1}
    if not after:
        return found
    invitations = {r.pk: r.invitation for r in responses if r.invitation is not None}
    rows = EarlierAnswer.objects.filter(response__in=list(after)).order_by("-pk")
    for row in rows.select_related("entered_by", "replaced_by"):
        key = row.response_id
        asked = invitations[key].survey.asked
        changes = questions.changes(asked, row.answers, after[key])
        marks = marks_of(asked, row.answers)
        marked = [replace(c, mark=marks.get(c.question.key, "")) for c in changes]
        found[key].append(Replaced(row, marked))
        after[key] = row.answers
    return found


def marks_of(asked: list[questions.Question], answers: dict[str, Any]) -> dict[str, str]:
    """Of each text that somebody wrote and that still stands there: key of the question, mark."""
    texts = {q.key: answers.get(q.key) for q in asked if q.kind is questions.Kind.TEXT}
    there = {key: str(text) for key, text in texts.items() if text not in (None, questions.REMOVED)}
    return {key: results.mark_of_text(text) for key, text in there.items()}


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


def school_by_code(code: str) -> int | None:
    """The number of the school that asks."""
    survey = survey_by_code(code)
    return survey.school_id if survey else None


def is_spent(mark: str) -> bool:
    """Whether the sheet with this mark was handed in."""
    return SpentSheet.objects.filter(mark=mark).exists()
