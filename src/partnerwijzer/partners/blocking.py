"""Keys by which partners that may be the same find each other, so that not all meet all. Pure.

Two partners are compared only when they share a key; see partners.likeness for the comparing. A
key is made of what survives a typing error: the consonants of a name, the beginning or the end of
its longest words together with the place, the host of the website, the address. A key that many
share says nothing and is passed over (MOST_SHARING).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from partnerwijzer.partners.likeness import alike, host_of, words_of
from partnerwijzer.search.spelling import folded

MOST_SHARING = 60
PIECE = 5
LONGEST_KEY = 120
# What a reason weighs, and how much makes a pair worth a look. An address alone does not: many
# organisations share a building.
WEIGHTS = {"name": 4, "former": 4, "website": 4, "number": 8, "address": 3, "town": 1}
ENOUGH = 4


@dataclass(frozen=True)
class Known:
    """What is compared of a partner."""

    name: str
    former_names: tuple[str, ...] = ()
    number: str = ""
    website: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.former_names)

    @property
    def address(self) -> str:
        """Postcode and street with number, folded; nothing where one is missing."""
        return f"{folded(self.postcode)} {folded(self.street)}" if self.full_address else ""

    @property
    def full_address(self) -> bool:
        return bool(self.postcode.strip() and self.street.strip())


def keys_of(known: Known) -> list[str]:
    """The keys of a partner, each once."""
    found = [key for name in known.names for key in _of_name(name, known)]
    if host := host_of(known.website):
        found.append(f"w:{host}")
    if known.address:
        found.append(f"a:{known.address}")
    if known.number:
        found.append(f"k:{known.number}")
    return [key[:LONGEST_KEY] for key in dict.fromkeys(found)]


def _of_name(name: str, known: Known) -> Iterable[str]:
    words = sorted(words_of(name), key=lambda word: (-len(word), word))
    if not words:
        return
    yield f"n:{''.join(sorted(_consonants(word) for word in words))}"
    place = folded(known.town) or folded(known.postcode)
    for word in words[:2]:
        yield f"b:{word[:PIECE]}:{place}"
        yield f"e:{word[-PIECE:]}:{place}"


def _consonants(word: str) -> str:
    """Without vowels after the first letter, double letters once; a short word stays as it is."""
    bare = word[:1] + "".join(c for c in word[1:] if c not in "aeiouy")
    single = "".join(letter for letter, _again in groupby(bare))
    return single if len(single) > 2 else word


def reasons(one: Known, other: Known) -> list[str]:
    """Why two may be the same: keys of WEIGHTS. Two numbers that differ are two organisations."""
    if one.number and other.number and one.number != other.number:
        return []
    found = ["number"] if one.number and one.number == other.number else []
    if _same_name(one, one.name, other, other.name):
        found.append("name")
    elif any(_same_name(one, a, other, b) for a in one.names for b in other.names):
        found.append("former")
    host = host_of(one.website)
    if host and host == host_of(other.website):
        found.append("website")
    if one.address and one.address == other.address:
        found.append("address")
    if found and folded(one.town) and folded(one.town) == folded(other.town):
        found.append("town")
    return found


def _same_name(one: Known, name: str, other: Known, another: str) -> bool:
    """Alike, also without the town: two houses in one town are not the same house."""
    if not folded(name) or not alike(name, another):
        return False
    first, second = (_without_town(n, k.town) for n, k in ((name, one), (another, other)))
    return not first or not second or alike(first, second)


def _without_town(name: str, town: str) -> str:
    of_the_town = set(folded(town).split())
    return " ".join(word for word in words_of(name) if word not in of_the_town)


def weight_of(found: Iterable[str]) -> int:
    """How strongly these reasons say that it is the same."""
    return sum(WEIGHTS[reason] for reason in found)


def is_likely(found: Iterable[str]) -> bool:
    """Whether it is worth that somebody looks."""
    return weight_of(found) >= ENOUGH
