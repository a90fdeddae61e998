"""What a row says is cleaned as in the form, and what is wrong is said in words."""

from typing import Any

import pytest

from partnerwijzer.exchange.row_facts import RowFacts, Words, known_words, read_row

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def known(world: Any) -> Words:
    return known_words()


def row(known: Words, **said: str) -> RowFacts:
    given = {"name": "Bib", **said}
    return read_row(list(given), list(given.values()), known, "library")


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ({"address": "Kerkstraat 1, 9999 Veerdegem"}, ("Kerkstraat 1", "9999", "Veerdegem")),
        ({"address": "Kerkstraat 1\nB-9999 Sint-Veer"}, ("Kerkstraat 1", "9999", "Sint-Veer")),
        ({"address": "Kerkstraat 1"}, ("Kerkstraat 1", None, None)),
        ({"place": "9999 Veerdegem"}, (None, "9999", "Veerdegem")),
        ({"place": "Veerdegem"}, (None, None, "Veerdegem")),
        ({"street": "Kerkstraat", "house_number": "1b"}, ("Kerkstraat 1b", None, None)),
        ({"street": "Kerkstraat 1", "house_number": "1"}, ("Kerkstraat 1", None, None)),
        ({"address": "x, 9000 Gent", "town": "Ledeberg"}, ("x", "9000", "Ledeberg")),
    ],
)
def test_addresses_are_taken_apart(
    said: dict[str, str], facts: tuple[str | None, ...], known: Words
) -> None:
    found = row(known, **said).facts

    assert tuple(found.get(name) for name in ("street", "postcode", "town")) == facts


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(("Bibliotheek", "library"), ("bib", "library"), ("library", "library")),
        *(("Museum", "museum-and-heritage"), ("CLB", "clb"), ("sportclub", "sports-organisation")),
    ],
)
def test_kinds_are_known_by_many_words(text: str, key: str, known: Words) -> None:
    assert row(known, kind=text).facts["kind"] == key


def test_an_unknown_kind_becomes_the_one_that_was_chosen_and_is_said() -> None:
    found = row(known_words(), kind="ruimtevaart")

    assert found.facts["default_kind"] == "library"
    assert [("ruimtevaart" in remark) for remark in found.remarks] == [True]
    assert found.problems == []


def test_themes_are_found_between_any_signs_and_what_is_unknown_is_said(known: Words) -> None:
    found = row(known, themes="muziek; lezen en boeken / biljart")

    assert found.facts["themes"] == ["music", "reading"]
    assert "biljart" in found.remarks[0]


def test_a_theme_with_a_comma_in_its_name_is_one_theme(known: Words) -> None:
    assert row(known, themes="natuur, klimaat en duurzaamheid").facts["themes"] == [
        "nature-and-climate"
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "de naam van de organisatie ontbreekt"),
        ({"name": "x" * 321}, "niet geldig of te lang"),
        ({"enterprise_number": "0999.000.016"}, "klopt niet"),
        ({"website": "geen adres"}, "geen webadres"),
        ({"website": "javascript:alert(1)"}, "geen webadres"),
        ({"contact_email": "an at bib"}, "niet geldig"),
        ({"postcode": "12345678901"}, "te lang"),
        ({"description": "x" * 3001}, "te lang"),
    ],
)
def test_what_the_form_refuses_a_list_cannot_bring_in(
    said: dict[str, str], words: str, known: Words
) -> None:
    problems = row(known, **said).problems

    assert len(problems) == 1
    assert words in problems[0]


def test_a_number_in_any_writing_and_an_address_without_scheme_are_taken(known: Words) -> None:
    found = row(known, enterprise_number="BE 0999.000.030", website="bib.example")

    assert found.problems == []
    assert (found.facts["enterprise_number"], found.facts["website"]) == (
        "0999000030",
        "https://bib.example",
    )


def test_a_contact_without_name_is_the_general_one_and_one_without_address_is_not_kept(
    known: Words,
) -> None:
    general = row(known, contact_email="info@bib.example")
    nameless = row(known, contact_name="An")

    assert general.contact["name"] == "Algemeen"
    assert nameless.contact == {}
    assert "An" in nameless.remarks[0]


def test_the_zero_that_a_spreadsheet_took_from_a_phone_number_comes_back(known: Words) -> None:
    assert row(known, contact_phone="91234567").contact["phone"] == "091234567"
