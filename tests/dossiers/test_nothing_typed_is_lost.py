"""What somebody typed stays on the screen when the page can not take it any more."""

from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers.actions import agreeing
from partnerwijzer.dossiers.models import Dossier
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story


def test_the_partner_keeps_the_text_when_the_link_stopped_meanwhile(
    story: Story, agreed: Dossier, client: Client
) -> None:
    version = story.fix(agreed, **{"parties.school_contact": "Iemand anders"})
    address = reverse("dossiers:partner_page", args=[story.send(version)])
    fields = form(client.get(address), name="")
    version.refresh_from_db()
    agreeing.withdraw_version(version, actor=story.coordinator)
    typed = {"wens.parties": "Liever om tien uur.", "wens.*": " "}

    response = client.post(address, {**fields, **typed, "wijzig": "1"})

    assert response.status_code == 404
    assert "Hier staat het nog. Kopieer het als je het wilt houden." in words(response)
    assert response.content.decode().count("<blockquote") == 1
    assert "Liever om tien uur." in words(response)
    assert "Hier staat het nog" not in words(client.get(address))
