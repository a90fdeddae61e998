"""A language coach for a school year: a structural cooperation, and people of both worlds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors import actions
from partnerwijzer.factors.models import Ask
from partnerwijzer.frameworks import actions as frameworks
from tests.dossiers.story import Story, kept, last_token
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
        dossier = story.open(story.make_partner("Taalkompas"), title="Taalcoach", kind="structural")
        story.begin(dossier)
        Dossier.objects.filter(pk=dossier.pk).update(
            planned_from=story.today - timedelta(days=1),
            planned_until=story.today + timedelta(days=99),
        )
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


Give = Callable[..., Any]


@pytest.fixture
def give(story: Story, dossier: Dossier) -> Give:
    """give("teacher", 4) scores every statement with 4; `but` says which get something else."""

    def make(who: str, value: int, moment: str = "start", **but: int) -> Any:
        answers = all_answers(story, value) | {k.replace("_", "-"): v for k, v in but.items()}
        return actions.score(dossier, actor=story.world.actor(who), moment=moment, answers=answers)

    return make


def all_answers(story: Story, value: int) -> dict[str, int]:
    factors = story.content.factors.working_factors
    return {s.key: value for f in factors for s in f.statements}


@pytest.fixture
def asked(story: Story, dossier: Dossier) -> tuple[Ask, str]:
    """The partner was asked at the start; with the secret in the mail."""
    ask = actions.ask(
        dossier,
        actor=story.coordinator,
        row=dossier.partners.get(),
        moment="start",
        email="an@partner.example",
        name="An",
    )
    return ask, last_token("/werking/")


SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make
