"""The ballot: who counts, when enough people answered, who reads what, and what follows.

The rules are those of the ways to decide in the framework (vocab.yaml, decision_templates).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.dossiers import ballot
from partnerwijzer.dossiers.actions import deciding, signing
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.ballot import Voice
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.dossiers.queries import deciding as queries
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.frameworks.schema.vocab import DecisionTemplate
from partnerwijzer.organisations.models import Membership, User
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story, in_days


@pytest.fixture
def way(story: Story) -> Any:
    return story.content.vocab.decision_template


@pytest.fixture
def second_head(story: Story) -> Iterator[Actor]:
    """Another head of the same school, for one test."""
    user = User.objects.create_user("tweede@school.example", name="Tweede")
    Membership.objects.create(user=user, role=Role.HEAD, school=story.world.school)
    story.world.users["second_head"] = user
    yield story.world.actor("second_head")
    del story.world.users["second_head"]


def said(*options: str) -> list[Voice]:
    """Voices; an empty option is somebody who did not answer."""
    return [Voice(option, given=bool(option)) for option in options]


def leave(story: Story, who: str) -> None:
    rows = Membership.objects.filter(user=story.world.user(who))
    rows.update(ended_at=story.world.user(who).date_joined)


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:decision", args=[dossier.pk])


# Counting


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


# Who reads what


def test_hiding_only_ever_opens_up() -> None:
    order = ballot.FROM_OPEN_TO_CLOSED
    steps = {(a, b): ballot.opens_up(a, b) for a in order for b in order}

    assert [pair for pair, possible in steps.items() if possible] == [
        ("own-first", "open"),
        ("closed", "open"),
        ("closed", "own-first"),
    ]


def seen(story: Story, sign_in: SignIn, decision: Decision, who: str) -> bool:
    return "Te duur voor ons." in words(sign_in(who).get(page_of(decision.dossier)))


def test_own_first_is_read_after_ones_own_position(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = story.propose(screened, hidden="own-first")
    story.speak(decision, "teacher", "do-not", "Te duur voor ons.")

    before = [seen(story, sign_in, decision, who) for who in ("coordinator", "teacher")]
    story.speak(decision, "coordinator")

    assert before == [False, True]
    assert seen(story, sign_in, decision, "coordinator")


def test_a_vote_is_read_by_nobody_until_everybody_voted(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = story.propose(screened, template="vote")
    story.speak(decision, "teacher", "against", "Te duur voor ons.")

    before = [seen(story, sign_in, decision, w) for w in ("head", "coordinator", "teacher")]
    with pytest.raises(NotAllowedNow, match="Sluit ze eerst"):
        story.sign(decision, "no")
    story.speak(decision, "coordinator", "for")

    assert decision.hidden == "closed"
    assert before == [False, False, True]  # one's own
    assert seen(story, sign_in, decision, "head")


def test_after_the_last_vote_nothing_changes_any_more(story: Story, screened: Dossier) -> None:
    decision = story.propose(screened, template="vote")
    story.speak(decision, "teacher", "for")
    story.speak(decision, "coordinator", "for")
    tries = (
        lambda: story.speak(decision, "teacher", "against"),
        lambda: deciding.extend_decision(decision, actor=story.head, closes_on=in_days(20)),
        lambda: deciding.ask_more_people(
            decision, actor=story.head, people=[story.world.user("teacher2")]
        ),
        lambda: deciding.close_positions(decision, actor=story.head),
    )

    for attempt in tries:
        with pytest.raises(NotAllowedNow, match=r"is om|gesloten|open"):
            attempt()

    assert queries.standing_of(Decision.objects.get(pk=decision.pk)).effects == {"supports": 2}
    assert story.sign(Decision.objects.get(pk=decision.pk)).positive is True


def test_a_vote_without_half_stays_hidden_and_gets_more_time(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    people = ("teacher", "teacher2", "coordinator")
    decision = story.propose(screened, template="vote", people=people)
    story.speak(decision, "teacher", "for", "Te duur voor ons.")
    Decision.objects.update(closes_on=story.today - timedelta(days=1))

    assert not seen(story, sign_in, decision, "head")
    with pytest.raises(NotAllowedNow, match="1 van de 2 nodige antwoorden"):
        story.sign(Decision.objects.get(pk=decision.pk))
    deciding.extend_decision(decision, actor=story.coordinator, closes_on=in_days(2))
    story.speak(Decision.objects.get(pk=decision.pk), "teacher2", "for")
    deciding.close_positions(Decision.objects.get(pk=decision.pk), actor=story.head)

    assert seen(story, sign_in, decision, "head")
    assert story.sign(Decision.objects.get(pk=decision.pk)).positive is True


def test_too_few_to_close(story: Story, screened: Dossier) -> None:
    decision = story.propose(screened, template="consent")
    with pytest.raises(NotAllowedNow, match="nog niet genoeg mensen"):
        deciding.close_positions(decision, actor=story.head)

    story.speak(decision, "teacher", "no-objection")
    deciding.close_positions(decision, actor=story.head)
    with pytest.raises(NotAllowedNow, match="De tijd voor standpunten is om"):
        story.speak(decision, "coordinator", "no-objection")


def test_what_was_hidden_is_opened_up_and_never_hidden_again(
    story: Story, screened: Dossier
) -> None:
    decision = story.propose(screened, hidden="closed")

    deciding.open_up(decision, actor=story.coordinator, hidden="own-first")
    with pytest.raises(NotAllowedNow, match="niet meer verbergen"):
        deciding.open_up(decision, actor=story.coordinator, hidden="closed")
    deciding.open_up(decision, actor=story.head, hidden="open")

    assert Decision.objects.get(pk=decision.pk).hidden == "open"


def test_a_vote_is_never_opened_up(story: Story, screened: Dossier) -> None:
    decision = story.propose(screened, template="vote")

    with pytest.raises(NotAllowedNow, match="blijven de standpunten verborgen"):
        deciding.open_up(decision, actor=story.head, hidden="open")


def test_who_put_the_question_may_close_it_and_another_teacher_may_not(
    story: Story, screened: Dossier
) -> None:
    decision = story.propose(screened)
    Decision.objects.update(opened_by=story.world.user("teacher"))
    mine = Decision.objects.get(pk=decision.pk)
    with pytest.raises(PermissionDenied):
        deciding.close_positions(mine, actor=story.world.actor("teacher2"))

    deciding.close_positions(mine, actor=story.teacher)


@pytest.mark.parametrize(
    ("template", "hidden", "why"),
    [
        ("vote", "open", "blijven de standpunten verborgen"),
        ("consent", "closed", "praten jullie met elkaar"),
        ("advice", "nobody", "praten jullie met elkaar"),
    ],
)
def test_hiding_goes_with_the_way_to_decide(
    template: str, hidden: str, why: str, story: Story, screened: Dossier
) -> None:
    with pytest.raises(NotAllowedNow, match=why):
        story.propose(screened, template=template, hidden=hidden)

    assert story.propose(screened, template=template).hidden in ("open", "closed")


def test_each_way_gives_people_its_days(story: Story, screened: Dossier, sign_in: SignIn) -> None:
    """Source: vocab.yaml, decision_templates, `minimum_days`."""
    client = sign_in("coordinator")
    filled = form(client.get(page_of(screened)), deel="vraag")
    typed = {**filled, "template": "consensus", "closes_on": str(in_days(6))}

    refused = client.post(page_of(screened), typed)

    assert "krijgen collega’s minstens 7 dagen" in words(refused)
    assert not screened.decisions.exists()
    client.post(page_of(screened), {**typed, "closes_on": str(in_days(7))})
    assert screened.decisions.get().template == "consensus"


# An interest


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


# Who signs


def test_the_only_head_signs_and_of_two_one_is_chosen(
    story: Story, screened: Dossier, second_head: Actor
) -> None:
    with pytest.raises(NotAllowedNow, match="Kies wie van de directie ondertekent"):
        story.propose(screened)
    with pytest.raises(NotAllowedNow, match="Kies een directie van jullie school"):
        story.propose(screened, signer=story.world.user("teacher"))

    chosen = story.propose(screened, signer=story.world.user("second_head"))
    assert chosen.signer_id == second_head.user_id


def test_a_school_without_head_is_told_so(story: Story, screened: Dossier) -> None:
    leave(story, "head")

    with pytest.raises(NotAllowedNow, match="nog geen directie"):
        story.propose(screened)


def test_another_head_signs_only_after_taking_over_with_a_reason(
    story: Story, screened: Dossier, second_head: Actor, sign_in: SignIn
) -> None:
    decision = story.propose(screened, signer=story.world.user("head"))
    with pytest.raises(NotAllowedNow, match="Head ondertekent deze beslissing"):
        deciding.sign_decision(decision, actor=second_head, outcome="no", reasons="x")
    with pytest.raises(NotAllowedNow, match="waarom jij overneemt"):
        signing.take_over(decision, actor=second_head, reason=" ")
    with pytest.raises(NotAllowedNow, match="ondertekent deze beslissing al"):
        signing.take_over(decision, actor=story.head, reason="x")

    signing.take_over(decision, actor=second_head, reason="Ze is ziek.")
    with pytest.raises(NotAllowedNow, match="Tweede ondertekent deze beslissing"):
        story.sign(decision, "no")
    signed = deciding.sign_decision(decision, actor=second_head, outcome="no", reasons="Zo.")

    assert signed.decided_by_id == second_head.user_id
    history = words(sign_in("head").get(reverse("dossiers:history", args=[screened.pk])))
    assert "Tweede ondertekent in plaats van Head: Ze is ziek." in history


def test_of_two_heads_who_sign_one_wins(
    story: Story, screened: Dossier, second_head: Actor
) -> None:
    decision = story.propose(screened, signer=story.world.user("head"))
    stale = Decision.objects.get(pk=decision.pk)
    story.sign(decision, "no")

    with pytest.raises(NotAllowedNow, match="ondertekend en verandert niet meer"):
        signing.take_over(stale, actor=second_head, reason="Ze is ziek.")
    with pytest.raises(NotAllowedNow, match="ondertekend en verandert niet meer"):
        story.sign(stale)


def test_when_the_head_leaves_the_page_says_so_and_another_takes_over(
    story: Story, screened: Dossier, second_head: Actor, sign_in: SignIn
) -> None:
    decision = story.propose(screened, signer=story.world.user("head"))
    story.speak(decision, "teacher")
    leave(story, "head")

    shown = words(sign_in("second_head").get(page_of(screened)))
    waiting = [task.title for task in tasks_for(second_head)]
    signing.take_over(decision, actor=second_head, reason="Ze werkt hier niet meer.")

    assert "Wie zou ondertekenen, werkt hier niet meer." in shown
    assert "Onderteken in de plaats" in shown
    assert "Neem de beslissing" not in waiting
    assert story.world.actor("second_head").roles_at(story.world.school.pk) == {Role.HEAD}


def test_who_leaves_while_it_is_open_is_waited_for_no_longer(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = story.propose(screened, template="consensus")
    story.speak(decision, "teacher", "behind-it")
    before = [task.title for task in tasks_for(story.head)]
    late = story.world.actor("coordinator")
    leave(story, "coordinator")

    assert "Neem de beslissing" not in before
    assert "Neem de beslissing" in [task.title for task in tasks_for(story.head)]
    assert "werkt hier niet meer" in words(sign_in("head").get(page_of(screened)))
    position = decision.positions.get(user=story.world.user("coordinator"))
    left = Actor(late.kind, late.name, late.user_id)
    with pytest.raises(NotAllowedNow, match="niet meer bij deze school"):
        deciding.give_position(position, actor=left, option="behind-it", reason="")
    assert story.sign(decision).positive is True


# What follows


def test_a_condition_is_a_task_for_who_sees_to_it_until_it_is_met(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = story.propose(screened)
    wanted = deciding.Wanted("Met een tolk.", story.world.user("teacher"), in_days(9))
    story.sign(decision, "yes-with-conditions", conditions=[wanted])

    def titles(who: Actor) -> list[str]:
        return [t.title for t in tasks_for(who)]

    assert "Breng in orde: Met een tolk." in titles(story.teacher)
    assert "Breng in orde: Met een tolk." not in titles(story.head)
    condition = Decision.objects.get(pk=decision.pk).conditions.get()
    client, address = sign_in("teacher"), page_of(screened)
    sent = form(client.get(address), deel="voorwaarde")
    client.post(address, {**sent, "note": "De tolk is besteld."})

    assert "Breng in orde: Met een tolk." not in titles(story.teacher)
    assert "De tolk is besteld." in words(client.get(address))
    with pytest.raises(NotAllowedNow, match="zette deze voorwaarde al op klaar"):
        signing.meet_condition(condition, actor=story.head, note="")
    signing.reopen_condition(condition, actor=story.head)
    assert "Breng in orde: Met een tolk." in titles(story.teacher)


def test_somebody_elses_condition_is_left_alone(story: Story, screened: Dossier) -> None:
    story.sign(story.propose(screened), "trial")
    condition = screened.decisions.get().conditions.get()

    with pytest.raises(PermissionDenied):
        signing.meet_condition(condition, actor=story.world.actor("teacher2"), note="")
    signing.meet_condition(condition, actor=story.teacher, note="")


def test_conditions_of_a_decision_that_was_replaced_wait_for_nobody(
    story: Story, screened: Dossier
) -> None:
    story.sign(story.propose(screened), "trial")
    condition = screened.decisions.get().conditions.get()
    story.decide(screened, "no")
    waits = [c for c in waiting.conditions(story.teacher) if c.decision.dossier_id == screened.pk]

    with pytest.raises(NotAllowedNow, match="Een latere beslissing verving deze"):
        signing.meet_condition(condition, actor=story.head, note="")
    assert waits == []


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"user_1": ""}, "Kies wie op deze voorwaarde toeziet."),
        ({"by_1": "2020-01-01"}, "Kies tegen welke dag: vandaag of later."),
        ({"text_1": ""}, "Schrijf welke voorwaarden er zijn."),
        ({"review_on": "2020-01-01"}, "Kies een dag na vandaag om opnieuw te kijken."),
    ],
)
def test_half_a_condition_is_told_and_nothing_is_lost(
    wrong: dict[str, str], why: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.propose(screened)
    client, address = sign_in("head"), page_of(screened)
    whole = {
        **form(client.get(address), deel="beslis"), "outcome": "trial", "reasons": "Zo.",
        "text_1": "Eén klas.", "user_1": str(story.world.user("teacher").pk),
        "by_1": str(in_days(9)),
    }  # fmt: skip

    refused = client.post(address, {**whole, **wrong})

    assert why in words(refused)
    assert form(refused, deel="beslis")["reasons"] == "Zo."
    assert client.post(address, whole).status_code == 302
    assert [c.text for c in screened.decisions.get().conditions.all()] == ["Eén klas."]


def test_the_review_date_comes_back_as_a_task_and_the_record_stays(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    signed = story.sign(story.propose(screened), review_on=in_days(20))

    def due() -> list[Any]:
        title = "Bekijk de beslissing opnieuw"
        return [t.due for t in tasks_for(story.head) if t.title == title]

    assert due() == []
    Decision.objects.filter(pk=signed.pk).update(review_on=in_days(10))
    assert due() == [in_days(10)]
    assert not [t for t in tasks_for(story.teacher) if t.title.startswith("Bekijk")]
    client, address = sign_in("head"), page_of(screened)
    Decision.objects.filter(pk=signed.pk).update(review_on=story.today)
    sent = form(client.get(address), deel="opnieuw")
    refused = client.post(address, {**sent, "words": "Loopt goed.", "next_on": "2020-01-01"})
    assert "Kies een dag na vandaag" in words(refused)
    assert form(refused, deel="opnieuw")["words"] == "Loopt goed."
    client.post(address, {**sent, "words": "Loopt goed.", "next_on": str(in_days(12))})
    assert due() == [in_days(12)]
    signing.note_review(signed, actor=story.coordinator, words="Nog altijd goed.")

    assert due() == []
    assert "Nog altijd goed." in words(client.get(address))


def test_a_decision_that_was_replaced_is_not_looked_at_again(
    story: Story, decided: Dossier, decision: Decision
) -> None:
    story.decide(decided, "no")

    with pytest.raises(NotAllowedNow, match="Een latere beslissing verving deze"):
        signing.note_review(decision, actor=story.head, words="Loopt goed.")


def test_a_withdrawn_question_keeps_what_was_said_and_why(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    first = story.propose(screened)
    story.speak(first, "teacher")
    deciding.cancel_decision(first, actor=story.coordinator, why="We kiezen een andere manier.")

    assert first.positions.filter(given_at__isnull=False).count() == 1
    shown = words(sign_in("teacher").get(page_of(screened)))
    assert "We kiezen een andere manier." in shown
    assert "Leg de vraag voor" in shown
    second = story.propose(screened, template="consent")
    assert second.supersedes is None
    with pytest.raises(NotAllowedNow, match="intussen ingetrokken"):
        story.speak(first, "coordinator")
