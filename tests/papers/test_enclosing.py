"""What goes along with the letter to a partner (issue 4, C13)."""

import pytest
from django.core import mail

from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AgreementVersion, Decision, Dossier
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.papers import enclosing
from partnerwijzer.papers.actions import letters
from partnerwijzer.papers.models import PartnerLetter
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story
from tests.papers.conftest import SignIn
from tests.papers.test_letters import WRITTEN, page_of, send


@pytest.fixture
def version(story: Story, screened: Dossier) -> AgreementVersion:
    return story.fix(screened)


@pytest.fixture
def signed(story: Story, screened: Dossier, version: AgreementVersion) -> Decision:
    return story.sign(story.propose(screened))


def save(story: Story, decision: Decision, *keys: str) -> PartnerLetter:
    return letters.save_letter(
        decision,
        actor=story.head,
        partner=decision.dossier.partners.get().partner,
        version=0,
        values=WRITTEN,
        enclose=keys,
    )


def test_the_papers_go_along_as_they_were_kept(
    story: Story, signed: Decision, version: AgreementVersion
) -> None:
    """Byte for byte, so that a PDF keeps the tags that make it readable for everybody."""
    letter = send(story, save(story, signed, "decision", f"agreement-{version.pk}"))
    post.sweep()

    assert signed.pdf is not None
    assert version.pdf is not None
    kept = [file.location.read_bytes() for file in (signed.pdf, version.pdf)]
    assert [(content, kind) for _name, content, kind in mail.outbox[-1].attachments] == [
        (content, "application/pdf") for content in kept
    ]
    assert [one["size"] for one in letter.enclosed] == [len(content) for content in kept]
    assert OutgoingMail.objects.latest("pk").attached == []


def test_what_goes_along_is_chosen_and_shown_with_name_and_size_before_sending(
    story: Story, signed: Decision, sign_in: SignIn
) -> None:
    client, page = sign_in("head"), page_of(signed)
    shown = words(client.get(page))
    assert "hoe jullie elke vraag beoordeelden en waarom, wie van het team wat vond" in shown
    assert "wat de beslisbomen en de schoolraad zeiden" in shown

    fields = form(client.get(page), body="")
    answer = client.post(page, {**fields, **WRITTEN, "enclose": ["decision"]}, follow=True)

    assert signed.pdf is not None
    looked = words(answer)
    assert "Bijlagen" in looked
    assert f"{signed.pdf.name} (" in looked
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"partners": [{}, {}]}, "wat jullie van een andere partner vonden"),
    ],
)
def test_a_decision_that_tells_of_others_does_not_go_along(
    known: dict[str, list[dict[str, str]]],
    why: str,
    story: Story,
    signed: Decision,
    sign_in: SignIn,
) -> None:
    letter = save(story, signed, "decision")
    assert [one["key"] for one in letter.enclosed] == ["decision"]
    Decision.objects.filter(pk=signed.pk).update(snapshot=signed.snapshot | known)
    signed.refresh_from_db()

    offers = enclosing.offered(signed, letter.partner)
    assert "decision" not in [one.key for one in offers]
    with pytest.raises(NotAllowedNow):
        send(story, letter)
    assert why in words(sign_in("head").get(page_of(signed)))


def test_without_a_choice_only_the_letter_goes(story: Story, signed: Decision) -> None:
    send(story, save(story, signed))
    post.sweep()

    assert mail.outbox[-1].attachments == []


def test_a_newer_text_is_not_sent_unseen(story: Story, signed: Decision) -> None:
    old = AgreementVersion.objects.filter(agreement__dossier=signed.dossier).latest("number")
    letter = save(story, signed, f"agreement-{old.pk}")
    newer = story.fix(signed.dossier, extra="Ook een beamer.")

    with pytest.raises(NotAllowedNow, match="nieuwere versie"):
        send(story, letter)
    offers = enclosing.offered(signed, letter.partner)
    assert [one.key for one in offers] == ["decision", f"agreement-{newer.pk}"]
