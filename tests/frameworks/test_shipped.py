"""What our own content promises: the numbers of the issue, and clauses that are always there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.frameworks.conclusion import Answer
from partnerwijzer.frameworks.schema import Content
from partnerwijzer.frameworks.selection import Case, applicable, blocks, question_sets
from partnerwijzer.frameworks.words import Audience, Moment, Result
from tests.frameworks.conftest import SHIPPED


def test_six_steps_six_points_and_about_eight_light_criteria(content: Content) -> None:
    framework = content.framework

    assert len(framework.steps) == len(framework.attention_points) == 6
    assert len(framework.criteria) == 56
    assert len([c for c in framework.criteria if c.light]) == 9
    assert len(content.factors.working_factors) == 7
    assert len(content.factors.factors) == 32


@pytest.mark.parametrize(
    ("case", "key"),
    [
        ({"kind": "structural"}, "built-to-last"),
        ({"levels": ["lager-graad-3"]}, "lesson-free-of-advertising"),
        ({"situations": {"sensitive-theme": True}}, "sensitive-theme-care"),
        ({"situations": {"contact-with-minors": True}}, "criminal-record-check"),
        ({"situations": {"pupil-data": True}}, "digital-tools-checked"),
        ({"situations": {"photos": True}}, "photos-agreed"),
        ({"situations": {"money-from-parents": True}}, "cost-for-parents"),
    ],
)
def test_a_question_appears_when_it_matters(
    case: dict[str, Any], key: str, content: Content
) -> None:
    """domain.md 3.2 (no advertising in compulsory lessons of basic education), 3.3, 7.1, 7.2: asked
    in such a case, and not in one in which nothing of the kind is at hand."""
    plain = {"kind": "one-off", "levels": ["secundair"]}

    def asked(**more: Any) -> set[str]:
        found = Case(**{**plain, **more})
        return {c.key for c in applicable(content, found)}

    assert key in asked(**case)
    assert key not in asked()


def test_pupils_get_six_questions_at_most(content: Content) -> None:
    sets = [s for s in content.surveys.sets if s.audience == Audience.PUPILS]

    assert {s.key: len(s.questions) for s in sets} == {
        "pupils-kleuter": 4,
        "pupils-lager": 6,
        "pupils-secundair": 6,
        "pupils-before": 2,
    }
    assert {s.minimum_answers for s in sets} == {5}


def test_every_level_has_a_pupil_survey(content: Content) -> None:
    for level in content.vocab.level:
        found = question_sets(
            content, audience=Audience.PUPILS, levels=[level], moment=Moment.AFTER_ACTIVITY
        )
        assert found, level


@pytest.mark.parametrize("photos", [True, False, None])
@pytest.mark.parametrize("short", [True, False])
def test_an_agreement_always_holds_a_teacher_no_pupil_data_and_pictures(
    content: Content, photos: bool | None, short: bool
) -> None:
    case = Case("one-off", situations={"photos": photos})

    keys = [b.key for b in blocks(content, case, short=short)]

    assert {"teacher-present", "no-pupil-data"} <= set(keys)
    pictures = [key for key in keys if key in ("photos", "no-photos")]
    assert pictures == ["photos" if photos else "no-photos"]


def test_whatever_the_tree_on_pictures_says_there_is_one_clause(content: Content) -> None:
    for outcome in content.governance.tree["photos"].outcomes:
        case = Case("one-off", situations={"photos": True}, outcomes={"photos": outcome.key})
        keys = [b.key for b in blocks(content, case)]
        assert len({"photos", "no-photos"} & set(keys)) == 1, outcome.key


@given(data=st.data())
def test_whatever_is_answered_about_sponsoring_there_is_a_clause(
    content: Content, data: st.DataObject
) -> None:
    trees = content.governance.tree
    outcomes = {
        key: data.draw(st.sampled_from(list(trees[key].outcome)))
        for key in ("advertising-sponsoring", "trade")
        if data.draw(st.booleans())
    }
    case = Case("structural", situations={"sponsoring": True}, outcomes=outcomes)

    keys = {b.key for b in blocks(content, case)}

    assert len({"advertising-and-sponsoring", "no-recruiting"} & keys) == 1


def test_no_file_of_the_product_is_missing() -> None:
    assert sorted(p.name for p in SHIPPED.glob("*.yaml")) == [
        "agreement.yaml",
        "factors.yaml",
        "framework.yaml",
        "governance.yaml",
        "surveys.yaml",
        "vocab.yaml",
    ]


def test_an_untouched_answer_is_to_do() -> None:
    assert (Answer().status, Answer().judgement, Answer().proof_count) == ("to-do", None, 0)


# An outcome without a clause of its own: what is not done needs none, nor what needs no check.
WITHOUT_CLAUSE = {
    ("volunteers", "no-commercial-volunteers"),
    *(("minors-check", key) for key in (
        "not-retroactive", "not-for-minors", "no-such-contact", "already-shown",
    )),
}  # fmt: skip


def test_each_answer_about_people_and_data_brings_a_clause(content: Content) -> None:
    """domain.md 7.1 to 7.3, issue 4, 9: a few questions with a clause as result."""
    trees = ("data-role", "photos", "volunteers", "minors-check")
    without = {
        (tree, outcome.key)
        for tree in trees
        for outcome in content.governance.tree[tree].outcomes
        if outcome.result is not Result.ASK_FURTHER and not outcome.adds_blocks
    }

    assert without == WITHOUT_CLAUSE
