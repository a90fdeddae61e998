"""Step 3 once the cooperation is over: nothing is confirmed any more, and what held is told as of
the day that it ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerwijzer.dossiers.actions import agreeing, basics
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import SignIn
from tests.dossiers.notes import again, notes_page, page_of
from tests.dossiers.pages import form, words
from tests.dossiers.story import PARTNER_SIDE, Story


def stop(story: Story, dossier: Dossier, *, days_ago: int = 0) -> None:
    fresh = Dossier.objects.get(pk=dossier.pk)
    basics.stop_dossier(fresh, actor=story.head, reason="Geen tijd.")
    moment = timezone.now() - timedelta(days=days_ago)
    Dossier.objects.filter(pk=dossier.pk).update(closed_at=moment)


def test_what_ended_is_not_sent_nor_confirmed(
    story: Story, begun: Dossier, version: AgreementVersion, sign_in: SignIn
) -> None:
    client, address = sign_in("head"), notes_page(begun)
    before = words(client.get(address))
    sending = form(client.get(address), deel="stuur")
    mails = OutgoingMail.objects.count()
    stop(story, begun)

    with pytest.raises(NotAllowedNow, match="voorbij"):
        story.send(again(version))
    with pytest.raises(NotAllowedNow, match="voorbij"):
        agreeing.confirm_for_school(again(version), actor=story.head)
    late = client.post(address, {**sending, "name": "L", "email": "l@p.example", "message": "Dag!"})

    assert OutgoingMail.objects.count() == mails
    assert again(version).school_confirmed_at is None
    assert "Wat je typte, is niet verstuurd. Hier staat het nog." in words(late)
    assert "Dag!" in words(late)
    after = words(client.get(address))
    for button in ("Stuur naar de partner", "Bevestig voor de school"):
        assert (button in before, button in after) == (True, False)


def test_what_the_partner_confirmed_is_sent_again_after_the_end(
    story: Story, begun: Dossier, version: AgreementVersion, token: str, sign_in: SignIn
) -> None:
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")
    stop(story, begun)

    page = words(sign_in("head").get(notes_page(begun)))
    fresh = story.send(again(version))

    assert "Stuur de link opnieuw" in page
    assert "Deze afspraken zijn voorbij" in words(Client().get(page_of(fresh)))


@pytest.mark.parametrize(
    ("first", "last", "held"), [(-30, -1, True), (-30, -6, False), (-4, 30, False), (5, 30, False)]
)
def test_what_held_is_what_held_on_the_day_that_it_ended(
    first: int, last: int, held: bool, story: Story, agreed: Dossier, sign_in: SignIn
) -> None:
    """It ended five days ago."""
    today = timezone.localdate()
    AgreementVersion.objects.filter(agreement__dossier=agreed).update(
        valid_from=today + timedelta(days=first), valid_until=today + timedelta(days=last)
    )
    stop(story, agreed, days_ago=5)

    page = words(sign_in("head").get(notes_page(agreed)))

    assert ("Dit gold op het einde" in page, "gaat in op" in page) == (held, False)
    assert "Dit geldt nu" not in page
