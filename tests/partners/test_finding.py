"""A search stands whole in the address, and what makes no sense there is left out."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.partners.finding import MOST_WORDS, Wish, wish_of

KNOWN = {
    "soort": ["library", "media"],
    "thema": ["reading"],
    "niveau": ["lager"],
    "werkvorm": ["workshop"],
    "hoevaak": ["one-off", "series"],
    "voor": ["pupils", "team"],
    "waar": ["at-school", "online"],
    "per": ["pupil", "day"],
    "gratis": ["1"],
    "ervaring": ["1"],
    "volgorde": ["nieuw"],
}


def wish(address: str) -> Wish:
    return wish_of(QueryDict(address.removeprefix("?")), KNOWN)


def test_the_address_holds_the_whole_search() -> None:
    address = "?q=lezen&soort=library&hoevaak=one-off&hoevaak=series&prijs=12%2C50&per=pupil"

    assert wish(address) == Wish(
        q="lezen",
        soort=("library",),
        hoevaak=("one-off", "series"),
        prijs="12,50",
        per="pupil",
    )
    assert wish(address).address == address


def test_what_is_not_known_or_empty_is_left_out() -> None:
    address = "soort=niets&thema=&waar=at-school&waar=ergens&waar=at-school&vreemd=1&gratis=ja"

    assert wish(address) == Wish(waar=("at-school",))


def test_a_filter_can_be_taken_away_and_the_rest_stays() -> None:
    search = wish("q=a&hoevaak=one-off&hoevaak=series&prijs=5&per=day")

    assert search.without("hoevaak", "series") == "?q=a&hoevaak=one-off&prijs=5&per=day"
    assert search.without("prijs", "5") == "?q=a&hoevaak=one-off&hoevaak=series"


def test_words_and_order_are_no_filters() -> None:
    search = wish("q=a&volgorde=nieuw&per=day&ervaring=1&thema=reading")

    assert search.chosen == [("thema", "reading"), ("ervaring", "1")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Lezen met de Bib", ["lezen", "bib"]),
        ("de", ["de"]),
        ("Écrire, lire!", ["ecrire", "lire"]),
        ("a a b", ["a", "b"]),
        ("  ", []),
    ],
)
def test_words_are_folded_and_little_words_count_only_alone(typed: str, words: list[str]) -> None:
    assert Wish(q=typed).words == words


def test_a_whole_page_of_words_is_cut() -> None:
    assert len(Wish(q=" ".join(f"w{i}" for i in range(50))).words) == MOST_WORDS


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12,50", Decimal("12.50")),
        ("12.50", Decimal("12.50")),
        ("€ 1.250", Decimal(1250)),
        ("0", Decimal(0)),
        ("-1", None),
        ("veel", None),
        ("NaN", None),
        ("1e99", None),
        ("9" * 50, None),
        ("", None),
    ],
)
def test_the_highest_price_is_read_as_in_belgium(typed: str, amount: Decimal | None) -> None:
    assert Wish(prijs=typed).most_euro == amount


@given(
    st.builds(
        Wish,
        q=st.text(max_size=30).map(str.strip),
        soort=st.sampled_from([(), ("library",)]),
        hoevaak=st.lists(st.sampled_from(["one-off", "series"]), unique=True).map(tuple),
        prijs=st.sampled_from(["", "5", "veel"]),
        ervaring=st.sampled_from(["", "1"]),
    )
)
def test_reading_back_what_was_written_gives_the_same_search(search: Wish) -> None:
    assert wish(search.address) == search
