"""Two people change the same thing: the later one is shown both texts and chooses, and nothing is
lost (issue 3, line 22). Every form of the product that changes a text that is there already.

Beside it: `tests/dossiers/test_two_people.py`, with what is particular to the forms of a dossier.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from partnerwijzer.dossiers.models import Dossier, DossierState
from tests.architecture.source import ROOT
from tests.architecture.test_matrix import address, browser, routes
from tests.dossiers.marked import Marked
from tests.dossiers.pages import fields_of, form, tree, words

MINE, THEIRS = "Dit typte ik zelf.", "Dit bewaarde mijn collega."


@dataclass(frozen=True)
class Form:
    """One form: a field of it that holds words, what else it must hold, and who has it open."""

    text: str
    holding: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    first: str = "head"
    second: str = "coordinator"


GUEST = {"first": "anonymous", "second": "anonymous"}
FORMS = {
    "authoring:criterion": Form("guidance"),
    "organisations:edit_profile": Form("project"),
    "organisations:edit_priority": Form("text"),
    "councils:body": Form("name", {"deel": "naam"}),
    "councils:rules": Form("rules_source"),
    "councils:meeting_edit": Form("place"),
    "councils:point": Form("text"),
    "councils:advice": Form("answer"),
    "councils:advice_edit": Form("text"),
    "schooldays:day": Form("name"),
    "partners:edit": Form("description"),
    "partners:own_facts": Form("description", **GUEST),
    "partners:own_offer": Form("description", **GUEST),
    "partners:own_recognition": Form("what_for", **GUEST),
    "partners:contact_edit": Form("function", more={"phone": "050 12 34 56"}),
    "partners:recognition_edit": Form("what_for"),
    "partners:offer_edit": Form("description"),
    "surveys:own_words": Form("intro"),
    "surveys:own_question": Form("help"),
    "surveys:edit": Form("title"),
    "surveys:answer": Form("v-tip", **GUEST),
    "dossiers:thank": Form("body", more={"to_name": "Jo", "to_email": "jo@een.example"}),
    "dossiers:facts": Form("aim"),
    "dossiers:criterion": Form("argument"),
    "dossiers:agreement": Form("extra", more={"deel": "bewaar"}),
    "dossiers:block_edit": Form("text"),
    "dossiers:activity_edit": Form("preparation"),
    "dossiers:share": Form("advice"),
    "dossiers:remark": Form("text", second="head"),
    "dossiers:council_edit": Form("words", {"deel": "uitkomst"}),
    "dossiers:council_duty": Form("reason"),
    "moments:pack": Form("material"),
    "moments:incident": Form("happened"),
    "moments:house_rules": Form("text"),
    "trajectories:trajectory": Form("part"),
    "trajectories:milestone": Form("note"),
    "costs:plan": Form("text"),
    "costs:line": Form("what"),
    "costs:other": Form("what"),
    "costs:ceiling": Form("source", first="umbrella_admin", second="umbrella_admin"),
    "papers:style": Form("lines"),
    "papers:letter": Form("body", more={"to_name": "Jo", "to_email": "jo@een.example"}),
    "quality:text": Form("summary"),
    "research:research": Form("werk-question"),
}


# The same for forms that need more than this world has: address -> the test that holds it.
ELSEWHERE = {
    "authoring:publish": "authoring/test_writing.py::test_two_people_do_not_lose_each_others_words",
    "dossiers:adopt": "dossiers/test_moving.py::test_who_saw_an_older_preview_looks_again",
    "dossiers:assess": "dossiers/test_two_people.py::"
    "test_who_saves_second_sees_both_texts_and_overwrites_nothing",
    "dossiers:evaluate": "dossiers/test_two_people.py::"
    "test_who_saves_second_sees_both_texts_and_overwrites_nothing",
    "dossiers:tree_run": "dossiers/test_trees.py::test_of_two_people_the_second_is_told",
    "exchange:list": "exchange/test_list_pages.py::test_an_old_form_does_nothing",
    "exchange:columns": "exchange/test_list_pages.py::test_an_old_form_does_nothing",
    "moments:move": "moments/test_day.py::test_of_two_who_move_it_the_later_sees_both",
    "moments:attendance": "moments/test_day.py::test_two_who_note_it_do_not_overwrite_each_other",
    "quality:tags": "quality/test_framework.py::"
    "test_of_two_who_tick_at_once_the_later_sees_both_and_chooses",
    "schooldays:days": "schooldays/test_pages.py::test_two_who_say_the_week_do_not_lose_it",
    "surveys:own_set": "surveys/test_own_sets.py::test_of_two_people_who_change_a_set_one_is_told",
    "trajectories:series": "trajectories/test_series.py::"
    "test_two_who_change_a_series_do_not_do_it_twice",
    "trajectories:series_stop": "trajectories/test_stopping.py::"
    "test_of_two_who_stop_it_the_later_is_told",
    "volunteers:note": "volunteers/test_note.py::test_two_who_write_at_once_see_both_texts",
}
# Forms that begin something new and stand beside a version, or that add to what is there.
ADDS = {
    "surveys:own_question_new": "adds a question to a draft; the draft says when it changed",
    "authoring:criterion_new": "adds a question to a draft; the draft says when it changed",
}
# Forms with words in them and without a version: why nobody's words are lost.
ONE_OWNER = "only one person can change this"
NEW = "begins something new; what stands in it is a suggestion"
NO_VERSION = {
    "organisations:account": ONE_OWNER,
    "account_reauthenticate": ONE_OWNER,
    "account_change_password": ONE_OWNER,
    "dossiers:answer_adviser": ONE_OWNER,
    "dossiers:partner_conversation": NEW,
    "archive:again": NEW,
    "volunteers:overview": NEW,
    "dossiers:evidence_one": NEW + ": the next version of the evidence, by its number",
    "dossiers:decision": "a day, or words that are signed once: a page from before is told so",
    "moments:call_off": "done once: who is late is told that it is off",
    "moments:replace": "done once; who is late sees who took over",
    "moments:restore": "done once: who is late is told that it is on",
    "moments:pack": "an address to send to; the text has a version",
}


@pytest.mark.parametrize("name", FORMS)
def test_the_later_one_sees_both_and_chooses(name: str, world: Marked) -> None:
    case = FORMS[name]
    where = address(name, routes()[name], world.a, world.secrets)
    me, colleague = browser(world, case.first), browser(world, case.second)
    holding = {case.text: "", **case.holding}
    mine = {**form(me.get(where), **holding), **case.more, case.text: MINE}
    theirs = {**form(colleague.get(where), **holding), **case.more, case.text: THEIRS}
    saved = colleague.post(where, theirs)
    assert saved.status_code == 302, words(saved)

    response = me.post(where, mine)

    assert response.status_code in (200, 409, 422)
    assert THEIRS in words(response)
    shown = form(response, **holding)
    assert shown[case.text] == MINE
    assert me.post(where, {**shown, **case.more}).status_code == 302
    assert form(me.get(where), **holding)[case.text] == MINE


def found_forms(world: Marked) -> Iterator[tuple[str, dict[str, Any], set[str]]]:
    """Every form that posts which the head or the umbrella is shown: the address, what stands in
    it, and which of that was typed once."""
    for who in ("head", "umbrella_admin", "adviser"):
        client = browser(world, who)
        for name, route in routes().items():
            for keys in (world.a, world.b):
                response = client.get(address(name, route, keys, world.secrets))
                if response.status_code == 200 and "text/html" in response["Content-Type"]:
                    for found in tree(response).forms:
                        if found.method == "POST":
                            yield name, fields_of(found), typed(found)


def typed(found: Any) -> set[str]:
    lines = ".//input[@name][not(@type) or @type='text' or @type='email' or @type='url']"
    controls = found.xpath(f".//textarea[@name] | {lines}")
    return {c.get("name") for c in controls if c.get("value") or c.text_content().strip()}


@pytest.mark.once
def test_each_form_that_changes_words_is_known(world: Marked) -> None:
    with_version, without = set(), set()
    for name, fields, words_in in found_forms(world):
        versions = [v for n, v in fields.items() if n.rpartition("-")[2] in ("version", "stand")]
        if any(str(value) not in ("", "0") for value in versions):
            with_version.add(name)
        elif not versions and words_in:
            without.add(name)

    assert with_version - {*FORMS, *ELSEWHERE, *ADDS} == set()
    assert without - {*FORMS, *ELSEWHERE, *NO_VERSION} == set()
    assert set(NO_VERSION) - without == set()


def test_what_is_held_elsewhere_is_held() -> None:
    for where in ELSEWHERE.values():
        path, _, test = where.partition("::")
        code = ast.parse((ROOT / "tests" / path).read_text())
        assert test in {n.name for n in code.body if isinstance(n, ast.FunctionDef)}, where


# What a colleague does in between is not only saving


SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}  # as a browser says of a form of this site


def gone(where: str) -> str:
    """The address of something that is not there any more."""
    parts = where.strip("/").split("/")
    last = max(i for i, part in enumerate(parts) if part.isdigit())
    parts[last] = "987654"
    return f"/{'/'.join(parts)}/"


@pytest.mark.parametrize("name", [n for n in FORMS if "<int:" in routes()[n]])
def test_what_was_typed_for_a_thing_that_is_gone_stays_to_copy(name: str, world: Marked) -> None:
    case = FORMS[name]
    where = address(name, routes()[name], world.a, world.secrets)
    client = browser(world, case.first)
    mine = {**form(client.get(where), **{case.text: "", **case.holding}), case.text: MINE}

    response = client.post(gone(where), mine, headers=SAME_ORIGIN)

    assert response.status_code == 404
    assert "Hier staat het nog" in words(response)
    assert MINE in words(response)


def test_a_form_of_another_site_gets_no_page_here_that_says_its_words(world: Marked) -> None:
    client = browser(world, "head")

    response = client.post("/dossiers/987654/gegevens/", {"aim": MINE, "deel": "gegevens"})

    assert response.status_code == 404
    assert MINE not in words(response)


@pytest.mark.parametrize("name", [n for n in FORMS if n.startswith("dossiers:")])
def test_a_dossier_that_was_closed_meanwhile_loses_no_words(name: str, world: Marked) -> None:
    case = FORMS[name]
    where = address(name, routes()[name], world.a, world.secrets)
    client = browser(world, case.first)
    holding = {case.text: "", **case.holding}
    mine = {**form(client.get(where), **holding), **case.more, case.text: MINE}
    Dossier.objects.filter(pk=world.a["dossier"]).update(
        state=DossierState.STOPPED, closed_at=timezone.now()
    )

    response = client.post(where, mine, headers=SAME_ORIGIN)

    assert response.status_code == 302 or MINE in words(response)


def test_an_answer_to_a_question_that_went_with_another_framework_stays_to_copy(
    world: Marked,
) -> None:
    name = "dossiers:criterion"
    where = address(name, routes()[name], world.a, world.secrets)
    client = browser(world, "head")
    mine = {**form(client.get(where), argument=""), "argument": MINE}
    elsewhere = where.replace(world.a["criterion"], "niet-in-dit-kader")

    response = client.post(elsewhere, mine, headers=SAME_ORIGIN)

    assert (response.status_code, MINE in words(response)) == (404, True)


# Who else is here


@pytest.mark.once
def test_where_one_types_in_a_dossier_one_sees_who_else_does(world: Marked) -> None:
    client = browser(world, "head")
    without = set()
    for name, route in routes().items():
        if route.startswith("dossiers/<int:pk>/"):
            response = client.get(address(name, route, world.a, {}))
            if response.status_code == 200 and "text/html" in response["Content-Type"]:
                page = response.content.decode()
                posts = any(f.method == "POST" for f in tree(response).xpath("//main//form"))
                if posts and "<main" in page and "data-here-at=" not in page:
                    without.add(name)

    assert without == set()


def test_who_came_by_a_link_does_not_hear_who_of_the_school_is_here(world: Marked) -> None:
    client = browser(world, "anonymous")
    pages = [
        client.get(address(name, route, world.a, world.secrets))
        for name, route in routes().items()
        if "<str:token>" in route
    ]

    assert sum(page.status_code == 200 for page in pages) > 10
    assert [p for p in pages if not p.streaming and b"data-here" in p.content] == []
