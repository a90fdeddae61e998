"""Making, changing, closing and opening surveys."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit import log
from partnerwijzer.audit.models import AuditRecord
from partnerwijzer.surveys import actions, codes, queries, results, sets
from partnerwijzer.surveys.models import Survey
from partnerwijzer.surveys.signals import changed
from tests.surveys.conftest import ask, fill

FIVE = [{"learned": 5}] * 5


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


def test_a_survey_for_pupils_is_open_at_once_with_a_code(pupils):
    assert (pupils.audience, pupils.anonymous, pupils.minimum_answers) == ("pupils", True, 5)
    assert codes.tidy(pupils.code) == pupils.code
    assert pupils.is_open
    assert pupils.opened_on == timezone.localdate()
    assert pupils.intro.startswith("Jij was erbij")
    assert len(pupils.asked) == 6


def test_a_survey_for_people_with_a_name_has_no_code(ask_around):
    assert (ask_around.code, ask_around.anonymous, ask_around.minimum_answers) == ("", False, 1)


def test_colleagues_may_answer_without_name_where_the_school_wants(make_survey):
    survey = make_survey("colleagues", anonymous=True)

    assert survey.anonymous
    assert survey.minimum_answers == 5
    assert survey.code


def test_pupils_are_never_asked_with_their_name(make_survey):
    assert make_survey("pupils-lager", anonymous=False).anonymous


def test_a_code_is_drawn_again_while_another_survey_has_it(make_survey, monkeypatch):
    first = make_survey()
    drawn = iter([first.code, first.code, "CCCCCC"])
    monkeypatch.setattr(codes, "draw", lambda: next(drawn))

    assert make_survey().code == "CCCCCC"


def test_the_last_day_is_not_over_yet(make_survey, yesterday):
    with pytest.raises(actions.Refused):
        make_survey(closes_on=yesterday)

    assert make_survey(closes_on=timezone.localdate()).is_open


def test_a_survey_holds_to_its_set(make_survey, content):
    with pytest.raises(sets.SetProblem):
        make_survey(questions=sets.compose(content, "pupils-lager")[2:])
    with pytest.raises(sets.SetProblem):
        make_survey("nothing")


@pytest.mark.parametrize("who", ["head", "coordinator", "teacher"])
def test_staff_make_and_close_surveys(world, make_survey, who):
    survey = make_survey()

    actions.close_survey(survey, actor=world.actor(who))

    assert not Survey.objects.get().is_open


@pytest.mark.parametrize(
    "who", ["council", "board_admin", "adviser", "umbrella_admin", "sister", "other_head"]
)
def test_others_do_not(world, make_survey, who):
    survey = make_survey()

    with pytest.raises(PermissionDenied):
        actions.close_survey(survey, actor=world.actor(who))

    assert Survey.objects.get().is_open


def test_the_database_holds_to_a_code_for_who_answers_without_name(pupils):
    for wrong in ({"code": ""}, {"minimum_answers": 4}, {"anonymous": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Survey.objects.filter(pk=pupils.pk).update(**wrong)


def test_a_survey_closes_by_itself_after_its_last_day(pupils, yesterday):
    Survey.objects.update(closes_on=yesterday)

    assert not Survey.objects.get().is_open


def test_a_closed_survey_is_not_closed_again(pupils, teacher):
    actions.close_survey(pupils, actor=teacher)

    with pytest.raises(actions.Refused):
        actions.close_survey(pupils, actor=teacher)


def test_results_of_an_anonymous_survey_show_once_it_is_closed(pupils, teacher):
    fill(pupils, *FIVE)
    assert queries.results_of(pupils).state == "open"

    actions.close_survey(pupils, actor=teacher)

    shown = queries.results_of(pupils)
    assert (shown.state, shown.answered, shown.expected) == ("shown", 5, 24)


def test_a_survey_closed_too_early_opens_again(pupils, teacher):
    fill(pupils, *FIVE[:4])
    actions.close_survey(pupils, actor=teacher)

    actions.reopen_survey(pupils, actor=teacher)

    assert Survey.objects.get().is_open


def test_once_anonymous_answers_were_shown_nobody_is_added_to_them(pupils, teacher):
    fill(pupils, *FIVE)
    actions.close_survey(pupils, actor=teacher)

    with pytest.raises(actions.Refused):
        actions.reopen_survey(pupils, actor=teacher)
    assert not Survey.objects.get().is_open


def test_moving_the_last_day_does_not_open_what_was_shown(pupils, teacher, yesterday):
    fill(pupils, *FIVE)
    Survey.objects.update(closes_on=yesterday)

    with pytest.raises(actions.Refused):
        actions.edit_survey(
            pupils,
            actor=teacher,
            version=1,
            title="x",
            about="",
            expected=None,
            closes_on=timezone.localdate(),
        )
    assert Survey.objects.get().title == "Hoe was het theater?"


def test_a_survey_with_names_opens_again_whatever_was_shown(ask_around, teacher):
    actions.close_survey(ask_around, actor=teacher)

    actions.reopen_survey(ask_around, actor=teacher)

    assert Survey.objects.get().is_open
    with pytest.raises(actions.Refused):
        actions.reopen_survey(ask_around, actor=teacher)


def test_a_school_makes_its_own_question_set(pupils, teacher):
    own = [sets.OwnQuestion("Wat was het mooiste moment?")]

    actions.change_questions(pupils, actor=teacher, version=1, keys=[], own=own)

    survey = Survey.objects.get()
    assert [q["key"] for q in survey.questions] == [
        "learned",
        "clear",
        "felt-good",
        "again",
        "own-1",
    ]
    assert survey.version == 2


def test_questions_stay_once_somebody_answered(pupils, teacher):
    fill(pupils, {"learned": 5})

    with pytest.raises(actions.Refused):
        actions.change_questions(pupils, actor=teacher, version=1, keys=[])
    assert len(Survey.objects.get().questions) == 6


def test_questions_stay_once_somebody_was_asked(ask_around, teacher):
    ask(ask_around, teacher)

    with pytest.raises(actions.Refused):
        actions.change_questions(ask_around, actor=teacher, version=1, keys=["good"])


def test_two_colleagues_choose_at_once_and_the_second_is_told(pupils, teacher):
    actions.change_questions(pupils, actor=teacher, version=1, keys=["want-to-say"])

    with pytest.raises(Conflict) as caught:
        actions.change_questions(pupils, actor=teacher, version=1, keys=[])

    assert len(caught.value.current.questions) == 5


def test_the_history_reads_as_sentences(pupils, teacher):
    actions.change_questions(pupils, actor=teacher, version=1, keys=[])
    actions.close_survey(pupils, actor=teacher)

    assert [entry.sentence for entry in log.history(pupils)] == [
        "Teacher sloot de bevraging.",
        "Teacher koos de vragen: 4.",
        "Teacher maakte de bevraging ‘Hoe was het theater?’.",
    ]


def test_modules_above_hear_of_changes(ask_around, teacher):
    heard = []

    def listen(sender, survey, invitation, what, **rest):
        heard.append((survey.pk, what))

    changed.connect(listen)
    try:
        ask(ask_around, teacher)
        actions.close_survey(ask_around, actor=teacher)
        actions.reopen_survey(ask_around, actor=teacher)
    finally:
        changed.disconnect(listen)

    assert heard == [(ask_around.pk, what) for what in ("invited", "closed", "reopened")]


WITH_NAME = "Jan van 3B is een zeurpiet"


def test_a_text_with_a_name_is_taken_away_and_still_counts(pupils, teacher):
    texts = [WITH_NAME, "Leuk!", "Leuk!", "Saai", "Nog eens"]
    fill(pupils, *[{"want-to-say": text} for text in texts])
    actions.close_survey(pupils, actor=teacher)

    actions.remove_text(
        pupils, actor=teacher, question="want-to-say", mark=results.mark_of_text(WITH_NAME)
    )

    row = queries.results_of(pupils).questions[-1]
    assert (row.answered, row.removed, row.shown) == (5, 1, True)
    assert sorted(w.text for w in row.written) == ["Leuk!", "Leuk!", "Nog eens", "Saai"]
    assert WITH_NAME not in str(
        list(pupils.responses.values()) + list(AuditRecord.objects.values())
    )


def test_a_text_that_does_not_show_cannot_be_looked_for(pupils, teacher):
    fill(pupils, *[{"want-to-say": WITH_NAME}] * 5)

    with pytest.raises(actions.Refused):
        actions.remove_text(
            pupils, actor=teacher, question="want-to-say", mark=results.mark_of_text(WITH_NAME)
        )
    assert pupils.responses.first().answers == {"want-to-say": WITH_NAME}


def test_a_stranger_takes_no_text_away(world, pupils, teacher):
    fill(pupils, *[{"want-to-say": WITH_NAME}] * 5)
    actions.close_survey(pupils, actor=teacher)

    with pytest.raises(PermissionDenied):
        actions.remove_text(
            pupils,
            actor=world.actor("other_head"),
            question="want-to-say",
            mark=results.mark_of_text(WITH_NAME),
        )
    assert pupils.responses.first().answers == {"want-to-say": WITH_NAME}
