"""An umbrella and a school that write."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partnerwijzer.authoring import actions
from partnerwijzer.authoring.models import Draft
from partnerwijzer.frameworks import actions as publishing
from partnerwijzer.frameworks import queries as frameworks
from partnerwijzer.frameworks.models import FrameworkVersion
from tests.personas import World, make_world

SignIn = Callable[[str], Client]
QUESTION = {
    "wat": "bewaar", "question": "Is het bereikbaar met de fiets?",
    "guidance": "Kijk dit na. Het telt.",
    "evidence": "een kaart\neen rit", "step": "know-partner", "measure": "normal", "version": "1",
    "rest-source": ["own"],
}  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    publishing.ensure_published()
    return make_world()


@pytest.fixture
def ours(world: World) -> FrameworkVersion:
    return frameworks.latest(world.actor("head"))


@pytest.fixture
def draft(world: World, ours: FrameworkVersion) -> Draft:
    """Of the umbrella: just begun, as ours."""
    return actions.begin_framework(
        world.umbrella, actor=world.actor("umbrella_admin"), title="Koepelkader", base=ours
    )


@pytest.fixture
def questions(world: World, ours: FrameworkVersion) -> Draft:
    """Of the school: empty."""
    return actions.begin_questions(world.school, actor=world.actor("head"), base=ours)


@pytest.fixture
def sign_in(world: World) -> SignIn:
    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make


def typed(**more: Any) -> dict[str, Any]:
    return {**QUESTION, **more}
