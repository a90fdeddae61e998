"""What is typed stays: after a crash, a mistake, or without connection."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browsing import Visitor
from tests.personas import World
from tests.ui import trial
from tests.ui.browser.trying import NOTICE, STYLE, TEXT, come_back, kept, save, words


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


def test_nothing_stays_behind_when_it_was_saved_after_a_question(head: Visitor) -> None:
    """The page that asks about data of a person sends the same form on (K6): what was typed first
    neither comes back over what was saved, nor stays on the device."""
    page = head.open(TEXT)
    words(page).fill("Emma Peeters heeft ADHD")
    page.get_by_label("Eerste").check()
    save(page)
    expect(page.get_by_role("heading", name="Mag dit er staan?")).to_be_visible()
    page.get_by_label("Pas je tekst aan").fill("Klaar ermee")
    page.get_by_role("button", name="Bewaar mijn aangepaste tekst").click()
    page.wait_for_url("**/klaar/")

    assert trial.saved == ["Klaar ermee"]
    assert kept(page) == []


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


def test_a_form_that_is_gone_does_not_warn(head: Visitor) -> None:
    page = head.open(TEXT)
    words(page).fill("Een lang verhaal")
    page.wait_for_timeout(600)
    page.evaluate("document.querySelector('form[data-keep]').remove()")
    asked: list[Any] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))

    head.open(STYLE)

    assert asked == []
