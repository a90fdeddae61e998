"""Who reads what of a ballot, and when it is closed.

The rules are those of the ways to decide in the framework (vocab.yaml, decision_templates).
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerwijzer.dossiers import ballot
from partnerwijzer.dossiers.actions import deciding
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.dossiers.queries import deciding as queries
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, page_of, words
from tests.dossiers.story import Story, in_days


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
    with pytest.raises(NotAllowedNow, match="krijgt eerst een herinnering"):
        deciding.close_positions(decision, actor=story.head)
    decision.positions.filter(given_at=None).update(reminded_at=timezone.now())
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
