"""How documents are found: the words of a name first, then of a text, then with a slip."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from partnerwijzer.search import index
from partnerwijzer.search.index import Document, Finder

Find = Callable[..., list[int]]
DOCUMENTS = [
    Document(1, 0, "Muziekacademie Linde", "Lessen voor kinderen in Gent", "kind:academy"),
    Document(1, 7, "Muziekacademie Linde Klankbad", "Zingen met de klas"),
    Document(2, 0, "Boswandelaars vzw", "Organisaties van café tot bos", "theme:nature"),
    Document(3, 0, "Bibliotheek", "Een muziekafdeling en boeken", "kind:library theme:reading"),
]


def made(folder: Path, documents: Iterable[Document]) -> None:
    index.make_index(folder)
    index.write(folder, documents)


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """find("bos") gives the groups that are found, best first, each once."""
    made(tmp_path, DOCUMENTS)
    finder = Finder(tmp_path)
    return lambda word, **how: list(dict.fromkeys(finder.find(word, **how).groups))


@pytest.mark.parametrize(
    ("word", "groups"),
    [
        ("linde", [1]),
        ("muz", [1]),
        ("muzi", [1, 3]),
        ("cafe", [2]),
        ("organisatie", [2]),
        ("boek", [3]),
        ("theme:reading", []),
        ("muziekacademy", []),
    ],
)
def test_a_word_is_found_whole_begun_or_by_its_stem(
    find: Find, word: str, groups: list[int]
) -> None:
    assert find(word) == groups


@pytest.mark.parametrize(
    ("word", "groups"),
    [
        ("linde", [1]),
        ("muziekacademy", [1]),
        ("muzeikacademie", [1]),
        ("biblioteek", [3]),
        ("wandelaars", [2]),
        ("zzz", []),
    ],
)
def test_a_second_look_finds_it_with_a_slip_and_inside_a_word(
    find: Find, word: str, groups: list[int]
) -> None:
    assert find(word, rough=True) == groups


def test_a_number_has_no_slip(tmp_path: Path) -> None:
    made(tmp_path, [Document(1, 0, "Zaal", "9000 Gent")])

    found = [
        bool(Finder(tmp_path).find(word, rough=True).groups) for word in ("9000", "9001", "90")
    ]

    assert found == [True, False, True]


def test_keys_are_found_as_they_are(tmp_path: Path) -> None:
    made(tmp_path, DOCUMENTS)

    found = Finder(tmp_path).having(["theme:reading", "kind:academy"])

    assert sorted(found.groups) == [1, 3]


def test_of_many_documents_all_are_found(tmp_path: Path) -> None:
    made(tmp_path, (Document(n, n % 3, "Zelfde naam", "") for n in range(2500)))

    hits = Finder(tmp_path).find("naam")

    assert sorted(zip(hits.groups, hits.slots, strict=True)) == [(n, n % 3) for n in range(2500)]


def test_a_group_is_replaced_as_a_whole(tmp_path: Path) -> None:
    made(tmp_path, DOCUMENTS)
    before = Finder(tmp_path)

    index.write(tmp_path, [Document(1, 0, "Kunstacademie", "")], gone=[1, 3])

    after = Finder(tmp_path)
    assert set(before.find("muziekacademie").groups) == {1}
    assert after.find("muziekacademie").groups == []
    assert set(after.find("kunstacademie").groups) == {1}
    assert after.find("bibliotheek").groups == []
    assert set(after.find("boswandelaars").groups) == {2}
