from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.frameworks import loader
from partnerwijzer.frameworks.conclusion import (
    Answer,
    Conclusion,
    complete,
    conclude,
    gate,
    problems_of,
)
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.frameworks.selection import Case, applicable
from partnerwijzer.frameworks.words import (
    ConclusionKey,
    GateKey,
    JudgementKey,
    Requirement,
    StatusKey,
)
from tests.frameworks.conftest import SHIPPED

CONTENT = loader.load(SHIPPED)
NO_SITUATION = dict.fromkeys(CONTENT.framework.situation, False)
PLAIN = Case("one-off", situations=NO_SITUATION)
MINORS = Case("one-off", situations={**NO_SITUATION, "contact-with-minors": True})
FINE = Answer("done", "in-order", 1)
WORST_FIRST = list(ConclusionKey)

answer = st.builds(
    Answer,
    status=st.sampled_from(list(StatusKey)),
    judgement=st.none() | st.sampled_from(list(JudgementKey)),
    proof_count=st.integers(0, 2),
)
answer_sets = st.dictionaries(st.sampled_from(list(CONTENT.framework.criterion)), answer)
cases = st.builds(
    Case,
    kind=st.sampled_from(["one-off", "structural"]),
    situations=st.fixed_dictionaries(
        {key: st.sampled_from([True, False, None]) for key in CONTENT.framework.situation}
    ),
)


def all_fine(case: Case) -> dict[str, Answer]:
    return {c.key: FINE for c in applicable(CONTENT, case)}


def but(case: Case, **answers: Answer) -> Conclusion:
    changed = {key.replace("_", "-"): value for key, value in answers.items()}
    return conclude(CONTENT, case, all_fine(case) | changed)


def rank(conclusion: Conclusion) -> int:
    return WORST_FIRST.index(conclusion.kind)


def words(conclusion: Conclusion) -> list[tuple[str, str]]:
    return [(r.key, r.words) for r in conclusion.reasons]


def test_everything_in_order_is_fine() -> None:
    result = conclude(CONTENT, PLAIN, all_fine(PLAIN))

    assert (result.kind, result.reasons, result.others) == ("fine", (), ())
    assert str(result.label) == "klaar om te beslissen"


def test_a_blocking_judgement_stops_with_its_own_reason() -> None:
    result = but(PLAIN, fits_age=Answer("done", "not-in-order"))

    assert result.kind == "blocker"
    assert words(result) == [("fits-age", "Het aanbod is niet geschikt voor deze leeftijd.")]


def test_a_doubt_stops_before_the_criterion_is_done() -> None:
    result = but(PLAIN, everyone_can_join=Answer("busy", "not-in-order"))

    assert result.kind == "blocker"


def test_without_goals_there_is_no_yes_even_when_called_not_applicable() -> None:
    for key in ("goals_named", "fits_school_project"):
        assert but(PLAIN, **{key: Answer("done", "not-applicable")}).kind == "blocker"


def test_an_essential_criterion_without_answer_is_not_enough_yet() -> None:
    answers = all_fine(PLAIN)
    del answers["identity-checked"]

    result = conclude(CONTENT, PLAIN, answers)

    assert result.kind == "incomplete"
    assert words(result) == [("identity-checked", "Nog geen oordeel: Weet je wie erachter zit?")]


@pytest.mark.parametrize(
    ("given_answer", "said"),
    [
        (Answer("busy", None), "Nog geen oordeel: Weet je wie erachter zit?"),
        (Answer("busy", "in-order", 2), "Nog niet klaar: Weet je wie erachter zit?"),
        (Answer("done", "in-order", 0), "Zonder bewijs: Weet je wie erachter zit?"),
        (Answer("done", "", 3), "Nog geen oordeel: Weet je wie erachter zit?"),
    ],
)
def test_an_essential_criterion_that_is_not_complete_says_why(
    given_answer: Answer, said: str
) -> None:
    result = but(PLAIN, identity_checked=given_answer)

    assert (result.kind, words(result)) == ("incomplete", [("identity-checked", said)])


def test_a_situation_that_nobody_answered_is_not_enough_yet() -> None:
    case = Case("one-off", situations={**NO_SITUATION, "photos": None})

    result = conclude(CONTENT, case, all_fine(case))

    assert result.kind == "incomplete"
    assert [(r.about, r.key, r.criterion) for r in result.reasons] == [("situation", "photos", "")]


def test_an_optional_criterion_without_answer_is_fine() -> None:
    answers = all_fine(PLAIN)
    del answers["adds-something"]

    assert conclude(CONTENT, PLAIN, answers).kind == "fine"


def test_a_partial_judgement_asks_for_care() -> None:
    result = but(PLAIN, fits_age=Answer("done", "partly"))

    assert result.kind == "warning"
    assert words(result) == [("fits-age", "Past het bij de leeftijd van je leerlingen? – deels")]


def test_a_bad_judgement_that_blocks_nothing_asks_for_care() -> None:
    result = but(PLAIN, plain_language=Answer("done", "not-in-order"))

    assert result.kind == "warning"


def test_an_optional_criterion_in_order_without_proof_asks_for_care() -> None:
    result = but(PLAIN, adds_something=Answer("done", "in-order", 0))

    assert result.kind == "warning"
    assert words(result)[0][1].startswith("Zonder bewijs: ")


def test_what_stops_the_first_activity_only_warns_before_the_decision() -> None:
    result = but(MINORS, criminal_record_check=Answer("done", "not-in-order"))

    assert result.kind == "warning"
    assert words(result) == [
        ("criminal-record-check", "De controle is nodig en is nog niet afgerond.")
    ]


def test_the_worst_is_shown_and_the_rest_stands_below() -> None:
    result = but(
        PLAIN,
        fits_age=Answer("done", "not-in-order"),
        identity_checked=Answer(),
        plain_language=Answer("done", "partly"),
    )

    assert [r.key for r in result.reasons] == ["fits-age"]
    assert [(r.key, r.kind) for r in result.others] == [
        ("identity-checked", "incomplete"),
        ("plain-language", "warning"),
    ]


def test_answers_to_what_is_not_asked_count_for_nothing() -> None:
    extra = {"photos-agreed": Answer("done", "not-in-order"), "no-such": Answer("done", "partly")}

    assert conclude(CONTENT, PLAIN, all_fine(PLAIN) | extra).kind == "fine"


@given(cases, answer_sets, st.sampled_from(list(CONTENT.framework.criterion)))
def test_adding_a_blocker_never_improves_the_conclusion(
    case: Case, answers: dict[str, Answer], key: str
) -> None:
    criterion = CONTENT.framework.criterion[key]
    if criterion.blocker_when is None:
        return
    before = answers.get(key, Answer())
    blocked = answers | {key: replace(before, judgement=criterion.blocker_when.judgements[0])}

    worse, was = conclude(CONTENT, case, blocked), conclude(CONTENT, case, answers)

    assert rank(worse) <= rank(was)
    for gate_key in GateKey:
        blockers = {r.key for r in gate(CONTENT, case, answers, gate_key) if r.kind == "blocker"}
        now = {r.key for r in gate(CONTENT, case, blocked, gate_key) if r.kind == "blocker"}
        assert blockers <= now | {key}


@given(cases, answer_sets, st.sampled_from(list(CONTENT.framework.criterion)))
def test_taking_an_answer_away_never_makes_it_fine(
    case: Case, answers: dict[str, Answer], key: str
) -> None:
    criterion = CONTENT.framework.criterion[key]
    asked = criterion in applicable(CONTENT, case)
    without = {k: v for k, v in answers.items() if k != key}

    result = conclude(CONTENT, case, without)

    if asked and criterion.essential and criterion.gate == "positive-decision":
        assert result.kind in ("blocker", "incomplete")


@given(cases, answer_sets)
def test_fine_and_warning_mean_that_a_yes_is_possible(
    case: Case, answers: dict[str, Answer]
) -> None:
    possible = gate(CONTENT, case, answers, "positive-decision") == []

    assert possible is (conclude(CONTENT, case, answers).kind in ("fine", "warning"))


@given(cases, answer_sets)
def test_a_conclusion_has_reasons_unless_it_is_fine(case: Case, answers: dict[str, Answer]) -> None:
    result = conclude(CONTENT, case, answers)

    assert bool(result.reasons) is (result.kind != "fine")
    assert {r.kind for r in result.reasons} <= {result.kind}
    assert all(r.words for r in (*result.reasons, *result.others))


def test_a_gate_names_what_is_missing_in_words() -> None:
    answers = all_fine(MINORS)
    del answers["teacher-present"]
    answers["criminal-record-check"] = Answer("done", "not-in-order")

    missing = gate(
        CONTENT, MINORS, answers, "first-activity", met=["positive-decision", "research-cleared"]
    )

    assert [(r.about, r.key, r.words) for r in missing] == [
        (
            "criterion",
            "teacher-present",
            "Nog geen oordeel: Is er bij elke activiteit een leerkracht die erbij blijft?",
        ),
        (
            "tree",
            "minors-check",
            "Nog af te lopen: de beslisboom ‘Werken met minderjarigen (model 596.2)’.",
        ),
        (
            "criterion",
            "criminal-record-check",
            "De controle is nodig en is nog niet afgerond.",
        ),
        (
            "requirement",
            "agreement-confirmed-by-both",
            "School en partner bevestigden nog niet allebei dezelfde afspraken.",
        ),
        (
            "requirement",
            "teacher-named",
            "Bij deze activiteit staat nog geen leerkracht van de school.",
        ),
    ]


def test_a_gate_opens_when_all_is_there() -> None:
    answers = all_fine(PLAIN)

    assert gate(CONTENT, PLAIN, answers, "positive-decision") == []
    assert gate(CONTENT, PLAIN, answers, "first-activity", met=list(Requirement)) == []
    assert gate(CONTENT, PLAIN, {}, "closing", met=["colleague-evaluation"]) != []
    assert (
        gate(CONTENT, PLAIN, {}, "closing", met=["colleague-evaluation", "follow-up-chosen"]) == []
    )


def test_a_blocker_found_after_the_decision_stops_the_first_activity() -> None:
    answers = all_fine(PLAIN) | {"no-pupil-data": Answer("done", "not-in-order")}

    missing = gate(CONTENT, PLAIN, answers, "first-activity", met=list(Requirement))

    assert [r.key for r in missing] == ["no-pupil-data"]


def test_a_gate_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-gate"):
        gate(CONTENT, PLAIN, {}, "no-such-gate")


@pytest.mark.parametrize(
    ("given_answer", "fields"),
    [
        (Answer("done", "in-order", 1), []),
        (Answer("done", "in-order", 0), ["proof"]),
        (Answer("done", "in-order", 0, has_reason=False), ["proof", "reason"]),
        (Answer("done", "partly", 0), []),
        (Answer("done", "not-applicable", 0, has_reason=False), ["reason"]),
        (Answer("done", None), ["judgement"]),
        (Answer("done", ""), ["judgement"]),
        (Answer("busy", "in-order", 0, has_reason=False), []),
        (Answer("to-do", "partly"), ["status"]),
        (Answer("to-do"), []),
        (Answer("busy", "splendid"), ["judgement"]),
    ],
)
def test_an_answer_says_what_it_still_needs(
    content: Content, given_answer: Answer, fields: list[str]
) -> None:
    assert [flaw.field for flaw in problems_of(content, given_answer)] == fields


@given(answer)
def test_what_a_form_accepts_as_done_is_complete(given_answer: Answer) -> None:
    accepted = given_answer.status == "done" and problems_of(CONTENT, given_answer) == []

    assert accepted is complete(CONTENT, given_answer)
