"""Narrowing what one looks for in the register: in the address, with words, and honest about it."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from partnerwijzer import places
from partnerwijzer.organisations.models import School
from partnerwijzer.partners.register_wish import RegisterWish, register_wish_of
from tests.kbo.extracts import number
from tests.partners.conftest import SignIn
from tests.partners.pages import part, text_of

HTMX = {"HX-Request": "true"}
PAGE = "/zoeken/register/"


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def wish(address: str) -> RegisterWish:
    return register_wish_of(QueryDict(address))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "?q=muziek",
        "?q=muziek&vorm=vereniging&vorm=overheid&sector=kunst&bij=8500+Kortrijk&km=25",
        "?bij=Gent",
        "?bij=Gent&km=0",
    ],
)
def test_search_comes_back_from_its_address(address: str) -> None:
    assert wish(address.removeprefix("?")).address == address


@pytest.mark.parametrize(
    "address", ["vorm=iets", "sector=%00", "km=7", "km=-1", "km=x", "bij=+++", "q=++", "zomaar=1"]
)
def test_what_cannot_be_is_left_out(address: str) -> None:
    assert wish(address) == RegisterWish()


def test_distance_gives_the_postcodes_around() -> None:
    gent = places.find("9000")
    assert gent

    assert wish("bij=gent&km=25").filters.postcodes == places.within(gent, 25)
    assert wish("bij=9000+Gent").filters.postcodes == places.within(gent, 10)
    only_there = wish("bij=9031&km=0").filters.postcodes
    assert only_there == {place.postcode for place in places.municipality(gent)}


def test_place_that_is_not_known_is_no_filter() -> None:
    unknown = wish("bij=nergenshuizen")

    assert unknown.place is None
    assert not unknown.filters
    assert not unknown.asks


def test_filters_are_taken_away_one_by_one() -> None:
    all_of_them = wish("q=a&vorm=vereniging&vorm=overheid&sector=kunst&bij=8500&km=50")

    assert all_of_them.without("vorm", "overheid").address == (
        "?q=a&vorm=vereniging&sector=kunst&bij=8500&km=50"
    )
    assert all_of_them.without("bij", "").address == (
        "?q=a&vorm=vereniging&vorm=overheid&sector=kunst"
    )


@pytest.mark.usefixtures("register")
def test_filters_alone_find_who_is_there(teacher: Client) -> None:
    page = teacher.get(PAGE, {"bij": "9000", "sector": "kunst"})

    assert "Muziekacademie De Bijloke" in text_of(page)
    assert "Softwarehuis Vermeulen" not in text_of(page)
    assert "tot 10 km van 9000 Gent" in text_of(page)
    assert "0 km" in text_of(page)
    assert "Statbel" in text_of(page)


@pytest.mark.usefixtures("register")
def test_form_narrows_and_says_so(teacher: Client) -> None:
    page = teacher.get(PAGE, {"q": "vermeulen", "vorm": "vereniging"})

    assert "Niet gevonden in het register." in text_of(page)
    assert "Haal een filter weg, of zoek ruimer." in text_of(page)
    assert 'href="?q=vermeulen"' in page.content.decode()


@pytest.mark.usefixtures("register")
def test_place_that_is_not_known_is_said(teacher: Client) -> None:
    page = text_of(teacher.get(PAGE, {"q": "bijloke", "bij": "Nergenshuizen"}))

    assert "‘Nergenshuizen’ is geen Belgische gemeente of postcode." in page
    assert "Muziekacademie De Bijloke" in page


@pytest.mark.usefixtures("register")
def test_own_school_is_offered_as_the_place(teacher: Client, sign_in: SignIn) -> None:
    School.objects.filter(name="School A").update(postcode="8500", town="Kortrijk")

    page = teacher.get(PAGE, {"q": "muziek"}).content.decode()
    assert 'href="?q=muziek&amp;bij=8500+Kortrijk"' in page
    assert "Zoek rond onze school: 8500 Kortrijk" in page
    assert "Zoek rond onze school" not in teacher.get(PAGE, {"bij": "Gent"}).content.decode()


@pytest.mark.usefixtures("register")
def test_the_part_for_htmx_is_that_of_a_fresh_page_with_filters(teacher: Client) -> None:
    piece = teacher.get(
        PAGE, {"q": "stad", "vorm": "overheid", "bij": "9999", "km": "5"}, headers=HTMX
    )
    fresh = teacher.get(piece["HX-Push-Url"])

    assert piece["HX-Push-Url"] == f"{PAGE}?q=stad&vorm=overheid&bij=9999&km=5"
    assert part(fresh, "treffers") == piece.content.decode().strip()


@pytest.mark.usefixtures("register")
def test_number_finds_its_organisation_whatever_the_filters(teacher: Client) -> None:
    page = text_of(teacher.get(PAGE, {"q": number(2), "vorm": "overheid"}))

    assert "Softwarehuis Vermeulen" in page


@pytest.mark.usefixtures("register")
def test_what_is_typed_cannot_break_the_page(teacher: Client) -> None:
    for text in ('"><script>', "%00", "a" * 5000, "🎻", "-" * 50, "* OR 1=1"):
        assert teacher.get(PAGE, {"q": text, "bij": text, "km": text}).status_code == 200


def test_register_that_cannot_be_read_is_said(teacher: Client, settings: Any) -> None:
    settings.KBO_DIR.mkdir()
    (settings.KBO_DIR / "current.json").write_text("{")

    page = text_of(teacher.get(PAGE, {"q": "bijloke"}))

    assert "Het register kan nu niet gelezen worden." in page
    assert "Er is nog geen register ingelezen." not in page
