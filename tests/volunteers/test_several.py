"""Several volunteers at once (P6): pasted or out of a list, looked at first, all or nobody."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.audit import log
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.volunteers import actions, several
from partnerwijzer.volunteers.models import Volunteer
from partnerwijzer.volunteers.several import Person
from tests.dossiers.pages import form, words
from tests.dossiers.story import Story
from tests.exchange.workbooks import upload, xlsx
from tests.volunteers.conftest import MAIL, SignIn

TWO = "Mia Proef; mia@ouders.example; 0470 00 00 00\nJo Proef <jo@oud.example>; oud-leerling"
NUMBER = "93.05.18-223.61"  # a made-up national number with right check digits


def page(dossier: Dossier) -> str:
    return reverse("volunteers:several", args=[dossier.pk])


def look(client: Client, dossier: Dossier, **typed: Any) -> Any:
    return client.post(page(dossier), {**form(client.get(page(dossier)), people=""), **typed})


def kept() -> list[tuple[str, str, str, str]]:
    return list(Volunteer.objects.values_list("who", "name", "email", "phone"))


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Mia Proef; mia@a.example", ("parent", "Mia Proef", "mia@a.example", "")),
        ("mia@a.example\tMia Proef\t+32 470 00 00 00",
         ("parent", "Mia Proef", "mia@a.example", "+32 470 00 00 00")),
        ("Proef, Mia <Mia@A.example>", ("parent", "Proef, Mia", "mia@a.example", "")),
        ("Mia Proef mia@a.example 0470/00.00.00",
         ("parent", "Mia Proef", "mia@a.example", "0470/00.00.00")),
        ("Mia, mia@a.example, oma", ("other", "Mia", "mia@a.example", "")),
    ],
)  # fmt: skip
def test_a_line_is_read_as_people_write_it(line: str, person: tuple[str, ...]) -> None:
    (one,) = several.read(line, "parent")

    assert (one.who, one.name, one.email, one.phone) == person
    assert one.asked


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Mia Proef", "hier staat geen e-mailadres"),
        ("Mia; mia@a.example; jo@a.example", "zet elk adres op een eigen regel"),
        ("Mia; mia@a", "dit e-mailadres klopt niet"),
        ("mia@a.example", "hier staat geen naam"),
    ],
)
def test_each_line_says_what_is_wrong(line: str, problem: str) -> None:
    (one,) = several.read(line, "parent")

    assert one.problem == problem
    assert several.wrong([one]) == [f"Regel 1, ‘{line}’: {problem}."]


def test_who_stands_there_twice_or_was_asked_is_asked_no_second_time() -> None:
    found = several.read("A; a@a.example\n\nB; A@A.example\nC; c@a.example", "parent",
                         {"c@a.example"})  # fmt: skip

    assert [one.left_out for one in found] == [
        "", "dit adres staat ook op regel 1", "je vroeg het al aan dit adres",
    ]  # fmt: skip


def test_of_a_list_only_the_columns_that_are_needed_are_read() -> None:
    rows = [(1, ["Kind", "Klas", "Naam ouder", "Voornaam ouder", "E-mail"]),
            (2, ["Jef Proef", "3A", "Proef", "Mia", "mia@a.example"])]  # fmt: skip

    assert several.unread(rows) == ["Kind", "Klas"]
    assert several.written(several.known_columns(rows)) == "Mia Proef; mia@a.example"


MAIL_OF = "mia@ouders.example"


@pytest.mark.parametrize(
    ("heads", "cells", "line", "left"),
    [
        (["Naam", "Voornaam", "Klas", "Naam ouder", "E-mail ouder"],
         ["Peeters", "Jan", "3A", "Mia Proef", MAIL_OF],
         f"Mia Proef; {MAIL_OF}", ["Naam", "Voornaam", "Klas"]),
        (["Naam", "Voornaam", "Naam ouder", "Voornaam ouder", "E-mail"],
         ["Peeters", "Jan", "Proef", "Mia", MAIL_OF],
         f"Mia Proef; {MAIL_OF}", ["Naam", "Voornaam"]),
        (["Naam", "Vrijwilliger", "E-mail"], ["Jan", "Mia Proef", MAIL_OF],
         f"Mia Proef; {MAIL_OF}", ["Naam"]),
        (["Naam", "Voornaam", "E-mailadres ouder 1", "Straat"],
         ["Peeters", "Jan", MAIL_OF, "Kerkstraat 1"],
         MAIL_OF, ["Naam", "Voornaam", "Straat"]),
        (["Naam", "Voornaam", "E-mail"], ["Proef", "Mia", MAIL_OF],
         f"Mia Proef; {MAIL_OF}", []),
    ],
)  # fmt: skip
def test_the_name_of_a_pupil_is_not_taken_for_that_of_who_helps(
    heads: list[str], cells: list[str], line: str, left: list[str]
) -> None:
    """domain.md 7.2: a list of parents is often a list of pupils."""
    rows = [(1, heads), (2, cells)]

    assert several.written(several.known_columns(rows)) == line
    assert several.unread(rows) == left


def test_a_list_whose_columns_are_not_known_is_not_read(dossier: Dossier, sign_in: SignIn) -> None:
    file = upload(xlsx(Ouders=[["Leerling", "Klas", "Contact"], ["Jan Peeters", "3A", MAIL]]))

    answer = look(sign_in("coordinator"), dossier, file=file)

    assert answer.status_code == 422
    assert "We vinden geen kolom met e-mailadressen." in words(answer)
    assert "Peeters" not in answer.content.decode()


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    found = several.read(text, "parent")

    assert all(one.name and one.email for one in found if one.asked)
    assert len({one.email for one in found if one.asked}) == sum(one.asked for one in found)


def test_looking_keeps_nothing_and_asking_keeps_all(dossier: Dossier, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    seen = look(client, dossier, people=TWO)
    nothing = (kept(), OutgoingMail.objects.filter(to__contains="ouders").count())

    client.post(page(dossier), {**form(seen, people=TWO), "stuur": "1"})

    assert "2 mensen krijgen de vraag" in words(seen)
    assert nothing == ([], 0)
    assert kept() == [
        ("parent", "Mia Proef", MAIL, "0470 00 00 00"),
        ("alumnus", "Jo Proef", "jo@oud.example", ""),
    ]
    assert "vroeg 2 mensen om te helpen." in log.history(dossier, limit=1)[0].sentence


def test_one_wrong_line_asks_nobody_and_keeps_what_was_typed(
    dossier: Dossier, sign_in: SignIn
) -> None:
    typed = f"{TWO}\nZonder adres"

    answer = look(sign_in("coordinator"), dossier, people=typed, stuur="1")

    assert answer.status_code == 422
    assert "Regel 3, ‘Zonder adres’: hier staat geen e-mailadres." in words(answer)
    assert form(answer, people="")["people"] == typed
    assert kept() == []


def test_a_list_is_read_and_can_be_changed_on_the_page(dossier: Dossier, sign_in: SignIn) -> None:
    file = upload(xlsx(Ouders=[["Naam", "E-mail", "Klas"], ["Mia Proef", MAIL, "3A"]]))

    answer = look(sign_in("coordinator"), dossier, file=file)

    assert "1 mens krijgt de vraag" in words(answer)
    assert "Deze kolommen van je lijst hebben we niet gelezen: Klas." in words(answer)
    assert form(answer, people="")["people"] == f"Mia Proef; {MAIL}"


def test_what_may_never_be_kept_does_not_come_in_with_a_list(
    dossier: Dossier, sign_in: SignIn
) -> None:
    """domain.md 7.1: a national number."""
    file = upload(xlsx(Ouders=[["Naam", "E-mail"], [f"Mia {NUMBER}", MAIL]]))

    answer = look(sign_in("coordinator"), dossier, file=file)

    assert NUMBER not in answer.content.decode()
    assert "hier staat geen naam" in words(answer)


def test_what_looks_like_data_of_pupils_is_asked_about_first(
    dossier: Dossier, sign_in: SignIn
) -> None:
    """domain.md 7.2, over the pasted lines as over every text."""
    born = "Emma Peeters geboren op 12/03/2015; mia@ouders.example"

    answer = look(sign_in("coordinator"), dossier, people=born)

    assert answer.status_code == 422
    assert "geboortedatum" in words(answer).lower()
    assert kept() == []


def test_a_list_of_parents_is_what_is_asked_for_and_no_question(
    dossier: Dossier, sign_in: SignIn
) -> None:
    """Decision 16: who is asked too often stops reading. What else is said of somebody is asked."""
    names = ("Emma Peeters", "Noor Claes", "Lucas Maes", "Louise Jacobs", "Finn Claes", "Mila Maes")
    lines = [f"{name}; a{n}@ouders.example" for n, name in enumerate(names)]
    client = sign_in("coordinator")

    plain = look(client, dossier, people="\n".join(lines))
    told = look(client, dossier, people="\n".join([*lines, "Jo Maes heeft ADHD; j@ouders.example"]))

    assert (plain.status_code, told.status_code) == (200, 422)
    assert "6 mensen krijgen de vraag" in words(plain)
    assert "gezondheid" in words(told)


def test_two_who_ask_the_same_people_ask_them_once(dossier: Dossier, story: Story) -> None:
    people = several.read(TWO, "parent")
    actions.ask(dossier, actor=story.coordinator, who="parent", name="Mia", email=MAIL)

    asked = actions.ask_several(dossier, actor=story.coordinator, people=people)

    assert asked == 1
    assert [row[2] for row in kept()] == [MAIL, "jo@oud.example"]
    with pytest.raises(NotAllowedNow):
        actions.ask_several(dossier, actor=story.coordinator, people=people)


def test_a_line_that_is_wrong_stops_all(dossier: Dossier, story: Story) -> None:
    people = several.read(f"{TWO}\nZonder adres", "parent")

    with pytest.raises(NotAllowedNow):
        actions.ask_several(dossier, actor=story.coordinator, people=people)
    assert kept() == []


def test_only_who_leads_asks_several(dossier: Dossier, story: Story, sign_in: SignIn) -> None:
    people = [Person(1, "", "parent", "Mia", MAIL)]
    with pytest.raises(PermissionDenied):
        actions.ask_several(dossier, actor=story.teacher, people=people)
    assert sign_in("teacher").get(page(dossier)).status_code == 404

    assert actions.ask_several(dossier, actor=story.coordinator, people=people) == 1
