"""Asking for experience with a question set of the school's own (issue 4, C12)."""

from typing import Any

import pytest
from django.urls import reverse

from partnerwijzer.dossiers.actions import asking
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.surveys import actions as surveys
from partnerwijzer.surveys import building
from partnerwijzer.surveys.models import OwnSet, Survey
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story


@pytest.fixture
def own(story: Story) -> OwnSet:
    """A released set of the school, with one question."""
    made = surveys.begin_set(
        story.world.school,
        actor=story.head,
        framework=story.framework,
        title="Onze drie vragen",
        audience="other-school",
    )
    wish = building.Wish("Kwamen ze op tijd?", building.YES_NO)
    surveys.put_question(made, actor=story.head, version=1, wish=wish)
    surveys.release_set(made, actor=story.head, version=2)
    return OwnSet.objects.get(pk=made.pk)


def ask(dossier: Dossier, sign_in: SignIn, **given: Any) -> Any:
    client, page = sign_in("teacher"), reverse("dossiers:experiences", args=[dossier.pk])
    blank = form(client.get(page), email="")
    return client.post(
        page, {**blank, "relation": "other-school", "email": "an@elders.example", **given}
    )


def test_who_is_asked_gets_the_questions_that_were_chosen(
    begun: Dossier, own: OwnSet, sign_in: SignIn
) -> None:
    assert "Onze drie vragen" in words(
        sign_in("teacher").get(reverse("dossiers:experiences", args=[begun.pk]))
    )

    ask(begun, sign_in, own=f"own-{own.pk}-1")
    ask(begun, sign_in, email="bo@elders.example")

    asked = {
        row.invitation.link.email: [q.text for q in row.invitation.survey.asked][:1]
        for row in begun.experience_requests.select_related("invitation__survey")
    }
    assert asked["an@elders.example"] == ["Kwamen ze op tijd?"]
    assert asked["bo@elders.example"] != ["Kwamen ze op tijd?"]


def test_who_is_asked_gets_the_set_that_was_taken_while_preparing(
    story: Story, begun: Dossier, own: OwnSet
) -> None:
    prepared = asking.prepare_questions(
        begun,
        actor=story.teacher,
        partner=begun.partners.get().partner,
        relation="other-school",
    )
    surveys.change_set(prepared, actor=story.teacher, version=prepared.version, own=own.released)

    request = story.ask(begun, relation="other-school")

    assert request.invitation.survey == prepared
    assert [q.text for q in request.invitation.survey.asked] == ["Kwamen ze op tijd?"]


def test_a_second_person_answers_the_same_survey_until_the_set_changes(
    begun: Dossier, own: OwnSet, sign_in: SignIn, story: Story
) -> None:
    for email in ("an@elders.example", "bo@elders.example"):
        ask(begun, sign_in, own=f"own-{own.pk}-1", email=email)
    assert Survey.objects.filter(own=own.released).count() == 1

    surveys.retire_set(own, actor=story.head)
    late = ask(begun, sign_in, own=f"own-{own.pk}-1", email="cas@elders.example")

    assert begun.experience_requests.count() == 2
    assert "cas@elders.example" in late.content.decode()
