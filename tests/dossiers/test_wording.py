"""What changed between two versions of an agreement, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.dossiers.agreement_text import Clause
from partnerwijzer.dossiers.wording import Piece, changes, pieces

TEXTS = st.text(alphabet="ab .\n", max_size=40)


def clause(key: str, text: str) -> dict[str, str]:
    return Clause(key, "groep", key.upper(), text).as_json()


def test_changes_name_what_changed_came_and_went_in_reading_order() -> None:
    old = [clause("a", "één"), clause("b", "twee"), clause("c", "drie")]
    new = [clause("a", "één"), clause("b", "anders"), clause("d", "vier")]

    def named(before: list[dict[str, str]], after: list[dict[str, str]]) -> list[tuple[str, str]]:
        return [(change.title, change.kind) for change in changes(before, after)]

    assert named(old, new) == [("B", "changed"), ("D", "added"), ("C", "removed")]
    assert named(new, new) == []
    assert named([], new) == [("A", "added"), ("B", "added"), ("D", "added")]


def test_only_the_words_that_differ_are_marked() -> None:
    assert pieces("We komen om negen uur samen.", "We komen om tien uur samen.") == [
        Piece("same", "We komen om "),
        Piece("gone", "negen"),
        Piece("new", "tien"),
        Piece("same", " uur samen."),
    ]


def test_words_that_changed_side_by_side_read_as_one_change() -> None:
    assert pieces("Tine belt Lowie op", "Bram mailt Lowie op") == [
        Piece("gone", "Tine belt"),
        Piece("new", "Bram mailt"),
        Piece("same", " Lowie op"),
    ]


@given(old=TEXTS, new=TEXTS)
def test_no_word_of_either_text_is_lost(old: str, new: str) -> None:
    found = pieces(old, new)

    assert "".join(p.text for p in found if p.kind != "new") == old
    assert "".join(p.text for p in found if p.kind != "gone") == new
