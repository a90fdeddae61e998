"""The invented extract of the benchmarks: true layout and shares, the same for the same seed."""

import zipfile
from pathlib import Path

import pytest

from benchmarks.kbo_extract import write_full, write_update
from partnerwijzer import places
from partnerwijzer.kbo import register
from partnerwijzer.kbo.errors import ExtractGap
from partnerwijzer.kbo.extract import COLUMNS, Extract
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.numbers import check_digits

SCALE = 0.0005
# Lines of the extract of October 2025 (without header), of which these have to be a share.
REAL = {
    "enterprise": 1_938_238,
    "establishment": 1_672_490,
    "denomination": 3_309_908,
    "address": 2_841_756,
    "contact": 691_158,
    "activity": 36_306_369,
}


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    write_full(tmp_path / "full.zip", 3, SCALE, None)
    return tmp_path / "full.zip"


def test_it_has_the_columns_of_the_register(invented: Path) -> None:
    with Extract(invented) as extract:
        for name in COLUMNS:
            with extract.table(name) as table:
                assert all(len(row) == len(COLUMNS[name]) for row in table.rows)


def test_it_has_the_proportions_of_the_register(invented: Path) -> None:
    with zipfile.ZipFile(invented) as archive:
        lines = {name: archive.read(f"{name}.csv").count(b"\n") - 1 for name in REAL}

    assert lines == {name: pytest.approx(real * SCALE, rel=0.15) for name, real in REAL.items()}


def test_the_same_seed_gives_the_same_file(invented: Path, tmp_path: Path) -> None:
    write_full(tmp_path / "again.zip", 3, SCALE, None)
    write_full(tmp_path / "other.zip", 4, SCALE, None)

    assert (tmp_path / "again.zip").read_bytes() == invented.read_bytes()
    assert (tmp_path / "other.zip").read_bytes() != invented.read_bytes()


def test_it_is_imported_with_its_update(invented: Path, tmp_path: Path) -> None:
    report = import_extract(invented)
    assert report.legal_persons == pytest.approx(1_192_663 * SCALE, rel=0.1)

    write_update(tmp_path / "update.zip", 3, SCALE, None, 147)
    after = import_extract(tmp_path / "update.zip")
    assert after.gone > 0
    assert after.added == 30
    assert after.complete


def test_it_can_leave_a_gap(invented: Path, tmp_path: Path) -> None:
    import_extract(invented)
    write_update(tmp_path / "gap.zip", 3, SCALE, None, 149)

    with pytest.raises(ExtractGap, match=r"147–148 ontbreekt"):
        import_extract(tmp_path / "gap.zip")


def test_its_numbers_and_places_are_right(invented: Path) -> None:
    with Extract(invented) as extract:
        with extract.table("enterprise") as table:
            keys = [row[0] for row in table.rows]
        with extract.table("establishment") as table:
            keys += [row[0] for row in table.rows]
        with extract.table("address") as table:
            seats = [(row[4], row[5]) for row in table.rows if not row[2]]

    digits = [key.replace(".", "") for key in keys]
    assert [each for each in digits if check_digits(int(each[:8])) != each[8:]] == []
    assert len(set(digits)) == len(digits)
    towns = {(place.postcode, place.town_nl) for place in places.everywhere()}
    assert set(seats) <= towns


def test_what_it_holds_can_be_found(invented: Path) -> None:
    import_extract(invented)

    assert register.search("bibliotheek")
    assert register.search("residentie")
