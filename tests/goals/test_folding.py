import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.goals import folding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reliëf, code 09.01!", "relief code 09.01"),
        ("  Één   école…", "een ecole"),
        ("1ste graad A-stroom", "1ste graad a stroom"),
        ("einde. Begin", "einde begin"),
        ("snake_case", "snake case"),
        ("", ""),
    ],
)
def test_fold_drops_accents_case_and_signs(text: str, expected: str) -> None:
    assert folding.fold(text) == expected


@given(st.text())
def test_fold_is_stable_and_has_single_spaces(text: str) -> None:
    once = folding.fold(text)

    assert once == " ".join(once.split())
    assert folding.fold(once) == once


@given(st.text(), st.text())
def test_each_word_of_a_text_is_found_in_its_index(before: str, after: str) -> None:
    index = folding.index(before, after)

    missed = [
        word
        for word in folding.words(f"{before} {after}")
        if not any(needle in index for needle in folding.needles(word))
    ]

    assert missed == []


def test_words_gives_each_word_once_and_not_endlessly_many() -> None:
    assert folding.words("Kaart kaart KAART lezen") == ["kaart", "lezen"]
    assert len(folding.words(" ".join(map(str, range(100))))) == folding.MOST_WORDS


def test_a_code_is_found_with_and_without_leading_zeros_from_its_start_only() -> None:
    index = folding.index("09.01")

    found = {
        typed: any(needle in index for needle in folding.needles(typed))
        for typed in ("09.01", "9.1", "09.0", "9", "01", "1", "9.10")
    }

    assert found == {
        "09.01": True,
        "9.1": True,
        "09.0": True,
        "9": True,
        "01": False,
        "1": False,
        "9.10": False,
    }
