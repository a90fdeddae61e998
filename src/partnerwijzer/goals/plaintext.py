"""HTML of the source as plain text: paragraphs as lines, lists as `• ` or `1. `, nothing else."""

import html
import re
from html.parser import HTMLParser

import nh3

_BLOCKS = {"p", "div", "br", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
_LISTS = {"ul", "ol"}
_INLINE = {"sup", "sub"}
_KEPT = _BLOCKS | _LISTS | _INLINE | {"li", "td", "th"}
# Only tags that are HTML for sure: "x<y" in a text without tags is not one.
_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:p|div|br|hr|ul|ol|li|a|b|i|u|em|strong|span|su[bp]|table|thead|tbody|t[rdh]|h[1-6]"
    r"|font|img|script|style|blockquote)\b[^<>]*>",
    re.IGNORECASE,
)
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def plain(source: str) -> str:
    """Gives text without markup; line breaks and lists stay readable. Never raises."""
    if not _LOOKS_LIKE_HTML.search(source):
        return _tidy(html.unescape(source))
    reader = _Reader()
    reader.feed(nh3.clean(source, tags=_KEPT, attributes={}, link_rel=None))
    reader.close()
    return _tidy("".join(reader.parts))


def _tidy(text: str) -> str:
    """One space between words, indents kept, no empty lines at the ends nor two in a row."""
    lines = [
        _tidy_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _tidy_line(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + " ".join(line.split()) if line.strip() else ""


class _Reader(HTMLParser):
    """Writes text while tags pass by. `lists` holds, for each open list, the number it is at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int | None] = []
        self.inline = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _LISTS:
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._new_line()
            self.parts.append(self._bullet())
        elif tag in _BLOCKS:
            self._new_line()
        elif tag in _INLINE:
            self.inline = tag
        elif tag in {"td", "th"}:
            self._space()

    def handle_endtag(self, tag: str) -> None:
        if tag in _LISTS and self.lists:
            self.lists.pop()
        if tag in _BLOCKS | _LISTS:
            self._new_line()
        if tag in _INLINE:
            self.inline = ""

    def handle_data(self, data: str) -> None:
        text = " ".join(data.replace("\xa0", " ").split())
        if not text:
            self._space()
            return
        if data[0].isspace() or data[0] == "\xa0":
            self._space()
        self.parts.append(self._small(text))
        if data[-1].isspace() or data[-1] == "\xa0":
            self._space()

    def _small(self, text: str) -> str:
        """m<sup>2</sup> is m², CO<sub>2</sub> is CO₂."""
        table = {"sup": _RAISED, "sub": _LOWERED}.get(self.inline, {})
        return text.translate(table)

    def _bullet(self) -> str:
        depth = "  " * max(len(self.lists) - 1, 0)
        number = self.lists[-1] if self.lists else None
        if number is None:
            return f"{depth}• "
        self.lists[-1] = number + 1
        return f"{depth}{number + 1}. "

    def _space(self) -> None:
        if self.parts and not self.parts[-1].endswith((" ", "\n")):
            self.parts.append(" ")

    def _new_line(self) -> None:
        """Begins a new line, unless the line so far is empty or just a bullet."""
        if self.parts and not re.search(r"(?:\n|^|• |\d\. )$", self.parts[-1]):
            self.parts.append("\n")
