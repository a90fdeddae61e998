"""Whether two partners may be the same: by name or by website. Pure.

A warning to look once more, never a refusal: so rather one too many than one too few.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from partnerwijzer.search.spelling import folded

# Words that say nothing about which organisation it is.
LEGAL_FORMS = ["vzw", "asbl", "ivzw", "bv", "bvba", "nv", "cv", "cvba", "vof", "gcv", "stichting"]
LITTLE_WORDS = ["de", "het", "een", "van", "voor", "en", "in", "te", "op", "der", "den", "la", "le"]
EMPTY_WORDS = frozenset(LEGAL_FORMS + LITTLE_WORDS)
# Sites where many organisations have a page.
SHARED_HOSTS = frozenset(
    {"facebook.com", "instagram.com", "linkedin.com", "youtube.com"}
    | {"google.com", "sites.google.com"}
)
SAME_WORD = 0.8
SAME_NAME = 0.9
PIECE = 4
MOST_WORDS = 6


def words_of(name: str) -> list[str]:
    """The words of a name that tell organisations apart, folded."""
    return [word for word in folded(name).split() if word not in EMPTY_WORDS]


def pieces(name: str) -> list[str]:
    """Beginnings and ends of words: whoever has none of these in the name is not the same.

    A typing error seldom hits both the beginning and the end of a word.
    """
    found: list[str] = []
    for word in words_of(name)[:MOST_WORDS]:
        found += [word[:PIECE], word[-PIECE:]] if len(word) > PIECE else [word]
    return [piece for piece in dict.fromkeys(found) if len(piece) > 2]


def alike(one: str, other: str) -> bool:
    """Whether two names probably mean the same organisation.

    Each word of the shorter name must be found in the longer one, with a typing error or two; the
    longer name may add as many words as it shares: a town, a kind.
    """
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return folded(one) == folded(other)
    if _near("".join(first), "".join(second), SAME_NAME):
        return True
    short, long = sorted((first, second), key=len)
    return len(long) <= 2 * len(short) and _each_has_a_match(short, long)


def _each_has_a_match(short: Sequence[str], long: Sequence[str]) -> bool:
    """Where one word is all there is, it has to be nearer."""
    left, least = list(long), SAME_WORD if len(short) > 1 else SAME_NAME
    for word in short:
        match = next((other for other in left if _near(word, other, least)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _near(one: str, other: str, least: float) -> bool:
    """The same, or longer than three letters and nearly the same."""
    if one == other:
        return True
    if min(len(one), len(other)) < PIECE or abs(len(one) - len(other)) > 2:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= least
        and matcher.quick_ratio() >= least
        and matcher.ratio() >= least
    )


def host_of(address: str) -> str:
    """The host of a website without www, or nothing where it says little or is no address."""
    text = address.strip()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return host if "." in host and host not in SHARED_HOSTS else ""
