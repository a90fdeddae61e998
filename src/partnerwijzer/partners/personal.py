"""Whether a text seems to hold data of a person. Pure: a hint for whoever looks, no judgement.

Found by what they look like: e-mail addresses, telephone numbers, and a form of address with a
name. A text without any of these may name somebody all the same; so a person looks too.
"""

import re

LOOKS_LIKE = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    re.compile(r"(?<!\d)(?:\+32|0032|0)[\s./-]?\d(?:[\s./-]?\d){7,8}(?!\d)"),
    re.compile(
        r"\b(?i:meneer|mevrouw|juf|juffrouw|meester|dhr\.?|mevr\.?|mw\.?|directeur|leerkracht)"
        r"\s+[A-Z][\w’'-]+",
    ),
)


def found_in(text: str) -> list[str]:
    """The pieces of a text that look like data of a person, in the order of the text."""
    hits = [(m.start(), m.group()) for pattern in LOOKS_LIKE for m in pattern.finditer(text)]
    return [words for _start, words in sorted(hits)]
