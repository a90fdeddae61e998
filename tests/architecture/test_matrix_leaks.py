"""No word of a school leaves it unasked: every page, read by everybody, for words that are marked.

Who may see which address stands in test_matrix.py.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.architecture.test_matrix import address, browser, everything, routes
from tests.dossiers.marked import SHARED, WORD, Marked, marker

pytestmark = pytest.mark.once


def test_without_the_secret_nothing_opens(world: Marked) -> None:
    client = browser(world, "anonymous")
    behind = {n: r for n, r in routes().items() if "<str:token>" in r or "<str:code>" in r}

    found = {name: client.get(address(name, route, world.a, {})) for name, route in behind.items()}

    assert len(behind) > 7
    assert {
        name: sorted(words_in(answer)) for name, answer in found.items() if words_in(answer)
    } == {}


def words_in(answer: Any) -> set[str]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heading = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    return set(WORD.findall(content.decode("utf-8", "replace").lower() + heading.lower()))


def seen_by(world: Marked, who: str, *, secrets: bool = False) -> dict[str, set[str]]:
    """Every marked word that somebody is shown, with the addresses: pages, pieces of pages, files,
    agendas; for both dossiers, and in lists that are searched."""
    client = browser(world, who)
    found: dict[str, set[str]] = {}
    for name, where, query in _everywhere(world, world.secrets if secrets else {}):
        answer = client.get(where, query)
        words = words_in(answer)
        if answer.status_code == 200 and not query:
            words |= words_in(client.get(where, headers={"HX-Request": "true"}))
        for word in words:
            found.setdefault(word, set()).add(name)
    return found


def _everywhere(world: Marked, secrets: dict[str, str]) -> Iterator[tuple[str, str, Any]]:
    for name, route in routes().items():
        if "<" in route:
            for where in {address(name, route, keys, secrets) for keys in (world.a, world.b)}:
                yield name, where, {}
        else:
            yield name, reverse(name), {}
            yield name, reverse(name), {"stand": "alle", "q": "zzmerk"}


def leaked(seen: dict[str, set[str]], allowed: set[str], groups: str = "") -> dict[str, list[str]]:
    """What is shown and not allowed. Groups are beginnings of words that are allowed as a whole."""
    beginnings = tuple(f"zzmerk{group}" for group in groups.split())
    return {
        word: sorted(names)
        for word, names in seen.items()
        if word not in allowed and not (beginnings and word.startswith(beginnings))
    }


SCHOOL_NAME = marker("school", "name")


# Words that the head does not meet on a page, and why that is right.
SHOWN_ELSEWHERE = {
    *(marker("a", key) for key in ("asked message", "survey message")),  # on the page of the asked
    marker("b", "asked message"),
    marker("b", "survey message"),
    *(marker("a", key) for key in ("wish", "wisher")),  # settled: the partner confirmed
    marker("a", "position reason"),  # in the signed record, as a file
    *(marker(group, "volunteer") for group in "ab"),  # for who leads the dossier only
    *(
        marker("name", who)
        for who in ("board_admin", "umbrella_admin", "sister", "other_head", "other_teacher")
    ),
}


def test_the_words_can_be_seen_where_they_belong(world: Marked) -> None:
    """Else the tests below would find nothing because there is nothing."""
    seen = set(seen_by(world, "head"))

    hidden = all_words() - seen

    assert hidden == SHOWN_ELSEWHERE


def all_words() -> set[str]:
    """Every marked word that is kept."""
    return set(WORD.findall(str(everything()).lower()))


def test_an_anonymous_visitor_is_shown_no_word(world: Marked) -> None:
    assert leaked(seen_by(world, "anonymous"), set()) == {}


@pytest.mark.parametrize("who", ["other_head", "other_teacher"])
def test_another_school_is_shown_what_was_shared_with_everyone(who: str, world: Marked) -> None:
    seen = seen_by(world, who)

    assert leaked(seen, {SHARED}, groups="nameother") == {}
    assert seen[SHARED] == {"partners:detail"}


def test_a_school_of_the_same_board_is_also_shown_whose_experience_it_is(world: Marked) -> None:
    seen = seen_by(world, "sister")

    assert leaked(seen, {SHARED, SCHOOL_NAME}, groups="namesister") == {}
    assert seen[SCHOOL_NAME] == {"partners:detail"}


def test_the_umbrella_is_shown_schools_and_people_and_no_dossier(world: Marked) -> None:
    assert leaked(seen_by(world, "umbrella_admin"), {SHARED}, groups="school name") == {}


def test_the_council_is_shown_the_item_and_no_more_of_the_dossier(world: Marked) -> None:
    shown = ("title", "council note", "council words", "point", "point text")
    item = {marker("a", key) for key in (*shown, "council advice", "council advice text")}
    seen = seen_by(world, "council")

    assert leaked(seen, {SHARED, *item}, groups="schoolname schoolpr name") == {}
    assert item <= set(seen)


def test_the_anker_is_shown_the_dossier_with_the_question_and_no_other(world: Marked) -> None:
    seen = seen_by(world, "adviser")

    assert leaked(seen, {SHARED}, groups="a school name") == {}
    assert marker("a", "argument") in seen


OF_THE_AGREEMENT = {
    *(
        marker("a", key)
        for key in ("title", "clause", "extra", "aim", "group", "change note", "partner signer")
    ),
    *(marker("a", key) for key in ("message", "message file", "attachment", "partner message")),
    SCHOOL_NAME,
    marker("name", "coordinator"),
    marker("name", "teacher"),
    marker("name", "head"),  # who confirmed for the school: both sides do so by name
}
OF_THE_SURVEY = {
    *(marker("a", key) for key in ("asked person", "asked message", "answer")),
    marker("name", "coordinator"),
    SCHOOL_NAME,
}
OF_THE_FEED = {
    *(
        marker(dossier, key)
        for dossier in ("a", "b")
        for key in ("activity", "cancelled activity", "series", "place", "group")
    ),
    marker("school", "day off"),
    marker("name", "teacher"),
    SCHOOL_NAME,
}
OF_THE_VOLUNTEER = {
    SCHOOL_NAME,
    marker("a", "activity"),
    marker("a", "place"),
    marker("a", "volunteer"),
    marker("name", "coordinator"),
}
OF_THE_INVITATION = {
    *(marker("school", key) for key in ("name", "invitee", "invited")),
    marker("name", "head"),
}


@pytest.mark.parametrize(
    ("secret", "allowed"),
    [
        ("agreement", OF_THE_AGREEMENT),
        ("survey", OF_THE_SURVEY),
        ("code", {SCHOOL_NAME, marker("a", "activity")}),
        ("invitation", OF_THE_INVITATION),
        ("feed", OF_THE_FEED),
        ("profile", {SHARED}),
        ("factors", {SCHOOL_NAME, *(marker("a", key) for key in ("title", "activity", "series"))}),
        ("volunteers", OF_THE_VOLUNTEER),
    ],
)
def test_who_holds_a_link_is_shown_what_it_is_about(
    secret: str, allowed: set[str], world: Marked
) -> None:
    only = Marked(world.world, world.a, world.b, {secret: world.secrets[secret]})

    seen = seen_by(only, "anonymous", secrets=True)

    assert leaked(seen, allowed) == {}
    assert seen
