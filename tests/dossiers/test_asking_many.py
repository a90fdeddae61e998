"""Step 2: several people at once, those who are silent reminded, the answers beside each other."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.access.actor import guest
from partnerwijzer.dossiers import pasted
from partnerwijzer.dossiers.actions import asking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, ExperienceRequest
from partnerwijzer.dossiers.pasted import Person
from partnerwijzer.dossiers.queries import asking as queries
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.surveys import actions as surveys
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:experiences", args=[dossier.pk])


# What is pasted


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("hanne@school.example", "", "hanne@school.example"),
        ("Hanne Peeters <Hanne@School.example>", "Hanne Peeters", "hanne@school.example"),
        ('"Peeters, Hanne" <hanne@school.example>;', "Peeters Hanne", "hanne@school.example"),
        ("Hanne; hanne@school.example", "Hanne", "hanne@school.example"),
        ("hanne@school.example\tHanne Peeters", "Hanne Peeters", "hanne@school.example"),
    ],
)
def test_a_name_and_an_address_are_read_as_people_paste_them(
    line: str, name: str, email: str
) -> None:
    assert pasted.read(line) == [Person(1, line, email, name)]


def test_wrong_lines_are_told_and_doubles_count_once() -> None:
    text = "hanne@school.example\n\nKoen\nHANNE@school.example\na@b.example, c@d.example\nx@y"

    found = pasted.read(text, known={"koen@school.example"})

    assert [(p.number, p.problem) for p in found] == [
        (1, ""),
        (3, "hier staat geen e-mailadres"),
        (5, "zet elk adres op een eigen regel"),
        (6, "dit e-mailadres klopt niet"),
    ]
    assert pasted.told(found)[0] == "Regel 3, ‘Koen’: hier staat geen e-mailadres."


@given(st.text(max_size=200))
def test_whatever_is_pasted_each_line_is_asked_or_told(text: str) -> None:
    for person in pasted.read(text):
        assert bool(person.email) or bool(person.problem)


# Asking


def send(dossier: Dossier, sign_in: SignIn, people: str) -> object:
    client = sign_in("teacher")
    blank = form(client.get(page_of(dossier)), velen="1")
    return client.post(
        page_of(dossier), {**blank, "relation": "other-school", "people": people, "message": "Dag"}
    )


def test_each_gets_a_mail_and_a_link_of_their_own(begun: Dossier, sign_in: SignIn) -> None:
    before = OutgoingMail.objects.count()

    send(begun, sign_in, "Hanne <hanne@elders.example>\nkoen@elders.example")

    rows = begun.experience_requests.order_by("pk").select_related("invitation__link")
    assert [(r.invitation.link.name, r.invitation.link.email) for r in rows] == [
        ("Hanne", "hanne@elders.example"),
        ("", "koen@elders.example"),
    ]
    assert OutgoingMail.objects.count() == before + 2
    assert len({r.invitation.link.token_hash for r in rows}) == 2


def test_with_one_wrong_line_nobody_is_asked_and_all_lines_stay(
    begun: Dossier, sign_in: SignIn
) -> None:
    response = send(begun, sign_in, "hanne@elders.example\nKoen")

    assert "Er is nog niets verstuurd" in words(response)
    assert "Regel 2, ‘Koen’" in words(response)
    assert form(response, velen="1")["people"].split("\n")[-1].strip() == "Koen"
    assert not begun.experience_requests.exists()


def test_who_was_asked_already_is_told(story: Story, begun: Dossier, sign_in: SignIn) -> None:
    story.ask(begun, email="hanne@elders.example")

    response = send(begun, sign_in, "hanne@elders.example\nkoen@elders.example")

    assert "je vroeg dit al aan dit adres" in words(response)
    assert begun.experience_requests.count() == 1


# Reminding


def answer(request: ExperienceRequest, text: str) -> None:
    written = next(q for q in request.invitation.survey.asked if q.kind == "text")
    surveys.answer_by_link(request.invitation, actor=guest("x"), answers={written.key: text})


def test_only_who_did_not_answer_is_reminded_and_once(story: Story, begun: Dossier) -> None:
    answer(story.ask(begun, email="een@elders.example"), "Goed.")
    asking.withdraw_request(story.ask(begun, email="twee@elders.example"), actor=story.teacher)
    story.ask(begun, email="drie@elders.example")
    before = OutgoingMail.objects.count()

    assert asking.remind_waiting(begun, actor=story.teacher) == 1

    assert OutgoingMail.objects.latest("pk").to == "drie@elders.example"
    assert OutgoingMail.objects.count() == before + 1
    with pytest.raises(NotAllowedNow, match="niemand om te herinneren"):
        asking.remind_waiting(begun, actor=story.teacher)


# Side by side


def test_answers_to_the_same_questions_stand_beside_each_other(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    answer(story.ask(begun, name="Hanne", email="een@elders.example"), "Ze kwamen op tijd.")
    answer(story.ask(begun, name="Koen", email="twee@elders.example"), "Ze kwamen te laat.")
    story.ask(begun, name="Stil", email="drie@elders.example")

    (sheet,) = queries.side_by_side(story.teacher, begun)
    page = words(sign_in("teacher").get(reverse("dossiers:side_by_side", args=[begun.pk])))

    assert [name.split(",")[0] for name in sheet.people] == ["Hanne", "Koen"]
    told = [[said for _name, said in cells] for _text, cells in sheet.rows]
    assert [["Ze kwamen op tijd."], ["Ze kwamen te laat."]] in told
    assert "Ze kwamen op tijd." in page
    assert "Stil" not in page


def test_an_answer_by_file_leads_back_to_the_dossier_where_it_stands(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    row = asking.ask_by_file(
        begun, actor=story.coordinator, partner=begun.partners.get().partner,
        relation="parent", name="Jo",
    )  # fmt: skip
    survey = row.invitation.survey
    written = next(q for q in survey.asked if q.kind == "text")
    sheet = reverse("surveys:sheet_in", args=[survey.pk, row.invitation.pk])
    client, page = sign_in("teacher"), reverse("dossiers:experiences", args=[begun.pk])

    first = client.post(sheet, {f"v-{written.key}": "Goed gewerkt."})
    client.post(sheet, {f"v-{written.key}": "Niet zo goed.", "stand": "1"})

    assert first["Location"] == f"{page}#gevraagd-{row.pk}"
    assert f'href="{page}' in client.get(sheet).content.decode()
    shown = words(client.get(page))
    assert "Niet zo goed." in shown
    assert "Voer een nieuw rekenblad in" in shown
    assert "Eerder: het rekenblad dat Teacher" in shown
    assert "eerst: Goed gewerkt." in shown
    assert "daarna: Niet zo goed." in shown
