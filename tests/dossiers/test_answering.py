"""An answer says in one go on which evidence it rests: both are kept, or neither."""

import pytest
from django.urls import reverse

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers.actions import answering, screening
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, Evidence
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story

OTHER = "fits-school-project"


@pytest.fixture
def proof(story: Story, begun: Dossier) -> Evidence:
    """Proof that stands at one question."""
    return story.proof(begun, "fits-age", title="Lesmap")


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:criterion", args=[dossier.pk, OTHER])


def test_proof_that_is_there_is_ticked_in_the_answer(
    begun: Dossier, proof: Evidence, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), page_of(begun)
    typed = {**form(client.get(address), argument=""), "judgement": "in-order", "argument": "Zo."}

    refused = client.post(address, typed)
    accepted = client.post(address, {**typed, "also": str(proof.pk)})

    assert "vraagt een bewijs" in words(refused)
    assert "Waarop steunt dit oordeel" in words(refused)
    assert accepted.status_code == 302
    answer = begun.assessments.get(criterion=OTHER)
    assert (answer.judgement, list(answer.evidence.all())) == ("in-order", [proof])


def test_what_is_no_proof_or_gone_or_of_another_dossier_cannot_be_ticked(
    story: Story, begun: Dossier, screened: Dossier, proof: Evidence, sign_in: SignIn
) -> None:
    claim = story.proof(begun, "fits-age", kind="partner-claim")
    gone = story.proof(begun, "fits-age", title="Weg")
    screening.remove_evidence(begun, actor=story.teacher, evidence=gone)
    elsewhere = screened.evidence.filter(removed_at=None)[0]
    client, address = sign_in("teacher"), page_of(begun)
    typed = {**form(client.get(address), argument=""), "judgement": "in-order", "argument": "Zo."}

    for wrong in (claim, gone, elsewhere):
        assert client.post(address, {**typed, "also": str(wrong.pk)}).status_code == 200

    assert not begun.assessments.filter(criterion=OTHER, judgement="in-order").exists()


def test_when_the_answer_is_refused_the_evidence_is_not_linked(
    story: Story, begun: Dossier, proof: Evidence
) -> None:
    with pytest.raises(NotAllowedNow):
        answering.answer(
            begun, actor=story.teacher, criterion=OTHER, version=0, judgement="in-order",
            argument="", also=[proof],
        )  # fmt: skip

    assert not begun.assessments.filter(criterion=OTHER).exists()


def test_a_colleague_who_answered_first_is_not_overwritten(
    story: Story, begun: Dossier, proof: Evidence
) -> None:
    story.judge(begun, OTHER, "partly", argument="Van mij.")

    with pytest.raises(Conflict):
        answering.answer(
            begun, actor=story.head, criterion=OTHER, version=0, judgement="in-order",
            argument="Van jou.", also=[proof],
        )  # fmt: skip

    assert begun.assessments.get(criterion=OTHER).argument == "Van mij."


def test_proof_that_was_added_while_typing_is_no_conflict(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    """What was typed comes back with the version that was read: before there was any answer."""
    client, address = sign_in("teacher"), page_of(begun)
    typed = {**form(client.get(address), argument=""), "judgement": "in-order", "argument": "Zo."}
    story.proof(begun, OTHER)

    assert typed["version"] == "0"
    assert client.post(address, typed).status_code == 302
    assert begun.assessments.get(criterion=OTHER).argument == "Zo."
