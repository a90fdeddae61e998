"""When two groups are the same one: they have the same level and name. Pure."""

import re


def name_of(label: str) -> str:
    """Two spellings of a class are one: `5a`, `5 A` and `5A`."""
    return re.sub(r"[\s.-]+", "", label).casefold()
