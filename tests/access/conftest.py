"""Two schools, and a permission and a verb that exist for these tests only."""

import pytest

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Actor
from partnerwijzer.audit import log
from partnerwijzer.organisations.models import School
from tests.personas import World, make_world

MAY = "tests.rename"
VERB = "tests.renamed"


def works_there(actor: Actor, school: School | None) -> bool:
    return actor.signed_in if school is None else actor.works_at(school.pk)


@pytest.fixture(autouse=True)
def permission(monkeypatch: pytest.MonkeyPatch) -> str:
    """Registered for one test: other tests read the registers as the product has them."""
    monkeypatch.setitem(gate._rules, MAY, works_there)
    monkeypatch.setitem(log._sentences, VERB, "{who} noemde de school {name}.")
    return MAY


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def school(world: World) -> School:
    return world.school


@pytest.fixture
def teacher(world: World) -> Actor:
    return world.actor("teacher")


@pytest.fixture
def stranger(world: World) -> Actor:
    return world.actor("other_head")
