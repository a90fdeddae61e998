"""Finding things: suggestions as one types, filters and what was filtered on."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from partnerwijzer.ui.components import register

# Letters that look alike, so that "cafe" is found in "café" and marked there.
ALIKE = {
    "a": "aàáâäã",
    "c": "cç",
    "e": "eèéêë",
    "i": "iìíîï",
    "n": "nñ",
    "o": "oòóôöõ",
    "u": "uùúûü",
}


@register.inclusion_tag("ui/combobox.html")
def combobox(
    *,
    id: str,
    label: object,
    address: str,
    name: str,
    text: str = "",
    chosen: object = "",
    picks: bool = False,
    hint: object = "",
    error: object = "",
    least: int = 2,
) -> dict[str, Any]:
    """A text box that shows suggestions of the server as one types.

    The server answers `address`?`name`=… with {% suggestions rows %}. Arrows move, Enter takes,
    Escape closes. A suggestion with an address goes there; one without fills the box. Without
    script it is a text box in a form like any other.

    Args:
        name: of the text box.
        text: what is in it now.
        picks: choosing fills a hidden field `name` with the value of the suggestion; the text box
            is then called `name`-tekst, and `chosen` is the value now. A text without a value is
            for the server to look up.
        least: from how many letters it asks the server.
    """
    return {
        "id": id,
        "label": label,
        "address": address,
        "name": name,
        "text_name": f"{name}-tekst" if picks else name,
        "text": text,
        "chosen": "" if chosen is None else str(chosen),
        "picks": picks,
        "hint": hint,
        "error": error,
        "least": str(least),
        "described": " ".join(
            part for part in (f"{id}-h" if hint else "", f"{id}-e" if error else "") if part
        ),
    }


@register.inclusion_tag("ui/suggestions.html")
def suggestions(rows: Iterable[Any], *, text: str, id: str = "s") -> dict[str, Any]:
    """The answer to a combobox.

    Args:
        rows: things with `label`, and perhaps `value`, `detail` and `href`.
        text: what was looked for; it is marked in the labels.
        id: starts the ids of the lines; the id of the combobox.
    """
    return {"rows": list(rows), "text": text, "id": id}


@register.inclusion_tag("ui/facet.html")
def facet(*, label: object, name: str, options: Iterable[Any]) -> dict[str, Any]:
    """A group of filters. Options: things with `value`, `label`, `checked` and perhaps `count`."""
    return {"label": label, "name": name, "options": list(options)}


@register.inclusion_tag("ui/filters.html")
def filters(chosen: Iterable[tuple[object, str]], *, clear: str) -> dict[str, Any]:
    """What is filtered on: pairs of words and the address without that filter.

    Args:
        clear: the address without any filter.
    """
    return {"chosen": list(chosen), "clear": clear}


@register.filter
def marked(text: object, looked_for: str) -> SafeString:
    """The text with what was looked for in it marked; accents and capitals do not matter."""
    found = str(text)
    words = [word for word in re.split(r"\W+", str(looked_for or "")) if word]
    if not words:
        return conditional_escape(found)
    pattern = re.compile("|".join(map(_loosely, sorted(words, key=len, reverse=True))), re.I)
    pieces, end = [], 0
    for hit in pattern.finditer(found):
        pieces += [conditional_escape(found[end : hit.start()]), "<mark>"]
        pieces += [conditional_escape(hit[0]), "</mark>"]
        end = hit.end()
    return mark_safe("".join([*pieces, conditional_escape(found[end:])]))  # noqa: S308 -- escaped


def _loosely(word: str) -> str:
    plain = {letter: base for base, letters in ALIKE.items() for letter in letters}
    return "".join(f"[{ALIKE[plain[c]]}]" if c in plain else re.escape(c) for c in word.casefold())
