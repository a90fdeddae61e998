"""What collectstatic makes: one style sheet, hashed names, nothing that points to nothing."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from partnerwijzer.ui import storage

CSS = Path(storage.__file__).parent / "static" / "ui" / "css"
BUDGET = 40_000
LOCAL = re.compile(r"""(?:url\(|from |import )["']?([^"')]+\.\w+)["')]""")


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "partnerwijzer.ui.storage.JoinedStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "static"


def hashed(folder: Path, stem: str, kind: str) -> Path:
    (found,) = folder.glob(f"{stem}.????????????.{kind}")
    return found


@pytest.mark.slow
def test_the_sheet_that_pages_link_to_holds_all_parts_in_their_layers(collected: Path) -> None:
    sheet = hashed(collected / "ui/css", "main", "css").read_text()

    assert "@import" not in sheet
    assert "/*" not in sheet
    assert re.findall(r"^@layer (\w+)\{", sheet, re.M) == re.findall(
        r"layer\((\w+)\);", (CSS / "main.css").read_text()
    )
    assert len(sheet.encode()) < BUDGET


def test_every_token_that_a_rule_uses_is_there() -> None:
    """A rule with a token that is not there is dropped in silence."""
    text = "".join(part.read_text() for part in CSS.glob("*.css"))

    used = set(re.findall(r"var\((--[\w-]+)\)", text))

    assert used - set(re.findall(r"(--[\w-]+):", text)) == set()


@pytest.mark.slow
def test_collecting_again_takes_in_a_part_that_changed(
    collected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The joined sheet of the last release stands there and is newer than its source."""
    first = (collected / "ui/css/main.css").read_text()
    (collected / "ui/css/main.css").write_text(first.replace("font-size", "font-gone"))

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (collected / "ui/css/main.css").read_text() == first


@pytest.mark.slow
def test_hashed_files_of_ours_point_to_hashed_files_that_exist(collected: Path) -> None:
    broken = [
        f"{file.name}: {target}"
        for file in [
            *collected.glob("ui/css/main.*.css"),
            *collected.glob("ui/js/*.????????????.js"),
        ]
        for target in LOCAL.findall(file.read_text())
        if not (file.parent / target).is_file() or not re.search(r"\.[0-9a-f]{12}\.", target)
    ]

    assert broken == []


def test_each_part_stands_in_the_sheet_once() -> None:
    named = re.findall(r'@import "([\w.-]+)"', (CSS / "main.css").read_text())

    assert sorted(named) == sorted(f.name for f in CSS.glob("*.css") if f.name != "main.css")


def test_no_sheet_names_another_host() -> None:
    files = [path for finder in get_finders() for path, _storage in finder.list([])]

    assert "ui/css/main.css" in files
    assert [f.name for f in CSS.glob("*.css") if re.search(r"https?:|//", f.read_text())] == []
