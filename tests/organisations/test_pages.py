"""The pages about schools: who gets in, the list, and one's own account."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.organisations import actors, queries
from partnerwijzer.organisations.models import Membership, Priority, School, User
from tests.organisations.conftest import SignIn
from tests.organisations.pages import HTMX, post, text
from tests.personas import World

# Who gets in


def pages(world: World) -> dict[str, list[Any]]:
    teacher = Membership.objects.get(user=world.user("teacher"))
    priority = Priority.objects.get_or_create(school=world.school, text="Lezen")[0]
    return {
        "school_detail": [world.school.pk],
        "edit_profile": [world.school.pk],
        "edit_priority": [priority.pk],
        "remove_priority": [priority.pk],
        "people_of": ["school", world.school.pk],
        "invite": ["school", world.school.pk],
        "change_role": [teacher.pk],
        "end_membership": [teacher.pk],
    }


PAGES = (
    "school_detail", "edit_profile", "edit_priority", "remove_priority", "people_of", "invite",
    "change_role", "end_membership",
)  # fmt: skip
EXPECTED = {
    "head": dict.fromkeys(PAGES, 200),
    "coordinator": {
        "school_detail": 200, "edit_profile": 200, "edit_priority": 200, "remove_priority": 200,
        "people_of": 200, "invite": 404, "change_role": 404, "end_membership": 404,
    },
    "teacher": {
        "school_detail": 200, "edit_profile": 404, "edit_priority": 404, "remove_priority": 404,
        "people_of": 404, "invite": 404, "change_role": 404, "end_membership": 404,
    },
    "board_admin": {
        "school_detail": 200, "edit_profile": 404, "edit_priority": 404, "remove_priority": 404,
        "people_of": 200, "invite": 200, "change_role": 200, "end_membership": 200,
    },
    "adviser": {
        "school_detail": 200, "edit_profile": 404, "edit_priority": 404, "remove_priority": 404,
        "people_of": 404, "invite": 404, "change_role": 404, "end_membership": 404,
    },
    "other_head": dict.fromkeys(PAGES, 404),
}  # fmt: skip


@pytest.mark.usefixtures("framework")
@pytest.mark.parametrize("who", EXPECTED)
def test_each_page_opens_for_who_may_and_is_not_there_for_others(
    who: str, world: World, sign_in: SignIn
) -> None:
    client = sign_in(who)

    found = {
        name: client.get(reverse(f"organisations:{name}", args=args)).status_code
        for name, args in pages(world).items()
    }

    assert found == EXPECTED[who]


def test_own_pages_lead_where_this_person_works(world: World, sign_in: SignIn) -> None:
    assert "Waar staat onze school voor?" in text(sign_in("teacher").get("/onze-school/"))
    assert sign_in("board_admin").get("/onze-school/").url == "/scholen/"
    assert "School A" in text(sign_in("head").get("/mensen/"))
    assert "Gemeente Veerdegem" in text(sign_in("board_admin").get("/mensen/"))
    assert "Koepel Test" in text(sign_in("umbrella_admin").get("/mensen/"))


@pytest.mark.parametrize("kind", ["school", "bestuur", "koepel", "iets"])
def test_a_place_of_somebody_else_is_not_there(kind: str, world: World, sign_in: SignIn) -> None:
    client = sign_in("head")

    assert client.get(f"/mensen/{kind}/{world.other_school.pk}/").status_code == 404


# Schools


def test_the_list_of_schools_is_searched_and_the_part_equals_the_page(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in("umbrella_admin")
    part = client.get("/scholen/?zoek=zus", headers=HTMX).content.decode().strip()
    page = client.get("/scholen/?zoek=zus").content.decode()

    assert part in page
    assert ("School Zus" in part, "School A" in part) == (True, False)


def test_the_list_asks_the_same_number_of_questions_for_few_and_for_many(
    world: World, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    School.objects.bulk_create(
        School(name=f"S{n}", kind="basis", umbrella=world.umbrella) for n in range(60)
    )
    client = sign_in("umbrella_admin")

    with django_assert_max_num_queries(7):
        page = client.get("/scholen/")

    assert text(page).count("S1") > 1
    assert len(page.content) < 60 * 1024


def test_a_school_is_made_by_hand_and_its_head_invited(world: World, sign_in: SignIn) -> None:
    client = sign_in("umbrella_admin")
    data = {
        "name": "De Nieuwe",
        "kind": "basis",
        "umbrella": world.umbrella.pk,
        "number": "4321",
        "board": "Gemeente Veerdegem",
        "postcode": "9999",
        "town": "Veerdegem",
    }

    response = post(client, "new_school", **data)
    school = School.objects.get(number="4321")
    assert response.url == f"/scholen/{school.pk}/"
    assert "Nodig de directie uit" in text(client.get(response.url))

    again = post(client, "new_school", **data)
    assert (again.status_code, School.objects.filter(number="4321").count()) == (422, 1)


def test_an_adviser_is_assigned_and_ended(world: World, sign_in: SignIn) -> None:
    client = sign_in("umbrella_admin")

    post(client, "assign_adviser", world.sister.pk, adviser=world.user("adviser").pk)
    assert [u.name for u in queries.advisers(world.sister.pk)] == ["Adviser"]

    row = queries.assignments(world.sister)[0]
    assert "Stopt Adviser als anker?" in text(client.get(f"/ankers/{row.pk}/beeindigen/"))
    post(client, "end_assignment", row.pk)
    assert list(queries.advisers(world.sister.pk)) == []


def test_assigning_nobody_says_so(world: World, sign_in: SignIn) -> None:
    client = sign_in("umbrella_admin")
    post(client, "assign_adviser", world.sister.pk)

    assert "Kies eerst iemand." in text(client.get(f"/scholen/{world.sister.pk}/"))


# One's own account


def test_somebody_of_two_schools_switches_and_it_is_remembered(
    world: World, sign_in: SignIn
) -> None:
    Membership.objects.create(user=world.user("head"), school=world.sister, role="teacher")
    client = sign_in("head")

    post(client, "switch_school", school=world.sister.pk)
    assert "School Zus" in text(client.get("/onze-school/"))
    user = User.objects.get(pk=world.user("head").pk)
    assert actors.actor_of(user).school_id == world.sister.pk

    post(client, "switch_school", school=world.other_school.pk)
    assert "School Zus" in text(client.get("/onze-school/"))


def test_name_and_language_are_saved(world: World, sign_in: SignIn) -> None:
    client = sign_in("teacher")

    response = post(client, "account", name=" Lena  Nieuw ", language="en")

    user = User.objects.get(pk=world.user("teacher").pk)
    assert (user.name, user.language) == ("Lena Nieuw", "en")
    assert response.cookies["taal"].value == "en"
    assert client.get("/mijn-gegevens/").headers["Content-Language"] == "en"


def test_the_language_is_chosen_before_signing_in_too(db: None) -> None:
    client = Client()

    response = post(client, "language", taal="en", next="/account/login/")

    assert response.url == "/account/login/"
    page = client.get(response.url)
    assert page.headers["Content-Language"] == "en"
    assert "In het Nederlands" in text(page)


@pytest.mark.parametrize("back", ["https://kwaad.example/", "//kwaad.example", "javascript:x"])
def test_choosing_a_language_never_leads_to_another_site(back: str, db: None) -> None:
    assert post(Client(), "language", taal="en", next=back).url == "/"
