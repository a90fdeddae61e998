"""Without script, with axe, enlarged, with less motion, on paper, with forced colours."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browsing import Visitor
from tests.personas import World
from tests.ui import trial
from tests.ui.browser.trying import STYLE, TEXT, Visit, save, words


def test_without_script_everything_is_there_and_forms_work(visit: Visit, world: World) -> None:
    visitor = visit(world.user("head"), java_script_enabled=False)
    page = visitor.open(STYLE)

    expect(page.locator("#stijl-lijst")).to_be_visible()
    expect(page.locator("#stijl-kaart")).to_be_visible()
    expect(page.get_by_role("button", name="Wissel licht en donker")).to_have_count(0)
    expect(page.locator("input[type=file]").first).to_be_visible()

    page = visitor.open(TEXT)
    words(page).fill("Klaar zonder script")
    page.get_by_label("Eerste").check()
    save(page)
    expect(page.locator("#klaar")).to_be_visible()
    assert trial.saved == ["Klaar zonder script"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_the_style_page(head: Visitor, width: int, scheme: Any) -> None:
    head.page.set_viewport_size({"width": width, "height": 900})
    head.page.emulate_media(color_scheme=scheme)
    page = head.open(STYLE)

    head.assert_accessible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dialog", ["Open een venster", "Verwijder de beoordeling"])
def test_axe_finds_nothing_in_a_dialog(head: Visitor, dialog: str) -> None:
    head.open(STYLE).get_by_role("button", name=dialog).click()

    head.assert_accessible()


@pytest.mark.parametrize("width", [640, 320])
def test_when_enlarged_nothing_falls_off(head: Visitor, width: int) -> None:
    """200 % and 400 % of 1280 wide (WCAG 1.4.10)."""
    head.page.set_viewport_size({"width": width, "height": 800})
    page = head.open(STYLE)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_who_asked_for_less_motion_sees_none(head: Visitor) -> None:
    page = head.open(STYLE)

    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => ['', '::after'].some(part =>"
        " getComputedStyle(e, part).animationName !== 'none')).map(e => e.className)"
    )

    assert moving == []


def test_on_paper_there_are_no_menus_and_all_is_open(head: Visitor) -> None:
    page = head.open(STYLE)
    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_have_count(0)
    expect(page.get_by_role("heading", name="Stap 5 · Eigenaar blijven")).to_be_visible()


def test_with_forced_colours_states_keep_a_border(visit: Visit, world: World) -> None:
    page = visit(world.user("head"), forced_colors="active").open(STYLE)

    widths = page.evaluate(
        "['.verdict', '.badge', '.notice', '.chip'].map(s =>"
        " getComputedStyle(document.querySelector(`main ${s}`)).borderTopWidth)"
    )

    assert "0px" not in widths
