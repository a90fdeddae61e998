"""The page of elections: everybody reads, who keeps the databank writes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerwijzer.elections.models import Election
from partnerwijzer.frameworks import actions as frameworks
from tests.personas import World, make_world

PAGE = "/verkiezingen/"


@pytest.fixture
def world(db: None) -> World:
    frameworks.ensure_published()
    return make_world()


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.user(who))
    return client


def facts(days: int = 200, **changes: str) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "name": "Gemeenteraad", "on": (today + timedelta(days=days)).isoformat(),
        "source": "overheid.example", "read_on": today.isoformat(), **changes,
    }  # fmt: skip


def test_the_keeper_enters_a_day_with_its_source(world: World) -> None:
    client = browser(world, "umbrella_admin")

    answer = client.post(PAGE, facts(), follow=True)

    row = Election.objects.get()
    assert (row.name, row.source, row.entered_by) == (
        "Gemeenteraad",
        "overheid.example",
        world.user("umbrella_admin"),
    )
    assert "overheid.example" in answer.content.decode()


def test_a_school_reads_and_cannot_enter(world: World) -> None:
    client = browser(world, "head")

    assert client.post(PAGE, facts()).status_code == 403
    assert 'name="source"' not in client.get(PAGE).content.decode()
    assert not Election.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": ""}, "Dit veld is verplicht."),
        ({"on": "31/02/2027"}, "geldige datum"),
        ({"read_on": "2999-01-01"}, "Kies vandaag of een dag die voorbij is."),
    ],
)
def test_what_is_wrong_is_said_and_kept_on_the_page(
    changes: dict[str, str], words: str, world: World
) -> None:
    answer = browser(world, "umbrella_admin").post(PAGE, facts(**changes)).content.decode()

    assert words in answer
    assert 'value="Gemeenteraad"' in answer
    assert not Election.objects.exists()


def test_the_same_day_twice_is_refused(world: World) -> None:
    client = browser(world, "umbrella_admin")
    client.post(PAGE, facts())

    answer = client.post(PAGE, facts()).content.decode()

    assert "staan al in de lijst" in answer
    assert Election.objects.count() == 1


def test_a_day_that_was_wrong_counts_no_more(world: World) -> None:
    client = browser(world, "umbrella_admin")
    client.post(PAGE, facts())

    client.post(f"{PAGE}{Election.objects.get().pk}/weg/")

    assert Election.objects.get().withdrawn_at is not None
    assert "Er is nog geen datum ingevuld." in client.get(PAGE).content.decode()
