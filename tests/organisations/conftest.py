"""Known people of two schools, and the mails that went out."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.mail.models import OutgoingMail
from tests.personas import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def framework(db: None) -> None:
    """The lists of themes and levels that the profile chooses from."""
    frameworks.ensure_published()


@pytest.fixture
def sign_in(world: World) -> Callable[[str], Client]:
    """sign_in("head") gives a browser in which that person is signed in."""

    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make


SignIn = Callable[[str], Client]


def last_mail() -> OutgoingMail:
    found = OutgoingMail.objects.order_by("-pk").first()
    assert found is not None, "no mail was written"
    return found


def link_in(mail: OutgoingMail) -> str:
    """The path of the first address in a mail that is longer than the address of the site."""
    found = re.search(r"https?://[^/\s]+(/\S{2,})", mail.body)
    assert found, mail.body
    return found[1]
