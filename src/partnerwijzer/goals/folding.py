"""Text as it is searched: without accents, in lower case, as words with one space between them."""

import re
import unicodedata

_SEPARATOR = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.]|_")
_CODE = re.compile(r"\d+(?:\.\d+)*")
MOST_WORDS = 12


def fold(text: str) -> str:
    """`"Reliëf, code 09.01!"` becomes `"relief code 09.01"`. A dot stays between digits only."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_SEPARATOR.sub(" ", letters.casefold()).split())


def words(text: str) -> list[str]:
    """The different words of what somebody typed, at most `MOST_WORDS`."""
    return list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]


def short_code(word: str) -> str:
    """A code as people say it: `09.01` is `9.1`. Any other word stays as it is."""
    if not _CODE.fullmatch(word):
        return word
    return ".".join(str(int(part)) for part in word.split("."))


def index(*texts: str) -> str:
    """What is kept to search in. It starts with a space: `" 9.1"` is the start of a word."""
    found = fold(" ".join(texts)).split()
    both = (form for word in found for form in dict.fromkeys((word, short_code(word))))
    return " " + " ".join(both)


def needles(word: str) -> list[str]:
    """What to look for in an index: letters anywhere (aardrijks*kunde*), codes from their start."""
    if not word[0].isdigit():
        return [word]
    return [f" {form}" for form in dict.fromkeys((word, short_code(word)))]
