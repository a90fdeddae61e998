"""The six steps of a dossier, derived from what it holds."""

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.dossiers import steps
from partnerwijzer.dossiers.steps import KEYS, Facts, derive, from_json, now, words

STATES = {"todo", "busy", "wait", "done", "blocked"}
small = st.integers(0, 4)


@st.composite
def dossiers(draw: Any) -> Facts:
    """Facts that can be true of a dossier: nothing answered that was not asked."""
    totals = {key: draw(small) for key in KEYS[:2]}
    return Facts(
        criteria_total=totals,
        criteria_done={key: draw(st.integers(0, most)) for key, most in totals.items()},
        blockers=draw(small),
        asked=(asked := draw(small)),
        answered=draw(st.integers(0, asked)),
        partners=draw(small),
        agreements_drafted=draw(small),
        agreements_sent=draw(small),
        agreements_confirmed=draw(small),
        changes_open=draw(small),
        decision_open=draw(st.booleans()),
        positions_asked=(people := draw(small)),
        positions_given=draw(st.integers(0, people)),
        decided=draw(st.sampled_from(["", "positive", "negative"])),
        council_waits=draw(st.booleans()),
        activities=(activities := draw(small)),
        activities_over=draw(st.integers(0, activities)),
        activities_without_teacher=draw(st.integers(0, activities)),
        evaluations=draw(small),
        follow_up=draw(st.booleans()),
        shared=draw(st.booleans()),
    )


def state_of(facts: Facts, key: str) -> tuple[str, str]:
    step = next(s for s in derive(facts) if s.key == key)
    return step.state, step.code


@given(dossiers())
def test_there_are_always_six_steps_in_the_order_of_the_framework(facts: Facts) -> None:
    found = derive(facts)

    assert [step.key for step in found] == list(KEYS)
    assert {step.state for step in found} <= STATES


@given(dossiers())
def test_now_is_the_first_step_that_is_not_done_or_the_last(facts: Facts) -> None:
    found = derive(facts)

    number = now(found)

    assert 1 <= number <= 6
    assert all(step.state == "done" for step in found[: number - 1])
    assert number == 6 or found[number - 1].state != "done"


@given(dossiers())
def test_stored_steps_are_read_back_as_they_were(facts: Facts) -> None:
    found = derive(facts)

    assert from_json({step.key: step.as_json() for step in found}) == found


def test_a_dossier_without_stored_steps_is_still_to_do() -> None:
    assert [(s.key, s.state) for s in from_json({})] == [(key, "todo") for key in KEYS]


@given(dossiers())
def test_every_step_says_in_words_how_far_it_is(facts: Facts) -> None:
    for step in derive(facts):
        assert words(step)
        assert not re.search(r"[{}]", words(step))


days = st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.booleans()))


@given(dossiers(), days, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_step_five_moves_with_the_calendar_and_the_others_do_not(
    facts: Facts, moments: list[tuple[date, bool]], today: date
) -> None:
    kept = [(day.isoformat(), staffed) for day, staffed in moments]
    stored = {s.key: s.as_json() for s in derive(facts)} | {steps.DAYS: kept}

    found = from_json(stored, today)

    fresh = replace(facts, **steps.calendar(kept, today))
    assert found == derive(fresh)


def test_the_calendar_counts_days_that_are_over_and_days_without_a_teacher() -> None:
    kept = [("2026-11-20", False), ("2026-11-22", False), ("2026-11-23", True)]

    assert [tuple(steps.calendar(kept, date(2026, 11, n)).values()) for n in (20, 22, 24)] == [
        (3, 0, 2), (3, 1, 1), (3, 3, 0),
    ]  # fmt: skip


GOOD = {
    "answered": "asked",
    "agreements_confirmed": "",
    "evaluations": "",
    "activities_over": "activities",
    "positions_given": "positions_asked",
}


@pytest.mark.parametrize("more", GOOD)
@given(facts=dossiers())
def test_doing_more_never_takes_a_step_back(more: str, facts: Facts) -> None:
    rank = {"blocked": 0, "todo": 0, "busy": 1, "wait": 1, "done": 2}
    limit = getattr(facts, GOOD[more]) if GOOD[more] else 9
    further = replace(facts, **{more: min(getattr(facts, more) + 1, limit)})

    before = [rank[step.state] for step in derive(facts)]
    after = [rank[step.state] for step in derive(further)]

    assert all(was <= became for was, became in zip(before, after, strict=True))


@given(dossiers())
def test_a_criterion_answered_never_takes_a_step_back(facts: Facts) -> None:
    rank = {"blocked": 0, "todo": 0, "busy": 1, "wait": 1, "done": 2}
    everything = replace(facts, criteria_done=facts.criteria_total)

    before = [rank[step.state] for step in derive(facts)]
    after = [rank[step.state] for step in derive(everything)]

    assert all(was <= became for was, became in zip(before, after, strict=True))


@given(dossiers(), st.sampled_from([f.name for f in fields(Facts)]))
def test_a_step_looks_at_its_own_facts_only(facts: Facts, name: str) -> None:
    """What happens in one step does not change the state of another."""
    touched = {
        "criteria_done": {0, 1}, "criteria_total": {0, 1}, "blockers": {0}, "asked": {1},
        "answered": {1}, "decided": {3}, "council_waits": {3}, "decision_open": {3},
        "positions_given": {3}, "positions_asked": {3}, "evaluations": {5}, "follow_up": {5},
        "shared": {5}, "activities": {4}, "activities_over": {4}, "activities_without_teacher": {4},
    }.get(name, {2})  # fmt: skip
    emptied = replace(facts, **{name: getattr(Facts(), name)})

    changed = {
        i for i, (a, b) in enumerate(zip(derive(facts), derive(emptied), strict=True)) if a != b
    }

    assert changed <= touched


def test_a_blocker_stops_step_one_also_when_all_is_answered() -> None:
    done = {"know-partner": 8}
    facts = Facts(criteria_done=done, criteria_total=done)

    assert state_of(facts, "know-partner") == ("done", "done")
    assert state_of(replace(facts, blockers=1), "know-partner") == ("blocked", "blocker")


def test_step_two_waits_for_who_was_asked_unless_the_school_knows_enough() -> None:
    asked = Facts(asked=2, answered=1, criteria_total={"hear-others": 1})

    assert state_of(asked, "hear-others") == ("wait", "answers")
    assert state_of(replace(asked, answered=2), "hear-others") == ("done", "done")
    assert state_of(replace(asked, criteria_done={"hear-others": 1}), "hear-others")[0] == "done"


def test_step_three_is_done_when_every_partner_has_a_confirmed_agreement() -> None:
    facts = Facts(partners=2, agreements_drafted=2, agreements_sent=1, agreements_confirmed=1)

    assert state_of(facts, "agree-first") == ("wait", "partner")
    assert state_of(replace(facts, agreements_confirmed=2), "agree-first") == ("done", "done")
    assert state_of(replace(facts, changes_open=1), "agree-first") == ("busy", "change")
    assert state_of(Facts(), "agree-first") == ("todo", "todo")


def test_step_four_says_for_whom_it_waits() -> None:
    asked = Facts(decision_open=True, positions_asked=2, positions_given=1)
    spoken = replace(asked, positions_given=2)

    assert state_of(asked, "decide-together") == ("wait", "positions")
    assert state_of(replace(spoken, council_waits=True), "decide-together") == ("wait", "council")
    assert state_of(spoken, "decide-together") == ("busy", "head")
    assert state_of(Facts(decided="negative"), "decide-together") == ("done", "negative")


def test_an_activity_without_teacher_blocks_step_five() -> None:
    facts = Facts(activities=2, activities_over=1)

    assert state_of(facts, "stay-in-charge") == ("busy", "activities")
    assert state_of(replace(facts, activities_without_teacher=1), "stay-in-charge") == (
        "blocked",
        "teacher",
    )
    assert state_of(replace(facts, activities_over=2), "stay-in-charge") == ("done", "done")


def test_step_six_is_done_with_an_evaluation_and_a_choice_shared_or_not() -> None:
    facts = Facts(evaluations=1)

    assert state_of(facts, "look-back") == ("busy", "evaluations")
    assert state_of(replace(facts, follow_up=True), "look-back") == ("done", "kept")
    assert state_of(replace(facts, follow_up=True, shared=True), "look-back") == ("done", "shared")


def test_a_blocked_step_is_told_apart_in_words() -> None:
    told = {
        words(step)
        for facts in (Facts(blockers=1), Facts(activities=1, activities_without_teacher=1))
        for step in derive(facts)
        if step.state == "blocked"
    }

    assert told == {"iets houdt een ‘ja’ tegen", "een leerkracht ontbreekt"}


def test_the_steps_have_the_keys_of_the_framework(story: Any) -> None:
    assert [step.key for step in story.content.framework.steps] == list(steps.NAMES)
