"""A school with a dossier of last school year, and people of both worlds."""

from datetime import date, time
from typing import Any

import pytest

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.dossiers.queries import reading
from tests.archive.ended import closed  # noqa: F401 -- fixture
from tests.dossiers import one
from tests.personas import World

SignIn = one.SignIn
world, story, dossier, sign_in = one.world, one.story, one.dossier, one.sign_in
built = one.keeps(lambda story: one.begun(story, goals=1))


@pytest.fixture
def head(world: World) -> Actor:
    return world.actor("head")


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
