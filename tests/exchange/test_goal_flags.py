"""A goal that a new list says no longer holds is flagged where it is used, by itself."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.goals.actions import import_goals_file
from partnerwijzer.goals.models import Goal
from tests.dossiers.story import Story
from tests.goals.conftest import envelope, record
from tests.partners.conftest import MakeOffer, MakePartner, SignIn
from tests.partners.pages import text_of
from tests.personas import World

Read = Callable[..., Goal]
ENDED = {"type": "Niet meer geldig", "geldig_tot_dt": "2026-08-31T00:00:00Z"}


@pytest.fixture
def read(db: None, tmp_path: Path) -> Read:
    """read() reads a list with one goal in; read(geldigheid=…) reads it as it is by then."""

    def do(**changes: Any) -> Goal:
        path = tmp_path / "page.json"
        path.write_text(json.dumps(envelope([record(1, **changes)])))
        import_goals_file(path, actor=SYSTEM)
        return Goal.objects.get(pk=1)

    return do


def test_on_the_page_of_a_partner_also_while_the_goals_are_folded(
    read: Read, make_partner: MakePartner, make_offer: MakeOffer, sign_in: SignIn
) -> None:
    partner = make_partner()
    make_offer(partner).goals.set([read()])
    client, address = sign_in("teacher"), reverse("partners:detail", args=[partner.pk])
    before = text_of(client.get(address))

    read(geldigheid=ENDED)

    after = text_of(client.get(address))
    assert "niet meer geldig" not in before
    assert "1 onderwijsdoel 1 geldt niet meer" in after
    assert "niet meer geldig sinds 1 september 2026" in after


def test_in_a_dossier(read: Read, world: World, make_partner: MakePartner, sign_in: SignIn) -> None:
    story = Story(world)
    dossier = story.open(make_partner())
    basics.choose_goals(dossier, actor=story.coordinator, goals=[read()])
    client = sign_in("teacher")
    pages = [reverse(f"dossiers:{name}", args=[dossier.pk]) for name in ("detail", "facts")]
    before = [text_of(client.get(page)) for page in pages]

    read(geldigheid=ENDED)

    after = [text_of(client.get(page)) for page in pages]
    assert ["niet meer geldig" in text for text in before] == [False, False]
    assert ["niet meer geldig" in text for text in after] == [True, True]
