"""Everyday words find what is called otherwise, also with a slip, and the page says so."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.conf import settings

from partnerwijzer.access.actor import Actor
from partnerwijzer.partners import everyday, queries
from partnerwijzer.partners.finding import Wish
from partnerwijzer.partners.models import Partner
from partnerwijzer.search.words import words
from tests.partners.conftest import MakeOffer, MakePartner, SignIn
from tests.partners.pages import part, text_of
from tests.personas import World

Find = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("zwembad", "zwembad", True),
        ("zwemba", "zwembad", True),
        ("zwembadd", "zwembad", True),
        ("zwenbad", "zwembad", True),
        ("zwmebad", "zwembad", True),
        ("zwmbeda", "zwembad", False),
        ("zwem", "zwembad", False),
        ("", "a", True),
        ("", "", True),
        ("ab", "cd", False),
    ],
)
def test_one_slip(one: str, other: str, expected: bool) -> None:
    assert everyday.one_slip(one, other) is expected
    assert everyday.one_slip(other, one) is expected


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("muziekschool", ["academie muziek"]),
        ("muziekschol", ["academie muziek"]),
        ("muzeikschool", ["academie muziek"]),
        ("muziekscholen", ["academie muziek"]),
        ("muzieksch", ["academie muziek"]),
        ("Muziekschool!", ["academie muziek"]),
        ("muziek", []),
        ("bib", ["bibliotheek"]),
        ("bibl", []),
        ("bibliotheken", ["bib"]),
        ("toneel", ["theater"]),
        ("toneelschool", ["academie theater"]),
        ("theaters", ["toneel"]),
        ("zwembad", ["zwemmen"]),
        ("logo", ["logopedie"]),
        ("kunstschool", ["academie beeld"]),
        ("taalcoach", ["taalondersteuning"]),
        ("deeltijds kunstonderwijs", ["dko"]),
        ("kunstonderwijs", []),
        ("lezen", []),
    ],
)
def test_a_word_stands_for_others_in_any_form(typed: str, labels: list[str]) -> None:
    [*said] = everyday.understood(tuple(words(typed)))

    assert [label for one in said for label, _words in one.also][:1] == labels


def test_words_that_belong_together_are_one() -> None:
    said = everyday.understood(("gratis", "deeltijds", "kunstonderwijs", "gent"))

    assert [one.words for one in said] == [("gratis",), ("deeltijds", "kunstonderwijs"), ("gent",)]


def test_the_table_that_comes_with_the_product_is_right() -> None:
    assert everyday.check() == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ([], "Het bestand heeft één lijst: words."),
        ({"words": [], "more": 1}, "Het bestand heeft één lijst: words."),
        ({"words": ["bib"]}, "1: geef typed en also, of alleen same."),
        ({"words": [{"typed": ["bib"]}]}, "1: geef typed en also, of alleen same."),
        ({"words": [{"same": ["bib"]}]}, "1: same: een lijst van 2 tot 6."),
        ({"words": [{"same": "bib"}]}, "1: same: een lijst van 2 tot 6."),
        (
            {"words": [{"same": ["Bib", "zoo"]}]},
            "1: same: ‘Bib’: kleine letters zonder leestekens of accenten.",
        ),
        ({"words": [{"same": ["a b c d", "zoo"]}]}, "1: same: ‘a b c d’: hoogstens 3 woorden."),
        ({"words": [{"typed": ["bib"], "also": ["bib"]}]}, "1: ‘bib’ zoekt naar zichzelf."),
        (
            {"words": [{"same": ["bib", "zoo"]}, {"typed": ["bib"], "also": ["x"]}]},
            "‘bib’ staat er twee keer als wat mensen typen.",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_named(content: Any, problem: str) -> None:
    assert list(everyday.problems(content)) == [problem]


def test_a_broken_file_stops_the_start(settings: Any, tmp_path: Any) -> None:
    settings.CONTENT_DIR = tmp_path
    assert [error.id for error in everyday.check()] == ["partners.E001"]

    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "words.yaml").write_text("words: [")
    assert [error.id for error in everyday.check()] == ["partners.E001"]


def test_every_word_of_the_table_is_recognised() -> None:
    path = settings.CONTENT_DIR / "search" / "words.yaml"
    for entry in yaml.safe_load(path.read_text("utf-8"))["words"]:
        for typed in entry.get("typed", entry.get("same")):
            [said] = everyday.understood(tuple(words(typed)))
            assert said.also, typed


# In the databank


@pytest.fixture
def databank(make_partner: MakePartner, make_offer: MakeOffer) -> dict[str, Partner]:
    music = make_partner("Academie De Notelaar", kind="academy", themes=["music"])
    arts = make_partner("Academie Kwast", kind="academy", themes=["visual-and-audiovisual-arts"])
    library = make_partner("Bibliotheek Veerdegem", kind="library", themes=["reading"])
    make_offer(music, "Een orkest in de klas")
    make_offer(library, "Voorlezen")
    return {"music": music, "arts": arts, "library": library}


@pytest.fixture
def find(world: World, databank: dict[str, Partner]) -> Find:
    def look(text: str) -> list[str]:
        actor: Actor = world.actor("teacher")
        return [partner.name for partner in queries.find(actor, Wish(q=text))]

    return look


@pytest.mark.parametrize("typed", ["muziekschol", "muziekschool", "muzieksch", "muziekles"])
def test_who_types_muziekschol_finds_the_music_academy(find: Find, typed: str) -> None:
    assert find(typed) == ["Academie De Notelaar"]


def test_what_is_called_so_comes_first(find: Find, make_partner: MakePartner) -> None:
    make_partner("Muziekschool Zonneklank", description="")

    assert find("muziekschool") == ["Muziekschool Zonneklank", "Academie De Notelaar"]
    assert find("muziekschol") == ["Muziekschool Zonneklank", "Academie De Notelaar"]


def test_other_words_have_to_fit_with_the_rest(find: Find) -> None:
    assert find("muziekschool orkest") == ["Academie De Notelaar"]
    assert find("muziekschool voorlezen") == []


def test_a_school_of_arts_is_not_one_of_music(find: Find) -> None:
    assert find("tekenschool") == ["Academie Kwast"]


@pytest.mark.usefixtures("databank")
def test_the_page_says_by_which_other_words_something_was_found(sign_in: SignIn) -> None:
    teacher = sign_in("teacher")

    helped = text_of(part(teacher.get("/zoeken/?q=muziekschol"), "resultaten"))
    plain = text_of(part(teacher.get("/zoeken/?q=notelaar"), "resultaten"))
    filtered = text_of(part(teacher.get("/zoeken/?q=muziekschol&soort=library"), "resultaten"))

    assert "Ook gezocht op: academie muziek" in helped
    assert "Ook gezocht" not in plain
    assert "Ook gezocht" not in filtered
