"""Names that probably mean the same, and names that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.partners.likeness import alike, host_of, pieces
from partnerwijzer.search.spelling import folded

NAMES = st.text("abcdefghij é-.&'ABC vzw bv", max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schermlicht vzw", "Schermlicht"),
        ("Schermlicht", "VZW Schermlicht"),
        ("Schermlicht", "schermlícht"),
        ("Schermlicht", "Schermlcht"),
        ("Schermlicht", "Scherm Licht"),
        ("Theater De Zolder", "De Zolder, theater"),
        ("Theater De Zolder", "Teater de Zolder"),
        ("Bibliotheek", "Bibliotheek Veerdegem"),
        ("Kunstacademie De Linde", "Kunst-academie de Linde"),
        ("3D", "3d"),
    ],
)
def test_these_may_be_the_same(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schermlicht", "Schermduister"),
        ("Bibliotheek Leuven", "Bibliotheek Lier"),
        ("Natuurpunt Gent", "Natuurpunt Brugge"),
        ("Theater De Zolder", "Theater De Kelder"),
        ("Zolder", "Jeugdhuis en theater Zolder Oostmaarle"),
        ("vzw", "bv"),
        ("Dans", "Dag"),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


@given(NAMES)
def test_a_name_is_like_itself_and_like_itself_written_otherwise(name: str) -> None:
    assert alike(name, name)
    assert alike(name, folded(name).upper())


@given(NAMES, NAMES)
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)


@given(NAMES)
def test_each_piece_stands_in_the_folded_name(name: str) -> None:
    assert all(piece in folded(name) for piece in pieces(name))


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.schermlicht.example/contact", "schermlicht.example"),
        ("schermlicht.example", "schermlicht.example"),
        ("HTTP://Schermlicht.Example:8080", "schermlicht.example"),
        ("https://www.facebook.com/schermlicht", ""),
        ("geen adres", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_website_tells_who_it_is(address: str, host: str) -> None:
    assert host_of(address) == host
