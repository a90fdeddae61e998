"""One school with a dossier in every stage, built once for all tests of this folder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Activity, AgreementVersion, Decision, Dossier
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.partners.models import Partner
from tests.dossiers.story import Story, kept
from tests.personas import World, make_world


@dataclass(frozen=True)
class Built:
    """What stands in the database before each test; a test reads rows again to change them."""

    world: World
    story: Story
    partner: Partner
    opened: int
    screened: int
    agreed: int
    decided: int


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
    with kept(django_db_blocker):
        frameworks.ensure_published()
        yield _build()


def _build() -> Built:
    story = Story(make_world())
    partner = story.make_partner("Schermlicht vzw")
    opened = story.open(partner, title="Pas begonnen")
    screened = story.screened(story.open(partner, title="Goed nagekeken"))
    agreed = story.screened(story.open(partner, title="Afgesproken"))
    story.agree(agreed)
    decided = story.screened(story.open(partner, title="Beslist"))
    story.agree(decided)
    story.decide(decided)
    return Built(story.world, story, partner, opened.pk, screened.pk, agreed.pk, decided.pk)


@pytest.fixture
def world(db: None, built: Built) -> World:
    return built.world


@pytest.fixture
def story(db: None, built: Built) -> Story:
    return built.story


@pytest.fixture
def partner(db: None, built: Built) -> Partner:
    return Partner.objects.get(pk=built.partner.pk)


@pytest.fixture
def opened(db: None, built: Built) -> Dossier:
    """Just opened: a partner, nothing else."""
    return Dossier.objects.get(pk=built.opened)


@pytest.fixture
def screened(db: None, built: Built) -> Dossier:
    """All that a `yes` asks for is there; nobody was asked to decide yet."""
    return Dossier.objects.get(pk=built.screened)


@pytest.fixture
def agreed(db: None, built: Built) -> Dossier:
    """As screened, and both sides confirmed the agreement."""
    return Dossier.objects.get(pk=built.agreed)


@pytest.fixture
def decided(db: None, built: Built) -> Dossier:
    """As agreed, and the head signed a `yes`."""
    return Dossier.objects.get(pk=built.decided)


@pytest.fixture
def decision(decided: Dossier) -> Decision:
    return decided.decisions.get()


@pytest.fixture
def activity(decided: Dossier, story: Story) -> Activity:
    """Planned next week with a teacher: nothing stands in the way of confirming."""
    return story.plan(decided)


@pytest.fixture
def begun(story: Story, opened: Dossier) -> Dossier:
    """As opened, with the group, the people and the situations."""
    story.begin(opened)
    return Dossier.objects.get(pk=opened.pk)


@pytest.fixture
def version(story: Story, begun: Dossier) -> AgreementVersion:
    """Version 1 of the agreement, not sent yet."""
    return story.fix(begun)


@pytest.fixture
def token(story: Story, version: AgreementVersion) -> str:
    """The secret in the mail to the partner."""
    return story.send(version)


@pytest.fixture
def head(story: Story) -> Actor:
    return story.head


@pytest.fixture
def coordinator(story: Story) -> Actor:
    return story.coordinator


@pytest.fixture
def teacher(story: Story) -> Actor:
    return story.teacher


SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """sign_in("head") gives a browser in which that person is signed in."""

    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make


@pytest.fixture
def sponsored(story: Story, screened: Dossier) -> Dossier:
    """A dossier with sponsoring; all else that a `yes` asks for is there."""
    dossier = story.situation(screened, sponsoring=True)
    story.judge_all(dossier)
    return Dossier.objects.get(pk=dossier.pk)
