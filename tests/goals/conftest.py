"""A small invented page of goals, in the layout of the API."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.goals import actions
from partnerwijzer.goals.models import Goal
from tests.personas import World, make_world


def goal_set(number: int = 10, **changes: Any) -> dict[str, Any]:
    return {
        "onderwijsdoelenset_id": number,
        "onderwijsdoelenset": "Secundair onderwijs 1ste graad A-stroom -  Kaarten - Eindtermen",
        "korte_naam": "Kaarten",
        "versie": "2.1",
        "onderwijsstructuur": {"onderwijsniveau": "Secundair onderwijs", "graad": "1ste graad"},
        "vlaamse_sleutelcompetentie": {"nr": "9", "naam": "Ruimte", "korte_naam": "Ruimte"},
    } | changes


def record(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "@id": number,
        "code": "09.01",
        "omschrijving": "<p>De leerlingen lezen een kaart van het reliëf.</p>",
        "onderwijsdoel_type": "Eindtermen",
        "attitude": 0,
        "optioneel": False,
        "titels": {},
        "geldigheid": {"type": "Geldig", "geldig_van_dt": "2024-09-01T00:00:00Z"},
        "onderwijsdoelenset": goal_set(),
    } | changes


MUSIC = goal_set(
    20,
    onderwijsdoelenset="Academie muziek",
    korte_naam="Muziek",
    onderwijsstructuur={"onderwijsniveau": "Deeltijds kunstonderwijs"},
    vlaamse_sleutelcompetentie={"nr": "16", "naam": "Cultuur"},
)
PAGE = [
    record(1),
    record(2, code="09.02", omschrijving="De leerlingen meten een afstand op de landkaart."),
    record(3, code="1", omschrijving="De leerlingen zingen.", onderwijsdoelenset=MUSIC),
    record(
        4,
        code="1",
        omschrijving="De leerlingen bewaren de oude kaart.",
        geldigheid={"type": "Niet meer geldig", "geldig_tot_dt": "2020-08-31T00:00:00Z"},
    ),
]


def envelope(records: list[dict[str, Any]]) -> dict[str, Any]:
    return {"gegevens": {"totalItems": len(records), "member": records}}


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """write(content, name) makes a file of it: text as it is, anything else as JSON."""

    def make(content: Any, name: str = "page1.json") -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return path

    return make


@pytest.fixture
def goals(db: None, write: Write) -> dict[int, Goal]:
    actions.import_goals_file(write(envelope(PAGE)), actor=SYSTEM)
    return Goal.objects.in_bulk()


@pytest.fixture
def world(db: None) -> World:
    return make_world()
