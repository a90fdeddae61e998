"""Days of elections that an operator brings in by a command, with source and day (K4)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.elections import listed
from partnerwijzer.elections.actions import withdraw_election
from partnerwijzer.elections.listed import Listed, Wrong
from partnerwijzer.elections.models import Election
from tests.cli.conftest import run  # noqa: F401 -- a fixture

TODAY = date(2026, 11, 22)
HEADS = ("Naam", "Dag", "Bron", "Nagekeken op")


def test_each_line_is_a_day_with_its_source_or_says_why_not() -> None:
    """domain.md 3.2: a configurable list of election dates; never one without its source."""
    rows = [
        HEADS,
        ("Gemeenteraad", "2030-10-13", "overheid.example", "22/11/2026"),
        ("Vlaams Parlement", "10/6/2029", "overheid.example", "2026-11-01"),
        ("Europa", "31/2/2029", "overheid.example", "2026-11-01"),
        ("Europa", "2029-06-10", "", "2026-11-01"),
        ("Europa", "2029-06-10", "overheid.example", "2027-01-01"),
        ("Kort",),
    ]

    found, wrong = listed.read(list(enumerate(rows, 1)), TODAY)

    assert found == [
        Listed(2, "Gemeenteraad", date(2030, 10, 13), "overheid.example", TODAY),
        Listed(3, "Vlaams Parlement", date(2029, 6, 10), "overheid.example", date(2026, 11, 1)),
    ]
    assert wrong == [
        Wrong(4, "een dag ontbreekt of is geen datum."),
        Wrong(5, "bron ontbreekt of is te lang."),
        Wrong(6, "nagekeken op een dag die nog moet komen."),
        Wrong(7, "een dag ontbreekt of is geen datum."),
    ]


@pytest.mark.parametrize("rows", [[], [(1, ("Naam", "Dag"))]])
def test_without_the_four_columns_nothing_is_read(rows: list[tuple[int, tuple[str, ...]]]) -> None:
    with pytest.raises(listed.NoColumns):
        listed.read(rows, TODAY)


def test_reading_it_in_again_changes_nothing(
    db: None,
    run: Callable[..., object],  # noqa: F811
    tmp_path: Path,
) -> None:
    path = tmp_path / "verkiezingen.csv"
    path.write_text(
        "naam;dag;bron;nagekeken\nGemeenteraad;2030-10-13;overheid.example;2020-01-01\n;;;x\n"
    )

    first, second = run("import", "elections", str(path)), run("import", "elections", str(path))

    assert "1  dagen nieuw" in first.out  # type: ignore[attr-defined]
    assert "rij 3: een dag ontbreekt" in first.out  # type: ignore[attr-defined]
    assert "1  dagen die er al stonden" in second.out  # type: ignore[attr-defined]
    assert [str(row) for row in Election.objects.all()] == ["Gemeenteraad"]


def test_what_was_withdrawn_stays_so_and_another_source_is_named(
    db: None,
    run: Callable[..., object],  # noqa: F811
    tmp_path: Path,
) -> None:
    """domain.md 3.2: the operator says which days count; a table does not undo that unseen."""
    path = tmp_path / "verkiezingen.csv"

    def read_in(source: str) -> str:
        path.write_text(f"naam;dag;bron;nagekeken\nEuropa;2029-06-10;{source};2020-01-01\n")
        return str(run("import", "elections", str(path)).out)  # type: ignore[attr-defined]

    read_in("oud.example")
    other = read_in("nieuw.example")
    withdraw_election(Election.objects.get(), actor=SYSTEM)
    again, corrected = read_in("oud.example"), read_in("nieuw.example")

    assert "rij 2: staat er al met een andere bron (oud.example): Europa." in other
    assert "rij 2: ingetrokken, niet opnieuw ingelezen: Europa, 10/06/2029." in again
    assert "1  dagen nieuw" in corrected
    assert [row.source for row in Election.objects.standing()] == ["nieuw.example"]
