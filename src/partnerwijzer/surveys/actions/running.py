"""Making a survey, choosing its questions, closing it and opening it again."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.frameworks.schema import QuestionSet
from partnerwijzer.organisations.models import School
from partnerwijzer.surveys import codes, sets
from partnerwijzer.surveys.models import EarlierAnswer, OwnEdition, OwnSet, Survey
from partnerwijzer.surveys.queries import marks_of, results_of, set_of
from partnerwijzer.surveys.questions import REMOVED
from partnerwijzer.surveys.refusals import Refused
from partnerwijzer.surveys.results import mark_of_text
from partnerwijzer.surveys.signals import changed

TRIES = 20


@action("surveys.manage")
def create_survey(
    school: School,
    *,
    actor: Actor,
    framework: FrameworkVersion,
    title: str,
    set_key: str = "",
    own: OwnEdition | None = None,
    about: str = "",
    questions: Sequence[dict[str, Any]] | None = None,
    situations: Collection[str] = (),
    anonymous: bool | None = None,
    expected: int | None = None,
    closes_on: date | None = None,
) -> Survey:
    """A new survey, open at once. An anonymous one gets a code; others wait for invitations.

    Args:
        set_key: a question set of the framework.
        own: a released set of the school or its umbrella, with the framework it was built with.
        about: the organisation or activity, as it reads in a mail or above the first question.
        questions: made by sets.compose; default: the usual ones of the set.
        situations: situations of the dossier, for questions that are only asked then.
        anonymous: counts only where the set leaves it open; default: as the set says.
        expected: how many people could answer. closes_on: the last day.

    Raises:
        sets.SetProblem: the set does not exist, or the questions do not fit in it.
        Refused: the last day is over already.
    """
    framework, chosen = _chosen(school, framework, set_key, own)
    _not_over(closes_on)
    if questions is None:
        questions = sets.compose(content_of(framework.pk), chosen, situations=situations)
    sets.check(chosen, questions)
    survey = Survey(
        school=school,
        framework=framework,
        own=own,
        title=title,
        about=about,
        questions=list(questions),
        situations=sorted(situations),
        expected=expected,
        closes_on=closes_on,
        created_by_id=actor.uid,
    )
    _save_new(survey, chosen, sets.is_anonymous(chosen, anonymous))
    record("survey.created", survey, actor=actor, title=title)
    return survey


def _chosen(
    school: School, framework: FrameworkVersion, set_key: str, own: OwnEdition | None
) -> tuple[FrameworkVersion, QuestionSet]:
    if own is None:
        return framework, sets.set_of(content_of(framework.pk), set_key)
    _may_ask_with(school, own)
    return own.framework, own.built


def _may_ask_with(school: School, own: OwnEdition) -> None:
    """Refuses a set of another school, and one that was put away or is not what is asked now."""
    now = OwnSet.objects.for_school(school).filter(released=own)
    if not now.exists():
        raise Refused(_("Deze vragenlijst is intussen veranderd of opgeborgen. Kies opnieuw."))


def _take_over(survey: Survey, question_set: QuestionSet, anonymous: bool) -> None:
    """Fills in what the set says."""
    survey.set_key = survey.own.key if survey.own is not None else question_set.key
    survey.audience = question_set.audience.value
    survey.words = dict(sets.words_of(question_set))
    survey.anonymous = anonymous
    survey.minimum_answers = sets.least_answers(question_set, anonymous)


def _save_new(survey: Survey, question_set: QuestionSet, anonymous: bool) -> None:
    """Fills in what the set says, and a code that no other survey has or had."""
    _take_over(survey, question_set, anonymous)
    survey.opened_on = timezone.localdate()
    for _try in range(TRIES):
        survey.code = codes.draw() if anonymous else ""
        try:
            with transaction.atomic():
                return survey.save(force_insert=True)
        except IntegrityError:
            if not survey.code or not Survey.objects.filter(code=survey.code).exists():
                raise
    raise RuntimeError("no free code found")


def _not_over(closes_on: date | None) -> None:
    if closes_on is not None and closes_on < timezone.localdate():
        raise Refused(_("De laatste dag is al voorbij. Kies vandaag of later."))


@action("surveys.manage")
def edit_survey(
    survey: Survey,
    *,
    actor: Actor,
    version: int,
    title: str,
    about: str,
    expected: int | None,
    closes_on: date | None,
) -> Survey:
    """Changes what stands around the questions.

    Raises:
        Conflict: a colleague saved in between.
        Refused: the last day is over already, or the results of an anonymous survey were shown.
    """
    fresh = versions.claim(Survey, survey.pk, version)
    if closes_on != fresh.closes_on:
        _not_over(closes_on)
        _may_be_open_again(fresh)
    fresh.title, fresh.about = title, about
    fresh.expected, fresh.closes_on = expected, closes_on
    fresh.save(update_fields=["title", "about", "expected", "closes_on"])
    record("survey.edited", fresh, actor=actor)
    return fresh


@action("surveys.manage")
def change_questions(
    survey: Survey,
    *,
    actor: Actor,
    version: int,
    keys: Collection[str],
    own: Sequence[sets.OwnQuestion] = (),
) -> Survey:
    """Makes it the school's own question set: leaves unlocked ones out, adds own ones.

    Raises:
        Conflict: a colleague saved in between.
        Refused: somebody was asked or answered already.
        sets.SetProblem: these questions do not fit in the set.
    """
    fresh = versions.claim(Survey, survey.pk, version)
    if fresh.invitations.exists() or fresh.responses.exists():
        raise Refused(_("Er is al iemand gevraagd of er is al geantwoord: de vragen blijven zo."))
    fresh.questions = sets.compose(
        content_of(fresh.framework_id),
        set_of(fresh),
        keys=keys,
        own=own,
        situations=fresh.situations,
    )
    fresh.save(update_fields=["questions"])
    record("survey.questions", fresh, actor=actor, count=len(fresh.questions))
    return fresh


@action("surveys.manage")
def change_set(
    survey: Survey,
    *,
    actor: Actor,
    version: int,
    set_key: str = "",
    own: OwnEdition | None = None,
) -> Survey:
    """Takes another question set for the same people, as long as nobody was asked or answered.
    What the school asked beside the set before, it asks beside this one.

    Raises:
        Conflict: a colleague saved in between.
        Refused: somebody was asked or answered already, or the set was put away.
        sets.SetProblem: the set is for other people, promises another anonymity, or has no room
            for what the school asks itself.
    """
    fresh = versions.claim(Survey, survey.pk, version)
    if fresh.invitations.exists() or fresh.responses.exists():
        raise Refused(_("Er is al iemand gevraagd of er is al geantwoord: de vragen blijven zo."))
    fresh.framework, chosen = _chosen(fresh.school, fresh.framework, set_key, own)
    content = content_of(fresh.framework_id)
    same = sets.is_anonymous(chosen, fresh.anonymous) == fresh.anonymous
    if chosen.audience != fresh.audience or not same:
        raise sets.SetProblem(_("Deze lijst past niet bij wie je iets vraagt."))
    fresh.own = own
    kept = sets.own_of(fresh.questions)
    fresh.questions = sets.compose(content, chosen, own=kept, situations=fresh.situations)
    _take_over(fresh, chosen, fresh.anonymous)
    fresh.save()
    record("survey.set", fresh, actor=actor, title=chosen.title)
    return fresh


@action("surveys.manage")
def close_survey(survey: Survey, *, actor: Actor) -> None:
    """Ends it now: no more answers. Of an anonymous survey the results show from here on.

    Raises:
        Refused: it is closed already.
    """
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if not locked.is_open:
        raise Refused(_("Deze bevraging is al gesloten."))
    locked.closed_at = survey.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    locked.spent_sheets.all().delete()
    record("survey.closed", locked, actor=actor)
    changed.send(Survey, survey=locked, invitation=None, what="closed")


@action("surveys.manage")
def reopen_survey(survey: Survey, *, actor: Actor, closes_on: date | None = None) -> None:
    """Opens a closed survey again.

    An anonymous one only while nothing was shown of it: else whoever lays the results from before
    and after beside each other knows what the few in between said.

    Raises:
        Refused: it is open, its results were shown, or the last day is over already.
    """
    _not_over(closes_on)
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if locked.is_open:
        raise Refused(_("Deze bevraging is open."))
    _may_be_open_again(locked)
    locked.closed_at, locked.closes_on = None, closes_on
    locked.save(update_fields=["closed_at", "closes_on"])
    survey.closed_at, survey.closes_on = None, closes_on
    record("survey.reopened", locked, actor=actor)
    changed.send(Survey, survey=locked, invitation=None, what="reopened")


def _may_be_open_again(survey: Survey) -> None:
    if survey.is_open or not survey.anonymous:
        return
    if survey.responses.count() >= survey.minimum_answers:
        raise Refused(
            _(
                "De antwoorden zijn al te zien. Kwam er nu nog iemand bij, dan kon je zien wat die "
                "antwoordde. Maak een nieuwe bevraging."
            )
        )


@action("surveys.manage")
def remove_text(survey: Survey, *, actor: Actor, question: str, mark: str) -> None:
    """Takes away a text that can be read in the results, or in a file that was replaced: there is
    a name in it, say (mission K6). It goes wherever it stands.

    That somebody wrote something still counts. The log says that a text went, not which.

    Args:
        question: key of the question.
        mark: results.mark_of_text of the text.

    Raises:
        Refused: there is no such text to be seen.
    """
    # Before anything is read: an answer that is being changed now is waited for, and kept. No lock
    # on keys: who changes it checks at the end that survey and answer are still there.
    locked = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    responses = list(locked.responses.select_for_update(of=("self",), no_key=True))
    shown = results_of(locked).questions
    seen = {w.mark for row in shown if row.question.key == question for w in row.written}
    earlier = EarlierAnswer.objects.select_for_update(of=("self",), no_key=True)
    earlier = earlier.filter(response__survey=locked)
    kept = [row for row in earlier if marks_of(locked.asked, row.answers).get(question) == mark]
    if mark not in seen and not kept:
        raise Refused(_("Die tekst staat er niet meer."))
    for response in responses:
        if mark_of_text(str(response.answers.get(question, ""))) == mark:
            response.answers[question] = REMOVED
            response.version += 1
            response.save(update_fields=["answers", "version"])
    for row in kept:
        row.answers[question] = REMOVED
        row.save(update_fields=["answers"])
    record("survey.text_removed", locked, actor=actor)
