"""migrate, demo and check-framework."""

import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.organisations.models import User

Run = Callable[..., Any]
CONTENT = Path(__file__).parents[2] / "content" / "frameworks" / "partnerwijzer"


def test_migrate_publishes_the_framework_once(run: Run, nothing_published: None) -> None:
    first, second = run("migrate", "--json"), run("migrate", "--json")

    releases = [str(version) for version in FrameworkVersion.objects.all()]
    assert json.loads(first.out) == {"migrations": 0, "frameworks": releases}
    assert json.loads(second.out) == {"migrations": 0, "frameworks": []}
    assert len(releases) == 1


@pytest.mark.slow
def test_migrate_makes_the_tables_that_the_suite_runs_on(
    run_apart: Run, own_environment: dict[str, str], migrated: Path
) -> None:
    """See tests/quickly.py."""
    ended = run_apart("migrate")

    assert ended.code == 0
    assert tables_in(migrated) == tables_in(Path(own_environment["PARTNERWIJZER_DATA"]))


def tables_in(data: Path) -> list[tuple[str, ...]]:
    """Every table, index and trigger, as it was made."""
    with contextlib.closing(sqlite3.connect(data / "partnerwijzer.sqlite3")) as database:
        found = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 2")
        return found.fetchall()


def test_serve_refuses_a_database_that_misses_migrations(run_apart: Run) -> None:
    ended = run_apart("serve", "--port", "9")

    assert ended.code == 1
    assert ended.err.startswith("Fout: De databank mist ")
    assert ended.err.endswith("Doe eerst: partnerwijzer migrate\n")


def test_demo_is_not_loaded_twice(run: Run, db: None) -> None:
    User.objects.create_user("directie@demo.example", "x", name="Directie", is_demo=True)

    ended = run("demo")

    assert (ended.code, ended.out) == (0, "De demo staat er al. Er is niets gewijzigd.\n")
    assert User.objects.count() == 1


def test_demo_stays_out_of_a_database_with_real_people(run: Run, db: None) -> None:
    User.objects.create_user("echt@school.example", "x", name="Echt")

    ended = run("demo")

    assert ended.code == 4
    assert ended.err.startswith("Fout: In deze databank staan echte mensen.")
    assert User.objects.count() == 1


def test_check_framework_finds_our_own_in_order(run: Run) -> None:
    ended = run("check-framework", str(CONTENT))

    assert ended.code == 0
    assert ended.out.splitlines()[-1].startswith("Dit kader is in orde.")


def test_check_framework_says_where_the_fault_is(run: Run, tmp_path: Path) -> None:
    for file in CONTENT.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text())
    broken = tmp_path / "framework.yaml"
    broken.write_text(broken.read_text() + "\nonbekend: 1\n")

    in_words = run("check-framework", str(tmp_path))
    for_program = run("check-framework", str(tmp_path), "--json")

    assert (in_words.code, for_program.code) == (1, 1)
    assert "framework.yaml, regel" in in_words.out
    answer = json.loads(for_program.out)
    assert answer["fit"] is False
    assert {"framework.yaml"} == {p["file"] for p in answer["problems"] if not p["advice"]}


@pytest.mark.parametrize("place", ["leeg", "weg"])
def test_check_framework_of_nothing_is_a_failure(place: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()

    ended = run("check-framework", str(tmp_path / place))

    assert ended.code == {"leeg": 1, "weg": 2}[place]
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "command",
    [
        ("import", "kbo", "."),
        ("import", "goals", "*.json"),
        ("export", "databank", "databank.json"),
    ],
)
def test_lists_go_in_and_out_only_where_the_tables_are(
    command: tuple[str, ...], run_apart: Run
) -> None:
    ended = run_apart(*command)

    assert ended.code == 1
    assert ended.err.startswith("Fout: De databank mist ")
    assert "partnerwijzer migrate" in ended.err


def test_the_help_of_an_import_needs_no_tables(run_apart: Run) -> None:
    assert run_apart("import", "kbo", "--help").code == 0
