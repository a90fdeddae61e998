"""Makes words comparable: case, accents, punctuation and double spaces do not count."""

import re
import unicodedata

_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_WORD = re.compile(r"[^\W_]+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def folded(text: str) -> str:
    """Lower case, without accents, words with one space between."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", letters).strip()


def typed_and_folded(text: str) -> list[tuple[str, str]]:
    """Each word as it was typed, for text that is kept as it was written, and folded."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return [(word, folded(word)) for word in words if folded(word)]
