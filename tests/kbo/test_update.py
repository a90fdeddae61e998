"""Update extracts: deletes before inserts, in order, and nobody vanishes."""

from datetime import date
from pathlib import Path

import pytest

from partnerwijzer.kbo import register
from partnerwijzer.kbo.enterprise import Name, Signal
from partnerwijzer.kbo.errors import ExtractGap, OlderExtract, OtherVersion, ShrunkExtract
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.numbers import dotted
from tests.kbo.extracts import Org, full, number, seat_number, update, write_zip

DAY = "04-01-2025"


@pytest.fixture
def base(full_zip: Path) -> None:
    """Full extract 100 is in use."""
    import_extract(full_zip)


def update_zip(folder: Path, extract: int = 101, **changes: object) -> Path:
    """An update extract of 4 January 2025."""
    files = update(**changes)  # type: ignore[arg-type]
    return write_zip(folder / f"{extract}.zip", files, kind="update", extract=extract, day=DAY)


def key(place: int) -> str:
    return dotted(number(place))


@pytest.mark.usefixtures("base")
def test_enterprise_that_goes_stays_as_gone(tmp_path: Path) -> None:
    everything = ("enterprise", "denomination", "address", "activity", "contact")

    report = import_extract(update_zip(tmp_path, deleted={name: [key(1)] for name in everything}))

    found = register.lookup(number(1))
    assert found is not None
    assert (report.added, report.renewed, report.gone, report.legal_persons) == (0, 0, 1, 2)
    assert found.gone_since == date(2025, 1, 4)
    assert found.signals == (
        Signal("gone", "Niet meer actief in de KBO op 4 januari 2025.", "block"),
    )
    assert found.name == "Muziekacademie De Bijloke"
    assert found.seat is not None
    assert found.contacts == ()
    assert [hit.signals for hit in register.search("Bijloke")] == [found.signals]


@pytest.mark.usefixtures("base")
def test_enterprise_that_goes_stays_gone_since_the_same_day(
    tmp_path: Path, orgs: list[Org]
) -> None:
    import_extract(update_zip(tmp_path, deleted={"enterprise": [key(1)]}))

    report = import_extract(
        write_zip(tmp_path / "full.zip", full(orgs[1:]), extract=102, day="05-01-2025")
    )

    found = register.lookup(number(1))
    assert found is not None
    assert (found.gone_since, report.gone) == (date(2025, 1, 4), 0)
    assert register.search("Bijloke")[0].number == number(1)


@pytest.mark.usefixtures("base")
def test_enterprise_that_comes_back_is_active_again(tmp_path: Path, orgs: list[Org]) -> None:
    import_extract(update_zip(tmp_path, deleted={"enterprise": [key(1)]}))

    report = import_extract(update_zip(tmp_path, extract=102, inserted=full(orgs[:1])))

    found = register.lookup(number(1))
    assert found is not None
    assert (found.gone_since, found.signals, report.added) == (None, (), 1)


@pytest.mark.usefixtures("base")
def test_full_extract_without_an_enterprise_marks_it_gone(tmp_path: Path, orgs: list[Org]) -> None:
    report = import_extract(write_zip(tmp_path / "full.zip", full(orgs[1:]), extract=101, day=DAY))

    found = register.lookup(number(1))
    assert found is not None
    assert (found.gone_since, report.gone) == (date(2025, 1, 4), 1)
    assert register.search("Bijloke")[0].number == number(1)


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("kind", ["update", "full"])
def test_renamed_enterprise_is_found_by_its_former_name(
    tmp_path: Path, orgs: list[Org], kind: str
) -> None:
    orgs[0].name = "Academie Nieuwe Kaai"
    orgs[0].names = []
    if kind == "full":
        path = write_zip(tmp_path / "full.zip", full(orgs), extract=101, day=DAY)
    else:
        path = update_zip(
            tmp_path,
            deleted={"denomination": [key(1)]},
            inserted={"denomination": orgs[0].denominations()},
        )

    report = import_extract(path)

    found = register.lookup(number(1))
    assert found is not None
    assert (report.added, report.renewed, report.gone) == (0, 1, 0)
    assert found.name == "Academie Nieuwe Kaai"
    assert found.other_names == tuple(
        Name(text, "former", date(2025, 1, 3))
        for text in ("Muziekacademie De Bijloke", "Académie de musique", "M.A.B.")
    )
    assert register.search("bijloke")[0].matched == "Muziekacademie De Bijloke"
    assert register.search("nieuwe kaai")[0].number == number(1)

    again = import_extract(write_zip(tmp_path / "again.zip", full(orgs), extract=102))

    assert (again.added, again.renewed, again.gone) == (0, 0, 0)
    assert register.search("bijloke")[0].matched == "Muziekacademie De Bijloke"


@pytest.mark.usefixtures("base")
def test_all_rows_of_an_entity_are_replaced(tmp_path: Path) -> None:
    import_extract(
        update_zip(
            tmp_path,
            deleted={"address": [key(1)], "activity": [key(1)], "contact": [key(1)]},
            inserted={
                "address": Org(place=1, town=("3000", "Leuven")).addresses(),
                "activity": [(key(1), "001", "2025", "62100", "MAIN")],
            },
        )
    )

    found = register.lookup(number(1))

    assert found is not None
    assert str(found.seat) == "Sportstraat 12, 3000 Leuven"
    assert [code.code for code in found.activities] == ["62100"]
    assert found.contacts == ()
    assert [hit.place for hit in register.search("bijloke leuven")] == ["3000 Leuven"]


@pytest.mark.usefixtures("base")
def test_establishments_close_and_open(tmp_path: Path) -> None:
    closing, opening = dotted(seat_number(1)), dotted(seat_number(9))

    import_extract(
        update_zip(
            tmp_path,
            deleted={"establishment": [closing]},
            inserted={
                "establishment": [(opening, "04-01-2025", key(1))],
                "denomination": [(opening, "2", "003", "Filiaal Ledeberg")],
            },
        )
    )

    assert [(place.number, place.name) for place in register.establishments(number(1))] == [
        (seat_number(2), ""),
        (seat_number(9), "Filiaal Ledeberg"),
    ]
    assert [hit.matched for hit in register.search("filiaal ledeberg")] == ["Filiaal Ledeberg"]
    assert [hit.matched for hit in register.search("muide")] == []


@pytest.mark.usefixtures("base")
def test_rows_of_who_is_not_in_the_register_are_left_out(tmp_path: Path, orgs: list[Org]) -> None:
    report = import_extract(
        update_zip(
            tmp_path,
            inserted=full([Org(place=8, legal=False, names=[("0", "001", "Peeters, Jan")])])
            | {"activity": [(key(9), "001", "2025", "85520", "MAIN")]},
        )
    )

    kept = {count.file: (count.read, count.kept) for count in report.files if count.read}
    assert kept == {
        "enterprise_insert.csv": (1, 0),
        "denomination_insert.csv": (1, 0),
        "address_insert.csv": (1, 0),
        "activity_insert.csv": (1, 0),
    }
    assert register.search("Peeters") == []


@pytest.mark.usefixtures("base")
def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    import_extract(
        update_zip(tmp_path, inserted={"contact": [(key(2), "ENT", "TEL", "016 1")] * 2})
    )

    found = register.lookup(number(2))

    assert found is not None
    assert [contact.value for contact in found.contacts] == ["016 1"]


@pytest.mark.usefixtures("base")
def test_run_twice_changes_nothing(tmp_path: Path, full_zip: Path, kbo_dir: Path) -> None:
    step = update_zip(tmp_path, deleted={"enterprise": [key(1)]})
    again = import_extract(full_zip)
    import_extract(step)
    before = (kbo_dir / "current.json").read_text()

    report = import_extract(step)

    assert (again.changed, report.changed) == (False, False)
    assert (kbo_dir / "current.json").read_text() == before
    assert report.notes == ("Het register heeft dit uittreksel al. Er is niets veranderd.",)


@pytest.mark.usefixtures("base")
def test_gap_is_refused_unless_accepted(tmp_path: Path) -> None:
    step = update_zip(tmp_path, extract=104, deleted={"enterprise": [key(1)]})

    with pytest.raises(ExtractGap, match="101–103 ontbreekt"):
        import_extract(step)
    untouched = register.snapshot()
    report = import_extract(step, allow_gap=True)

    assert untouched is not None
    assert (untouched.extract_number, untouched.complete) == (100, True)
    snapshot = register.snapshot()
    assert snapshot is not None
    assert (report.complete, snapshot.complete, snapshot.extract_number) == (False, False, 104)
    assert "ontbreken bijwerkingen" in report.notes[0]


@pytest.mark.usefixtures("base")
def test_full_extract_makes_the_register_complete_again(tmp_path: Path, orgs: list[Org]) -> None:
    import_extract(update_zip(tmp_path, extract=104), allow_gap=True)

    report = import_extract(write_zip(tmp_path / "full.zip", full(orgs), extract=104))

    assert (report.changed, report.complete) == (True, True)


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("kind", ["full", "update"])
def test_older_extract_is_refused(tmp_path: Path, orgs: list[Org], kind: str) -> None:
    files = full(orgs) if kind == "full" else update()

    with pytest.raises(OlderExtract, match="uittreksel 99 is ouder"):
        import_extract(write_zip(tmp_path / "old.zip", files, kind=kind, extract=99))


@pytest.mark.usefixtures("base")
def test_update_of_another_nace_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OtherVersion):
        import_extract(update_zip(tmp_path), nace_version="2008")


def test_update_on_nothing_is_a_start_that_says_so(tmp_path: Path, orgs: list[Org]) -> None:
    report = import_extract(update_zip(tmp_path, inserted=full(orgs)))

    assert (report.added, report.legal_persons, report.complete) == (3, 3, False)
    assert report.notes == (
        "Er was nog geen register: deze bijwerking is het begin. Alleen de 3 organisaties die "
        "erin staan zijn gekend. Lees een volledig uittreksel in om alle organisaties te kennen.",
    )
    assert register.search("bijloke")[0].number == number(1)


def test_much_smaller_full_extract_is_not_trusted(tmp_path: Path) -> None:
    many = [Org(place=place, name=f"Vereniging {place}") for place in range(1, 1101)]
    import_extract(write_zip(tmp_path / "many.zip", full(many)))
    few = write_zip(tmp_path / "few.zip", full(many[:500]), extract=101)

    with pytest.raises(ShrunkExtract, match="1100 organisaties"):
        import_extract(few)
    snapshot = register.snapshot()
    report = import_extract(few, allow_gap=True)

    assert snapshot is not None
    assert (snapshot.extract_number, snapshot.legal_persons) == (100, 1100)
    assert (report.gone, report.legal_persons) == (600, 500)
