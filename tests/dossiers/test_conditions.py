"""What follows a decision: conditions, the day to look again, a question that was withdrawn."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.actions import deciding, signing
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, page_of, words
from tests.dossiers.story import Story, in_days


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


def test_a_condition_is_handed_on_on_the_page(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    """Issue 4, item 20."""
    story.sign(story.propose(screened), "trial")
    condition = screened.decisions.get().conditions.get()
    client, other = sign_in("teacher"), story.world.user("teacher2")
    where = reverse("dossiers:hand_condition", args=[screened.pk, condition.pk])
    assert where in client.get(page_of(screened)).content.decode()
    sent = form(client.get(where), before="")
    assert client.post(where, {**sent, "user": ""}).status_code == 200
    assert sign_in("teacher2").get(where).status_code == 403

    client.post(where, {**sent, "user": other.pk})

    def having(who: str) -> bool:
        begin = "Breng in orde"
        return any(t.title.startswith(begin) for t in tasks_for(story.world.actor(who)))

    assert (having("teacher"), having("teacher2")) == (False, True)
    assert "Teacher2" in words(client.get(page_of(screened)))
    second = sign_in("head").post(where, {**sent, "user": story.head.uid}, follow=True)
    assert "Dit ging intussen naar Teacher2." in words(second)
    stranger = story.world.user("other_teacher")
    with pytest.raises(NotAllowedNow, match="werkt niet"):
        signing.hand_condition(condition, actor=story.head, user=stranger, before=other.pk)
    signing.meet_condition(condition, actor=story.head, note="")
    with pytest.raises(NotAllowedNow, match="al in orde"):
        signing.hand_condition(condition, actor=story.head, user=other, before=other.pk)


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


def test_an_outcome_that_promises_a_day_to_look_again_is_not_signed_without_one(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    """‘Niet nu’ says that a day stands with it: without one nothing brings it back."""
    decision, words_ = story.propose(screened), "Bij ‘niet nu’ hoort een dag om opnieuw te kijken."
    client, address = sign_in("head"), page_of(screened)
    typed = {**form(client.get(address), deel="beslis"), "outcome": "not-now", "reasons": "Later."}

    refused = client.post(address, {**typed, "review_on": ""})
    assert words_ in words(refused)
    assert form(refused, deel="beslis")["reasons"] == "Later."
    with pytest.raises(NotAllowedNow, match=words_):
        story.sign(decision, "not-now", review_on=None)

    client.post(address, {**typed, "review_on": str(in_days(90))})
    signed = screened.decisions.get()
    assert (signed.outcome, signed.review_on) == ("not-now", in_days(90))


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
