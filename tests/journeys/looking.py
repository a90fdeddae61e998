"""What has to hold for every page that anybody sees: looked at once for each kind of page.

axe finds nothing; nothing is wider than a phone; at most one thing calls to be pressed; there are
no keys of the framework and no English words on a Dutch page.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, ViewportSize

from tests.browsing import Visitor

PHONE: ViewportSize = {"width": 390, "height": 844}
# Numbers and secret tokens of an address: pages that differ only in these are of one kind.
PARTICULAR = re.compile(r"/(\d+|[\w-]{30,}|[A-Z0-9]{6,8})(?=/)")
# Words that a form or a library would say when nobody translated it.
ENGLISH = re.compile(
    r"\b(the|please|required|submit|cancel|save|delete|invalid|enter|select|none|true|false)\b",
    re.IGNORECASE,
)
FACTS = """() => {
  const main = document.querySelector("main, .pupil") ?? document.body;
  const seen = (el) => el.checkVisibility();
  const calls = [...main.querySelectorAll(".btn-primary, .plate")].filter(seen);
  return {
    title: document.title,
    h1: [...document.querySelectorAll("h1")].filter(seen).map((h) => h.innerText),
    words: document.body.innerText,
    calls: calls.filter((el) => !el.closest(".doors, dialog")).map((el) => el.innerText),
    wide: document.documentElement.scrollWidth - innerWidth,
    small: [...main.querySelectorAll("button, .btn, summary, input:not([type=hidden])")]
      .filter(seen)
      .map((el) => [el, el.getBoundingClientRect()])
      .filter(([el, box]) => box.width && Math.min(box.width, box.height) < 24
        && !el.closest("label"))
      .map(([el]) => el.outerHTML.slice(0, 80)),
  };
}"""


@dataclass
class Looker:
    """Looks at each kind of page once. The journey goes on; what was wrong is told at its end.

    `keys`: what may never stand on a screen.
    """

    keys: frozenset[str]
    seen: set[tuple[str, ...]] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def look(self, visitor: Visitor, *also: str) -> None:
        """Looks at the page that is open now, unless one of its kind was looked at before.

        Args:
            also: what makes this state of the page another kind, as "dark".
        """
        page = visitor.page
        kind = (kind_of(page.url), page.title().partition(" ")[0], _heading(page), *also)
        if kind in self.seen:
            return
        self.seen.add(kind)
        try:
            visitor.assert_accessible()
        except AssertionError as wrong:
            self.complaints.append(str(wrong))
        self.complaints += [f"{page.url} {said}" for said in self._read(page)]

    def _read(self, page: Page) -> list[str]:
        width = page.viewport_size or PHONE
        page.set_viewport_size(PHONE)
        found: dict[str, Any] = page.evaluate(FACTS)
        page.set_viewport_size(width)
        words = set(re.findall(r"[\w-]+", found["words"]))
        wrong = {
            "wider than a phone": max(found["wide"], 0),
            "not one title": found["h1"] if len(found["h1"]) != 1 else [],
            "calls for more than one thing": found["calls"][1:] and found["calls"],
            "keys on the screen": sorted(words & self.keys),
            "English": ENGLISH.findall(found["words"]),
            "too small to press": found["small"],
        }
        return [f"{what}: {found}" for what, found in wrong.items() if found]


def kind_of(address: str) -> str:
    """The path without numbers and tokens."""
    return PARTICULAR.sub("/…", urlsplit(address).path)


def _heading(page: Page) -> str:
    found = page.locator("h1").first
    return found.inner_text() if found.count() else ""


def keys_in(content: Any) -> frozenset[str]:
    """All keys of the framework that cannot be a Dutch word: those with a hyphen in them."""
    return frozenset(k for k in _keys(content) if "-" in k)


def _keys(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["key"]} if isinstance(node.get("key"), str) else set()
        return own.union(*(_keys(value) for value in node.values()))
    if isinstance(node, list | tuple):
        return set().union(*(_keys(value) for value in node))
    return set()
