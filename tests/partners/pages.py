"""Reading pages in tests: the part with an id, the fields of a form, the text."""

import html
import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

VOID = {"input", "br", "link", "meta", "hr", "img", "use", "rect", "circle", "line"}


def text_of(response: HttpResponse | str) -> str:
    """What can be read, with single spaces."""
    source = response if isinstance(response, str) else response.content.decode()
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", source, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(bare)).strip()


def part(response: HttpResponse, id_: str) -> str:
    """The element with this id, as it stands in the page."""
    source = response.content.decode()
    finder = _Part(id_)
    finder.feed(source)
    assert finder.first is not None, f"no #{id_}"
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    first = starts[finder.first[0] - 1] + finder.first[1]
    last = starts[finder.last[0] - 1] + finder.last[1]
    return source[first : source.index(">", last) + 1]


class _Part(HTMLParser):
    def __init__(self, id_: str) -> None:
        super().__init__()
        self.id, self.depth = id_, 0
        self.first: tuple[int, int] | None = None
        self.last = (0, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        if self.first is None and ("id", self.id) in attrs:
            self.first, self.depth = self.getpos(), 1
        elif self.depth:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1
            if not self.depth:
                self.last = self.getpos()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Closes itself."""


def filled(response: Any, **changes: Any) -> dict[str, Any]:
    """What the browser would send for the first form of the page, with changes."""
    form = response.context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is not None and value != "":
            data[bound.html_name] = value
    once = re.search(r'name="once" value="(\w+)"', response.content.decode())
    return {**data, **({"once": once[1]} if once else {}), **changes}
