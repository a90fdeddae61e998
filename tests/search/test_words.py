"""Words as they are indexed and asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.search.words import stem, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Één café, vlakbij!", ["een", "cafe", "vlakbij"]),
        ("v.z.w. De Ark", ["vzw", "de", "ark"]),
        ("Dr. Jan 3.5", ["dr", "jan", "3", "5"]),
        ("STE(A)M & co", ["ste", "a", "m", "co"]),
        ("", []),
    ],
)
def test_capitals_accents_and_signs_do_not_count(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("organisatie", "organisaties"), ("workshop", "workshops"), ("bos", "bossen")],
)
def test_words_with_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(st.text())
def test_what_is_typed_gives_words_of_one_piece(text: str) -> None:
    assert all(words(word) == [word] for word in words(text))
