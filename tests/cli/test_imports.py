"""import goals, schools and kbo: what is said, to people and to programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.cli import imports
from partnerwijzer.goals.models import Goal
from partnerwijzer.kbo.progress import Progress as KboProgress
from partnerwijzer.organisations.models import School
from tests.goals.conftest import envelope, record

Run = Callable[..., Any]


@pytest.fixture
def goals_file(tmp_path: Path) -> Path:
    path = tmp_path / "page.json"
    path.write_text(json.dumps(envelope([record(1), record(2)])))
    return path


@pytest.fixture
def schools_file(tmp_path: Path) -> Path:
    """Three vestigingsplaatsen of two schools, in the dialect of the official list."""
    path = tmp_path / "vestigingen.csv"
    rows = ["schoolnummer;intern_vplnummer;naam", "901;1;De Eik", "901;2;De Eik", "902;1;De Beuk"]
    path.write_bytes(("\ufeff" + "\r".join(rows) + "\r").encode())
    return path


@pytest.fixture
def register(tmp_path: Path, settings: Any) -> Path:
    """An empty place for the register of organisations."""
    settings.KBO_DIR = tmp_path / "kbo"
    return tmp_path / "kbo"


def test_goals_are_counted_in_words(run: Run, db: None, goals_file: Path) -> None:
    ended = run("import", "goals", str(goals_file))

    assert (ended.code, ended.out) == (0, "         2  nieuw\n")
    assert Goal.objects.count() == 2


def test_goals_read_again_are_as_they_were(run: Run, db: None, goals_file: Path) -> None:
    run("import", "goals", str(goals_file))

    ended = run("import", "goals", str(goals_file.parent), "--json")

    answer = json.loads(ended.out)
    assert (answer["new"], answer["changed"], answer["same"]) == (0, 0, 2)


def test_schools_are_counted_in_words(run: Run, db: None, schools_file: Path) -> None:
    ended = run("import", "schools", str(schools_file))

    assert ended.code == 0
    assert ended.out.splitlines()[:2] == [
        "         2  scholen nieuw",
        "         3  vestigingsplaatsen nieuw",
    ]
    assert sorted(School.objects.values_list("name", flat=True)) == ["De Beuk", "De Eik"]


def test_answer_of_schools_is_clean_json(run: Run, db: None, schools_file: Path) -> None:
    ended = run("import", "schools", str(schools_file), "--json")

    assert json.loads(ended.out)["campuses_new"] == 3


@pytest.mark.parametrize("kind", ["goals", "schools", "kbo"])
def test_file_of_another_kind_is_refused_with_its_name(
    kind: str, run: Run, db: None, register: Path, tmp_path: Path
) -> None:
    other = tmp_path / "brief.txt"
    other.write_text("Geachte directie,\n")

    ended = run("import", kind, str(other))

    assert (ended.code, ended.out) == (1, "")
    assert "brief.txt" in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(("kind", "code"), [("goals", 1), ("schools", 2), ("kbo", 2)])
def test_path_that_leads_to_nothing_is_refused(
    kind: str, code: int, run: Run, db: None, register: Path, tmp_path: Path
) -> None:
    ended = run("import", kind, str(tmp_path / "weg"))

    assert ended.code == code
    assert "bestaat niet" in ended.err


def test_many_reasons_are_cut_short(capsys: pytest.CaptureFixture[str]) -> None:
    report = {"new": 1200, "refused": 30, "reasons": [f"regel {n}" for n in range(30)]}

    imports._tell(report, {"new": "nieuw", "refused": "niet bruikbaar"}, as_json=False)

    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["     1.200  nieuw", "        30  niet bruikbaar", "  · regel 0"]
    assert lines[-1] == "  · en nog 10, zie --json"


def test_kbo_shows_file_rows_rate_and_time_left() -> None:
    now = KboProgress("read", "address.csv", 2_000_000, 400_000.0, 0.36, 12.4)

    assert imports._moment(now).line("KBO") == (
        "KBO: lezen address.csv  ▕█████████···············▏   36 %"
        "  2.000.000 regels  400.000/s  nog 12 s"
    )


class TestRealSamples:
    """The pieces of the real registers are read without loss."""

    def test_goals(self, run: Run, db: None, samples: Path) -> None:
        ended = run("import", "goals", str(samples / "goals"), "--json")

        answer = json.loads(ended.out)
        assert (answer["refused"], answer["new"]) == (0, Goal.objects.count())
        assert answer["new"] > 0

    def test_schools(self, run: Run, db: None, samples: Path) -> None:
        ended = run("import", "schools", str(samples / "schools" / "vestigingen.csv"), "--json")

        answer = json.loads(ended.out)
        assert (answer["refused"], answer["schools_new"]) == (0, School.objects.count())
        assert answer["schools_new"] > 0

    def test_register_full_and_then_known(
        self, run: Run, db: None, register: Path, samples: Path
    ) -> None:
        path = str(samples / "kbo" / "full_mini")

        first, second = run("import", "kbo", path, "--json"), run("import", "kbo", path)

        answer = json.loads(first.out)
        assert (answer["kind"], answer["changed"]) == ("full", True)
        assert answer["legal_persons"] > 0
        assert "was al ingelezen" in second.out

    def test_update_that_does_not_follow_is_refused_unless_allowed(
        self, run: Run, db: None, register: Path, samples: Path
    ) -> None:
        update = str(samples / "kbo" / "update_0147")
        run("import", "kbo", str(samples / "kbo" / "full_mini"))

        refused, allowed = run("import", "kbo", update), run("import", "kbo", update, "--allow-gap")

        assert (refused.code, allowed.code) == (1, 0)
        assert "ontbreekt" in refused.err
