"""What somebody typed stays on the screen when the page can not take it any more."""

from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers.actions import agreeing
from partnerwijzer.dossiers.models import Dossier
from tests.dossiers.conftest import SignIn
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


def test_what_changes_is_kept_when_there_is_no_new_version_to_make(
    agreed: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = reverse("dossiers:agreement", args=[agreed.pk, agreed.partners.get().pk])
    fields = form(client.get(address), extra="")

    response = client.post(address, {**fields, "deel": "maak", "wijziging": "Een ander uur."})

    assert "De tekst is bewaard. Er is niets veranderd sinds versie 1." in words(response)
    kept = form(response, extra="")
    assert kept["wijziging"] == "Een ander uur."
    assert kept["version"] == str(agreed.agreements.get().version)
    changed = client.post(address, {**kept, "deel": "maak", "extra": "Ze brengen zelf stoelen."})
    assert changed.status_code == 302
    assert agreed.agreements.get().versions.order_by("-number")[0].change_note == "Een ander uur."


def test_choosing_the_questions_first_is_a_form_without_text_to_lose(
    opened: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:experiences", args=[opened.pk])

    fields = form(client.get(address), vragen="1")
    wrong = client.post(address, fields)

    assert set(fields) == {"csrfmiddlewaretoken", "once", "vragen", "partner"}
    assert wrong.content.decode().count('href="#kies_relation') == 1
    made = client.post(address, {**form(wrong, vragen="1"), "relation": "parent"})
    assert made.url.startswith("/bevragen/")
