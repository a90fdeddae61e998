"""Makes words comparable: case, accents, punctuation and double spaces do not count."""

import re
import unicodedata

SPECIAL = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_SPECIAL = str.maketrans(SPECIAL)
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def folded(text: str) -> str:
    """Lower case, without accents, words with one space between."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", letters).strip()
