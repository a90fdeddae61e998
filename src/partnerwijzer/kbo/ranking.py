"""In which order organisations are shown: how well a name fits what was typed.

Pure functions on words as `index.words` gives them.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache

from partnerwijzer.kbo.index import stem

# How well one word fits.
EXACT, STEM, BEGINNING, TYPO, TYPO_BEGINNING = 1.0, 0.92, 0.7, 0.65, 0.6
PLACE, PLACE_BEGINNING, PLACE_TYPO = 0.9, 0.75, 0.6
MISSING = 0.4  # taken off for the share of the words that does not fit at all
SHORTEST_TYPO = 4  # letters of a word in which a typo is allowed

# What the whole name adds.
WHOLE_NAME = 0.3  # called exactly as typed
FIRST_WORD = 0.06  # begins with the first word that was typed
COVERED = 0.12  # share of its own words that were typed
RELEVANCE = 0.04  # for each of the five degrees
NOT_MAIN = 0.03  # another name, an establishment
INACTIVE = 0.1  # gone, bankrupt, dissolved
SLIGHT_WEIGHT = 0.05

# Words that say nothing about which organisation is meant, beside others that do.
SLIGHT = frozenset(
    {"vzw", "asbl", "ivzw", "aisbl", "nv", "sa", "bv", "bvba", "sprl", "srl", "cv", "cvba", "scrl"}
    | {"comm", "commv", "gcv", "vof", "de", "het", "een", "den", "der", "van", "voor", "en", "in"}
    | {"te", "op", "aan", "bij", "le", "la", "les", "du", "des", "et", "un", "une", "l", "d", "t"}
)


def fit(
    query: Sequence[str], stems: Sequence[str], name: Sequence[str], place: Collection[str]
) -> float:
    """How well a name with its place fits the query, 0 when not one word does, 1.6 at most.

    `stems` are the Dutch stems of the query words, `place` the words of town and postcode.
    """
    total, missing, weights, used = 0.0, 0.0, 0.0, set()
    for word, word_stem in zip(query, stems, strict=True):
        weight = SLIGHT_WEIGHT if word in SLIGHT else 1.0
        value, position = _best(word, word_stem, name)
        if position is None:
            value = _fit_place(word, place)
        else:
            used.add(position)
        total += weight * value
        missing += weight * (not value)
        weights += weight
    if not total:
        return 0.0
    result = (total - MISSING * missing) / weights + COVERED * len(used) / len(name)
    asked, own = telling(query), telling(name)
    if asked == own:
        result += WHOLE_NAME
    if _fit_word(asked[0], "", own[0]) >= BEGINNING:
        result += FIRST_WORD
    return result


def telling(words: Sequence[str]) -> list[str]:
    """The words that say which organisation is meant; all when none does."""
    return [word for word in words if word not in SLIGHT] or list(words)


def may_have_typo(word: str) -> bool:
    """Whether a typo in this word is forgiven: it is long enough, and no number or postcode."""
    return len(word) >= SHORTEST_TYPO and not word.isdigit()


def one_edit(left: str, right: str) -> bool:
    """Whether two words differ by at most one letter added, left out, changed or swapped."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    start = 0
    while start < len(left) and left[start] == right[start]:
        start += 1
    if len(left) < len(right):
        return left[start:] == right[start + 1 :]
    if left[start + 1 :] == right[start + 1 :]:
        return True
    swapped = left[start + 1 : start + 2] + left[start : start + 1]
    return swapped == right[start : start + 2] and left[start + 2 :] == right[start + 2 :]


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """The Dutch stem of a word: verenigingen and vereniging have the same."""
    return stem(word)


def _best(word: str, word_stem: str, name: Sequence[str]) -> tuple[float, int | None]:
    best, place = 0.0, None
    for position, other in enumerate(name):
        value = _fit_word(word, word_stem, other)
        if value > best:
            best, place = value, position
    return best, place


def _fit_word(word: str, word_stem: str, other: str) -> float:
    if word == other:
        return EXACT
    if other.startswith(word) and len(word) > 1:
        return BEGINNING + (EXACT - BEGINNING) * 0.2 * len(word) / len(other)
    if word_stem and other[:2] == word[:2] and stem_of(other) == word_stem:
        return STEM
    if may_have_typo(word):
        if one_edit(word, other):
            return TYPO
        if len(other) > len(word) and _begins_with_typo(word, other):
            return TYPO_BEGINNING
    return 0.0


def _begins_with_typo(word: str, other: str) -> bool:
    size = len(word)
    return any(one_edit(word, other[:length]) for length in (size, size + 1, size - 1))


def _fit_place(word: str, place: Collection[str]) -> float:
    if word in place:
        return PLACE
    if len(word) > 1 and any(other.startswith(word) for other in place):
        return PLACE_BEGINNING
    if may_have_typo(word) and any(one_edit(word, other) for other in place):
        return PLACE_TYPO
    return 0.0
