"""Somebody who visits the trial pages in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browsing import Visitor
from tests.personas import World, make_world
from tests.ui import trial

Visit = Callable[..., Visitor]


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture(autouse=True)
def _trial_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.ui.trial"
    trial.saved.clear()


@pytest.fixture
def head(visit: Visit, world: World) -> Visitor:
    return visit(world.user("head"))
