"""Who signs a decision: the named head, another one who takes over, nobody."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.dossiers.actions import deciding, signing
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.organisations.models import Membership, User
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import page_of, words
from tests.dossiers.story import Story


@pytest.fixture
def second_head(story: Story) -> Iterator[Actor]:
    """Another head of the same school, for one test."""
    user = User.objects.create_user("tweede@school.example", name="Tweede")
    Membership.objects.create(user=user, role=Role.HEAD, school=story.world.school)
    story.world.users["second_head"] = user
    yield story.world.actor("second_head")
    del story.world.users["second_head"]


def leave(story: Story, who: str) -> None:
    rows = Membership.objects.filter(user=story.world.user(who))
    rows.update(ended_at=story.world.user(who).date_joined)


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
