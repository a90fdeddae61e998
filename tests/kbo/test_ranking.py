from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.kbo.ranking import fit, one_edit

WORDS = st.text(alphabet="abcd", min_size=1, max_size=7)


def edits(word: str) -> set[str]:
    """Every word at one edit, made the long way."""
    letters = "abcd"
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return {
        word,
        *(left + right[1:] for left, right in cuts if right),
        *(left + letter + right for left, right in cuts for letter in letters),
        *(left + letter + right[1:] for left, right in cuts if right for letter in letters),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
    }


@given(WORDS, WORDS)
def test_one_edit_is_what_the_definition_says(left: str, right: str) -> None:
    assert one_edit(left, right) == (right in edits(left))


@given(WORDS.flatmap(lambda word: st.tuples(st.just(word), st.sampled_from(sorted(edits(word))))))
def test_every_edit_is_recognised(pair: tuple[str, str]) -> None:
    assert one_edit(*pair)
    assert one_edit(pair[1], pair[0])


def score(query: str, name: str, place: str = "") -> float:
    words = query.split()
    return fit(words, words, name.split(), place.split())


def test_the_better_a_name_fits_the_higher_it_scores() -> None:
    names = [
        "muziekschool gent",
        "muziekschool gent zuid",
        "koninklijke muziekschool gent zuid",
        "muziekschool gentbrugge",
        "muziekschol gent",
        "muziekschool aalst",
        "dansschool aalst",
    ]

    scores = [score("muziekschool gent", name) for name in names]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert scores[-1] == 0.0


def test_town_counts_almost_as_a_word_of_the_name() -> None:
    in_name = score("bib gent", "bib gent")
    in_place = score("bib gent", "bib", "9000 gent")
    elsewhere = score("bib gent", "bib", "9300 aalst")

    assert in_name > in_place > elsewhere


def test_slight_words_hardly_count() -> None:
    assert score("de bib vzw", "bib") > 0.9 * score("bib", "bib")
    assert score("de bib", "bib") > score("de bib", "de fanfare")


def test_postcode_is_not_forgiven_a_typo() -> None:
    assert score("9000", "bib", "9001 x") == 0.0
