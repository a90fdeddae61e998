import pytest

from partnerwijzer.frameworks.schema import Content
from partnerwijzer.surveys import questions, sets
from partnerwijzer.surveys.sets import OwnQuestion

LOCKED = ["learned", "clear", "felt-good", "again"]


def keys(rows):
    return [row["key"] for row in rows]


def test_every_set_of_the_framework_makes_a_survey_within_its_limit(content: Content):
    for one in content.surveys.sets:
        rows = sets.compose(content, one.key, situations=["money-from-parents"])

        assert 1 <= len(rows) <= sets.most_questions(one)
        assert len(questions.read(rows, "nl")) == len(questions.read(rows, "en")) == len(rows)


def test_pupils_get_at_most_six_questions(content: Content):
    pupils = [s for s in content.surveys.sets if s.audience == "pupils"]

    assert len(pupils) > 2
    assert all(len(sets.compose(content, s.key)) <= 6 for s in pupils)


def test_a_school_keeps_the_locked_questions_and_leaves_out_others(content: Content):
    rows = sets.compose(content, "pupils-lager", keys=["want-to-say"])

    assert keys(rows) == [*LOCKED, "want-to-say"]


def test_options_bands_and_faces_come_along(content: Content):
    first = sets.compose(content, "pupils-lager")[0]

    assert first["core_label"] == {"nl": "Iets geleerd", "en": "Learnt something"}
    assert [(o["value"], o["band"], o["face"]) for o in first["options"]] == [
        ("1", "negative", "very-sad"),
        ("2", "negative", "sad"),
        ("3", "middle", "neutral"),
        ("4", "positive", "happy"),
        ("5", "positive", "very-happy"),
    ]


def test_options_of_other_files_and_not_knowing_come_along(content: Content):
    rows = {row["key"]: row for row in sets.compose(content, "experience-request")}

    assert len(rows["smooth"]["options"]) == len(content.factors.factors)
    assert rows["learned"]["options"][-1] == {
        "value": "unknown",
        "label": {"nl": "dat weet ik niet", "en": "I do not know"},
    }


def test_a_question_for_a_situation_is_asked_in_that_situation_only(content: Content):
    assert "cost-ok" not in keys(sets.compose(content, "parents"))
    assert "cost-ok" in keys(sets.compose(content, "parents", situations=["money-from-parents"]))


def test_what_needs_a_form_of_its_own_is_never_stored_with_the_answers(content: Content):
    everything = [q.key for q in content.surveys.set["alumni"].questions]

    assert "come-and-talk" in everything
    assert "come-and-talk" not in keys(sets.compose(content, "alumni", keys=everything))


def test_a_school_adds_questions_of_its_own(content: Content):
    own = [OwnQuestion("  Wat was het\nmooiste?  "), OwnQuestion(""), OwnQuestion("Fijn?", "scale")]

    rows = sets.compose(content, "pupils-lager", keys=[], own=own)

    assert keys(rows) == [*LOCKED, "own-1", "own-2"]
    assert rows[4]["text"] == {"nl": "Wat was het mooiste?"}
    assert rows[4]["kind"] == "text"
    assert rows[5]["kind"] == "smiley5"
    assert sets.own_of(rows) == [
        OwnQuestion("Wat was het mooiste?", "text"),
        OwnQuestion("Fijn?", "scale"),
    ]


def test_too_many_questions_are_refused_with_how_many_to_leave_out(content: Content):
    own = [OwnQuestion(f"Vraag {n}?") for n in range(3)]

    with pytest.raises(sets.SetProblem) as caught:
        sets.compose(content, "pupils-lager", keys=[], own=own)

    assert str(caught.value) == "Deze lijst mag hoogstens 6 vragen hebben. Laat er 1 weg."


@pytest.mark.parametrize(
    "text",
    [
        "Hoe heet jij?",
        "Wat is je naam?",
        "Naam en klas",
        "Wie ben je?",
        "Typ je voornaam",
        "E-mailadres",
    ],
)
def test_an_anonymous_survey_does_not_ask_who_somebody_is(content: Content, text: str):
    with pytest.raises(sets.SetProblem):
        sets.compose(content, "pupils-lager", keys=[], own=[OwnQuestion(text)])


def test_it_may_ask_what_something_is_called(content: Content):
    own = [
        OwnQuestion("Hoe heet het boek dat je koos?"),
        OwnQuestion("Ken je de naam van de rivier?"),
    ]

    assert len(sets.compose(content, "pupils-lager", keys=[], own=own)) == 6


def test_a_survey_that_is_not_anonymous_may_ask_for_names(content: Content):
    kept = [q.key for q in content.surveys.set["ask-around"].questions][:4]

    rows = sets.compose(content, "ask-around", keys=kept, own=[OwnQuestion("Wat is je naam?")])

    assert keys(rows) == [*kept, "own-1"]


def test_an_own_question_that_is_too_long_is_refused(content: Content):
    with pytest.raises(sets.SetProblem):
        sets.compose(content, "colleagues", keys=[], own=[OwnQuestion("x" * 201)])


def test_a_stored_choice_has_to_hold_the_locked_questions(content: Content):
    rows = sets.compose(content, "pupils-lager")

    with pytest.raises(sets.SetProblem):
        sets.check(content.surveys.set["pupils-lager"], rows[1:])
    with pytest.raises(sets.SetProblem):
        sets.check(content.surveys.set["pupils-lager"], [*rows, rows[0]])


def test_an_unknown_set_is_refused(content: Content):
    with pytest.raises(sets.SetProblem):
        sets.compose(content, "nothing")


def test_who_may_stay_unknown_is_said_by_the_set(content: Content):
    pupils, team = content.surveys.set["pupils-lager"], content.surveys.set["colleagues"]

    assert [sets.is_anonymous(pupils, wish) for wish in (None, False, True)] == [True] * 3
    assert [sets.is_anonymous(team, wish) for wish in (None, False, True)] == [False, False, True]
    assert sets.least_answers(team, anonymous=True) == 5
    assert sets.least_answers(team, anonymous=False) == 1
    assert sets.least_answers(content.surveys.set["alumni"], anonymous=True) == 10
