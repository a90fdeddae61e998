"""Columns are recognised by their name in three languages, and by what stands in them."""

import pytest

from partnerwijzer.exchange.columns import layout
from partnerwijzer.exchange.sheets.table import Line, Table

NUMBER = "0999.000.030"


def read(*rows: tuple[str, ...]) -> Table:
    return Table("csv", lines=[Line(n, row) for n, row in enumerate(rows, start=1)])


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (
            ("Naam organisatie", "KBO-nr.", "Straat", "Nr", "Postcode", "Gemeente"),
            ["name", "enterprise_number", "street", "house_number", "postcode", "town"],
        ),
        (
            ("Organisation", "VAT", "Address", "City", "Contact person", "E-mail"),
            ["name", "enterprise_number", "address", "town", "contact_name", "contact_email"],
        ),
        (
            ("Organisme", "Numéro d’entreprise", "Code postal", "Commune", "Courriel"),
            ["name", "enterprise_number", "postcode", "town", "contact_email"],
        ),
        (
            ("Vereniging", "Naam", "Voornaam", "GSM", "Opmerkingen", "Kleur"),
            [
                *("name", "contact_name", "contact_first_name", "contact_phone"),
                *("description", ""),
            ],
        ),
        (("Naam", "Thema's", "Doelgroep"), ["name", "themes", "levels"]),
    ],
)
def test_columns_are_known_by_their_name(heads: tuple[str, ...], fields: list[str]) -> None:
    assert layout(read(heads, ("x",) * len(heads))).fields == fields


def test_columns_without_a_name_are_known_by_what_stands_in_them() -> None:
    row = ("Bib Veerdegem", NUMBER, "www.bib.example.be", "9999", "a@bib.example", "09 123 45 67")

    found = layout(read(row, ("Museum", NUMBER, "www.m.be", "9000", "m@m.example", "09 123 45 68")))

    assert found.fields == [
        *("name", "enterprise_number", "website", "postcode", "contact_email", "contact_phone")
    ]
    assert len(found.lines) == 2


def test_titles_above_the_names_of_the_columns_are_no_rows() -> None:
    found = layout(
        read(("Onze partners 2026",), ("", "versie 3"), ("Organisatie", "Stad"), ("Bib", "Gent"))
    )

    assert ([line.cells for line in found.lines], found.fields) == (
        [("Bib", "Gent")],
        ["name", "town"],
    )


def test_a_heading_is_not_believed_where_something_else_stands_below_it() -> None:
    found = layout(read(("Partner", "Nummer"), ("Bib", "12"), ("Museum", "13")))

    assert found.fields == ["name", ""]


def test_each_field_goes_to_one_column() -> None:
    found = layout(read(("Organisatie", "Naam", "Partner"), ("Bib", "An", "Museum")))

    assert sorted(filter(None, found.fields)) == ["contact_name", "name"]


@pytest.mark.parametrize("head", ["Geboortedatum", "Rijksregisternummer", "Naam leerling", "INSZ"])
def test_a_column_about_private_people_is_emptied_before_anything_sees_it(head: str) -> None:
    found = layout(read(("Organisatie", head), ("Bib", "12/05/2015")))

    assert (found.fields, found.lines[0].cells, found.columns[1].examples) == (
        ["name", "never"],
        ("Bib", ""),
        (),
    )


def test_numbers_of_the_national_register_are_noticed_under_any_name() -> None:
    first = 900101123
    numbers = [f"{first + n}{97 - (first + n) % 97:02d}" for n in range(3)]

    found = layout(read(("Organisatie", "Code"), *(("Bib", number) for number in numbers)))

    assert found.fields == ["name", "never"]
    assert [line.cells for line in found.lines] == [("Bib", "")] * 3


def test_the_column_of_our_own_report_is_not_read_again() -> None:
    found = layout(read(("Organisatie", "Wat er mis is"), ("Bib", "website klopt niet")))

    assert (found.fields, found.lines[0].cells) == (["name", "report"], ("Bib", ""))
