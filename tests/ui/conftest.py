"""Drawing pieces of templates, and people who look at pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client

from tests.personas import World, make_world

Draw = Callable[..., str]


@pytest.fixture
def draw() -> Draw:
    """draw("{% chip x %}", x=1) gives the HTML of a piece of template."""

    def make(text: str, **context: Any) -> str:
        return Template(text).render(Context(context))

    return make


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def head(world: World) -> Client:
    """A browser in which the head of the school is signed in."""
    client = Client()
    client.force_login(world.user("head"))
    return client
