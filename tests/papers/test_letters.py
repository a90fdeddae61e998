"""The letter to the partner: drafted, looked at, changed, and sent once."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers.actions import deciding
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.papers.actions import letters
from partnerwijzer.papers.models import PartnerLetter
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Partner
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story, in_days
from tests.papers.conftest import SignIn

TO = "lowie@partner.example"
WRITTEN = {
    "to_name": "Lowie",
    "to_email": TO,
    "subject": "Ons besluit",
    "body": "Dag Lowie,\n\nJa.",
}


def page_of(decision: Decision) -> str:
    partner = decision.dossier.partners.get().partner_id
    return reverse("papers:letter", args=[decision.dossier_id, decision.pk, partner])


def save(story: Story, decision: Decision, version: int = 0, **more: str) -> PartnerLetter:
    return letters.save_letter(
        decision,
        actor=story.head,
        partner=decision.dossier.partners.get().partner,
        version=version,
        values={**WRITTEN, **more},
    )


def send(story: Story, letter: PartnerLetter, version: int | None = None) -> PartnerLetter:
    return letters.send_letter(
        letter.decision,
        actor=story.head,
        partner=letter.partner,
        version=letter.version if version is None else version,
    )


def test_the_draft_says_what_was_decided_and_keeps_the_reasons_in_school(
    story: Story, screened: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    facts = {"name": "Lowie Staepen", "function": "", "email": TO, "phone": ""}
    partners.save_contact(partner, actor=story.coordinator, contact=None, facts=facts)
    wanted = deciding.Wanted("Met een tolk.", story.world.user("teacher"), in_days(9))
    signed = story.sign(
        story.propose(screened),
        "yes-with-conditions",
        conditions=[wanted],
        reasons="We twijfelden aan de prijs.",
        review_on=in_days(90),
    )

    fields = form(sign_in("head").get(page_of(signed)), body="")

    outcome = story.content.vocab.decision_outcome["yes-with-conditions"]
    assert outcome.letter is not None
    assert (fields["to_name"], fields["to_email"]) == ("Lowie Staepen", TO)
    assert fields["body"].startswith("Dag Lowie Staepen,")
    assert str(outcome.letter) in fields["body"]
    assert "- Met een tolk. (tegen" in fields["body"]
    assert "bekijken we dit opnieuw" in fields["body"]
    assert "We twijfelden aan de prijs." not in fields["body"]
    assert not PartnerLetter.objects.exists()  # looking writes nothing


def test_every_outcome_has_first_words(story: Story) -> None:
    assert all(o.letter for o in story.content.vocab.decision_outcomes)


def test_it_is_written_looked_at_and_sent_once(
    story: Story, decision: Decision, sign_in: SignIn
) -> None:
    client, address = sign_in("head"), page_of(decision)
    sent = client.post(address, {**form(client.get(address), body=""), **WRITTEN}, follow=True)

    assert "Zo komt de brief aan" in words(sent)
    done = client.post(address, form(sent, deel="verstuur"), follow=True)
    post.sweep()
    again = client.post(address, {"deel": "verstuur", "version": "1"})
    post.sweep()

    assert "verstuurd" in words(client.get(address))
    assert "De brief is onderweg." in words(done)
    assert "Deze brief is al verstuurd." in words(again)
    assert [(m.to, m.subject, m.reply_to) for m in mail.outbox if TO in m.to] == [
        ([TO], "Ons besluit", ["head@school.example"])
    ]
    assert str(mail.outbox[-1].body).startswith("Dag Lowie,\n\nJa.\n")
    row = PartnerLetter.objects.get()
    assert (row.body, row.state) == (WRITTEN["body"], "sent")
    assert OutgoingMail.objects.latest("pk").body == ""  # the outbox forgets, the letter stays


@pytest.mark.parametrize(("name", "typed"), [("to_email", "lowie"), ("subject", ""), ("body", " ")])
def test_half_a_letter_is_told_and_kept(
    name: str, typed: str, decision: Decision, sign_in: SignIn
) -> None:
    client, address = sign_in("head"), page_of(decision)
    whole = {**form(client.get(address), body=""), **WRITTEN, "to_name": "Iemand anders"}

    refused = client.post(address, {**whole, name: typed})

    assert "Fout:" in refused.content.decode()
    assert form(refused, body="")["to_name"] == "Iemand anders"
    assert not PartnerLetter.objects.exists()
    assert client.post(address, whole).status_code == 302


def test_two_people_write_and_neither_loses_words(story: Story, decision: Decision) -> None:
    first = save(story, decision)
    second = save(story, decision, first.version, body="Dag Lowie,\n\nMisschien.")

    with pytest.raises(Conflict) as found:
        save(story, decision, first.version, body="Dag Lowie,\n\nNee.")
    with pytest.raises(Conflict):
        send(story, second, version=first.version)

    assert found.value.current.body == "Dag Lowie,\n\nMisschien."
    assert send(story, PartnerLetter.objects.get()).body == "Dag Lowie,\n\nMisschien."


def test_a_conflict_shows_both_texts(story: Story, decision: Decision, sign_in: SignIn) -> None:
    client, address = sign_in("head"), page_of(decision)
    save(story, decision)
    stale = form(client.get(address), body="")
    save(story, decision, int(stale["version"]), body="Van een collega.")

    shown = client.post(address, {**stale, **WRITTEN, "body": "Van mij."})

    assert "Van een collega." in words(shown)
    assert form(shown, body="")["body"] == "Van mij."
    assert client.post(address, {**form(shown, body="")}).status_code == 302
    assert PartnerLetter.objects.get().body == "Van mij."


def test_what_was_sent_is_not_written_over_and_a_second_letter_is_possible(
    story: Story, decision: Decision
) -> None:
    first = send(story, save(story, decision))
    with pytest.raises(NotAllowedNow, match="intussen verstuurd"):
        save(story, decision, first.version, body="Anders.")

    second = send(story, save(story, decision, body="Dag Lowie,\n\nNog dit."))

    assert PartnerLetter.objects.get(pk=first.pk).body == WRITTEN["body"]
    assert second.pk != first.pk


def test_a_decision_that_was_replaced_gets_no_letter(
    story: Story, decided: Dossier, decision: Decision
) -> None:
    letter = save(story, decision)
    story.decide(decided, "no")

    with pytest.raises(NotAllowedNow, match="Een latere beslissing"):
        send(story, letter)
    with pytest.raises(NotAllowedNow, match="Een latere beslissing"):
        save(story, decision, letter.version)


@pytest.mark.parametrize("who", ["teacher", "council", "other_head", "board_admin", "adviser"])
def test_only_who_leads_the_school_writes(who: str, story: Story, decision: Decision) -> None:
    given: dict[str, Any] = {"partner": decision.dossier.partners.get().partner}
    actor = story.world.actor(who)

    with pytest.raises(PermissionDenied):
        letters.save_letter(decision, actor=actor, version=0, values=WRITTEN, **given)
    draft = save(story, decision)
    with pytest.raises(PermissionDenied):
        letters.send_letter(decision, actor=actor, version=draft.version, **given)


def test_a_letter_as_a_paper(story: Story, decision: Decision, sign_in: SignIn) -> None:
    letter = send(story, save(story, decision))

    def get(kind: str) -> Any:
        where = reverse("papers:letter_file", args=[decision.dossier_id, letter.pk, kind])
        return sign_in("teacher").get(where)

    assert get("pdf").content.startswith(b"%PDF")
    assert get("docx").content.startswith(b"PK")
    assert get("exe").status_code == 404


def test_a_mailbox_that_refuses_shows_and_another_letter_can_go(
    story: Story, decision: Decision, sign_in: SignIn
) -> None:
    letter = send(story, save(story, decision))
    OutgoingMail.objects.filter(pk=letter.mail_id).update(dropped_at=letter.sent_at, body="")

    page = sign_in("head").get(page_of(decision))

    assert "niet aangekomen" in words(page)
    assert form(page, body="")["version"] == "0"
