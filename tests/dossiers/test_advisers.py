"""Several advisers of one school: each sees what was asked of them, and nothing of the others."""

import pytest
from django.urls import reverse

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.dossiers.actions import advising
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AdviserQuestion, Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.organisations import actors
from partnerwijzer.organisations.models import AdviserAssignment, Membership, User
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

FITS = "fits-age"


@pytest.fixture
def second(story: Story) -> User:
    """Another adviser of the same school."""
    user = User.objects.create_user("tweede@koepel.example", name="Tweede Anker")
    Membership.objects.create(user=user, role=Role.ADVISER, umbrella=story.world.umbrella)
    AdviserAssignment.objects.create(adviser=user, school=story.world.school)
    return user


@pytest.fixture
def both_asked(story: Story, opened: Dossier, second: User) -> Dossier:
    """Both were asked something, and the second one answered."""
    story.ask_adviser(opened)
    row = advising.ask_adviser(
        opened, actor=story.coordinator, adviser=second, question="Wat denk jij?"
    )
    advising.answer_as_adviser(row, actor=actors.actor_of(second), answer="Begin klein.")
    return opened


def lines(actor: Actor, dossier: Dossier) -> list[str]:
    """What the history of the dossier says of advisers."""
    entries = reading.history(actor, dossier, limit=50)
    assert len(entries) == reading.history_length(actor, dossier)
    return [entry.sentence for entry in entries if entry.verb.startswith("adviser.")]


FIRST_ASKED = "Coordinator stelde een vraag aan Adviser."
SECOND_ASKED = "Coordinator stelde een vraag aan Tweede Anker."
SECOND_ANSWERED = "Tweede Anker antwoordde als anker."


def test_an_adviser_reads_only_own_lines_in_the_history(
    story: Story, both_asked: Dossier, second: User
) -> None:
    assert lines(story.world.actor("adviser"), both_asked) == [FIRST_ASKED]
    assert lines(actors.actor_of(second), both_asked) == [SECOND_ANSWERED, SECOND_ASKED]


@pytest.mark.parametrize("who", ["head", "coordinator", "teacher", "teacher2", "board_admin"])
def test_the_school_and_its_board_read_all_of_the_history(
    who: str, story: Story, both_asked: Dossier
) -> None:
    everything = [SECOND_ANSWERED, SECOND_ASKED, FIRST_ASKED]

    assert lines(story.world.actor(who), both_asked) == everything


@pytest.mark.parametrize("page", ["detail", "history"])
def test_no_page_shows_an_adviser_that_another_was_asked(
    page: str, both_asked: Dossier, sign_in: SignIn
) -> None:
    address = reverse(f"dossiers:{page}", args=[both_asked.pk])

    assert "Tweede Anker" not in words(sign_in("adviser").get(address))
    assert "Tweede Anker" in words(sign_in("head").get(address))


def test_an_adviser_whose_account_is_closed_can_not_be_asked(
    story: Story, opened: Dossier, second: User
) -> None:
    assert list(reading.advisers(story.teacher, opened)) == [story.world.user("adviser"), second]
    advising.ask_adviser(opened, actor=story.teacher, adviser=second, question="Kan dit?")

    second.is_active = False
    second.save(update_fields=["is_active"])

    assert list(reading.advisers(story.teacher, opened)) == [story.world.user("adviser")]
    with pytest.raises(NotAllowedNow, match="niet \\(meer\\) het anker"):
        advising.ask_adviser(opened, actor=story.teacher, adviser=second, question="En nu?")


def test_a_question_about_one_criterion_leads_to_it_on_both_sides(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    teacher, anker = sign_in("teacher"), sign_in("adviser")
    there = reverse("dossiers:criterion", args=[screened.pk, FITS])
    asked = f"{reverse('dossiers:ask_adviser', args=[screened.pk])}?vraag={FITS}"
    assert asked in teacher.get(there).content.decode()

    teacher.post(
        asked, {**form(teacher.get(asked), question=""), "question": "Is dit te veel voor hen?"}
    )

    (row,) = AdviserQuestion.objects.all()
    answering = reverse("dossiers:answer_adviser", args=[screened.pk, row.pk])
    for client, address in (
        (anker, answering),
        (teacher, reverse("dossiers:detail", args=[screened.pk])),
    ):
        assert f'Bij de vraag: <a href="{there}">' in client.get(address).content.decode()
    anker.post(answering, {"answer": "Nee, begin met een verhaal."})
    assert "Nee, begin met een verhaal." in words(teacher.get(there))


def test_a_question_that_nobody_asks_here_is_about_the_whole_dossier(
    screened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    asked = f"{reverse('dossiers:ask_adviser', args=[screened.pk])}?vraag=onzin"

    client.post(asked, {**form(client.get(asked), question=""), "question": "Wat nu?"})

    assert AdviserQuestion.objects.get().criterion == ""
    assert "Bij de vraag:" not in words(client.get(reverse("dossiers:detail", args=[screened.pk])))
