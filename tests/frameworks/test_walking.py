"""Walking a helper tree: always to an end, back without loss, and what it rests on is said."""

import pytest
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


def end(tree: str, *answers: str) -> tuple[str, str]:
    """Outcome and result after these answers, one after the other from the start."""
    given_answers: dict[str, str] = {}
    for answer in answers:
        asked = walking.walk(TREES[tree], given_answers).next
        assert asked is not None, answer
        given_answers[asked.key] = answer
    outcome = walking.walk(TREES[tree], given_answers).outcome
    assert outcome is not None
    return outcome.key, outcome.result


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


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # domain.md 3.2: compulsory activities in basic education are free of advertising
        (("advertising", "basic", "yes", "lesson-place"),
         ("no-advertising-in-lessons", "not-allowed")),
        # domain.md 3.2: the refectory is possible when it is not used for compulsory activities
        (("advertising", "basic", "yes", "refectory", "yes"),
         ("no-advertising-in-lessons", "not-allowed")),
        (("advertising", "basic", "yes", "refectory", "no", "yes", "yes", "yes", "fits"),
         ("sponsoring-ok", "allowed-with-conditions")),
        # domain.md 3.2: optional activities, and other levels: only "free thanks to"
        (("advertising", "basic", "no"), ("only-thanks", "not-allowed")),
        (("advertising", "other", "yes"), ("only-thanks", "not-allowed")),
        (("thanks-to", "basic-free", "yes", "yes", "yes", "fits"),
         ("sponsoring-ok", "allowed-with-conditions")),
        (("thanks-to", "basic-compulsory"), ("no-advertising-in-lessons", "not-allowed")),
        # domain.md 3.2: a mere logo on didactic material is no explicit advertising
        (("name-on-material", "no"), ("nothing-to-settle", "allowed")),
        # domain.md 3.2: the three conditions, and the vision of the school
        (("name-on-material", "yes", "no"), ("does-not-fit", "not-allowed")),
        (("name-on-material", "yes", "yes", "no"), ("does-not-fit", "not-allowed")),
        (("name-on-material", "yes", "yes", "yes", "no"), ("does-not-fit", "not-allowed")),
        (("name-on-material", "yes", "yes", "yes", "yes", "fits-not"),
         ("against-own-vision", "not-allowed")),
        (("name-on-material", "yes", "yes", "yes", "yes", "no-vision"),
         ("make-vision-first", "ask-further")),
    ],
)  # fmt: skip
def test_advertising_and_sponsoring_domain_3_2(
    answers: tuple[str, ...], expected: tuple[str, str]
) -> None:
    assert end("advertising-sponsoring", *answers) == expected


@pytest.mark.parametrize(
    ("tree", "answers", "expected"),
    [
        # domain.md 3.2, handelsactiviteiten: no trade to enrich, limited profit for own work
        ("trade", ("yes", "enrich"), ("no-enrichment", "not-allowed")),
        ("trade", ("yes", "school-work", "yes", "no"), ("trade-ok", "allowed-with-conditions")),
        # domain.md 3.2, politiek: a party not in school time, not in the 90 days, no urging
        ("politics", ("party", "no", "yes"), ("not-in-school-time", "not-allowed")),
        ("politics", ("party", "no", "no", "yes"), ("not-before-elections", "not-allowed")),
        ("politics", ("party", "no", "no", "no", "yes"), ("no-urging", "not-allowed")),
        ("politics", ("party", "no", "no", "no", "no", "no"), ("not-equal", "not-allowed")),
        ("politics", ("party", "no", "no", "no", "no", "yes"),
         ("politics-with-permission", "allowed-with-conditions")),
        # domain.md 3.2: no political propaganda, whoever organises it
        ("politics", ("party", "yes"), ("no-propaganda", "not-allowed")),
        ("politics", ("other-org", "yes"), ("no-propaganda", "not-allowed")),
        ("politics", ("school-lesson", "yes"), ("no-propaganda", "not-allowed")),
        # domain.md 3.2, debates in the sperperiode: not verified, so it is asked
        ("politics", ("school-lesson", "no", "yes"), ("ask-debate", "ask-further")),
        # domain.md 7.2: the exceptions to model 596.2
        ("minors-check", ("since-before",), ("not-retroactive", "allowed")),
        ("minors-check", ("yes", "no"), ("not-for-minors", "allowed")),
        ("minors-check", ("yes", "yes", "yes", "no"), ("single-visit", "allowed-with-conditions")),
        ("minors-check", ("yes", "yes", "yes", "yes", "yes", "yes"),
         ("statement-enough", "allowed-with-conditions")),
        ("minors-check", ("yes", "yes", "yes", "yes", "yes", "no"),
         ("check-by-head", "allowed-with-conditions")),
        ("minors-check", ("yes", "yes", "yes", "yes", "no", "no", "yes"),
         ("already-shown", "allowed")),
        ("minors-check", ("yes", "yes", "yes", "yes", "no", "yes"),
         ("ask-youth-work", "ask-further")),
        # domain.md 7.3: a commercial partner cannot send volunteers
        ("volunteers", ("partner", "yes"), ("no-commercial-volunteers", "not-allowed")),
        # domain.md 7.3: of reading parents the school itself is the organisation; what the law
        # asks of it was not verified, so the school is told to look
        ("volunteers", ("school", "no"), ("arrange-first", "ask-further")),
        ("volunteers", ("school", "yes"), ("volunteers-ok", "allowed-with-conditions")),
        # domain.md 3.3: free where needed for the goals, none for kleuters, the ceilings, the rest
        ("cost-for-parents", ("yes", "kleuter", "yes"), ("must-be-free", "not-allowed")),
        ("cost-for-parents", ("yes", "kleuter", "no", "yes"),
         ("no-several-days-kleuter", "not-allowed")),
        # domain.md 7.1: taking and showing are two consents; focused pictures need both
        ("photos", ("yes", "focused", "none"), ("no-consent", "not-allowed")),
        ("photos", ("yes", "focused", "one"), ("only-what-was-agreed", "allowed-with-conditions")),
        ("photos", ("yes", "general", "no"), ("inform-first", "allowed-with-conditions")),
        # domain.md 7.1: processor, recipient, and rather no data at all
        ("data-role", ("individual", "yes"), ("do-without", "not-allowed")),
        ("data-role", ("individual", "no", "school"),
         ("partner-is-processor", "allowed-with-conditions")),
        ("data-role", ("individual", "no", "partner"),
         ("partner-is-recipient", "allowed-with-conditions")),
    ],
)  # fmt: skip
def test_rules_of_the_other_trees(
    tree: str, answers: tuple[str, ...], expected: tuple[str, str]
) -> None:
    assert end(tree, *answers) == expected


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
