"""Does a text name somebody? Pure.

Used where texts go on to a new school year: what names a person that we know, or looks like it,
stays behind. It would rather leave a text than take a name along.
"""

import re
from collections.abc import Iterable

_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.\w+|\+?\d[\d\s./()-]{7,}\d")
_FORM_OF_ADDRESS = re.compile(
    r"\b(?:[Jj]uf|[Jj]uffrouw|[Mm]eester|[Mm]evr(?:ouw|\.)?|[Mm]eneer|[Dd]hr\.?|[Mm]r\.)\s+[A-ZÀ-Ý]"
)
SHORTEST = 3


class Names:
    """People whose names may not go along.

    Args:
        people: full names, as they are known here. Each part of three letters or more counts, as a
            word with a capital.
    """

    def __init__(self, people: Iterable[str]) -> None:
        parts = {part for name in people for part in re.findall(r"[^\W\d_][\w’'-]*", name)}
        wanted = sorted(p for p in parts if len(p) >= SHORTEST and p[0].isupper())
        words = "|".join(map(re.escape, wanted))
        self._known = re.compile(rf"\b(?:{words})\b") if wanted else None

    def in_text(self, text: str) -> bool:
        """Whether the text names one of them, a mail address, a telephone number, or somebody by a
        form of address (juf Els)."""
        if _CONTACT.search(text) or _FORM_OF_ADDRESS.search(text):
            return True
        return bool(self._known and self._known.search(text))
