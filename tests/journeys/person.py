"""Person: somebody in a story, who does things on a page in the words that stand on the screen."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browsing import Visitor
from tests.journeys.looking import PHONE, Looker

BOXES = "input:not([type=radio]):not([type=checkbox]):not([type=hidden]), textarea, select"
TYPED = """(form) => [...new FormData(form)].filter(([name, value]) =>
  typeof value === "string" && !["csrfmiddlewaretoken", "once"].includes(name))"""


@dataclass
class Person:
    """One person with a browser. Every page that is reached gets looked at."""

    visitor: Visitor
    looker: Looker

    @property
    def page(self) -> Page:
        return self.visitor.page

    def on_a_phone(self) -> "Person":
        self.page.set_viewport_size(PHONE)
        return self

    def opens(self, address: str) -> None:
        self.visitor.open(address)
        self.looks()

    def looks(self, *also: str) -> None:
        """Lets the page be checked as it is now."""
        self.looker.look(self.visitor, *also)

    def looks_in_the_dark(self) -> None:
        self.page.emulate_media(color_scheme="dark")
        self.looks("dark")
        self.page.emulate_media(color_scheme="light")

    def follows(self, link: str, within: str = "main, .pupil") -> None:
        self._and_waits(self._one(within, "link", link).click)

    def presses(self, button: str, within: str = "main, .pupil") -> None:
        self._and_waits(self._one(within, "button", button).click)

    def presses_in_vain(self, button: str, *errors: str, within: str = "main") -> None:
        """Sends a form that cannot be accepted: it comes back whole and says what to do."""
        form = self._one(within, "button", button).locator("xpath=ancestor::form")
        typed = form.evaluate(TYPED)
        self.presses(button, within)
        expect(self.page).to_have_title(re.compile("^Fout: "))
        summary = self.page.locator("[data-focus]").first
        expect(summary).to_be_focused()
        for error in errors:
            expect(summary).to_contain_text(error)
        again = self._one(within, "button", button).locator("xpath=ancestor::form")
        assert _without_version(again.evaluate(TYPED)) == _without_version(typed)

    def types(self, label: str, text: str, within: str = "main") -> None:
        self._box(label, within).fill(text)

    def searches(self, label: str, text: str, finds: str) -> None:
        """Types in a search box; what is found comes below it without a new page."""
        self.types(label, text)
        expect(self.page.locator("main")).to_contain_text(finds)
        self.looks(finds)

    def chooses(self, label: str, *, of: str = "") -> None:
        """Marks a radio button or a checkbox by its words, in the group with the name `of`."""
        place: Any = self.page.locator("main, .pupil")
        if of:
            place = place.get_by_role("group", name=of)
        words = re.compile(rf"^\s*{re.escape(label)}(?!\w)", re.IGNORECASE)
        button = place.get_by_role("radio", name=words).or_(
            place.get_by_role("checkbox", name=words)
        )
        button.first.check(force=True)

    def leaves(self, label: str) -> None:
        """Takes the mark of a checkbox away."""
        self.page.locator("main").get_by_role("checkbox", name=label).first.uncheck(force=True)

    def ticks_what_says(self, words: str) -> None:
        """Ticks something that was found, by a part of its words."""
        self.page.locator("main").get_by_role("checkbox", name=words).first.check(force=True)

    def selects(self, label: str, option: str, within: str = "main") -> None:
        self._box(label, within).select_option(label=option)

    def unfolds(self, words: str, within: str = "main") -> None:
        self.page.locator(within).locator("summary", has_text=words).first.click()

    def reads(self, *texts: str, within: str = "body") -> None:
        for text in texts:
            expect(self.page.locator(within).first).to_contain_text(text)

    def does_not_read(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def is_on(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def is_refused(self, path: str) -> bool:
        """Whether an address says that there is nothing of that name."""
        return self.page.request.get(self.visitor.base + urlsplit(path).path).status == 404

    def downloads(self, link: str, within: str = "main") -> bytes:
        with self.page.expect_download() as waiting:
            self._one(within, "link", link).click()
        return waiting.value.path().read_bytes()

    def _box(self, label: str, within: str) -> Locator:
        """The text box or list whose label begins with these words."""
        words = re.compile(rf"^\s*{re.escape(label)}(?!\w)", re.IGNORECASE)
        return (
            self.page.locator(within)
            .get_by_label(words)
            .and_(self.page.locator(BOXES))
            .filter(visible=True)
            .first
        )

    def _one(self, within: str, role: Any, name: str) -> Locator:
        """The link or button with these words; where there are more, the first."""
        return self.page.locator(within).get_by_role(role, name=name).first

    def _and_waits(self, act: Callable[[], None]) -> None:
        """Does something that leads to another page, and looks at it."""
        with self.page.expect_navigation(wait_until="load"):
            act()
        self.looks()


def _without_version(pairs: list[list[str]]) -> list[list[str]]:
    return [pair for pair in pairs if pair[0] != "version"]
