"""A dossier with an activity, led by the coordinator, and people of both worlds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.volunteers import actions
from partnerwijzer.volunteers.models import Slot, Volunteer
from tests.dossiers.story import Story, kept, last_token
from tests.personas import World, make_world

MAIL = "mia@ouders.example"


@dataclass(frozen=True)
class Built:
    world: World
    story: Story
    dossier: int
    activity: int


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
    with kept(django_db_blocker):
        frameworks.ensure_published()
        story = Story(make_world())
        dossier = story.open(story.make_partner("De bib"), title="Voorlezen")
        story.begin(dossier)
        activity = story.plan(dossier)
        yield Built(story.world, story, dossier.pk, activity.pk)


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
def slot(dossier: Dossier, story: Story, built: Built) -> Slot:
    """One reading parent is welcome."""
    activity = Activity.objects.get(pk=built.activity)
    return actions.want(
        dossier, actor=story.teacher, activity=activity, key="reading-parents", wanted=1
    )


@pytest.fixture
def mia(dossier: Dossier, story: Story) -> tuple[Volunteer, str]:
    """A parent who was asked, with the secret in the mail."""
    person = actions.ask(
        dossier, actor=story.coordinator, who="parent", name="Mia Proef", email=MAIL,
        phone="0470 00 00 00",
    )  # fmt: skip
    return person, last_token("/vrijwilliger/")


SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make
