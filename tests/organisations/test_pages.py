"""The pages about schools and people, as browsers ask for them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.access.models import AccessLink
from partnerwijzer.organisations import actions, actors, queries
from partnerwijzer.organisations.models import Membership, Priority, School, User
from tests.organisations.conftest import SignIn, last_mail, link_in
from tests.personas import World

HTMX = {"HX-Request": "true"}


def text(response: Any) -> str:
    """The words of a page, without tags and double spaces."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main")[-1])
    return " ".join(plain.split())


def post(client: Client, page: str, /, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"organisations:{page}", args=args), data)


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


# The profile


PROFILE = {"project": "Wij leren samen.", "themes": ["reading"], "levels": ["lager"]}


@pytest.mark.usefixtures("framework")
def test_the_profile_is_saved_and_shown(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")

    response = post(client, "edit_profile", world.school.pk, **PROFILE, version=0)

    assert response.url == "/onze-school/"
    page = text(client.get(response.url))
    assert "Wij leren samen." in page
    assert "lezen en boeken" in page
    assert "Head paste het profiel van de school aan." in page


@pytest.mark.usefixtures("framework")
def test_a_conflict_shows_both_texts_and_saving_again_wins(world: World, sign_in: SignIn) -> None:
    head, coordinator = sign_in("head"), sign_in("coordinator")
    post(
        coordinator,
        "edit_profile",
        world.school.pk,
        **{**PROFILE, "project": "Van Cora."},
        version=0,
    )

    mine = {**PROFILE, "project": "Van het hoofd."}
    response = post(head, "edit_profile", world.school.pk, **mine, version=0)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Coordinator, om" in text(response)
    assert "Van Cora." in page
    assert "Van het hoofd." in page
    assert 'name="version" value="1"' in page
    assert queries.profile_of(world.school).project == "Van Cora."

    post(head, "edit_profile", world.school.pk, **mine, version=1)
    assert queries.profile_of(world.school).project == "Van het hoofd."


@pytest.mark.usefixtures("framework")
def test_a_wrong_profile_is_shown_again_with_what_was_typed(world: World, sign_in: SignIn) -> None:
    wrong = {"project": "x" * 6001, "themes": ["bestaat-niet"], "version": 0}
    response = post(sign_in("head"), "edit_profile", world.school.pk, **wrong)

    assert response.status_code == 422
    assert "x" * 6001 in response.content.decode()
    assert "Dit is nog niet bewaard." in text(response)


@pytest.mark.usefixtures("framework")
def test_only_levels_of_this_kind_of_school_are_offered_and_what_was_chosen_before(
    world: World, sign_in: SignIn
) -> None:
    actions.save_profile(
        world.school,
        actor=world.actor("head"),
        version=0,
        project="",
        themes=[],
        levels=["secundair"],
    )
    page = sign_in("head").get(f"/scholen/{world.school.pk}/profiel/").content.decode()

    offered = re.findall(r'name="levels" value="([\w-]+)"', page)
    assert offered == [
        "kleuter",
        "lager",
        "lager-graad-1",
        "lager-graad-2",
        "lager-graad-3",
        "secundair",
    ]


def test_priorities_are_added_changed_moved_and_removed(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    for words in ("Lezen", "Buurt"):
        post(client, "add_priority", world.school.pk, text=words)
    first, second = queries.priorities(world.school)

    post(client, "move_priority", second.pk, naar="boven")
    post(client, "edit_priority", first.pk, text="Elke dag lezen", version=1)
    assert [p.text for p in queries.priorities(world.school)] == ["Buurt", "Elke dag lezen"]

    assert "Haal je deze prioriteit weg?" in text(client.get(f"/prioriteiten/{second.pk}/weg/"))
    post(client, "remove_priority", second.pk)
    assert [p.text for p in queries.priorities(world.school)] == ["Elke dag lezen"]


def test_a_priority_that_stands_there_is_refused_with_the_words_kept(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in("head")
    post(client, "add_priority", world.school.pk, text="Lezen")

    response = post(client, "add_priority", world.school.pk, text="lezen")

    assert response.status_code == 422
    assert "Deze prioriteit staat er al." in text(response)
    assert 'value="lezen"' in response.content.decode()


def test_a_priority_that_somebody_else_changed_shows_both(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    post(client, "add_priority", world.school.pk, text="Lezen")
    priority = queries.priorities(world.school)[0]
    actions.change_priority(priority, actor=world.actor("coordinator"), version=1, text="Van Cora")

    response = post(client, "edit_priority", priority.pk, text="Van mij", version=1)

    assert response.status_code == 409
    assert "Nu staat er: “Van Cora”." in text(response)
    assert 'value="Van mij"' in response.content.decode()


# People


def test_an_invitation_goes_out_and_is_listed(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    data = {"name": "Nora", "email": "nora@school.example", "role": "teacher"}

    response = post(client, "invite", "school", world.school.pk, **data)

    page = text(client.get(response.url))
    assert "Nora kreeg een mail met een link. Die werkt 14 dagen." in page
    assert "nora@school.example" in page
    assert "Head nodigde Nora uit als leerkracht." in page


def test_a_wrong_invitation_is_shown_again(world: World, sign_in: SignIn) -> None:
    data = {"name": "Nora", "email": "geen adres", "role": "umbrella_admin"}
    response = post(sign_in("head"), "invite", "school", world.school.pk, **data)

    assert response.status_code == 422
    assert 'value="geen adres"' in response.content.decode()
    assert not AccessLink.objects.exists()


def test_resend_and_withdraw(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    invitation = invite(world)

    post(client, "invitation_again", invitation.pk)
    response = client.get("/mensen/")
    assert "Nora kreeg een nieuwe mail. De vorige link werkt niet meer." in text(response)

    post(client, "invitation_withdraw", invitation.pk)
    assert "De uitnodiging van Nora is ingetrokken." in text(client.get("/mensen/"))
    assert queries.invitations(world.school) == []


def invite(world: World, **changes: str) -> Any:
    data = {"email": "nora@school.example", "name": "Nora", "role": "teacher"} | changes
    return actions.invite(world.school, actor=world.actor("head"), **data)


def test_a_stranger_touches_no_invitation(world: World, sign_in: SignIn) -> None:
    invitation = invite(world)
    client = sign_in("other_head")

    found = [
        post(client, name, invitation.pk).status_code
        for name in ("invitation_again", "invitation_withdraw")
    ]

    assert found == [404, 404]
    assert invitation.link.usable


def test_a_role_is_changed_and_ended_after_asking(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    membership = Membership.objects.get(user=world.user("teacher"))

    post(client, "change_role", membership.pk, role="coordinator")
    fresh = Membership.objects.get(user=world.user("teacher"), ended_at=None)
    assert fresh.role == "coordinator"

    assert "Stopt Teacher hier?" in text(client.get(f"/mensen/rol/{fresh.pk}/beeindigen/"))
    assert Membership.objects.filter(pk=fresh.pk, ended_at=None).exists()
    post(client, "end_membership", fresh.pk)
    assert not Membership.objects.filter(user=world.user("teacher"), ended_at=None).exists()


def test_the_page_says_why_the_last_head_stays(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    membership = Membership.objects.get(user=world.user("head"))

    post(client, "end_membership", membership.pk)

    assert "Head is hier de enige directie." in text(client.get("/mensen/"))


def test_sending_the_same_form_twice_invites_once(world: World, sign_in: SignIn) -> None:
    client = sign_in("head")
    data = {"name": "N", "email": "n@school.example", "role": "teacher", "once": "abc"}

    first = post(client, "invite", "school", world.school.pk, **data)
    again = post(client, "invite", "school", world.school.pk, **data)

    assert first.url == again.url
    assert AccessLink.objects.count() == 1


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


# Invitations


def test_somebody_new_makes_an_account_and_is_signed_in(world: World) -> None:
    invite(world)
    client, address = Client(), link_in(last_mail())
    page = text(client.get(address))
    assert "Werk je mee bij School A?" in page
    assert "Head nodigt je uit als leerkracht." in page

    response = client.post(address, {"name": "Nora Nieuw", "password": "een lang geheim zinnetje"})

    assert response.url == "/"
    assert "Waar staat onze school voor?" in text(client.get("/onze-school/"))
    assert client.get(address).status_code == 410


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("kort", "Dit wachtwoord is te kort."),
        ("qwertyuiop123", "Dit wachtwoord is te algemeen."),
        ("nora@school.example", "Het wachtwoord lijkt te veel op"),
    ],
)
def test_a_weak_password_is_refused_and_the_name_stays(
    password: str, message: str, world: World
) -> None:
    invite(world)
    response = Client().post(link_in(last_mail()), {"name": "Nora Anders", "password": password})

    assert response.status_code == 422
    assert 'value="Nora Anders"' in response.content.decode()
    assert not User.objects.filter(email="nora@school.example").exists()


def test_somebody_with_an_account_signs_in_and_accepts(world: World) -> None:
    invite(world, email="sister@school.example")
    client, address = Client(), link_in(last_mail())
    assert f"?next={address}" in client.get(address).content.decode().replace("%2F", "/")

    client.force_login(world.user("sister"))
    assert "Je bent aangemeld als" in text(client.get(address))
    assert client.post(address).url == "/"

    assert world.actor("sister").works_at(world.school.pk)
    assert "Welkom bij School A." in text(client.get("/onze-school/"))


def test_an_invitation_for_another_address_warns_before_accepting(world: World) -> None:
    invite(world)
    client = Client()
    client.force_login(world.user("sister"))

    assert "De uitnodiging ging naar een ander adres." in text(client.get(link_in(last_mail())))


def test_posting_without_signing_in_to_an_invitation_of_an_account_does_nothing(
    world: World,
) -> None:
    invite(world, email="sister@school.example")
    address = link_in(last_mail())

    response = Client().post(address, {"name": "x", "password": "een lang geheim zinnetje"})

    assert "Je hebt al een account" in text(response)
    assert not world.actor("sister").works_at(world.school.pk)


def test_a_link_that_was_never_given_out_is_not_there(db: None) -> None:
    assert Client().get("/uitnodiging/verzonnen/").status_code == 404


def test_a_withdrawn_invitation_says_so(world: World) -> None:
    invitation = invite(world)
    address = link_in(last_mail())
    actions.withdraw_invitation(invitation, actor=world.actor("head"))

    response = Client().get(address)

    assert response.status_code == 410
    assert "Ze is ingetrokken." in text(response)
