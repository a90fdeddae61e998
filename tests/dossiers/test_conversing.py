"""Questions and answers about an agreement: one place for both sides, with files and few mails."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.dossiers.actions import agreeing, conversing
from partnerwijzer.dossiers.models import (
    Agreement,
    AgreementMessage,
    AgreementVersion,
    Dossier,
)
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.mail.models import OutgoingMail
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import PARTNER_SIDE, Story, last_token, text_file


@pytest.fixture
def note(version: AgreementVersion, token: str) -> Agreement:
    """A note of which a version was sent."""
    return version.agreement


def talk(dossier: Dossier) -> str:
    return reverse("dossiers:conversation", args=[dossier.pk, dossier.partners.get().pk])


def partner_talk(token: str) -> str:
    return reverse("dossiers:partner_conversation", args=[token])


def settle() -> None:
    """Time passes: nobody is writing any more."""
    old = timezone.now() - conversing.SETTLE - timedelta(seconds=1)
    AgreementMessage.objects.update(at=old)


def test_both_sides_write_in_the_same_conversation(
    begun: Dossier, note: Agreement, token: str, sign_in: SignIn
) -> None:
    partner, school = Client(), sign_in("teacher")

    partner.post(partner_talk(token), {"name": "Lowie", "text": "Is er een beamer?"})
    school.post(talk(begun), {"text": "Ja, in lokaal 3."})

    for shown in (words(school.get(talk(begun))), words(partner.get(partner_talk(token)))):
        assert shown.index("Is er een beamer?") < shown.index("Ja, in lokaal 3.")


def test_a_question_of_the_partner_waits_until_it_is_answered_or_read(
    story: Story, begun: Dossier, note: Agreement, sign_in: SignIn
) -> None:
    conversing.write_for_partner(note, actor=PARTNER_SIDE, text="Is er een beamer?")
    assert [a.pk for a in waiting.messages(story.teacher)] == [note.pk]
    assert [a.pk for a in waiting.messages(story.world.actor("other_head"))] == []

    sign_in("teacher").post(talk(begun), {"gelezen": "1"})
    assert list(waiting.messages(story.teacher)) == []

    conversing.write_for_partner(note, actor=PARTNER_SIDE, text="En geluid?")
    assert len(waiting.messages(story.teacher)) == 1
    conversing.write_for_school(note, actor=story.teacher, text="Ook.")
    assert list(waiting.messages(story.teacher)) == []


def test_one_mail_for_all_that_was_written_and_none_while_somebody_writes(
    story: Story, note: Agreement
) -> None:
    conversing.write_for_school(note, actor=story.teacher, text="Is maandag goed?")
    conversing.write_for_school(note, actor=story.head, text="Of dinsdag?")
    assert conversing.tell_partners() == 0

    settle()
    assert (conversing.tell_partners(), conversing.tell_partners()) == (1, 0)

    mail = OutgoingMail.objects.latest("pk")
    assert mail.subject == "Lees wat School A je schreef"
    assert "Teacher, Head" in mail.body
    assert "maandag" not in mail.body  # the words are behind the link
    assert Client().get(partner_talk(last_token("/afspraken/"))).status_code == 200


def test_who_read_it_already_gets_no_mail(story: Story, note: Agreement, token: str) -> None:
    conversing.write_for_school(note, actor=story.teacher, text="Is maandag goed?")
    Client().post(reverse("dossiers:partner_seen", args=[token]))
    settle()

    assert conversing.tell_partners() == 0


def test_looking_at_the_conversation_without_a_browser_is_not_reading_it(
    story: Story, note: Agreement, token: str
) -> None:
    conversing.write_for_school(note, actor=story.teacher, text="Is maandag goed?")
    Client().get(partner_talk(token))
    Client().get(reverse("dossiers:partner_seen", args=[token]))
    settle()

    assert conversing.tell_partners() == 1


def test_files_go_along_for_both_sides_and_for_nobody_else(
    story: Story, begun: Dossier, note: Agreement, token: str, sign_in: SignIn
) -> None:
    row = conversing.write_for_partner(
        note, actor=PARTNER_SIDE, text="Ons plan", files=[text_file("Het plan", "plan.txt")]
    )
    file = row.files.get()
    at_school = reverse("dossiers:conversation_file", args=[begun.pk, file.pk])
    at_partner = reverse("dossiers:partner_attachment", args=[token, file.pk])

    assert b"".join(sign_in("teacher").get(at_school)) == b"Het plan"
    assert b"".join(Client().get(at_partner)) == b"Het plan"
    assert sign_in("other_head").get(at_school).status_code == 404
    agreeing.withdraw_version(note.versions.get(), actor=story.teacher)
    assert Client().get(at_partner).status_code == 404


def test_a_file_that_cannot_be_kept_is_refused_and_what_was_typed_stays(
    begun: Dossier, note: Agreement, token: str
) -> None:
    bad = text_file("MZ\x00\x01", "plan.exe")

    response = Client().post(
        partner_talk(token), {"name": "Lowie", "text": "Ons plan", "attachments": bad}
    )

    assert response.status_code == 422
    assert form(response, text="")["text"] == "Ons plan"
    assert not AgreementMessage.objects.exists()


def test_an_empty_message_is_told(begun: Dossier, note: Agreement, sign_in: SignIn) -> None:
    response = sign_in("teacher").post(talk(begun), {"text": "  "})

    assert response.status_code == 422
    assert not AgreementMessage.objects.exists()


def test_more_than_three_files_are_told(note: Agreement, token: str) -> None:
    many = [text_file("x", f"{n}.txt") for n in range(4)]

    response = Client().post(
        partner_talk(token), {"name": "Lowie", "text": "Ons plan", "attachments": many}
    )

    assert "Kies hoogstens drie bestanden" in words(response)
    assert not AgreementMessage.objects.exists()


def test_what_the_partner_types_after_the_link_ended_is_given_back(
    story: Story, note: Agreement, token: str
) -> None:
    agreeing.withdraw_version(note.versions.get(), actor=story.teacher)

    response = Client().post(partner_talk(token), {"name": "L", "text": "Mijn vraag"})

    assert response.status_code == 404
    assert "Mijn vraag" in words(response)
    assert not AgreementMessage.objects.exists()
