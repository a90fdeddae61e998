"""What people type and what they meant."""

from pathlib import Path

import pytest

from partnerwijzer.kbo import register
from partnerwijzer.kbo.importer import import_extract
from tests.kbo.extracts import Org, full, number, seat_number, write_zip

ORGS = [
    Org(place=1, name="Muziekschool De Kaai", names=[("2", "002", "M.D.K.")]),
    Org(place=2, name="Bibliotheek Leuven", town=("3000", "Leuven"), form="411"),
    Org(place=3, name="BIBS Consult", form="610"),
    Org(place=4, name="Café Zoë", form="610", names=[("2", "003", "Het Gouden Hoofd")]),
    Org(place=5, name="Jeugdhuis Den Draak", town=("8400", "Oostende")),
    Org(place=6, name="Jeugdhuis Den Draak", town=("2000", "Antwerpen")),
    Org(place=7, name="Bakkerij Janssens", form="610"),
    Org(place=8, name="Stad Voorbeeldegem", form="411", seats=[(1, "Zwembad Ter Duinen")]),
    Org(place=9, name="Natuur en Bos", activities=[("001", "2025", "94994", "MAIN")]),
    Org(place=10, name="Natuur en Bos", form="610"),
    Org(place=11, name="Natuur en Bos", situation="012"),
    Org(place=12, name="Residentie Natuur", form="070"),
    Org(place=13, name="Kinderboerderij Het Schaap", town=("1000", "Brussel")),
    Org(place=14, name="Atelier Kunst en Kleur, vzw"),
]


@pytest.fixture(autouse=True)
def imported(tmp_path: Path, kbo_dir: Path) -> None:
    """The organisations above are in the register."""
    import_extract(write_zip(tmp_path / "full.zip", full(ORGS)))


def found(text: str) -> list[int]:
    """The places of the organisations that are found, in order."""
    return [int(hit.number[4:8]) for hit in register.search(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("muziekschool de kaai", 1),
        ("MUZIEKSCHOOL KAAI", 1),
        ("kaai muziekschool", 1),
        ("muzieksch", 1),
        ("muziekschol", 1),
        ("muizekschool", 1),
        ("mziekschool kaai", 1),
        ("muziek school", 1),
        ("muziekscholen", 1),
        ("mdk", 1),
        ("M.D.K.", 1),
        ("bib leuven", 2),
        ("bibliotheken", 2),
        ("cafe zoe", 4),
        ("Café Zoë", 4),
        ("gouden hoofd", 4),
        ("jeugdhuis den draak oostende", 5),
        ("den draak antwerpen", 6),
        ("draak 2000", 6),
        ("jeugdhuis antwrepen", 6),
        ("bakkerij jansens", 7),
        ("zwembad ter duinen", 8),
        ("kinderboerderij brussel", 13),
        ("kinderboerderij schaap vzw", 13),
        ("de vzw kinderboerderij", 13),
        ("atelier kunst & kleur", 14),
        ("kinderboerderij schaap zaventem", 13),
    ],
)
def test_what_was_meant_comes_first(text: str, first: int) -> None:
    assert found(text)[0] == first


def test_beginning_shows_what_schools_work_with_first() -> None:
    assert found("bib") == [2, 3]


def test_same_names_show_the_most_fitting_first_and_the_dissolved_last() -> None:
    assert found("natuur en bos")[:3] == [9, 10, 11] or found("natuur en bos")[:3] == [9, 11, 10]
    assert found("natuur")[0] == 9
    assert found("natuur")[-1] == 12


def test_same_names_are_told_apart_by_place() -> None:
    hits = register.search("jeugdhuis den draak")

    assert [hit.place for hit in hits] == ["8400 Oostende", "2000 Antwerpen"]


def test_hit_says_which_other_name_fits() -> None:
    assert [(hit.name, hit.matched) for hit in register.search("zwembad duinen")] == [
        ("Stad Voorbeeldegem", "Zwembad Ter Duinen")
    ]
    assert [hit.matched for hit in register.search("muziekschool")] == [""]


@pytest.mark.parametrize(
    "text",
    [
        number(5),
        f"BE{number(5)}",
        f"BE {number(5)[:4]}.{number(5)[4:7]}.{number(5)[7:]}",
        number(5)[1:],
        f" {number(5)[:4]} {number(5)[4:7]} {number(5)[7:]} ",
    ],
)
def test_number_in_any_form_finds_its_enterprise(text: str) -> None:
    assert found(text) == [5]


def test_beginning_of_a_number_finds_all_that_have_it() -> None:
    assert found("0999.000") == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_number_of_an_establishment_finds_who_it_belongs_to() -> None:
    assert found(seat_number(1)) == [8]


@pytest.mark.parametrize("text", ["", "   ", "&", "...", "x" * 300, "qqqqq wwwww", "0999.999.999"])
def test_nonsense_finds_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ['"', "a AND b", "naam:(", "*", "~1", "\\", "\x00bib", "🎻 kaai"])
def test_signs_have_no_meaning(text: str) -> None:
    assert all(1 <= place <= 14 for place in found(text))


def test_limit_is_kept() -> None:
    assert len(register.search("0999", limit=3)) <= 3
    assert len(register.search("natuur", limit=2)) == 2
