"""Narrowing a search in the register: legal form, sector, place; Dutch stems; who comes first."""

import csv
from pathlib import Path

import pytest

from partnerwijzer import places
from partnerwijzer.kbo import groups, register
from partnerwijzer.kbo.filters import Filters
from partnerwijzer.kbo.importer import import_extract
from tests.kbo.extracts import Org, full, number, seat_number, write_zip


def main_activity(code: str) -> list[tuple[str, str, str, str]]:
    return [("001", "2025", code, "MAIN")]


GHENT, COURTRAI, HEULE = ("9000", "Gent"), ("8500", "Kortrijk"), ("8501", "Kortrijk")
ORGS = [
    Org(place=1, name="Muziekschool De Lier", form="017", town=GHENT,
        activities=main_activity("85520")),
    Org(place=2, name="Muziekhandel De Lier", form="610", town=GHENT,
        activities=main_activity("47110")),
    Org(place=3, name="Stad Kortrijk", form="411", town=COURTRAI,
        activities=main_activity("84114"), seats=[(3, "Muziekbibliotheek")]),
    Org(place=4, name="Sportclub Heule", form="017", town=HEULE,
        activities=main_activity("93126")),
    Org(place=5, name="Zwembad Heule", form="651", town=HEULE,
        activities=main_activity("93110")),
    Org(place=6, name="Speelpleinwerkingen Kortrijk", form="017", situation="012", town=COURTRAI,
        activities=main_activity("94991")),
    Org(place=7, name="Vereniging Openbare Bibliotheek", form="017", town=("3000", "Leuven"),
        activities=main_activity("91110")),
]  # fmt: skip


@pytest.fixture(autouse=True)
def world(tmp_path: Path) -> None:
    import_extract(write_zip(tmp_path / "a.zip", full(ORGS)))


def found(text: str, **filters: object) -> list[int]:
    """The places (in the list above) of who is found."""
    hits = register.search(text, filters=Filters(**filters))  # type: ignore[arg-type]
    known = {number(org.place): org.place for org in ORGS}
    return [known[hit.number] for hit in hits]


def near(postcode: str, km: float) -> frozenset[str]:
    place = places.find(postcode)
    assert place
    return places.within(place, km)


def test_legal_form_narrows_what_is_found() -> None:
    assert found("de lier") == [1, 2]
    assert found("de lier", forms=("bedrijf",)) == [2]
    assert found("de lier", forms=("vereniging", "overheid")) == [1]


def test_sector_narrows_what_is_found() -> None:
    assert found("muziek", sectors=("kunst",)) == [1]
    assert found("heule", sectors=("sport",)) == [4, 5]
    assert found("muziek", sectors=("sport",)) == []


def test_place_is_that_of_the_seat_or_of_an_establishment() -> None:
    assert found("muziek", postcodes=near("8500", 10)) == [3]
    assert found("muziek", postcodes=near("9000", 10)) == [1, 2]
    assert sorted(found("muziek", postcodes=near("8500", 60))) == [1, 2, 3]


def test_distance_counts_and_not_the_beginning_of_the_postcode() -> None:
    assert found("heule", postcodes=near("8500", 0)) == []
    assert sorted(found("heule", postcodes=near("8500", 5))) == [4, 5]


def test_filters_combine() -> None:
    assert found("", forms=("vereniging",), sectors=("sport",), postcodes=near("8500", 25)) == [4]
    assert found("", forms=("vereniging",), sectors=("sport",), postcodes=near("9000", 5)) == []


def test_filters_alone_put_public_and_non_profit_first_and_the_dissolved_last() -> None:
    assert found("", postcodes=near("8500", 10)) == [4, 5, 3, 6]


def test_nothing_typed_and_nothing_chosen_finds_nothing() -> None:
    assert found("") == []


def test_number_means_that_number_whatever_the_filters_say() -> None:
    assert found(number(2), forms=("overheid",)) == [2]
    assert found(seat_number(3), sectors=("sport",)) == [3]


def test_typo_is_forgiven_within_the_filters() -> None:
    assert found("muziekschol", sectors=("kunst",)) == [1]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("speelpleinwerking", 6),
        ("sportclubs heule", 4),
        ("muziekscholen", 1),
        ("verenigingen", 7),
        ("muziek school lier", 1),
        ("bib", 7),
        ("8501", 4),
    ],
)
def test_dutch_words_are_found_in_other_forms(text: str, first: int) -> None:
    assert found(text)[0] == first


@pytest.mark.parametrize(
    ("form", "group"),
    [("017", "vereniging"), ("411", "overheid"), ("651", "sociaal"), ("610", "bedrijf"),
     ("", "bedrijf")],
)  # fmt: skip
def test_legal_forms_have_a_group(form: str, group: str) -> None:
    assert groups.form_group(form) == group


@pytest.mark.parametrize(
    ("code", "sector"),
    [("85201", "onderwijs"), ("85520", "kunst"), ("85510", "sport"), ("91110", "erfgoed"),
     ("91410", "natuur"), ("94991", "jeugd"), ("94994", "natuur"), ("94999", "vereniging"),
     ("9491001", "geloof"), ("88911", "welzijn"), ("47110", ""), ("", "")],
)  # fmt: skip
def test_activities_have_the_sector_of_the_longest_beginning(code: str, sector: str) -> None:
    assert groups.sector(code) == sector


def test_every_sector_and_form_has_a_key_that_is_one_word() -> None:
    keys = [*groups.FORMS, *groups.SECTORS]

    assert all(key.isalpha() and key == key.lower() for key in keys)


def test_groups_cover_what_the_real_code_table_has(samples: Path) -> None:
    """Each beginning of a sector exists in the table of the real update."""
    with (samples / "kbo" / "update_0147" / "code.csv").open(encoding="utf-8-sig") as lines:
        nace = {row[1] for row in csv.reader(lines) if row[0] == "Nace2025"}

    begins = [begin for _label, begins in groups.SECTORS.values() for begin in begins]
    assert [begin for begin in begins if begin not in nace] == []
