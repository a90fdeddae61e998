"""The world in which the journeys take place: schools, a register, goals, mail that arrives."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.frameworks.queries import content_of, latest
from partnerwijzer.goals import actions as goals
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.numbers import dotted
from partnerwijzer.mail import post
from tests.goals.conftest import envelope, goal_set, record
from tests.journeys.looking import Looker, keys_in
from tests.journeys.person import Person
from tests.kbo.extracts import Org, full, number, write_zip
from tests.personas import World, make_world

PARTNER = "Studio Klankrijk"
NUMBER = dotted(number(1))
GOAL = "De leerlingen maken samen een geluidsverhaal."
OLD_GOAL = "De leerlingen nemen een cassette op."
LOWER = goal_set(
    30,
    onderwijsdoelenset="Lager onderwijs - Media",
    korte_naam="Media",
    onderwijsstructuur={"onderwijsniveau": "Lager onderwijs"},
)


@pytest.fixture
def world(transactional_db: None) -> World:
    """Two schools that are strangers, with the framework that comes with the product."""
    frameworks.ensure_published()
    return make_world()


@pytest.fixture
def register(settings: Any, tmp_path: Path) -> None:
    """A register with two invented organisations."""
    settings.KBO_DIR = tmp_path / "kbo"
    found = Org(
        place=1,
        name=PARTNER,
        town=("9000", "Gent"),
        contacts=[("WEB", "www.klankrijk.example")],
        activities=[("001", "2025", "85520", "MAIN")],
    )
    other = Org(place=2, name="Klankbord Consult", form="610", situation="012")
    import_extract(write_zip(tmp_path / "KboOpenData_0100_2025_01_Full.zip", full([found, other])))


@pytest.fixture
def goals_list(world: World, tmp_path: Path) -> None:
    """One goal that holds and one that does not any more."""
    expired = {"type": "Niet meer geldig", "geldig_tot_dt": "2020-08-31T00:00:00Z"}
    page = [
        record(1, code="3.2", omschrijving=GOAL, onderwijsdoelenset=LOWER),
        record(2, code="3.9", omschrijving=OLD_GOAL, geldigheid=expired, onderwijsdoelenset=LOWER),
    ]
    path = tmp_path / "doelen.json"
    path.write_text(json.dumps(envelope(page)), "utf-8")
    goals.import_goals_file(path, actor=SYSTEM)


@pytest.fixture
def looker(world: World) -> Iterator[Looker]:
    content = content_of(latest(SYSTEM).pk)
    looker = Looker(keys_in(content.model_dump(mode="json")))
    yield looker
    assert not looker.complaints, "\n".join(looker.complaints)


@pytest.fixture
def person(visit: Callable[..., Any], world: World, looker: Looker) -> Callable[..., Person]:
    """person("teacher") is signed in; person() has no account, or did not sign in yet."""

    def make(name: str = "", **browser: Any) -> Person:
        return Person(visit(world.user(name) if name else None, **browser), looker)

    return make


def address_in_mail(to: str) -> str:
    """Sends what waits, as the background worker does, and gives the link in the mail to `to`."""
    post.sweep()
    bodies = [str(m.body) for m in mail.outbox if to in m.to]
    assert bodies, f"no mail to {to}"
    return next(word for word in bodies[-1].split() if word.startswith("http"))
