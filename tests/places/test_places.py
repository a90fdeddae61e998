"""Places: postcodes, names and distances."""

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer import places
from partnerwijzer.places import Place

EVERYWHERE = list(places.everywhere())


def place(postcode: str) -> Place:
    found = places.find(postcode)
    assert found
    return found


def test_postcode_gives_its_town() -> None:
    kortrijk = place(" 8500 ")

    assert (kortrijk.nis, kortrijk.town_nl, kortrijk.town_fr) == ("34022", "Kortrijk", "Courtrai")
    assert (kortrijk.province, kortrijk.region, kortrijk.main) == ("West-Vlaanderen", "VL", True)
    assert str(kortrijk) == "8500 Kortrijk"


@pytest.mark.parametrize("text", ["", "0000", "850", "85000", "Kortrijk", "8500 Kortrijk"])
def test_what_is_no_postcode_is_not_found(text: str) -> None:
    assert places.find(text) is None


@pytest.mark.parametrize(
    ("postcode", "shown"),
    [
        ("9000", "9000 Gent"),
        ("9031", "9031 Drongen (Gent)"),
        ("1020", "1020 Laken (Brussel)"),
        ("1050", "1050 Elsene"),
        ("3800", "3800 Sint-Truiden"),
        ("2018", "2018 Antwerpen"),
        ("1931", "1931 Machelen"),
    ],
)
def test_place_is_called_as_people_call_it(postcode: str, shown: str) -> None:
    assert str(place(postcode)) == shown


@pytest.mark.parametrize(
    ("town", "first"),
    [
        ("Gent", "9000"),
        ("gand", "9000"),
        ("BRUXELLES", "1000"),
        ("Liege", "4000"),
        ("kessel lo", "3010"),
        ("St-Niklaas", "9100"),
        ("Sint Joost ten Node", "1210"),
        ("Schaerbeek", "1030"),
        ("s gravenwezel", "2970"),
        ("Aalst", "9300"),
        ("Melle", "9090"),
        ("Zwijndrecht", "2070"),
    ],
)
def test_town_is_found_by_its_names(town: str, first: str) -> None:
    assert places.named(town)[0].postcode == first


def test_town_gives_all_its_postcodes_and_those_of_the_same_name() -> None:
    postcodes = [found.postcode for found in places.named("Halle")]

    assert postcodes == ["1500", "1501", "1502", "2980"]


def test_unknown_town_gives_nothing() -> None:
    assert places.named("Nergenshuizen") == []
    assert places.named("") == []


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("8500", "8500"),
        ("B-8500 Kortrijk", "8500"),
        ("Kortrijk (8500)", "8500"),
        ("kortrijk", "8500"),
        ("9031 Gent", "9031"),
        ("0000", None),
        ("", None),
        ("nergens", None),
    ],
)
def test_place_is_read_from_what_people_type(text: str, postcode: str | None) -> None:
    found = places.read(text)

    assert (found and found.postcode) == postcode


def test_suggestions_put_towns_before_their_parts() -> None:
    assert [str(found) for found in places.starting("kort", 3)] == [
        "8500 Kortrijk",
        "8610 Kortemark",
        "3070 Kortenberg",
    ]
    assert [found.postcode for found in places.starting("903")] == ["9030", "9031", "9032"]
    assert places.starting("  ") == []


def test_distance_is_along_the_earth() -> None:
    # Great circle between the two city halls: 39.6 km; the table is good to a few kilometres.
    assert places.km(place("9000"), place("8000")) == pytest.approx(39.6, abs=3)
    assert places.km(place("1000"), place("2000")) == pytest.approx(41.6, abs=3)


@given(st.sampled_from(EVERYWHERE), st.sampled_from(EVERYWHERE), st.sampled_from(EVERYWHERE))
def test_distance_is_a_distance(a: Place, b: Place, c: Place) -> None:
    assert places.km(a, a) == 0
    assert places.km(a, b) == places.km(b, a)
    assert places.km(a, c) <= places.km(a, b) + places.km(b, c) + 1e-6
    assert places.km(a, b) < 300


@given(st.sampled_from(EVERYWHERE), st.floats(min_value=0, max_value=400))
def test_within_holds_exactly_what_is_near(centre: Place, distance: float) -> None:
    near = places.within(centre, distance)

    assert near == {p.postcode for p in EVERYWHERE if places.km(centre, p) <= distance}
    assert centre.postcode in near


def test_every_postcode_lies_in_belgium_and_every_municipality_has_one_main() -> None:
    assert len(EVERYWHERE) == 1149
    for found in EVERYWHERE:
        assert 49.4 < found.latitude < 51.6
        assert 2.5 < found.longitude < 6.5
        assert [p.main for p in places.municipality(found)].count(True) == 1
    assert sum(found.main for found in EVERYWHERE) == 565


def test_tables_name_each_postcode_once() -> None:
    for name in ("postcodes.csv", "coordinates.csv"):
        text = resources.files("partnerwijzer.places").joinpath(name).read_text("utf-8")
        codes = [row["postcode"] for row in csv.DictReader(text.splitlines())]
        assert codes == sorted(set(codes))
