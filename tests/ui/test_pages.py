"""The frame, the style page, and the pages that say that something went wrong."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client, RequestFactory
from django.views.defaults import page_not_found, permission_denied, server_error

from partnerwijzer.ui import templatetags
from partnerwijzer.ui.components import register
from tests.ui.conftest import Draw

UI = Path(templatetags.__file__).parent.parent
SPRITE = (UI / "static/ui/icons/sprite.svg").read_text()
# Pieces of a section, not sections.
INSIDE = {"step", "found"}
# What a filter writes stands on the style page by an example of it.
FILTERS = set(register.filters)


def test_the_style_page_shows_all_its_sections(head: Client) -> None:
    html = head.get("/stijl/").content.decode()

    contents = html.split('aria-label="Onderdelen"')[1].split("</nav>")[0]
    anchors = re.findall(r'href="#(\w+)"', contents)
    assert anchors == re.findall(r'<h2 id="(\w+)">', html)
    assert len(anchors) == len(list((UI / "templates/ui/style").glob("*.html"))) - len(INSIDE)


def test_no_two_parts_of_the_style_page_have_the_same_id(head: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', head.get("/stijl/").content.decode())

    assert sorted({i for i in ids if ids.count(i) > 1}) == []


def test_each_filter_is_on_the_style_page() -> None:
    text = "".join(f.read_text() for f in (UI / "templates/ui/style").glob("*.html"))

    assert [f for f in sorted(FILTERS) if f"|{f}" not in text] == []


def test_the_style_page_is_there_in_english(head: Client) -> None:
    head.cookies["taal"] = "en"

    html = head.get("/stijl/").content.decode()

    assert '<html lang="en"' in html


def test_its_search_box_suggests_its_sections(head: Client) -> None:
    html = head.get("/stijl/", {"zoek": "KNOP"}, headers={"HX-Request": "true"}).content.decode()

    assert re.findall(r'data-href="(#\w+)"', html) == ["#knoppen"]
    assert "<mark>Knop</mark>pen" in html


def test_confirming_on_the_style_page_removes_nothing(head: Client) -> None:
    answer = head.post("/stijl/", {"once": "a"}, follow=True)

    assert "Er is niets verwijderd" in answer.content.decode()


def test_the_style_page_is_for_people_with_an_account(client: Client, db: None) -> None:
    assert client.get("/stijl/").status_code == 302


@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [
        ("dark", ' data-theme="dark"'),
        ("light", ' data-theme="light"'),
        ('"><script>', ""),
        ("", ""),
    ],
)
def test_the_chosen_theme_stands_in_the_page_before_it_is_drawn(
    head: Client, cookie: str, attribute: str
) -> None:
    head.cookies["thema"] = cookie

    opening = re.findall(r"<html[^>]*>", head.get("/stijl/").content.decode())

    assert opening == [f'<html lang="nl-BE"{attribute}>']


def test_words_of_the_script_are_in_the_language_of_the_page(draw: Draw) -> None:
    html = draw("{% page_words %}")

    assert '<script id="page-words" type="application/json">' in html
    assert "Er is geen verbinding." in html


def test_every_icon_that_is_named_exists() -> None:
    drawn = set(re.findall(r'symbol id="([\w-]+)"', SPRITE))
    product = UI.parent
    named = {
        name
        for file in [*product.rglob("*.html"), *product.rglob("*.py")]
        for pattern in (r'\{% icon "([\w-]+)"', r'symbol="([\w-]+)"')
        for name in re.findall(pattern, file.read_text())
    }

    assert sorted(named - drawn) == []


def error_page(status: int) -> str:
    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()
    views = {404: page_not_found, 403: permission_denied}
    return views[status](request, Http404("x")).content.decode()


@pytest.mark.parametrize(("status", "words"), [(404, "vinden we niet"), (403, "kun je niet doen")])
def test_a_page_that_says_no_has_a_title_and_a_way_out(status: int, words: str) -> None:
    html = error_page(status)

    assert words in html
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


def test_who_is_signed_in_keeps_the_menu_on_a_page_that_is_not_there(head: Client) -> None:
    html = head.get("/bestaat-niet/").content.decode()

    assert 'class="nav"' in html
    assert "vinden we niet" in html


def test_the_page_for_our_own_mistakes_needs_nothing() -> None:
    answer = server_error(RequestFactory().get("/x/"))

    assert answer.status_code == 500
    assert "Er ging iets mis bij ons" in answer.content.decode()


def test_an_answer_to_a_post_says_that_nothing_was_saved() -> None:
    """Saving ends in a redirect; the script keeps what was typed when a page says this."""
    request = RequestFactory().post("/x/")
    request.user = AnonymousUser()

    html = page_not_found(request, Http404("x")).content.decode()

    assert re.findall(r"<html[^>]*>", html) == ['<html lang="nl-BE" data-unsaved>']


def test_a_piece_for_htmx_is_never_taken_for_the_page(head: Client) -> None:
    assert "HX-Request" in head.get("/stijl/").headers["Vary"]
