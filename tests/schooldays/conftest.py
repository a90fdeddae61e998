"""A school, and an academy that teaches on Saturday."""

from collections.abc import Callable

import pytest
from django.test import Client

from partnerwijzer.access.actor import Actor
from tests.personas import World, make_world

SignIn = Callable[[str], Client]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def head(world: World) -> Actor:
    return world.actor("head")


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """sign_in("head") gives a browser in which that person is signed in."""

    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make
