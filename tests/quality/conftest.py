"""One school with a dossier of class 5A with two goals, and people of both worlds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.frameworks import actions as frameworks
from tests.dossiers.story import Story, kept
from tests.personas import World, make_world


@dataclass(frozen=True)
class Built:
    world: World
    story: Story
    dossier: int


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
    with kept(django_db_blocker):
        frameworks.ensure_published()
        story = Story(make_world())
        dossier = story.open(story.make_partner("Schermlicht vzw"), title="Museum in de klas")
        story.begin(dossier)
        story.choose_goal(dossier, story.make_goal(1))
        story.choose_goal(dossier, story.make_goal(2))
        yield Built(story.world, story, dossier.pk)


@pytest.fixture
def world(db: None, built: Built) -> World:
    return built.world


@pytest.fixture
def story(db: None, built: Built) -> Story:
    return built.story


@pytest.fixture
def dossier(db: None, built: Built) -> Dossier:
    return Dossier.objects.get(pk=built.dossier)


SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make
