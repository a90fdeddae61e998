"""One school with a dossier for class 5A, and people of both worlds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from partnerwijzer.costs import actions
from partnerwijzer.costs.models import CostCeiling, CostLine, OtherCost
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.frameworks import actions as frameworks
from tests.dossiers.story import Story, kept
from tests.personas import World, make_world

YEAR = 2026


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
        dossier.groups.all().delete()
        yield Built(story.world, story, dossier.pk)


class Purse:
    """Notes costs with the real actions; what a test does not name is usual."""

    def __init__(self, story: Story, dossier: Dossier) -> None:
        self.story, self.dossier, self.actor = story, dossier, story.coordinator

    def group(
        self, label: str = "5A", level: str = "lager-graad-3", *, dossier: Any = None
    ) -> None:
        basics.add_group(
            dossier or self.dossier, actor=self.actor, level=level, label=label, pupils=20
        )

    def line(self, parents: str = "10", *, dossier: Any = None, **more: Any) -> CostLine:
        of = dossier or self.dossier
        if not of.groups.exists():
            self.group(dossier=of)
        facts = {
            "what": "Museumbezoek",
            "unit": "pupil",
            "amount": Decimal(200),
            "times": 1,
            "parents_each": Decimal(parents),
            "duration": "one-day",
            "need": "extra",
            "school_year": YEAR,
            **more,
        }
        return actions.add_line(of, actor=self.actor, facts=facts, groups=of.groups.all())

    def other(self, parents: str, label: str = "5A", **more: Any) -> OtherCost:
        facts = {
            "what": "Schoolreis",
            "school_year": YEAR,
            "level": "lager-graad-3",
            "label": label,
            "parents_each": Decimal(parents),
            "duration": "one-day",
            "need": "extra",
            **more,
        }
        return actions.add_other(self.story.world.school, actor=self.actor, facts=facts)

    def ceiling(self, amount: str = "100", **more: Any) -> CostCeiling:
        facts = {
            "kind": "one-day",
            "level": "lager",
            "school_year": YEAR,
            "amount": Decimal(amount),
            "source": "Omzendbrief van de test",
            "url": "https://overheid.example/bedragen",
            "read_on": date(2026, 9, 1),
            **more,
        }
        keeper = self.story.world.actor("umbrella_admin")
        return actions.enter_ceiling(self.story.world.umbrella, actor=keeper, facts=facts)


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
def purse(story: Story, dossier: Dossier) -> Purse:
    return Purse(story, dossier)


SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make
