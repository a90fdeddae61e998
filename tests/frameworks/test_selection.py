import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.frameworks import loader
from partnerwijzer.frameworks.schema import Applies, Content
from partnerwijzer.frameworks.selection import (
    Case,
    applicable,
    blocks,
    light,
    question_sets,
    questions,
    suggested_situations,
    unanswered,
)
from partnerwijzer.frameworks.words import CooperationKind
from tests.frameworks.conftest import SHIPPED

CONTENT = loader.load(SHIPPED)
SITUATIONS = list(CONTENT.framework.situation)
answers = st.dictionaries(st.sampled_from(SITUATIONS), st.none() | st.booleans())
cases = st.builds(
    Case,
    kind=st.sampled_from(list(CooperationKind)),
    levels=st.sets(st.sampled_from(list(CONTENT.vocab.level)), max_size=3),
    themes=st.sets(st.sampled_from(list(CONTENT.vocab.theme)), max_size=3),
    situations=answers,
    duty=st.none() | st.sampled_from(list(CONTENT.governance.duty)),
    partner_kinds=st.sets(st.sampled_from(list(CONTENT.vocab.partner_kind)), max_size=2),
)


def keys(case: Case) -> list[str]:
    return [criterion.key for criterion in applicable(CONTENT, case)]


def with_applies(content: Content, key: str, applies: Applies) -> Content:
    """The content with one criterion that applies elsewhere."""
    criteria = tuple(
        c.model_copy(update={"applies": applies}) if c.key == key else c
        for c in content.framework.criteria
    )
    framework = content.framework.model_copy(update={"criteria": criteria})
    return content.model_copy(update={"framework": framework})


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="one_off"):
        Case("one_off")


def test_structural_asks_more_than_one_off() -> None:
    more = set(keys(Case("structural"))) - set(keys(Case("one-off")))

    assert more == {
        "quality-rubric-named",
        "pupils-and-parents-asked",
        "checkpoints-planned",
        "built-to-last",
    }
    assert set(keys(Case("one-off"))) < set(keys(Case("structural")))


@pytest.mark.parametrize(
    ("situation", "criterion"),
    [
        ("contact-with-minors", "criminal-record-check"),
        ("pupil-data", "digital-tools-checked"),
        ("photos", "photos-agreed"),
        ("money-from-parents", "cost-for-parents"),
        ("sponsoring", "advertising-sponsoring-trade"),
        ("volunteers", "volunteers-in-order"),
        ("political", "politics-checked"),
        ("sensitive-theme", "sensitive-theme-care"),
    ],
)
def test_a_situation_brings_its_criteria_only_when_it_is_so(situation: str, criterion: str) -> None:
    assert criterion in keys(Case("one-off", situations={situation: True}))
    assert criterion not in keys(Case("one-off", situations={situation: False}))
    assert criterion not in keys(Case("one-off", situations={situation: None}))
    assert criterion not in keys(Case("one-off"))


def test_a_theme_brings_its_criteria() -> None:
    assert "home-languages-welcome" in keys(Case("one-off", themes=["reading"]))
    assert "home-languages-welcome" not in keys(Case("one-off", themes=["music"]))
    assert "home-languages-welcome" not in keys(Case("one-off"))


def test_what_depends_on_the_council_waits_for_its_tree() -> None:
    assert "council-heard" in keys(Case("structural", duty="consult"))
    assert "council-heard" not in keys(Case("structural", duty="inform"))
    assert "council-heard" not in keys(Case("structural", duty=None))
    assert "council-role-known" in keys(Case("structural", duty=None))


@pytest.mark.parametrize(
    ("named", "level", "shown"),
    [
        ("lager", "lager", True),
        ("lager", "lager-graad-2", True),  # a level covers its children
        ("lager-graad-2", "lager", True),  # a dossier that says no more may mean this grade
        ("lager-graad-2", "lager-graad-3", False),
        ("lager", "secundair", False),
        ("lager", "no-such-level", False),
    ],
)
def test_a_level_covers_its_children(content: Content, named: str, level: str, shown: bool) -> None:
    applies = Applies(kind=(CooperationKind.ONE_OFF,), levels=(named,))
    changed = with_applies(content, "fits-age", applies)

    found = [c.key for c in applicable(changed, Case("one-off", levels=[level]))]

    assert ("fits-age" in found) is shown


def test_without_a_level_nothing_of_a_level_is_shown(content: Content) -> None:
    applies = Applies(kind=(CooperationKind.ONE_OFF,), levels=("lager",))
    changed = with_applies(content, "fits-age", applies)

    assert "fits-age" not in [c.key for c in applicable(changed, Case("one-off"))]


def test_all_fields_of_applies_have_to_match(content: Content) -> None:
    applies = Applies(
        kind=(CooperationKind.ONE_OFF,), levels=("lager",), themes=("music",), when=("photos",)
    )
    changed = with_applies(content, "fits-age", applies)

    def shown(**fields: object) -> bool:
        full = {"levels": ["lager"], "themes": ["music"], "situations": {"photos": True}}
        case = Case(**{"kind": "one-off", **full, **fields})  # type: ignore[arg-type]
        return "fits-age" in [c.key for c in applicable(changed, case)]

    assert shown()
    assert not shown(kind="structural")
    assert not shown(levels=["kleuter"])
    assert not shown(themes=["dance"])
    assert not shown(situations={"photos": False})


@given(cases)
def test_the_light_list_keeps_everything_essential(case: Case) -> None:
    all_of_it, short = applicable(CONTENT, case), light(CONTENT, case)

    assert {c.key for c in short} <= {c.key for c in all_of_it}
    assert [c for c in all_of_it if c.essential and c not in short] == []
    assert all(c.light or c.essential for c in short)


@given(cases)
def test_criteria_come_in_the_order_of_the_steps(case: Case) -> None:
    order = [CONTENT.framework.step[c.step].order for c in applicable(CONTENT, case)]

    assert order == sorted(order)
    assert len(keys(case)) == len(set(keys(case)))


@given(cases, st.sampled_from(SITUATIONS))
def test_saying_yes_to_a_situation_never_takes_a_criterion_away(case: Case, situation: str) -> None:
    yes = Case(
        kind=case.kind,
        levels=case.levels,
        themes=case.themes,
        situations={**case.situations, situation: True},
        duty=case.duty,
    )

    assert set(keys(case)) <= set(keys(yes))


@given(cases)
def test_the_short_note_is_part_of_the_full_agreement(case: Case) -> None:
    full, short = blocks(CONTENT, case), blocks(CONTENT, case, short=True)

    assert [b for b in full if b.short] == short


def test_a_trigger_brings_its_block() -> None:
    def grant(*triggers: str) -> bool:
        found = blocks(CONTENT, Case("one-off", triggers=triggers))
        return "grant" in [b.key for b in found]

    assert grant("grant")
    assert not grant("research")
    assert not grant()


def test_a_walked_tree_decides_about_its_block() -> None:
    def minors(**outcomes: str) -> bool:
        case = Case(
            "structural",
            situations={"contact-with-minors": True},
            outcomes={key.replace("_", "-"): value for key, value in outcomes.items()},
        )
        return "working-with-minors" in [b.key for b in blocks(CONTENT, case)]

    assert minors()
    assert minors(minors_check="check-by-head")
    assert not minors(minors_check="single-visit")
    assert minors(minors_check="ask-youth-work"), "an open question decides nothing"
    assert minors(minors_check="no-such-outcome")
    assert minors(no_such_tree="x")


def test_surveys_are_found_by_audience_moment_and_level() -> None:
    def found(**wanted: object) -> list[str]:
        return [s.key for s in question_sets(CONTENT, **wanted)]  # type: ignore[arg-type]

    after = {"audience": "pupils", "moment": "after-activity"}
    assert found(**after, levels=["kleuter"]) == ["pupils-kleuter"]
    assert found(**after, levels=["lager-graad-1"]) == ["pupils-kleuter", "pupils-lager"]
    assert found(**after, levels=["lager-graad-3"]) == ["pupils-lager"]
    assert found(**after, levels=["lager"]) == ["pupils-lager", "pupils-kleuter"]
    assert found(**after, levels=["secundair-1-a"]) == ["pupils-secundair"]
    assert found(**after, levels=["dko-graad-1"]) == ["pupils-lager", "pupils-secundair"]
    assert found(**after, levels=["dko-graad-4"]) == ["pupils-secundair"]
    assert found(audience="colleagues") == ["colleagues"]
    assert found(moment="before-decision") == ["ask-around", "experience-request"]
    assert found(**after) == ["pupils-kleuter", "pupils-lager", "pupils-secundair"]


def test_a_question_of_a_situation_is_asked_only_then() -> None:
    parents = CONTENT.surveys.set["parents"]

    def cost(answer: bool | None) -> bool:
        case = Case("one-off", situations={"money-from-parents": answer})
        return "cost-ok" in [q.key for q in questions(parents, case)]

    assert cost(True)
    assert not cost(False)
    assert not cost(None)


def test_a_sensitive_theme_or_kind_of_partner_suggests_a_situation() -> None:
    def suggested(**fields: object) -> list[str]:
        return suggested_situations(CONTENT, Case(kind="one-off", **fields))  # type: ignore[arg-type]

    assert suggested(themes=["music"], partner_kinds=["library"]) == []
    assert suggested(themes=["drugs-and-gaming"]) == ["sensitive-theme"]
    assert suggested(partner_kinds=["political-organisation"]) == ["political"]
    assert suggested(themes=["newcomers"], situations={"sensitive-theme": False}) == []


def test_what_nobody_answered_stays_open() -> None:
    case = Case("one-off", situations={"photos": True, "political": False, "volunteers": None})

    assert [s.key for s in unanswered(CONTENT, case)] == [
        "contact-with-minors",
        "pupil-data",
        "money-from-parents",
        "sponsoring",
        "volunteers",
        "sensitive-theme",
    ]


def test_choosing_criteria_takes_less_than_a_millisecond() -> None:
    case = Case("structural", levels=["lager"], situations=dict.fromkeys(SITUATIONS, True))

    def once() -> float:
        start = time.process_time()
        for _ in range(50):
            applicable(CONTENT, case)
        return (time.process_time() - start) / 50

    assert len(keys(case)) > 50
    assert min(once() for _ in range(5)) < 0.001
