"""A school with a dossier of last school year, and people of both worlds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks import actions as frameworks
from tests.dossiers.story import Story, kept
from tests.personas import World, make_world

SignIn = Callable[[str], Client]


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


@pytest.fixture
def head(world: World) -> Actor:
    return world.actor("head")


@pytest.fixture
def sign_in(world: World) -> SignIn:
    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make


def plan_on(dossier: Dossier, actor: Actor, day: date, **facts: Any) -> None:
    """A moment on a day, with a teacher."""
    running.plan_activity(
        dossier,
        actor=actor,
        facts={"title": "Bezoek", "on": day, "starts": time(9), "ends": time(11)} | facts,
        groups=dossier.groups.all(),
        teachers=[],
    )


def whole(actor: Actor, dossier: Dossier) -> Dossier:
    return reading.get_whole(actor, dossier.pk)
