"""Registers en lijsten: what was read in, and where to read it in anew."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.kbo.actions import import_register
from tests.dossiers.pages import words
from tests.kbo.extracts import Org, full, write_zip
from tests.personas import World

pytestmark = pytest.mark.django_db


def page_of(world: World, who: str) -> Any:
    client = Client()
    client.force_login(world.user(who))
    return client.get(reverse("home:lists"))


def test_who_keeps_the_umbrella_sees_what_was_read_in(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.KBO_DIR = tmp_path / "kbo"
    orgs = [Org(place=place, name=f"Club {place}") for place in range(1, 4)]
    import_register(write_zip(tmp_path / "a.zip", full(orgs)), actor=SYSTEM)

    page = page_of(world, "umbrella_admin")

    assert "3 organisaties · stand van 3 januari 2025 · ingelezen op" in words(page)
    assert reverse("kbo:import") in page.content.decode()


def test_what_was_never_read_in_is_said(world: World, settings: Any, tmp_path: Path) -> None:
    settings.KBO_DIR = tmp_path / "kbo"

    assert words(page_of(world, "umbrella_admin")).count("nog niet ingelezen") == 4


def test_register_that_cannot_be_read_is_said(world: World, settings: Any, tmp_path: Path) -> None:
    settings.KBO_DIR = tmp_path
    (tmp_path / "current.json").write_text("{")

    assert "Het register is beschadigd." in words(page_of(world, "umbrella_admin"))


@pytest.mark.parametrize("who", ["head", "coordinator", "teacher", "board_admin", "adviser"])
def test_others_do_not_see_it(world: World, who: str) -> None:
    page = page_of(world, who)

    assert page.status_code == 404
    client = Client()
    client.force_login(world.user(who))
    assert reverse("home:lists") not in client.get("/").content.decode()
