"""Visitor: one person with a browser of their own, who complains of what a page does wrong."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# WCAG 2.2 AA, and what axe calls good practice: one h1, landmarks, no skipped heading.
AXE = {
    "resultTypes": ["violations"],
    "preload": False,  # axe would put the style sheets in the page, which the policy blocks
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# What the browser itself logs for an answer that a test asks for on purpose.
EXPECTED = re.compile(r"the server responded with a status of 4\d\d")


@dataclass
class Visitor:
    """Opens pages of the live server. `complaints` gathers script errors, blocked or failed
    requests, answers of 500, scripts that ask what is not there, requests to other hosts; the
    `visit` fixture fails on any."""

    context: BrowserContext
    base: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(10_000)
        # A page may take long on a loaded machine, which says nothing about the page.
        self.context.set_default_navigation_timeout(40_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._answer)
        self.page.on("request", self._foreign)

    def open(self, address: str) -> Page:
        """Goes to a path, or to the path of a full address as it stands in a mail."""
        parts = urlsplit(address)
        self.page.goto(self.base + parts.path + (f"?{parts.query}" if parts.query else ""))
        return self.page

    def sign_in(self, user: AbstractBaseUser) -> None:
        """Signs in without the sign-in page: most journeys are about something else."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.base}
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def assert_accessible(self) -> None:
        """axe finds nothing on the page as it is now."""
        found: list[dict[str, Any]] = Axe().run(self.page, options=AXE).response["violations"]
        lines = [f"{v['id']}: {v['help']}: {_places(v)}" for v in found]
        assert lines == [], f"{self.page.url}\n" + "\n".join(lines)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            self.complaints.append(f"console: {message.text}")

    def _answer(self, response: Response) -> None:
        # Who opens an address that is not there asked for it; a script that does is wrong.
        lost = response.status == 404 and response.request.resource_type != "document"
        if response.status >= 500 or lost:
            self.complaints.append(f"{response.status}: {response.url}")

    def _foreign(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.complaints.append(f"other host: {request.url}")


def _places(violation: dict[str, Any]) -> str:
    return " | ".join(" ".join(map(str, n["target"])) for n in violation["nodes"][:5])
