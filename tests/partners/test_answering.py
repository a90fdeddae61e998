"""The organisation answers what schools say of it; an opinion is no reason to hold that back."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.models import AccessLink
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions, personal
from partnerwijzer.partners.models import (
    Experience,
    Partner,
    ProfileLink,
    Reply,
    Report,
)
from tests.partners.conftest import SignIn, Tell, where
from tests.partners.pages import part, text_of
from tests.personas import World


@pytest.fixture
def told(partner: Partner, tell: Tell, elsewhere: list[School]) -> Experience:
    for school in elsewhere[1:3]:
        tell(partner, school)
    return tell(partner, elsewhere[0], advice="Te veel voor één dag.", text_consent=True)


def test_it_answers_and_the_answer_stands_beside_after_a_look(
    world: World, own: str, told: Experience, partner: Partner, sign_in: SignIn
) -> None:
    Client().post(own, {"text": "We doen het nu in twee delen.", "ervaring": told.pk})
    page = sign_in("teacher").get(where(partner))
    assert "twee delen" not in text_of(page)

    actions.show_reply(Reply.objects.get(), actor=world.actor("umbrella_admin"))

    said = text_of(part(sign_in("teacher").get(where(partner)), "ervaringen"))
    assert "Te veel voor één dag." in said
    assert "Schermlicht vzw antwoordt" in said
    assert said.index("Te veel") < said.index("We doen het nu in twee delen.")


def test_it_reads_no_words_below_three_schools(
    own: str, partner: Partner, tell: Tell, elsewhere: list[School]
) -> None:
    row = tell(partner, elsewhere[0], advice="Geheim.", text_consent=True)

    assert "Geheim." not in text_of(Client().get(own))
    answer = Client().post(own, {"text": "Hallo", "ervaring": row.pk})
    assert (answer.status_code, Reply.objects.count()) == (422, 0)
    assert "Geheim." not in text_of(answer)


def test_an_answer_to_an_experience_that_was_taken_back_is_not_lost(
    own: str, told: Experience
) -> None:
    Experience.objects.filter(pk=told.pk).update(withdrawn_at=timezone.now())
    words = "Wij lazen dit met aandacht."

    answer = Client().post(own, {"text": words, "ervaring": told.pk})

    assert (answer.status_code, Reply.objects.count()) == (422, 0)
    assert "Deze ervaring is er niet meer." in text_of(answer)
    assert words in answer.content.decode()


def test_a_report_on_an_experience_that_was_taken_back_is_not_lost(
    own: str, told: Experience
) -> None:
    Experience.objects.filter(pk=told.pk).update(withdrawn_at=timezone.now())
    path, given = f"{own}melden/?ervaring={told.pk}", {"reason": "person", "words": "Een naam."}

    answer = Client().post(path, given)

    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert "Deze ervaring is er niet meer." in text_of(answer)
    assert "Een naam." in text_of(answer)
    assert f'action="{own}melden/"' in answer.content.decode()
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("", {"text": "Een lang antwoord."}),
        ("gegevens/", {"description": "Een lang antwoord.", "name": "X"}),
        ("aanbod/", {"description": "Een lang antwoord."}),
        ("melden/", {"words": "Een lang antwoord."}),
    ],
)
def test_what_was_typed_while_the_link_was_withdrawn_can_be_copied(
    own: str, link: ProfileLink, path: str, given: dict[str, str]
) -> None:
    AccessLink.objects.update(withdrawn_at=timezone.now())

    answer = Client().post(own + path, given)

    assert answer.status_code == 404
    assert "Wat je typte, is niet verstuurd." in text_of(answer)
    assert "Een lang antwoord." in text_of(answer)
    assert "niet verstuurd" not in text_of(Client().get(own + path))


@pytest.mark.parametrize("audience", ["school", "board"])
def test_it_reads_nothing_that_was_not_shared_with_everyone(
    world: World, own: str, told: Experience, partner: Partner, tell: Tell, audience: str
) -> None:
    row = tell(partner, world.school, advice="Onder ons.", text_consent=True, audience=audience)

    page = text_of(Client().get(own))

    assert "Te veel voor één dag." in page
    assert "Onder ons." not in page
    assert Client().post(own, {"text": "Ha", "ervaring": row.pk}).status_code == 422
    assert not Reply.objects.exists()


def test_no_school_is_named_to_it(own: str, told: Experience) -> None:
    assert "Verre school" not in Client().get(own).content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "Bel jan@school.example.",
        "Bel 0470 12 34 56 eens.",
        "Mevrouw Peeters was er niet.",
        "Meester Tom vond het goed.",
    ],
)
def test_data_of_persons_are_asked_about_and_an_opinion_is_not(own: str, text: str) -> None:
    page: Any = Client().post(own, {"text": text})

    assert page.status_code == 422
    assert not Reply.objects.exists()
    assert Client().post(own, {"text": "Wij vinden dit onterecht."}).status_code == 302


def test_who_is_sure_can_send_it_all_the_same(own: str) -> None:
    assert Client().post(own, {"text": "Bel 0470 12 34 56.", "sure": "on"}).status_code == 302


def test_a_text_without_persons_holds_none() -> None:
    assert personal.found_in("In 2024 deden 212 leerlingen van 10 tot 12 jaar mee.") == []


def test_it_reports_words_that_name_somebody(own: str, told: Experience) -> None:
    given = {"reason": "person", "words": "Hier staat een naam."}

    Client().post(f"{own}melden/?ervaring={told.pk}", given)

    row = Report.objects.get()
    assert (row.thing, row.by_partner, row.by) == (f"experience:{told.pk}", True, None)
