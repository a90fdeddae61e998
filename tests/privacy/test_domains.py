"""The addresses of pupils, as the school keeps them on one page."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerwijzer.privacy.models import PupilDomain
from tests.dossiers.pages import form
from tests.personas import World, make_world

ADDRESS = "privacy:school"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def opened(world: World, who: str) -> tuple[Client, dict[str, str]]:
    client = Client()
    client.force_login(world.user(who))
    return client, form(client.get(reverse(ADDRESS)), domains="")


def test_of_two_who_change_the_list_at_once_both_count(world: World) -> None:
    client, fields = opened(world, "head")
    client.post(reverse(ADDRESS), {**fields, "domains": "oud.example"})
    me, mine = opened(world, "head")
    colleague, theirs = opened(world, "coordinator")

    colleague.post(reverse(ADDRESS), {**theirs, "domains": "oud.example\nhunne.example"})
    me.post(reverse(ADDRESS), {**mine, "domains": "mijne.example"})

    assert set(PupilDomain.objects.values_list("domain", flat=True)) == {
        "hunne.example",
        "mijne.example",
    }
