from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from partnerwijzer.access.actor import Actor, Kind


@pytest.fixture
def anna() -> Actor:
    return Actor(Kind.USER, name="Anna", user_id=7)


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    """The folder of files of one test."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"
