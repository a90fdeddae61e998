"""`export databank` and `import databank`: what is said, and that nothing half is left."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.partners.models import Partner
from tests.partners.conftest import MakePartner

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def _one_partner(make_partner: MakePartner) -> None:
    make_partner("Bib Veerdegem")


def test_out_and_in_again_by_command(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "databank.json"

    out = run("export", "databank", str(path))
    Partner.objects.all().delete()
    back = run("import", "databank", str(path))

    assert (out.code, back.code, back.out) == (0, 0, "1 partner ingelezen.\n")
    assert [partner.name for partner in Partner.objects.all()] == ["Bib Veerdegem"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_program_gets_the_counts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "databank.json"
    run("export", "databank", str(path))
    Partner.objects.all().delete()

    answer = json.loads(run("import", "databank", str(path), "--json").out)

    assert answer["partners.partner"] == 1


def test_a_workbook_by_its_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "databank.xlsx"

    assert run("export", "databank", str(path)).code == 0
    assert path.read_bytes().startswith(b"PK")


def test_what_is_there_is_not_overwritten_unless_asked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "databank.json"
    path.write_text("van iemand anders")

    refused = run("export", "databank", str(path))
    kept = path.read_text()
    forced = run("export", "databank", str(path), "--force")

    assert (refused.code, kept, forced.code) == (1, "van iemand anders", 0)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["databank.txt", "databank"])
def test_another_kind_is_wrong_use(name: str, run: Run, tmp_path: Path) -> None:
    assert run("export", "databank", str(tmp_path / name)).code == 2


def test_where_it_cannot_be_written_nothing_is_left(run: Run, tmp_path: Path) -> None:
    ended = run("export", "databank", str(tmp_path / "geen-map" / "databank.json"))

    assert ended.code == 1
    assert "kan niet geschreven worden" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_where_partners_are_the_reason_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "databank.json"
    run("export", "databank", str(path))

    ended = run("import", "databank", str(path))

    assert ended.code == 1
    assert "Er is hier al een databank" in ended.err
