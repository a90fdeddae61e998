"""Walking a helper tree: always to an end, back without loss, and what it rests on is said."""

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.frameworks import loader, walking
from partnerwijzer.frameworks.schema import Tree
from partnerwijzer.frameworks.selection import Case, needed_trees
from partnerwijzer.frameworks.words import GateKey
from tests.frameworks.conftest import SHIPPED

CONTENT = loader.load(SHIPPED)
TREES = CONTENT.governance.tree
ADVERTISING = TREES["advertising-sponsoring"]


@st.composite
def answer_sets(draw: st.DrawFn) -> tuple[Tree, dict[str, str]]:
    tree = draw(st.sampled_from(list(TREES.values())))
    options = {n.key: st.sampled_from([o.key for o in n.options]) for n in tree.nodes}
    return tree, draw(st.fixed_dictionaries({}, optional=options))


@given(answer_sets())
def test_a_walk_has_a_next_question_or_an_outcome(pair: tuple[Tree, dict[str, str]]) -> None:
    walked = walking.walk(*pair)

    assert (walked.next is None) is (walked.outcome is not None)
    assert walked.way.items() <= pair[1].items()
    assert len(walked.turns) + walked.most_left <= walking.longest(pair[0], pair[0].start)


@given(answer_sets())
def test_the_way_alone_leads_to_the_same_place(pair: tuple[Tree, dict[str, str]]) -> None:
    walked = walking.walk(*pair)

    assert walking.walk(pair[0], walked.way) == walked


def test_an_earlier_answer_that_changes_leaves_the_later_ones_that_still_hold() -> None:
    answers = {
        "what-is-seen": "name-on-material", "gets-something": "yes", "fits-task": "yes",
        "good-taste": "yes", "still-independent": "yes", "own-vision": "fits",
    }  # fmt: skip

    changed = walking.walk(ADVERTISING, {**answers, "what-is-seen": "thanks-to"})
    back = walking.walk(ADVERTISING, {**answers, "what-is-seen": "nothing"})

    assert changed.next is not None
    assert changed.next.key == "level-thanks"
    assert back.outcome is not None
    assert back.outcome.key == "sponsoring-ok"


@given(answer_sets())
def test_what_answers_lead_to_is_reachable_with_those_answers_settled(
    pair: tuple[Tree, dict[str, str]],
) -> None:
    tree, answers = pair
    outcome = walking.walk(tree, answers).outcome

    found = walking.reachable(tree, lambda node: node.option.get(answers.get(node.key, "")))

    assert found <= set(tree.outcome)
    assert outcome is None or found == {outcome.key}
    assert walking.reachable(tree, lambda _node: None) == set(tree.outcome)


def test_what_was_not_verified_is_said() -> None:
    begun = {"who-organises": "school-lesson", "guests-call-to-support": "no"}
    walked = walking.walk(TREES["politics"], begun)
    further = walking.walk(TREES["politics"], {**begun, "guests-election": "yes"})

    assert walking.in_doubt(walked) == []
    assert [part.key for part in walking.in_doubt(further)] == ["guests-election", "ask-debate"]
    assert walking.sources(further) == ["political-activities", "election-debates"]


def test_a_tree_is_needed_where_its_situation_holds_at_the_gate_of_its_criterion() -> None:
    case = Case("structural", situations={"sponsoring": True, "contact-with-minors": True})

    assert needed_trees(CONTENT, case) == {
        "advertising-sponsoring": GateKey.POSITIVE_DECISION,
        "trade": GateKey.POSITIVE_DECISION,
        "minors-check": GateKey.FIRST_ACTIVITY,
    }
    assert needed_trees(CONTENT, Case("structural")) == {}


def test_the_ninety_days_are_data_with_a_source() -> None:
    period = CONTENT.governance.period["before-election"]  # type: ignore[index]

    assert (period.days, period.source, period.verified) == (90, ("political-activities",), True)
