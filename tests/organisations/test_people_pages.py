"""The pages on which people are invited, change roles and make an account."""

from typing import Any

import pytest
from django.test import Client

from partnerwijzer.access.models import AccessLink
from partnerwijzer.organisations import actions, queries
from partnerwijzer.organisations.models import Membership, User
from tests.organisations.conftest import SignIn, last_mail, link_in
from tests.organisations.pages import post, text
from tests.personas import World

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
