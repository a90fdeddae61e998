"""A mail that never arrived shows in the dossier, with what to do about it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers.actions import agreeing, asking
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import PARTNER_MAIL, Story

LOST = "Niet afgeleverd: controleer het adres."


def give_up() -> None:
    """The mail server refused the newest mail for good."""
    newest = OutgoingMail.objects.latest("pk")
    OutgoingMail.objects.filter(pk=newest.pk).update(dropped_at=timezone.now(), body="")


def arrive() -> None:
    newest = OutgoingMail.objects.latest("pk")
    now = timezone.now()
    OutgoingMail.objects.filter(pk=newest.pk).update(sent_at=now, body="")
    AccessLink.objects.filter(pk=newest.link_id).update(sent_at=now)


@pytest.fixture
def asked(story: Story, opened: Dossier) -> Dossier:
    story.ask(opened)
    return opened


def experiences(dossier: Dossier) -> str:
    return reverse("dossiers:experiences", args=[dossier.pk])


def test_a_question_that_never_arrived_says_so_with_the_address(
    asked: Dossier, sign_in: SignIn
) -> None:
    give_up()

    shown = words(sign_in("teacher").get(experiences(asked)))

    assert LOST in shown
    assert "De mail naar hanne@elders.example kwam niet aan." in shown
    assert "Trek de vraag dan in en stel ze hieronder opnieuw." in shown
    assert "mail vertrekt zo" not in shown
    assert "Herinner één keer" not in shown  # it would go to the same address


def test_a_question_that_arrived_says_nothing_of_the_address(
    asked: Dossier, sign_in: SignIn
) -> None:
    arrive()

    shown = words(sign_in("teacher").get(experiences(asked)))

    assert LOST not in shown
    assert "verstuurd" in shown
    assert "Herinner één keer" in shown


def test_who_only_reads_the_dossier_is_not_shown_the_address(
    asked: Dossier, sign_in: SignIn
) -> None:
    give_up()

    shown = words(sign_in("board_admin").get(experiences(asked)))

    assert LOST in shown
    assert "hanne@elders.example" not in shown


def test_a_question_that_was_taken_back_waits_for_no_address(
    story: Story, asked: Dossier, sign_in: SignIn
) -> None:
    give_up()
    asking.withdraw_request(asked.experience_requests.get(), actor=story.teacher)

    assert LOST not in words(sign_in("teacher").get(experiences(asked)))


@pytest.fixture
def version(story: Story, opened: Dossier) -> AgreementVersion:
    """A version of the agreement that was mailed to the partner."""
    story.begin(opened)
    found = story.fix(Dossier.objects.get(pk=opened.pk))
    story.send(found)
    return found


def agreement(version: AgreementVersion) -> str:
    dossier = version.agreement.dossier
    return reverse("dossiers:agreement", args=[dossier.pk, dossier.partners.get().pk])


def test_an_agreement_that_never_reached_the_partner_says_so(
    version: AgreementVersion, sign_in: SignIn
) -> None:
    address = agreement(version)
    assert LOST not in words(sign_in("teacher").get(address))
    give_up()

    shown = words(sign_in("teacher").get(address))

    assert LOST in shown
    assert f"De mail naar {PARTNER_MAIL} kwam niet aan." in shown


def test_sending_it_again_to_the_right_address_settles_it(
    story: Story, version: AgreementVersion, sign_in: SignIn
) -> None:
    give_up()
    story.send(AgreementVersion.objects.get(pk=version.pk), email="juist@partner.example")

    assert LOST not in words(sign_in("teacher").get(agreement(version)))
    give_up()
    assert LOST in words(sign_in("teacher").get(agreement(version)))


def test_a_partner_who_answered_anyway_has_no_wrong_address(
    story: Story, version: AgreementVersion, sign_in: SignIn
) -> None:
    """The link can have been given by hand."""
    give_up()
    fresh = AgreementVersion.objects.get(pk=version.pk)
    agreeing.confirm_for_school(fresh, actor=story.head)
    AccessLink.objects.filter(pk=fresh.link_id).update(opened_at=timezone.now())

    assert LOST not in words(sign_in("teacher").get(agreement(version)))
