"""A register of its own for every test, and an invented world to import."""

from pathlib import Path
from typing import Any

import pytest

from tests.kbo.extracts import Org, full, write_zip


@pytest.fixture(autouse=True)
def kbo_dir(settings: Any, tmp_path: Path) -> Path:
    """An empty folder for the register."""
    settings.KBO_DIR = tmp_path / "kbo"
    return tmp_path / "kbo"


@pytest.fixture
def kbo_samples(samples: Path) -> Path:
    """The real samples of the register, where they are."""
    return samples / "kbo"


@pytest.fixture
def orgs() -> list[Org]:
    """An academy with two places, a company, a town, and a natural person."""
    return [
        Org(
            place=1,
            name="Muziekacademie De Bijloke",
            names=[("1", "001", "Académie de musique"), ("2", "002", "M.A.B.")],
            situation="000",
            contacts=[("WEB", "www.bijloke.example"), ("EMAIL", "info@bijloke.example")],
            activities=[
                ("001", "2008", "85520", "MAIN"),
                ("001", "2025", "85520", "MAIN"),
                ("006", "2025", "85520", "MAIN"),
                ("006", "2025", "91110", "MAIN"),
                ("003", "2025", "62100", "SECO"),
            ],
            seats=[(1, "Filiaal Muide"), (2, "")],
        ),
        Org(place=2, name="Softwarehuis Vermeulen", form="610", situation="050",
            town=("3000", "Leuven"), activities=[("001", "2025", "62100", "MAIN")]),
        Org(place=3, name="Stad Voorbeeldegem", form="411", town=("9999", "Voorbeeldegem"),
            seats=[(3, "Stedelijke Openbare Bibliotheek")]),
        Org(place=4, legal=False, names=[("0", "001", "Peeters, An")],
            contacts=[("TEL", "09 999 99 99")], seats=[(4, "Praktijk Peeters")],
            activities=[("001", "2025", "62100", "MAIN")]),
    ]  # fmt: skip


@pytest.fixture
def full_zip(tmp_path: Path, orgs: list[Org]) -> Path:
    """The invented world as full extract 100 of 3 January 2025."""
    return write_zip(tmp_path / "KboOpenData_0100_2025_01_Full.zip", full(orgs))
