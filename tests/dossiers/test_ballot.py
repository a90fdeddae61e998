"""The ballot: who counts, and when enough people answered.

The rules are those of the ways to decide in the framework (vocab.yaml, decision_templates).
"""

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.dossiers import ballot
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.ballot import Voice
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.frameworks.schema.vocab import DecisionTemplate
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, page_of, words
from tests.dossiers.story import Story


@pytest.fixture
def way(story: Story) -> Any:
    return story.content.vocab.decision_template


def said(*options: str) -> list[Voice]:
    """Voices, after the last day; an empty option is somebody who was reminded and is silent."""
    return [Voice(option, given=bool(option), reminded=not option) for option in options]


@pytest.mark.parametrize(
    ("template", "options", "yes"),
    [
        ("advice", ["do-not", "do-not"], True),
        ("advice", [""], True),
        ("consent", ["no-objection", "concern"], True),
        ("consent", ["no-objection", "objection"], False),
        ("consent", ["no-objection", ""], True),
        ("consent", ["no-objection", "", ""], False),
        ("consensus", ["behind-it", "can-live-with"], True),
        ("consensus", ["behind-it", "leave-it"], True),
        ("consensus", ["leave-it", "leave-it"], False),
        ("consensus", ["behind-it", "not-yet"], False),
        ("consensus", ["behind-it", "against"], False),
        ("consensus", ["behind-it", ""], False),
        ("vote", ["for", "for", "against"], True),
        ("vote", ["for", "against"], False),
        ("vote", ["abstain", "abstain"], False),
        ("vote", ["for", ""], True),
        ("vote", ["for", "", ""], False),
    ],
)
def test_a_yes_follows_the_outcome_rule_of_the_way_to_decide(
    template: str, options: list[str], yes: bool, way: Any
) -> None:
    """Source: vocab.yaml, decision_templates, `outcome_rule`, `silence` and `quorum`."""
    found = ballot.stand(way[template], said(*options))

    assert (ballot.stops(way[template], found) == []) is yes


@pytest.mark.parametrize(("asked", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (10, 5)])
def test_half_means_at_least_half(asked: int, needed: int, way: Any) -> None:
    assert ballot.stand(way["vote"], said(*[""] * asked)).needed == needed


@pytest.mark.parametrize("template", ["consent", "consensus", "vote"])
def test_who_has_an_interest_counts_nowhere_but_in_advice(template: str, way: Any) -> None:
    option = next(o.key for o in way[template].options if o.effect == "supports")
    against = next(o.key for o in way[template].options if o.effect in ("blocks", "against"))
    voices = [*said(option), Voice(against, given=True, interested=True)]

    found = ballot.stand(way[template], voices)

    assert (found.counting, found.answered, found.aside) == (1, 1, 1)
    assert ballot.stops(way[template], found) == []
    assert ballot.stand(way["advice"], [Voice("do", given=True, interested=True)]).counting == 1


def test_who_left_counts_only_with_what_was_said_before(way: Any) -> None:
    voices = [Voice("for", given=True, left=True), Voice(left=True), *said("for")]

    found = ballot.stand(way["vote"], voices)

    assert (found.counting, found.answered, found.gone) == (2, 2, 1)


def test_a_ballot_on_which_nobody_counts_is_not_valid(way: Any) -> None:
    everybody_aside = [Voice("", given=True, interested=True)]

    assert not ballot.stand(way["vote"], everybody_aside).valid
    assert not ballot.stand(way["consensus"], [Voice(left=True)]).valid


VOICES = st.lists(
    st.builds(
        Voice,
        option=st.sampled_from(["for", "against", "abstain"]),
        given=st.booleans(),
        interested=st.booleans(),
        left=st.booleans(),
    ),
    max_size=12,
)


@given(voices=VOICES, share=st.floats(min_value=0.01, max_value=1))
def test_everybody_is_counted_once(voices: list[Voice], share: float) -> None:
    made = _vote(share)

    found = ballot.stand(made, voices)

    assert found.counting + found.aside + found.gone == len(voices)
    assert 0 <= found.answered <= found.counting
    assert sum(found.effects.values()) == found.answered
    assert 1 <= found.needed <= max(1, found.counting)


def _vote(share: float) -> DecisionTemplate:
    """A vote of which this share has to take part."""
    text = {"nl": "x", "en": "x"}
    options = [
        {"key": key, "effect": effect, "reason": "none", "label": text, "meaning": text}
        for key, effect in (("for", "supports"), ("against", "against"), ("abstain", "abstains"))
    ]
    return DecisionTemplate.model_validate(
        {
            "key": "vote", "mission": ("S4.1",), "title": text, "use_when": text,
            "options": options, "silence": {"counts_as": "absent", "text": text},
            "outcome_rule": text, "yes_when": "more-for", "hidden_until_closed": "on",
            "interest": {"counts": False, "text": text}, "minimum_days": 0,
            "quorum": {"share": share, "text": text},
        }
    )  # fmt: skip


def test_an_interest_is_shown_to_all_and_stands_in_the_record(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = story.propose(screened, template="vote")
    story.speak(decision, "teacher", "", interest="Mijn zus werkt er.")
    shown = words(sign_in("head").get(page_of(screened)))
    story.speak(decision, "coordinator", "for")
    signed = story.sign(Decision.objects.get(pk=decision.pk))

    assert "Mijn zus werkt er." in shown
    rule = str(story.content.vocab.decision_template["vote"].interest.text)  # type: ignore[union-attr]
    assert signed.snapshot["template"]["interest"] == rule
    assert [(p["position"], p["interest"]) for p in signed.snapshot["positions"]] == [
        ("", "Mijn zus werkt er."),
        ("voor", ""),
    ]
    history = words(sign_in("head").get(reverse("dossiers:history", args=[screened.pk])))
    assert "Teacher meldde een belang bij deze keuze." in history
    assert "Mijn zus" not in history


def test_without_an_interest_an_option_is_asked(story: Story, screened: Dossier) -> None:
    decision = story.propose(screened, template="vote")
    with pytest.raises(NotAllowedNow, match="Kies een standpunt"):
        story.speak(decision, "teacher", "")
    advice = story.content.vocab.decision_template["advice"]
    assert advice.interest is not None
    assert advice.interest.counts

    story.speak(decision, "teacher", "", interest="Ik geef er ook les.")


def test_the_form_keeps_an_interest_and_an_empty_one_asks_a_position(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.propose(screened, template="vote")
    client, address = sign_in("teacher"), page_of(screened)
    blank = form(client.get(address), deel="standpunt")

    refused = client.post(address, {**blank, "reason": "Zo."})
    accepted = client.post(address, {**blank, "interest": "Ik geef er les."})

    assert "Kies een standpunt." in words(refused)
    assert accepted.status_code == 302
