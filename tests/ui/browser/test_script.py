"""The script in a real browser: sending, and what htmx brings."""

import re

from playwright.sync_api import expect

from tests.browsing import Visitor
from tests.ui import trial
from tests.ui.browser.trying import TEXT, save, words


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
