"""Parts of the style page in a real browser: the keyboard can do it all."""

import pytest
from playwright.sync_api import expect

from tests.browsing import Visitor
from tests.ui.browser.trying import STYLE


def test_light_and_dark_are_remembered_without_a_flash(head: Visitor) -> None:
    page = head.open(STYLE)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.get_by_role("button", name="Wissel licht en donker").click()

    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert after != before
    head.open(STYLE)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_menu_closes_on_escape_and_gives_the_focus_back(head: Visitor) -> None:
    page = head.open(STYLE)
    summary = page.locator(".me summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".me")).to_have_attribute("open", "")

    page.keyboard.press("Escape")

    expect(page.locator(".me")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_tabs_move_with_the_arrows(head: Visitor) -> None:
    page = head.open(STYLE)
    page.get_by_role("tab", name="Lijst").focus()

    page.keyboard.press("ArrowRight")

    expect(page.get_by_role("tab", name="Kaart")).to_be_focused()
    expect(page.get_by_role("tab", name="Kaart")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#stijl-kaart")).to_be_visible()
    expect(page.locator("#stijl-lijst")).to_be_hidden()
    page.keyboard.press("Home")
    expect(page.locator("#stijl-lijst")).to_be_visible()


@pytest.mark.parametrize("dialog", ["Open een venster", "Verwijder de beoordeling"])
def test_a_dialog_closes_on_escape_and_gives_the_focus_back(head: Visitor, dialog: str) -> None:
    page = head.open(STYLE)
    opener = page.get_by_role("button", name=dialog)

    opener.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_confirming_can_be_refused_and_done(head: Visitor) -> None:
    page = head.open(STYLE)
    page.get_by_role("button", name="Verwijder de beoordeling").click()
    page.get_by_role("dialog").get_by_role("button", name="Behoud").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.get_by_text("Er is niets verwijderd").count() == 0

    page.get_by_role("button", name="Verwijder de beoordeling").click()
    page.get_by_role("dialog").get_by_role("button", name="Verwijder").click()

    expect(page.get_by_text("Er is niets verwijderd")).to_be_visible()


def test_suggestions_come_as_one_types_and_the_keyboard_takes_one(head: Visitor) -> None:
    page = head.open(STYLE)
    box = page.get_by_role("combobox", name="Zoek een onderdeel")
    options = page.locator("#stijl-zoek-l [role=option]")

    box.press_sequentially("en", delay=20)
    expect(options.first).to_be_visible()
    box.press("Escape")
    expect(page.locator("#stijl-zoek-l")).to_be_hidden()
    box.fill("knop")
    expect(options).to_have_count(1)
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "stijl-zoek-0")
    box.press("Enter")

    page.wait_for_url("**/stijl/#knoppen")


def test_a_mouse_takes_a_suggestion_too(head: Visitor) -> None:
    page = head.open(STYLE)
    page.get_by_role("combobox", name="Zoek een onderdeel").fill("figur")

    page.locator("#stijl-zoek-l [role=option]").click()

    page.wait_for_url("**/stijl/#figuren")


def test_nothing_to_suggest_is_said(head: Visitor) -> None:
    page = head.open(STYLE)
    page.get_by_role("combobox", name="Zoek een onderdeel").fill("qqq")

    expect(page.locator("#stijl-zoek-s")).to_have_text("Geen voorstellen")
    expect(page.locator("#stijl-zoek-l")).to_be_hidden()


def test_choosing_a_suggestion_fills_in_its_value_and_typing_on_takes_it_away(
    head: Visitor,
) -> None:
    page = head.open("/proef/kies/")
    box = page.get_by_role("combobox", name="Partner")
    box.fill("scherm")
    expect(page.locator("[role=option]")).to_have_count(2)

    box.press("ArrowUp")
    box.press("Enter")

    expect(box).to_have_value("Brandscherm")
    expect(page.locator("#p-v")).to_have_value("8")
    expect(page.locator("#p-l")).to_be_hidden()
    box.press_sequentially("x")
    expect(page.locator("#p-v")).to_have_value("")


def test_fields_count_and_say_what_was_chosen(head: Visitor) -> None:
    page = head.open(STYLE)
    form = page.locator("#velden ~ .halves form").first

    form.get_by_label("Toelichting").fill("x" * 310)
    expect(form.get_by_text("10 tekens te veel")).to_be_visible()
    form.get_by_label("Toelichting").fill("x" * 12)
    expect(form.get_by_text("12 van 300 tekens")).to_be_visible()
    form.get_by_label("Dag").fill("2027-01-19")
    expect(form.get_by_text("dinsdag 19 januari 2027")).to_be_visible()
    form.get_by_label("Bijlage").set_input_files(
        {"name": "nota.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2_500_000}
    )
    expect(form.get_by_text("nota.pdf (2,5 MB)")).to_be_visible()


def test_a_password_can_be_seen_and_hidden_again(head: Visitor) -> None:
    page = head.open(STYLE)
    box = page.get_by_label("Wachtwoord", exact=False).first

    page.get_by_role("button", name="Toon wat je typt").click()
    expect(box).to_have_attribute("type", "text")
    page.get_by_role("button", name="Toon wat je typt").click()
    expect(box).to_have_attribute("type", "password")


def test_a_link_can_be_copied(head: Visitor) -> None:
    head.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = head.open(STYLE)

    page.get_by_role("button", name="Kopieer").click()

    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "https://partnerwijzer.example/afspraken/k3v9"
    )
