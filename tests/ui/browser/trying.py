"""The trial pages in a real browser: who visits them, and what they do there."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browsing import Visitor

Visit = Callable[..., Visitor]
STYLE = "/stijl/"
TEXT = "/proef/tekst/"
NOTICE = "We zetten terug wat je typte."


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
