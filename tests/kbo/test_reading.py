"""From rows to words: the quirks of the register."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.kbo import reading
from partnerwijzer.kbo.enterprise import Address, Code, Contact
from partnerwijzer.kbo.extract import parse_date
from partnerwijzer.kbo.tables import pack


def names(*records: tuple[str, str, str]) -> str:
    return pack(records)


@pytest.mark.parametrize(
    ("records", "shown"),
    [
        ([("1", "001", "fr"), ("2", "001", "nl"), ("2", "003", "handel")], "nl"),
        ([("0", "001", "onbekend"), ("1", "001", "fr")], "fr"),
        ([("2", "003", "handel"), ("0", "001", "onbekend")], "onbekend"),
        ([("1", "003", "commerce"), ("2", "003", "handel")], "handel"),
        ([("2", "002", "afk"), ("3", "001", "Kirche")], "afk"),
        ([], ""),
    ],
)
def test_name_is_chosen_in_a_fixed_order(records: list[tuple[str, str, str]], shown: str) -> None:
    assert reading.best_name(names(*records)) == shown


def test_other_names_come_once_and_without_the_one_shown() -> None:
    packed = names(
        ("2", "001", "Farys"), ("1", "001", "FARYS"), ("2", "002", "F"), ("1", "002", "F")
    )

    assert [name.text for name in reading.other_names(packed, None, "Farys")] == ["F"]


def address(**fields: str) -> str:
    order = ("kind", "country", "country_fr", "postcode", "town", "town_fr", "street", "street_fr")
    order += ("house", "box", "extra", "struck")
    return pack([[fields.get(name, "REGO" if name == "kind" else "") for name in order]])


@pytest.mark.parametrize(
    ("street", "cleaned"),
    [
        ("Kooigemstraat(S)", "Kooigemstraat"),
        ("Budastraat(Kor)", "Budastraat"),
        ("Dorp (Heu)", "Dorp"),
        ("Stolberg  519", "Stolberg 519"),
        ("Straat (achteraan rechts)", "Straat (achteraan rechts)"),
        ("(S)", ""),
    ],
)
def test_street_loses_the_mark_of_the_old_town(street: str, cleaned: str) -> None:
    found = reading.address(address(street=street), ("REGO",))

    assert found is not None
    assert found.street == cleaned


def test_foreign_address_keeps_its_street_and_country() -> None:
    packed = address(country="Duitsland", country_fr="Allemagne", town="Bonn", street="Platz (Süd)")

    assert reading.address(packed, ("REGO",)) == Address(
        street="Platz (Süd)", town="Bonn", country="Duitsland"
    )


def test_struck_off_address_says_since_when() -> None:
    found = reading.address(address(town_fr="Liège", struck="13-11-2023"), ("REGO",))

    assert found == Address(town="Liège", struck_off=date(2023, 11, 13))


def test_no_rows_give_no_address() -> None:
    assert reading.address(None, ("REGO",)) is None


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("WEB", "www.x.example", Contact("web", "www.x.example", "https://www.x.example")),
        ("WEB", "HTTP://X.Example/Pad/", Contact("web", "x.example/Pad", "http://x.example/Pad/")),
        ("WEB", "gera.international", Contact("web", "gera.international", "https://gera.international")),
        ("WEB", "info@x.example", Contact("email", "info@x.example", "mailto:info@x.example")),
        ("WEB", "javascript:alert(1)", Contact("web", "javascript:alert(1)")),
        ("WEB", "geen website", Contact("web", "geen website")),
        ("WEB", "x.example/ onclick=x", Contact("web", "x.example/ onclick=x")),
        ("EMAIL", "info@x.example", Contact("email", "info@x.example", "mailto:info@x.example")),
        ("EMAIL", "info x", Contact("email", "info x")),
        ("TEL", "02 315 13 51", Contact("phone", "02 315 13 51", "tel:023151351")),
        ("TEL", "112", Contact("phone", "112")),
        ("FAX", "1", Contact("other", "1")),
    ],
)  # fmt: skip
def test_contacts_get_a_link_only_when_it_is_safe(kind: str, value: str, expected: Contact) -> None:
    assert reading.contacts(pack([[kind, value]])) == (expected,)


def test_the_same_contact_comes_once() -> None:
    packed = pack(
        [["WEB", "www.x.example"], ["WEB", "WWW.X.EXAMPLE"], ["WEB", "http://www.x.example/"]]
    )

    assert [contact.value for contact in reading.contacts(packed)] == ["www.x.example"]


@pytest.mark.parametrize(
    ("code", "kinds"),
    [("000", []), ("048", ["bankrupt"]), ("112", ["dissolved"]), ("091", ["reorganisation"])],
)
def test_situations_give_their_signal(code: str, kinds: list[str]) -> None:
    assert [signal.kind for signal in reading.signals(Code(code, "x"), None)] == kinds


def test_gone_is_said_first() -> None:
    found = reading.signals(Code("012", "vereffening"), date(2025, 10, 11))

    assert [signal.words for signal in found] == [
        "Niet meer actief in de KBO op 11 oktober 2025.",
        "Ontbonden of in vereffening: vereffening.",
    ]


@given(st.dates(min_value=date(1830, 1, 1)))
def test_dates_come_back(day: date) -> None:
    assert parse_date(day.strftime("%d-%m-%Y")) == day


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert parse_date(text) is None or len(text.strip()) >= 8
