"""For tests of modules round a dossier: one school with one dossier, kept for a whole package.

A conftest says how its dossier comes about, `built = keeps(begin)`, and takes the fixtures along.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.frameworks import actions as frameworks
from tests.dossiers.conftest import SignIn, sign_in, story, world
from tests.dossiers.story import Story, kept
from tests.personas import World, make_world

__all__ = ["Built", "SignIn", "begun", "dossier", "keeps", "sign_in", "story", "world"]


@dataclass(frozen=True)
class Built:
    world: World
    story: Story
    dossier: int


def begun(story: Story, *, goals: int = 0) -> Dossier:
    """A dossier of class 5A with one partner, and this many goals."""
    dossier = story.open(story.make_partner("Schermlicht vzw"), title="Museum in de klas")
    story.begin(dossier)
    for number in range(1, goals + 1):
        story.choose_goal(dossier, story.make_goal(number))
    return dossier


def keeps(begin: Callable[[Story], Dossier]) -> Any:
    """A fixture that makes the world and this dossier once for all tests of a package."""

    @pytest.fixture(scope="package", name="built")
    def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
        with kept(django_db_blocker):
            frameworks.ensure_published()
            story = Story(make_world())
            yield Built(story.world, story, begin(story).pk)

    return built


@pytest.fixture
def dossier(db: None, built: Built) -> Dossier:
    return Dossier.objects.get(pk=built.dossier)
