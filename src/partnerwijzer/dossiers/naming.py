"""Does a text name somebody, and the text without those names. Pure.

Used where texts go on to a new school year, or to other schools: what names a person that we know,
or looks like it, does not go along. It would rather leave out a word than take a name along.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.\w+|\+?\d[\d\s./()-]{7,}\d")
_FORM_OF_ADDRESS = re.compile(
    r"\b(?:[Jj]uf|[Jj]uffrouw|[Mm]eester|[Mm]evr(?:ouw|\.)?|[Mm]eneer|[Dd]hr\.?|[Mm]r\.)"
    r"\s+[A-ZÀ-Ý][\w’'-]*"
)
# As `2025-2026` or `12.03.2026`; a telephone number has one digit more at the least.
_DAY_OR_YEARS = re.compile(r"\d{4}\s*[-/]\s*\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d\d-\d\d")
SHORTEST = 3


class Names:
    """People whose names may not go along.

    Args:
        people: full names, as they are known here. The whole name counts, and each part of three
            letters or more, as a word with a capital.
    """

    def __init__(self, people: Iterable[str]) -> None:
        whole = {name.strip() for name in people}
        parts = {part for name in whole for part in re.findall(r"[^\W\d_][\w’'-]*", name)}
        wanted = {p for p in parts if p[0].isupper()} | whole
        longest_first = sorted((n for n in wanted if len(n) >= SHORTEST), key=len, reverse=True)
        one = f"(?:{'|'.join(map(re.escape, longest_first))})"
        # `Jan Peeters` is one name, also where we know the two apart.
        self._known = re.compile(rf"\b{one}(?:\s+{one})*\b") if longest_first else None

    def in_text(self, text: str) -> bool:
        """Whether the text names one of them, a mail address, a telephone number, or somebody by a
        form of address (juf Els)."""
        if _CONTACT.search(text) or _FORM_OF_ADDRESS.search(text):
            return True
        return bool(self._known and self._known.search(text))

    def without(self, text: str) -> str:
        """The text with `[naam]` or `[contact]` for each of these. Days and school years stay."""
        text = _CONTACT.sub(_contact, text)
        if self._known:
            text = self._known.sub(_("[naam]"), text)
        return _FORM_OF_ADDRESS.sub(_("[naam]"), text)


def _contact(found: re.Match[str]) -> str:
    return found[0] if _DAY_OR_YEARS.fullmatch(found[0]) else _("[contact]")
