"""Who may do what: each action, tried by everybody on the very same things."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction

import partnerwijzer.dossiers.actions
from partnerwijzer.access.actor import ANONYMOUS, Actor
from partnerwijzer.dossiers.models import Dossier
from tests.dossiers import (
    deeds,
    deeds_agreeing,
    deeds_deciding,
    deeds_kept,
    deeds_running,
    deeds_screening,
)
from tests.dossiers.deeds import edit
from tests.dossiers.stage import Act, Rows, Stage
from tests.dossiers.story import PARTNER_SIDE, Story
from tests.personas import World

TABLE: Rows = {
    **deeds.TABLE,
    **deeds_screening.TABLE,
    **deeds_agreeing.TABLE,
    **deeds_deciding.TABLE,
    **deeds_running.TABLE,
    **deeds_kept.TABLE,
}


def _every_action() -> Iterator[Any]:
    package = partnerwijzer.dossiers.actions
    for found in walk_packages(package.__path__, f"{package.__name__}."):
        for value in vars(import_module(found.name)).values():
            if callable(value) and getattr(value, "permission", "").startswith("dossiers."):
                yield value


def test_every_action_stands_in_the_table() -> None:
    assert set(_every_action()) == set(TABLE)


def _counts() -> dict[str, int]:
    models = [m for m in apps.get_models() if m._meta.app_label in ("dossiers", "audit")]
    return {m._meta.label: m._default_manager.count() for m in models}


def _everybody(world: World) -> dict[str, Actor]:
    users = {name: world.actor(name) for name in world.users}
    return {**users, "anonymous": ANONYMOUS, "link": PARTNER_SIDE}


def _try(act: Act, who: Actor) -> bool:
    try:
        act(who)
    except PermissionDenied:
        return False
    return True


def _tried(prepare: Callable[[Stage], Act], stage: Stage, who: Actor) -> bool:
    """As _try, on things made anew; whatever happened is undone."""
    with transaction.atomic():
        through = _try(prepare(stage), who)
        transaction.set_rollback(True)
    return through


@pytest.fixture
def stage(story: Story, opened: Dossier, decided: Dossier) -> Stage:
    return Stage(story, opened, decided)


@pytest.mark.parametrize("action", TABLE, ids=lambda action: action.__name__)
def test_only_these_people_may(action: Any, stage: Stage, world: World) -> None:
    may, prepare = TABLE[action]
    everybody = _everybody(world)
    act = prepare(stage)
    before = _counts()

    refused = {name for name, who in everybody.items() if name not in may and not _try(act, who)}

    assert refused == set(everybody) - may
    assert _counts() == before


@pytest.mark.parametrize("action", TABLE, ids=lambda action: action.__name__)
def test_each_of_these_people_may(action: Any, stage: Stage, world: World) -> None:
    may, prepare = TABLE[action]

    assert [name for name in may if not _tried(prepare, stage, _everybody(world)[name])] == []


def test_somebody_who_left_the_school_may_nothing_any_more(
    stage: Stage, world: World, opened: Dossier
) -> None:
    assert _tried(edit, stage, world.actor("teacher"))

    world.user("teacher").memberships.update(ended_at=opened.created_at)

    assert not _tried(edit, stage, world.actor("teacher"))
