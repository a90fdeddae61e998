"""A full extract, whatever dialect it is written in."""

from datetime import date
from pathlib import Path

import pytest

from partnerwijzer.kbo import register
from partnerwijzer.kbo.enterprise import Address, Code, Contact, Establishment, Name, Signal
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.kbo.numbers import dotted
from partnerwijzer.kbo.progress import Progress
from tests.kbo.extracts import Dialect, Org, full, number, seat_number, unzip, write_zip


def test_without_a_register_there_is_nothing_to_find() -> None:
    assert register.snapshot() is None
    assert register.lookup(number(1)) is None
    assert register.search("academie") == []
    assert register.establishments(number(1)) == ()


def test_report_counts_what_was_read_and_kept(full_zip: Path) -> None:
    report = import_extract(full_zip)

    assert report.changed
    assert (report.kind, report.extract_number, report.snapshot_date) == (
        "full",
        100,
        date(2025, 1, 3),
    )
    assert (report.legal_persons, report.added, report.renewed, report.gone) == (3, 3, 0, 0)
    assert report.complete
    assert report.notes == ()
    assert {count.file: (count.read, count.kept, count.skipped) for count in report.files} == {
        "enterprise.csv": (4, 3, 1),
        "establishment.csv": (4, 3, 1),
        "branch.csv": (0, 0, 0),
        "activity.csv": (7, 4, 3),
        "address.csv": (8, 6, 2),
        "contact.csv": (3, 2, 1),
        "denomination.csv": (9, 7, 2),
    }


def test_enterprise_is_told_in_words(full_zip: Path) -> None:
    import_extract(full_zip)

    found = register.lookup(f"BE {dotted(number(1))}")

    assert found is not None
    street = {"house_number": "12", "postcode": "9000", "town": "Gent"}
    side = Address(street="Zijstraat", house_number="3", postcode="9000", town="Gent")
    assert found == register.Enterprise(
        number=number(1),
        name="Muziekacademie De Bijloke",
        legal_form=Code("017", "Vereniging zonder winstoogmerk"),
        situation=Code("000", "Normale toestand"),
        snapshot_date=date(2025, 1, 3),
        other_names=(
            Name("Académie de musique", "name"),
            Name("M.A.B.", "abbreviation"),
        ),
        signals=(),
        seat=Address(street="Sportstraat", **street),
        nace_version="2025",
        activities=(Code("85520", "Cultureel onderwijs"), Code("91110", "Bibliothèques")),
        start_date=date(2003, 2, 1),
        contacts=(
            Contact("web", "www.bijloke.example", "https://www.bijloke.example"),
            Contact("email", "info@bijloke.example", "mailto:info@bijloke.example"),
        ),
        establishment_count=2,
        establishments=(
            Establishment(seat_number(1), "Filiaal Muide", side, date(2004, 2, 1)),
            Establishment(seat_number(2), "", side, date(2004, 2, 1)),
        ),
    )
    assert found.attribution == (
        "Bron: Kruispuntbank van Ondernemingen (KBO), FOD Economie. Gegevens van 3 januari 2025."
    )


def test_snapshot_says_which_day_the_register_shows(full_zip: Path) -> None:
    import_extract(full_zip)

    assert register.snapshot() == register.Snapshot(
        date=date(2025, 1, 3),
        extract_number=100,
        legal_persons=3,
        nace_version="2025",
        complete=True,
    )


def test_bankruptcy_is_a_signal(full_zip: Path) -> None:
    import_extract(full_zip)

    found = register.lookup(number(2))

    assert found is not None
    assert found.signals == (Signal("bankrupt", "Failliet: Opening faillissement.", "block"),)


def test_natural_persons_leave_no_trace(full_zip: Path, kbo_dir: Path) -> None:
    import_extract(full_zip)

    assert register.lookup(number(4)) is None
    assert register.search("Peeters") == []
    stored = b"".join(path.read_bytes() for path in kbo_dir.rglob("*") if path.is_file())
    assert b"Vermeulen" in stored
    assert b"Peeters" not in stored


def test_enterprise_without_names_or_address_is_kept(tmp_path: Path) -> None:
    bare = Org(place=7, address=("ABBR", *[""] * 11))
    files = full([bare])
    files["address"] = []
    import_extract(write_zip(tmp_path / "bare.zip", files))

    found = register.lookup(number(7))

    assert found is not None
    assert (found.name, found.seat, found.activities) == (bare.key, None, ())
    assert [hit.number for hit in register.search(number(7))] == [number(7)]


@pytest.mark.parametrize(
    "dialect",
    [
        Dialect(bom=True),
        Dialect(line_end="\r\n"),
        Dialect(bom=True, line_end="\r\n"),
        Dialect(quoted=False),
        Dialect(final_line_end=False),
    ],
    ids=["bom", "crlf", "bom and crlf", "unquoted", "no final line end"],
)
def test_every_dialect_gives_the_same_register(
    tmp_path: Path, orgs: list[Org], dialect: Dialect
) -> None:
    plain = import_extract(write_zip(tmp_path / "plain.zip", full(orgs)))
    expected = [register.lookup(number(org.place)) for org in orgs]

    report = import_extract(
        write_zip(tmp_path / "other.zip", full(orgs), extract=101, dialect=dialect)
    )

    assert [(count.file, count.read, count.kept) for count in report.files] == [
        (count.file, count.read, count.kept) for count in plain.files
    ]
    assert (report.added, report.renewed, report.gone) == (0, 0, 0)
    assert [register.lookup(number(org.place)) for org in orgs] == expected


def test_folder_gives_the_same_as_the_zip(tmp_path: Path, full_zip: Path) -> None:
    import_extract(unzip(full_zip, tmp_path / "folder"))

    assert register.search("Bijloke")[0].number == number(1)


def test_signs_that_divide_our_records_do_no_harm(tmp_path: Path) -> None:
    odd = Org(place=1, name="Een\x1eTwee", names=[("2", "003", "Drie\x1fVier")])
    import_extract(write_zip(tmp_path / "odd.zip", full([odd])))

    found = register.lookup(number(1))

    assert found is not None
    assert (found.name, [name.text for name in found.other_names]) == ("Een", ["Drie"])
    assert [hit.name for hit in register.search("drie")] == ["Een"]


def test_lines_of_one_entity_need_not_stand_together(tmp_path: Path) -> None:
    orgs = [
        Org(place=1, name="Een", names=[("2", "003", "Uno")], contacts=[("TEL", "09 1")]),
        Org(place=2, name="Twee", activities=[("001", "2025", "85520", "MAIN")]),
    ]
    files = full(orgs)
    files["activity"].append((orgs[0].key, "001", "2025", "91110", "MAIN"))
    files["activity"].append((orgs[1].key, "006", "2025", "62100", "MAIN"))
    for rows in files.values():
        rows.sort(key=lambda row: row[-1])
    import_extract(write_zip(tmp_path / "mixed.zip", files))

    one, two = register.lookup(number(1)), register.lookup(number(2))

    assert one is not None
    assert two is not None
    assert (one.name, [name.text for name in one.other_names]) == ("Een", ["Uno"])
    assert {code.code for code in two.activities} == {"85520", "62100"}


def test_columns_may_stand_in_another_order(tmp_path: Path, full_zip: Path) -> None:
    folder = unzip(full_zip, tmp_path / "folder")
    for name in ("denomination.csv", "activity.csv"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        turned = [",".join([*line.split(",")[1:], line.split(",")[0], '"x"']) for line in lines]
        (folder / name).write_text("\n".join(turned), encoding="utf-8")
    import_extract(folder)

    found = register.lookup(number(1))

    assert found is not None
    assert found.name == "Muziekacademie De Bijloke"
    assert [code.code for code in found.activities] == ["85520", "91110"]


def test_extract_without_code_table_shows_codes(tmp_path: Path, orgs: list[Org]) -> None:
    report = import_extract(write_zip(tmp_path / "a.zip", full(orgs), codes=None))

    found = register.lookup(number(1))

    assert found is not None
    assert found.legal_form == Code("017", "onbekend")
    assert "codetabel" in report.notes[0]


@pytest.mark.parametrize("codes", [None, ()], ids=["no code.csv", "empty code.csv"])
def test_extract_without_code_table_keeps_the_previous_one(
    tmp_path: Path, full_zip: Path, orgs: list[Org], codes: tuple[()] | None
) -> None:
    import_extract(full_zip)

    report = import_extract(write_zip(tmp_path / "b.zip", full(orgs), extract=101, codes=codes))

    found = register.lookup(number(1))
    assert found is not None
    assert found.legal_form == Code("017", "Vereniging zonder winstoogmerk")
    assert report.notes == (
        "Het uittreksel heeft geen codetabel (code.csv); de vorige blijft gelden.",
    )


def test_another_nace_version_can_be_chosen(full_zip: Path) -> None:
    import_extract(full_zip, nace_version="2008")

    found = register.lookup(number(1))

    assert found is not None
    assert (found.nace_version, found.activities) == ("2008", (Code("85520", "onbekend"),))


def test_progress_goes_from_nothing_to_all(full_zip: Path) -> None:
    seen: list[Progress] = []

    import_extract(full_zip, progress=seen.append)

    assert [moment.step for moment in seen] == [*["read"] * (len(seen) - 1), "finish"]
    assert sorted(moment.fraction for moment in seen) == [moment.fraction for moment in seen]
    assert seen[-1].fraction == 1.0
    assert seen[-1].rows >= 35


def test_enterprise_survives_being_kept_as_json(full_zip: Path) -> None:
    import_extract(full_zip)
    found = register.lookup(number(1))
    assert found is not None

    kept = found.to_json()

    assert register.Enterprise.from_json(kept) == found
    assert register.Enterprise.from_json({**kept, "later": "field"}) == found
