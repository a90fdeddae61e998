"""Step 3: what the partner reads, confirms and asks without account."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.dossiers.actions import agreeing, basics
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from tests.dossiers.conftest import SignIn
from tests.dossiers.notes import WISHES, again, notes_page, page_of
from tests.dossiers.pages import form, words
from tests.dossiers.story import PARTNER_SIDE, Story


def test_the_partner_reads_and_confirms_without_account(
    version: AgreementVersion, token: str
) -> None:
    client = Client()
    shown = client.get(page_of(token))
    assert shown.status_code == 200
    assert "De leerkracht blijft erbij" in words(shown)

    client.post(page_of(token), {**form(shown, name=""), "bevestig": "1"})

    assert again(version).partner_name == "Lowie Staepen"
    assert "Je bevestigde deze afspraken" in words(client.get(page_of(token)))


def test_the_partner_says_who_confirms(version: AgreementVersion, token: str) -> None:
    client = Client()

    response = client.post(page_of(token), {"name": "", "bevestig": "1"})

    assert response.status_code == 200
    assert "Fout:" in response.content.decode().split("</title>")[0]
    assert again(version).partner_confirmed_at is None


def test_a_change_wish_lands_with_its_clause_at_the_school(
    begun: Dossier, version: AgreementVersion, token: str, sign_in: SignIn
) -> None:
    client = Client()

    client.post(
        page_of(token),
        {"name": "Lowie", "wijzig": "1", "wens.when-and-where": "Om tien uur.", "wens.x": "?"},
    )

    change = again(version).changes.get()
    assert (change.block, change.text, change.by_name) == (
        "when-and-where", "Om tien uur.", "Lowie",
    )  # fmt: skip
    school = words(sign_in("teacher").get(notes_page(begun)))
    assert "Waar en wanneer Om tien uur. Lowie" in school
    assert Dossier.objects.get(pk=begun.pk).steps["agree-first"]["code"] == "change"
    assert "Je vroeg al een wijziging." in words(client.get(page_of(token)))


def test_a_change_wish_without_words_is_refused_and_the_page_stays(
    version: AgreementVersion, token: str
) -> None:
    response = Client().post(page_of(token), {"name": "Lowie", "wijzig": "1", "wens.cost": " "})

    assert "Schrijf bij minstens één punt wat je anders wilt." in response.content.decode()
    assert not version.changes.exists()


def test_confirming_with_a_wish_in_the_page_is_asked_back(
    version: AgreementVersion, token: str
) -> None:
    """What was typed is not thrown away silently."""
    typed = {"name": "Lowie", "bevestig": "1", "wens.cost": "Wij vragen ook vervoer."}

    response = Client().post(page_of(token), typed)

    assert again(version).partner_confirmed_at is None
    assert "Je schreef nog een wijziging." in response.content.decode()
    assert "Wij vragen ook vervoer." in response.content.decode()


def test_after_confirming_no_change_can_be_asked(version: AgreementVersion, token: str) -> None:
    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")

    with pytest.raises(NotAllowedNow, match="bevestigde deze afspraken al"):
        agreeing.ask_change(again(version), actor=PARTNER_SIDE, name="Lowie", wishes=WISHES)

    assert not version.changes.exists()


def test_confirming_settles_the_wishes(version: AgreementVersion, token: str) -> None:
    agreeing.ask_change(again(version), actor=PARTNER_SIDE, name="Lowie", wishes=WISHES)
    assert version.changes.filter(handled_at=None).count() == 2

    agreeing.confirm_by_partner(again(version), actor=PARTNER_SIDE, name="Lowie")

    assert not version.changes.filter(handled_at=None).exists()


def test_the_school_settles_a_wish_or_makes_a_new_version(
    story: Story, begun: Dossier, version: AgreementVersion, token: str, sign_in: SignIn
) -> None:
    first, second = agreeing.ask_change(
        again(version), actor=PARTNER_SIDE, name="Lowie", wishes=WISHES
    )

    answers, teacher = (
        reverse("dossiers:handle_change", args=[begun.pk, first.pk]),
        sign_in("teacher"),
    )
    refused = teacher.post(answers, {"answer": " "})
    first.refresh_from_db()
    assert (refused.status_code, first.handled_at) == (422, None)
    teacher.post(answers, {"answer": "Nee: dan heeft de klas turnen."})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.handled_at is None, second.handled_at is None) == (False, True)
    shown = words(Client().get(page_of(token)))
    told = ("Nee: dan heeft de klas turnen.", "De school heeft dit nog niet bekeken.")
    assert [text in shown for text in told] == [True, True]
    talk = words(Client().get(reverse("dossiers:partner_conversation", args=[token])))
    assert f"{first.text} Nee: dan heeft de klas turnen." in talk
    assert "antwoordde" in words(teacher.post(answers, {"answer": "Nog eens."}, follow=True))
    assert version.agreement.messages.count() == 1

    story.fix(begun, **{"content.topics": "Korter"})
    second.refresh_from_db()
    assert second.handled_at is not None


def test_the_files_are_for_who_holds_the_link(version: AgreementVersion, token: str) -> None:
    answers = {
        kind: Client().get(reverse("dossiers:partner_file", args=[token, kind])).status_code
        for kind in ("pdf", "docx", "exe")
    }

    assert answers == {"pdf": 200, "docx": 200, "exe": 404}
    other = reverse("dossiers:partner_file", args=["x" * 32, "pdf"])
    assert Client().get(other).status_code == 404


def test_when_the_cooperation_is_over_the_partner_reads_but_confirms_no_more(
    story: Story, begun: Dossier, version: AgreementVersion, token: str
) -> None:
    """D19: a thank-you for a confirmation that nobody waits for would mislead."""
    basics.stop_dossier(begun, actor=story.head, reason="Geen tijd.")
    client = Client()

    shown = words(client.get(page_of(token)))
    answer = words(client.post(page_of(token), {"name": "Lowie", "bevestig": "1"}))

    assert "Deze samenwerking is voorbij." in shown
    assert "De leerkracht blijft erbij" in shown
    assert "Ja, dit klopt" not in shown
    assert "Er is niets meer te bevestigen" in answer
    assert again(version).partner_confirmed_at is None
    with pytest.raises(NotAllowedNow):
        agreeing.ask_change(again(version), actor=PARTNER_SIDE, name="Lowie", wishes={"": "Later"})
