"""Who signs declares an interest too: it is in the record, and stays inside (issue 3, C13)."""

import pytest
from django.urls import reverse

from partnerwijzer.access.actor import Role
from partnerwijzer.documents.paper import Bullets
from partnerwijzer.dossiers import decision_paper
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.organisations.models import Membership, User
from partnerwijzer.papers import dossier_paper
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, page_of, words
from tests.dossiers.story import Story

ASKED = "Heb je zelf een belang bij deze beslissing?"
INTEREST = "Mijn zus werkt bij de partner."


@pytest.fixture
def second_head(story: Story) -> User:
    """Another head of the same school, for one test."""
    user = User.objects.create_user("tweede@school.example", name="Tweede Directie")
    Membership.objects.create(user=user, role=Role.HEAD, school=story.world.school)
    return user


def bullets(blocks: tuple[object, ...]) -> list[str]:
    return [line for block in blocks if isinstance(block, Bullets) for line in block.items]


def test_a_head_who_was_not_asked_declares_an_interest_while_signing(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.propose(screened)
    client, address = sign_in("head"), page_of(screened)
    shown = client.get(address)
    assert ASKED in words(shown)
    assert "leg het voor aan het bestuur" in words(shown)

    typed = {
        **form(shown, deel="beslis"),
        "outcome": "yes",
        "reasons": "Past.",
        "interest": INTEREST,
    }
    assert client.post(address, typed).status_code == 302

    signed = screened.decisions.get()
    assert (signed.interest, signed.snapshot["signer_interest"]) == (INTEREST, INTEREST)
    assert f"Had zelf een belang {INTEREST}" in words(client.get(address))
    assert f"Head, die ondertekende: {INTEREST}" in bullets(decision_paper.paper_of(signed).blocks)


def test_that_there_is_one_is_in_the_history_and_not_which(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    story.sign(story.propose(screened), interest=INTEREST)

    history = words(sign_in("head").get(reverse("dossiers:history", args=[screened.pk])))

    assert "Head ondertekende en meldde een eigen belang." in history
    assert INTEREST not in history


def test_without_an_interest_nothing_is_said_of_one(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    signed = story.sign(story.propose(screened), interest="  ")

    assert signed.interest == ""
    assert "Had zelf een belang" not in words(sign_in("head").get(page_of(screened)))
    history = words(sign_in("head").get(reverse("dossiers:history", args=[screened.pk])))
    assert "eigen belang" not in history
    assert bullets(decision_paper.paper_of(signed).blocks) == []


def test_what_the_head_said_on_the_ballot_is_filled_in_and_another_head_is_named(
    story: Story, screened: Dossier, second_head: User, sign_in: SignIn
) -> None:
    signer = story.world.user("head")
    decision = story.propose(screened, people=("head", "teacher"), signer=signer)
    story.speak(decision, "head", "do", interest=INTEREST)

    shown = sign_in("head").get(page_of(screened))

    assert form(shown, deel="beslis")["interest"] == INTEREST
    assert "Je hebt zelf een belang bij deze beslissing." in words(shown)
    assert "Laat liever iemand anders ondertekenen: Tweede Directie." in words(shown)
    signed = story.sign(decision, "no", interest=INTEREST)  # nothing is forbidden
    assert signed.interest == INTEREST


def test_where_there_is_no_other_head_the_board_is_named(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = story.propose(screened, people=("head", "teacher"))
    story.speak(decision, "head", "do", interest=INTEREST)

    shown = words(sign_in("head").get(page_of(screened)))

    assert (
        "Er is geen andere directie in jullie school. Leg de beslissing voor aan het bestuur"
        in shown
    )
    assert "Je hebt zelf een belang" not in words(sign_in("teacher").get(page_of(screened)))


def test_a_copy_for_outside_is_made_where_only_who_signed_has_an_interest(
    story: Story, screened: Dossier
) -> None:
    signed = story.sign(story.propose(screened), interest=INTEREST)

    assert decision_paper.tells_interests(signed)
    assert INTEREST in repr(decision_paper.paper_of(signed))
    assert INTEREST not in repr(decision_paper.paper_of(signed, inside=False))


@pytest.mark.parametrize("inside", [True, False])
def test_interests_are_on_the_inside_paper_and_never_outside(
    inside: bool, story: Story, screened: Dossier
) -> None:
    decision = story.propose(screened, template="vote")
    story.speak(decision, "teacher", "", interest="Ik geef er les.")
    story.speak(decision, "coordinator", "for")
    story.sign(Decision.objects.get(pk=decision.pk), interest=INTEREST)
    whole = reading.get_whole(story.head, screened.pk)

    paper = repr(dossier_paper.of(story.head, whole, inside=inside))
    record = repr(decision_paper.paper_of(screened.decisions.get(), inside=inside))

    for text in (paper, record):
        found = [w in text for w in (INTEREST, "Ik geef er les.", "stapte opzij", "een belang en")]
        assert found == [inside] * 4
    assert ("meldde een eigen belang" in paper) is inside
