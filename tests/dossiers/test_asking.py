"""Step 2: asking people for their experience, and the question to the anker (N5)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.access.actor import guest
from partnerwijzer.dossiers.actions import advising, asking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import AdviserQuestion, Dossier, ExperienceRequest
from partnerwijzer.mail import post
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations.models import AdviserAssignment
from partnerwijzer.surveys import actions as surveys
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story, last_token


@pytest.fixture
def request_(story: Story, begun: Dossier) -> ExperienceRequest:
    return story.ask(begun)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:experiences", args=[dossier.pk])


def answer(request: ExperienceRequest, text: str = "Ze kwamen op tijd.") -> None:
    survey = request.invitation.survey
    written = next(q for q in survey.asked if q.kind == "text")
    surveys.answer_by_link(request.invitation, actor=guest("Hanne"), answers={written.key: text})


# Asking


def test_somebody_is_asked_by_mail_with_a_set_that_suits(story: Story, begun: Dossier) -> None:
    school = story.ask(begun, relation="other-school")
    parent = story.ask(begun, relation="parent", email="ouder@thuis.example")

    assert school.invitation.survey.set_key == "experience-request"
    assert parent.invitation.survey.set_key == "ask-around"
    assert school.invitation.survey.about == "Schermlicht vzw"
    mail = OutgoingMail.objects.latest("pk")
    assert mail.to == "ouder@thuis.example"
    assert "Asked message" in mail.body
    assert fresh(begun).steps["hear-others"]["state"] == "wait"


def test_people_of_one_kind_answer_one_survey(story: Story, begun: Dossier) -> None:
    first = story.ask(begun)
    second = story.ask(begun, email="jan@elders.example")

    assert first.invitation.survey_id == second.invitation.survey_id


def test_the_same_person_is_not_asked_twice(
    story: Story, begun: Dossier, request_: ExperienceRequest, sign_in: SignIn
) -> None:
    with pytest.raises(NotAllowedNow, match="vroeg dit al aan hanne@"):
        story.ask(begun)

    typed = {
        "partner": begun.partners.get().partner_id, "relation": "other-school",
        "email": "Hanne@elders.example", "message": "Dag Hanne!",
    }  # fmt: skip
    response = sign_in("teacher").post(page_of(begun), typed)

    assert "vroeg dit al aan" in words(response)
    assert form(response, email="")["message"] == "Dag Hanne!"
    assert begun.experience_requests.count() == 1


def test_wrong_input_is_told_and_kept(begun: Dossier, sign_in: SignIn) -> None:
    typed = {"relation": "parent", "email": "geen adres", "message": "Dag!", "name": "Jo"}

    response = sign_in("teacher").post(page_of(begun), typed)

    kept = form(response, email="")
    assert "Fout:" in response.content.decode().split("</title>")[0]
    assert (kept["email"], kept["message"], kept["relation"]) == ("geen adres", "Dag!", "parent")
    assert not begun.experience_requests.exists()


def test_somebody_is_asked_about_a_partner_of_this_dossier_only(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    other = story.make_partner("Een andere vzw")
    typed = {"partner": other.pk, "relation": "parent", "email": "jo@thuis.example"}

    sign_in("teacher").post(page_of(begun), typed)
    assert not begun.experience_requests.exists()

    own = begun.partners.get().partner_id
    sign_in("teacher").post(page_of(begun), {**typed, "partner": own})
    assert begun.experience_requests.count() == 1


# What comes of it


def test_the_school_sees_sent_opened_and_answered(
    story: Story, begun: Dossier, request_: ExperienceRequest, sign_in: SignIn
) -> None:
    client, token = sign_in("teacher2"), last_token("/antwoord/")
    assert "mail vertrekt zo" in words(client.get(page_of(begun)))

    post.sweep()
    assert "verstuurd" in words(client.get(page_of(begun)))
    Client().post(reverse("surveys:opened", args=[token]))
    assert "geopend" in words(client.get(page_of(begun)))

    request_.refresh_from_db()
    answer(request_)
    shown = words(client.get(page_of(begun)))
    assert "antwoordde" in shown
    assert "Ze kwamen op tijd." in shown
    assert fresh(begun).steps["hear-others"]["counts"]["answered"] == 1
    assert "vertelde over de eigen ervaring" in words(
        client.get(reverse("dossiers:history", args=[begun.pk]))
    )


def test_an_answer_lands_in_this_dossier_only(
    story: Story, begun: Dossier, request_: ExperienceRequest, screened: Dossier, sign_in: SignIn
) -> None:
    answer(request_)

    assert "Ze kwamen op tijd." not in words(sign_in("teacher").get(page_of(screened)))
    for who in ("council", "sister", "other_head"):
        assert sign_in(who).get(page_of(begun)).status_code == 404


def test_a_withdrawn_question_is_over_and_does_not_count(
    begun: Dossier, request_: ExperienceRequest, sign_in: SignIn
) -> None:
    token, client = last_token("/antwoord/"), sign_in("teacher")
    address = reverse("dossiers:change_request", args=[begun.pk, request_.pk])

    client.post(address, {"wat": "intrekken"})

    assert fresh(begun).steps["hear-others"]["counts"]["asked"] == 0
    assert "ingetrokken" in words(client.get(page_of(begun)))
    assert "Ze kwamen" not in words(Client().get(reverse("surveys:answer", args=[token])))
    second = client.post(address, {"wat": "intrekken"}, follow=True)
    assert "was al ingetrokken" in second.content.decode()


def test_one_reminder_and_no_more(
    begun: Dossier, request_: ExperienceRequest, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = reverse("dossiers:change_request", args=[begun.pk, request_.pk])
    assert "Bewaard." in client.post(address, {"wat": "herinner"}, follow=True).content.decode()

    again = client.post(address, {"wat": "herinner"}, follow=True)

    assert "kreeg al een herinnering" in again.content.decode()
    assert OutgoingMail.objects.filter(to="hanne@elders.example").count() == 2
    assert client.post(address, {"wat": "iets"}).status_code == 404


def test_the_school_changes_the_questions_before_it_asks(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    partner = begun.partners.get().partner
    prepared = asking.prepare_questions(
        begun, actor=story.teacher, partner=partner, relation="parent"
    )
    same = asking.prepare_questions(begun, actor=story.head, partner=partner, relation="parent")
    assert same == prepared

    first = story.ask(begun, relation="parent", email="een@thuis.example")
    assert first.invitation.survey == prepared

    newer = asking.prepare_questions(begun, actor=story.head, partner=partner, relation="parent")
    assert newer != prepared  # who was asked keeps the questions
    second = story.ask(begun, relation="parent", email="twee@thuis.example")
    assert second.invitation.survey == newer


def test_without_a_choice_the_questions_are_not_made(begun: Dossier, sign_in: SignIn) -> None:
    client, partner = sign_in("teacher"), begun.partners.get().partner_id

    for typed in ({"partner": "x", "relation": "parent"}, {"partner": partner, "relation": "x"}):
        response = client.post(page_of(begun), {**typed, "vragen": "1"}, follow=True)
        assert response.status_code == 200
        assert "Fout:" in response.content.decode()

    made = client.post(page_of(begun), {"partner": partner, "relation": "parent", "vragen": "1"})
    assert made.url.startswith("/bevragen/")


# The anker


@pytest.fixture
def asked(story: Story, begun: Dossier) -> AdviserQuestion:
    return story.ask_adviser(begun)


def test_the_anker_sees_the_dossier_in_which_there_is_a_question_and_no_other(
    story: Story, begun: Dossier, screened: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("adviser")
    detail = [reverse("dossiers:detail", args=[d.pk]) for d in (begun, screened)]
    assert [client.get(address).status_code for address in detail] == [404, 404]

    story.ask_adviser(begun)

    assert [client.get(address).status_code for address in detail] == [200, 404]
    shown = words(client.get(reverse("dossiers:list")))
    assert "Pas begonnen" in shown
    assert "Goed nagekeken" not in shown


def test_the_anker_answers_in_the_dossier(
    begun: Dossier, asked: AdviserQuestion, sign_in: SignIn
) -> None:
    address = reverse("dossiers:answer_adviser", args=[begun.pk, asked.pk])
    client = sign_in("adviser")
    empty = client.post(address, {"answer": " "})
    assert "Fout:" in empty.content.decode().split("</title>")[0]

    client.post(address, {"answer": "Vraag wie betaalt."})

    asked.refresh_from_db()
    assert asked.answer == "Vraag wie betaalt."
    detail = reverse("dossiers:detail", args=[begun.pk])
    assert "Vraag wie betaalt." in words(sign_in("teacher").get(detail))
    assert "Adviser antwoordde als anker." in words(sign_in("teacher").get(detail))


def test_the_anker_reads_and_changes_nothing_else(
    story: Story, begun: Dossier, asked: AdviserQuestion, sign_in: SignIn
) -> None:
    client = sign_in("adviser")
    criterion = reverse("dossiers:criterion", args=[begun.pk, "fits-age"])
    typed = {"version": 0, "judgement": "partly", "argument": "Zo."}
    assert client.get(criterion).status_code == 200

    assert client.post(criterion, typed).status_code == 403
    for name in ("facts", "finish", "council_new", "activity_new", "evaluate", "share"):
        assert client.get(reverse(f"dossiers:{name}", args=[begun.pk])).status_code == 404
    assert not begun.assessments.exists()

    assert sign_in("teacher").post(criterion, typed).status_code == 302


def test_an_anker_sees_only_what_was_asked_of_them(
    story: Story, begun: Dossier, asked: AdviserQuestion, sign_in: SignIn
) -> None:
    second = story.world.user("umbrella_admin")
    AdviserAssignment.objects.create(adviser=second, school=story.world.school)
    other = advising.ask_adviser(
        begun, actor=story.teacher, adviser=second, question="Een andere vraag?"
    )
    client = sign_in("adviser")

    assert "Een andere vraag?" not in words(client.get(reverse("dossiers:detail", args=[begun.pk])))
    address = reverse("dossiers:answer_adviser", args=[begun.pk, other.pk])
    assert client.get(address).status_code == 404


def test_only_an_anker_of_this_school_is_asked(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:ask_adviser", args=[begun.pk])
    typed: dict[str, Any] = {"question": "Waar let jij op?"}

    client.post(address, {**typed, "adviser": story.world.user("other_head").pk})
    assert not begun.adviser_questions.exists()
    with pytest.raises(NotAllowedNow):
        advising.ask_adviser(
            begun, actor=story.teacher, adviser=story.world.user("other_head"), question="?"
        )

    client.post(address, {**typed, "adviser": story.world.user("adviser").pk})
    assert begun.adviser_questions.get().question == "Waar let jij op?"


def test_an_anker_of_before_is_not_asked_and_does_not_see_any_more(
    story: Story, begun: Dossier, asked: AdviserQuestion, sign_in: SignIn
) -> None:
    detail = reverse("dossiers:detail", args=[begun.pk])
    assert sign_in("adviser").get(detail).status_code == 200

    AdviserAssignment.objects.update(ended_at=asked.asked_at)

    assert sign_in("adviser").get(detail).status_code == 404
    with pytest.raises(NotAllowedNow):
        story.ask_adviser(begun)


def test_staff_do_not_answer_as_anker(
    begun: Dossier, asked: AdviserQuestion, sign_in: SignIn
) -> None:
    address = reverse("dossiers:answer_adviser", args=[begun.pk, asked.pk])

    assert sign_in("adviser").get(address).status_code == 200
    assert sign_in("head").get(address).status_code == 404
