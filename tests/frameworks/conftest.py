"""The shipped content, and a copy of it that a test may spoil."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from partnerwijzer.frameworks import actions, loader
from partnerwijzer.frameworks.schema import Content

SHIPPED = Path(settings.CONTENT_DIR) / "frameworks" / "partnerwijzer"
Edit = Callable[[str, str, str], int]


@pytest.fixture(scope="session")
def content() -> Content:
    return loader.load(SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "framework"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    """edit("framework", old, new) changes the first occurrence and gives its line."""

    def change(file: str, old: str, new: str) -> int:
        path = folder / f"{file}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return change


@pytest.fixture
def new_version(folder: Path) -> Callable[[str], Path]:
    """Gives all six files another version."""

    def change(version: str) -> Path:
        for path in folder.glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace('version: "1.0.0"', f'version: "{version}"', 1))
        return folder

    return change


@pytest.fixture(autouse=True)
def _forget_releases() -> Iterator[None]:
    """Tests roll back, so numbers of releases come back with other content."""
    yield
    actions.forget()
