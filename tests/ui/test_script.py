"""The script in a real browser: what is typed stays, errors say so, the keyboard can do it all."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Visitor
from tests.personas import World, make_world
from tests.ui import trial

Visit = Callable[..., Visitor]
STYLE = "/stijl/"
TEXT = "/proef/tekst/"
NOTICE = "We zetten terug wat je typte."


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture(autouse=True)
def _trial_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.ui.trial"
    trial.saved.clear()


@pytest.fixture
def head(visit: Visit, world: World) -> Visitor:
    return visit(world.user("head"))


def words(page: Page) -> Any:
    return page.get_by_label("Woorden")


def save(page: Page) -> None:
    page.get_by_role("button", name="Bewaar").click()


def come_back(visitor: Visitor, address: str = TEXT) -> Page:
    """Leaves as when the browser fell over, and opens the page again."""
    visitor.page.once("dialog", lambda dialog: dialog.accept())
    return visitor.open(address)


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kept '))")
    return found


# --- what is typed stays ---


def test_what_was_typed_comes_back_after_a_crash(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("Een lang verhaal")
    page.get_by_label("Tweede").check()
    page.wait_for_timeout(600)

    come_back(head)

    expect(words(page)).to_have_value("Een lang verhaal")
    expect(page.get_by_label("Tweede")).to_be_checked()
    expect(page.get_by_text(NOTICE)).to_be_visible()


def test_throwing_it_away_gives_the_page_as_it_was(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("Een lang verhaal")
    page.wait_for_timeout(600)
    come_back(head)

    page.get_by_role("button", name="Gooi weg").click()

    expect(words(page)).to_have_value("Begin")
    expect(words(page)).to_be_focused()
    expect(page.get_by_text(NOTICE)).to_have_count(0)
    assert kept(page) == []


def test_leaving_at_once_keeps_the_last_letters_too(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).press_sequentially("Net getypt")

    page.wait_for_timeout(450)
    words(page).press_sequentially(" en meer")
    come_back(head)

    expect(words(page)).to_have_value(re.compile("Net getypt en meer"))


@pytest.mark.parametrize("typed", ["Klaar ermee", "Ik blijf hier"])
def test_nothing_stays_behind_when_it_was_saved(head: Visitor, typed: str) -> None:
    page = head.open(TEXT)
    words(page).fill(typed)
    page.get_by_label("Eerste").check()
    save(page)
    page.wait_for_url("**/klaar/" if "Klaar" in typed else "**/tekst/")

    expect(page.get_by_text("Bewaard.")).to_be_visible()
    assert trial.saved == [typed]
    assert kept(page) == []
    head.open(TEXT)
    expect(words(page)).to_have_value("Begin")


def test_without_connection_nothing_is_lost(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("In de trein getypt")
    page.get_by_label("Eerste").check()
    head.context.set_offline(True)
    save(page)
    page.wait_for_timeout(300)
    head.context.set_offline(False)

    head.open(TEXT)

    expect(words(page)).to_have_value("In de trein getypt")
    expect(page.get_by_text(NOTICE)).to_be_visible()


def test_a_mistake_keeps_what_was_typed_also_after_going_elsewhere(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("Dit is fout")
    save(page)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(words(page)).to_have_value("Dit is fout")
    expect(page.get_by_text(NOTICE)).to_have_count(0)

    come_back(head, "/proef/klaar/")
    head.open(TEXT)

    expect(words(page)).to_have_value("Dit is fout")
    expect(page.get_by_text(NOTICE)).to_be_visible()


def test_the_version_that_one_began_with_comes_back_so_that_a_conflict_is_seen(
    head: Visitor,
) -> None:
    page = head.open(TEXT)
    words(page).fill("Mijn tekst")
    page.wait_for_timeout(600)
    come_back(head, "/proef/klaar/")
    (key,) = kept(page)
    older = page.evaluate("key => localStorage[key]", key).replace(
        '"version":["1"]', '"version":["0"]'
    )
    page.evaluate("([key, text]) => (localStorage[key] = text)", [key, older])

    head.open(TEXT)

    expect(page.locator("[name=version]")).to_have_value("0")


def test_passwords_are_never_kept(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("Gewone woorden")
    page.get_by_label("Wachtwoord").fill("geheim-woord")
    page.wait_for_timeout(600)

    assert "geheim-woord" not in page.evaluate("JSON.stringify(localStorage)")


def test_one_person_does_not_get_what_another_typed(head: Visitor, world: World) -> None:
    page = head.open(TEXT)
    words(page).fill("Van de directie")
    page.wait_for_timeout(600)
    head.sign_in(world.user("teacher"))

    come_back(head)

    expect(words(page)).to_have_value("Begin")


def test_signing_out_throws_away_what_was_kept(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("Van mij")
    page.wait_for_timeout(600)
    assert len(kept(page)) == 1

    page.locator(".me summary").click()
    page.get_by_role("button", name="Afmelden").click()
    page.wait_for_url(lambda url: TEXT not in url)

    assert kept(page) == []


def test_leaving_warns_only_where_something_was_typed(head: Visitor) -> None:
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    head.page.on("dialog", answer)
    page = head.open(TEXT)
    page.get_by_role("link", name="Elders").click()
    page.wait_for_url("**/klaar/")
    assert asked == []

    head.open(TEXT)
    words(page).fill("Nog niet bewaard")
    page.wait_for_timeout(600)
    page.get_by_role("link", name="Elders").click()
    page.wait_for_url("**/klaar/")
    assert asked == ["beforeunload"]


# --- sending ---


def test_pressing_twice_sends_once(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("Klaar ermee")
    page.get_by_label("Eerste").check()
    page.get_by_role("button", name="Bewaar").evaluate("b => { b.click(); b.click(); b.click() }")
    page.wait_for_url("**/klaar/")

    assert trial.saved == ["Klaar ermee"]


def test_a_button_says_that_it_is_busy_and_is_free_after_going_back(head: Visitor) -> None:
    page = head.open(TEXT)
    # Nothing answers: the page stays as it is while the form is on its way.
    page.evaluate("addEventListener('submit', event => event.preventDefault())")
    button = page.get_by_role("button", name="Bewaar")
    button.click()

    expect(button).to_have_attribute("aria-busy", "true")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_what_is_wrong_gets_the_focus_and_leads_to_the_field(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("")
    save(page)
    alert = page.get_by_role("alert")

    expect(alert).to_be_focused()
    expect(page).to_have_title(re.compile(r"^Fout: "))
    alert.get_by_role("link", name="Soort").click()
    expect(page.get_by_label("Eerste")).to_be_focused()
    alert.get_by_role("link", name="Woorden").click()
    expect(words(page)).to_be_focused()


def test_a_filter_sends_itself(head: Visitor) -> None:
    page = head.open("/proef/lijst/")

    page.get_by_label("Taal").check()

    page.wait_for_url("**/lijst/?thema=taal")


# --- what htmx brings ---


def test_a_refusal_says_so_in_words(head: Visitor) -> None:
    page = head.open("/proef/lijst/")

    page.get_by_role("link", name="Mag niet").click()

    expect(page.locator(".toast")).to_contain_text("Dit mag je niet.")
    page.get_by_role("button", name="Sluit").click()
    expect(page.locator(".toast")).to_have_count(0)
    head.complaints.clear()  # htmx tells the console of the refusal that this test asked for


def test_no_connection_says_so_in_words(head: Visitor) -> None:
    page = head.open("/proef/lijst/")
    head.context.set_offline(True)

    page.get_by_role("link", name="Nieuw").click()

    expect(page.locator(".toast")).to_contain_text("Er is geen verbinding.")
    head.context.set_offline(False)
    head.complaints.clear()  # the lost connection that this test asked for


def test_the_focus_goes_to_what_came_in_place(head: Visitor) -> None:
    page = head.open("/proef/lijst/")

    page.get_by_role("link", name="Nieuw").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Nieuw stuk")).to_be_visible()
    expect(page.locator("#lijst")).to_be_focused()


# --- parts of the style page ---


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


# --- without script, for everybody, on paper ---


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
