"""What looks like the name of somebody. Pure.

First names that are often given in Flanders, so that "Emma Peeters" is told from "Museum De Klok".
A name that is not in the list is only taken for one beside a word that says so.
"""

import re
from pathlib import Path

FIRST_NAMES = frozenset(
    (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8").split()
)
# Letters, with an apostrophe or a hyphen inside: O’Brien, Jan-Willem. From its first letter, never
# tried again shorter and of a length that a name has: a long row of letters costs no time.
WORD = r"(?<![^\W\d_])[^\W\d_](?:[^\W\d_]|[’'-](?=[^\W\d_])){0,60}+"
PARTICLES = frozenset(
    "van vande vanden de den der het ’t 't ter ten el al ben bin da di du la le".split()  # noqa: SIM905
)
_WORDS = re.compile(WORD)


def is_first_name(word: str) -> bool:
    """A word with a capital that is a known first name; of a double name one half is enough."""
    if not word[:1].isupper():
        return False
    return any(_plain(part) in FIRST_NAMES for part in re.split(r"[-’']", word) if len(part) > 1)


def _plain(word: str) -> str:
    return word.casefold().translate(_ACCENTS)


_ACCENTS = str.maketrans("àáâäãåèéêëìíîïòóôöõùúûüýÿçñğşı", "aaaaaaeeeeiiiiooooouuuuyycngsi")


def words_of(text: str) -> list[str]:
    return _WORDS.findall(text)


def is_whole_name(text: str) -> bool:
    """First name and surname, in either order, and nothing else: "Emma De Smet", "Peeters Noor"."""
    words = words_of(text)
    parts = [word for word in words if word.casefold() not in PARTICLES]
    return (
        2 <= len(parts) <= 4
        and all(word[:1].isupper() for word in parts)
        and any(map(is_first_name, (parts[0], parts[-1])))
    )
