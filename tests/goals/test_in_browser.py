"""The picker and the search page in a real browser, with and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Visitor
from tests.personas import World, make_world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.goals.urls"),
    pytest.mark.usefixtures("goals"),
]
Visit = Callable[..., Visitor]


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def saved(page: Page, words: str) -> None:
    expect(page.locator("#saved")).to_have_text(words)


def test_typing_finds_goals_and_what_was_ticked_stays(world: World, visit: Visit) -> None:
    visitor = visit(world.user("teacher"))
    page = visitor.open("/proef/")
    visitor.assert_accessible()
    box = page.get_by_label("Doelen", exact=True)

    box.press_sequentially("kaart")
    expect(page.get_by_text("2 doelen gevonden.")).to_be_visible()
    page.get_by_role("checkbox", name="De leerlingen lezen een kaart").check()
    visitor.assert_accessible()

    box.fill("zingen")
    box.press("Enter")
    expect(page.get_by_text("1 doel gevonden.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="De leerlingen lezen een kaart")).to_be_checked()
    page.get_by_role("checkbox", name="De leerlingen zingen").check()
    visitor.assert_accessible()

    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Dit is nog niet bewaard.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="De leerlingen zingen")).to_be_checked()
    page.get_by_label("Titel").fill("Ons doel")
    page.get_by_role("button", name="Bewaar").click()
    saved(page, "Ons doel: 1, 3")


def test_old_goals_are_shown_when_asked_and_marked(world: World, visit: Visit) -> None:
    visitor = visit(world.user("teacher"))
    page = visitor.open("/proef/")
    page.get_by_label("Doelen", exact=True).press_sequentially("kaart")

    page.get_by_label("Zoek ook bij wat niet meer geldt").check()

    expect(page.get_by_text("3 doelen gevonden.")).to_be_visible()
    expect(page.get_by_text("niet meer geldig sinds 1 september 2020")).to_be_visible()
    visitor.assert_accessible()


def test_without_script_the_button_shows_the_goals_and_nothing_typed_is_lost(
    world: World, visit: Visit
) -> None:
    visitor = visit(world.user("teacher"), java_script_enabled=False)
    page = visitor.open("/proef/")
    page.get_by_label("Titel").fill("Zonder script")
    page.get_by_label("Doelen", exact=True).fill("kaart")

    page.get_by_role("button", name="Zoek doelen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welke doelen kies je?")
    page.get_by_role("checkbox", name="De leerlingen meten").check()
    page.get_by_role("button", name="Zoek doelen").click()
    expect(page.get_by_role("checkbox", name="De leerlingen meten")).to_be_checked()
    page.get_by_role("button", name="Bewaar met deze doelen").click()

    saved(page, "Zonder script: 2")


def test_the_search_page_follows_what_is_typed_and_its_address_shows_the_same(
    world: World, visit: Visit
) -> None:
    visitor = visit(world.user("teacher"))
    page = visitor.open("/doelen/zoeken/")
    visitor.assert_accessible()

    page.get_by_label("Woorden of code").press_sequentially("kaart")
    expect(page.get_by_role("status").first).to_have_text("2 doelen")
    page.get_by_label("Zoek ook bij wat niet meer geldt").check()
    expect(page.get_by_role("status").first).to_have_text("3 doelen")
    page.wait_for_url("**oud=1**")

    page.get_by_role("link", name="9. Ruimte").click()
    expect(page.get_by_role("status").first).to_have_text("3 doelen")
    page.get_by_label("Woorden of code").fill("kaart lezen")
    expect(page.get_by_role("status").first).to_have_text("1 doel")
    page.wait_for_url("**competentie=9**")
    visitor.assert_accessible()

    before = page.locator("#resultaten").inner_html()
    page.reload()
    assert page.locator("#resultaten").inner_html() == before


def test_what_is_ticked_while_an_answer_is_on_its_way_counts(world: World, visit: Visit) -> None:
    visitor = visit(world.user("teacher"))
    page = visitor.open("/proef/")
    box = page.get_by_label("Doelen", exact=True)
    box.fill("kaart")
    page.get_by_role("checkbox", name="De leerlingen lezen een kaart").check()
    page.route("**/doelen/kiezen/**", lambda route: (page.wait_for_timeout(600), route.continue_()))

    box.fill("zingen")
    page.wait_for_timeout(400)  # the question is under way by now
    page.get_by_role("checkbox", name="De leerlingen meten").check()
    page.get_by_role("checkbox", name="De leerlingen lezen").uncheck()

    expect(page.get_by_text("1 doel gevonden.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="De leerlingen meten")).to_be_checked()
    expect(page.get_by_role("checkbox", name="De leerlingen lezen")).not_to_be_checked()
