"""Which kind of school the words and codes of the official list stand for: mostly data."""

from collections.abc import Iterable

from partnerwijzer.goals.folding import fold
from partnerwijzer.organisations.models import SchoolKind

# First match wins. Words of the columns "soort instelling" and "onderwijsniveau", folded.
WORDS: tuple[tuple[str, SchoolKind], ...] = (
    ("buitengewoon", SchoolKind.BUITENGEWOON),
    ("kunstonderwijs", SchoolKind.DKO),
    ("kunstacademie", SchoolKind.DKO),
    ("academie", SchoolKind.DKO),
    ("conservatorium", SchoolKind.DKO),
    ("volwassenen", SchoolKind.VOLWASSENEN),
    ("basiseducatie", SchoolKind.VOLWASSENEN),
    ("secundair", SchoolKind.SECUNDAIR),
    ("basisonderwijs", SchoolKind.BASIS),
    ("basisschool", SchoolKind.BASIS),
    ("kleuteronderwijs", SchoolKind.KLEUTER),
    ("kleuterschool", SchoolKind.KLEUTER),
    ("lager", SchoolKind.LAGER),
)
# Column "ingerichte hoofdstructuren". Only used to tell nursery, primary and both apart, and where
# words say nothing: the meaning of the codes was inferred and not read in an official list.
CODES = {"111": SchoolKind.KLEUTER, "121": SchoolKind.LAGER, "311": SchoolKind.SECUNDAIR}
UNKNOWN = SchoolKind.BASIS


def kind_of(words: Iterable[str], codes: Iterable[str]) -> SchoolKind | None:
    """The kind of a school, from the words and codes of all its campuses; None where neither says
    anything."""
    text = fold(" ".join(words))
    said = next((kind for word, kind in WORDS if word in text), None)
    if "kleuter" in text and "lager" in text and said in (SchoolKind.KLEUTER, SchoolKind.LAGER):
        said = SchoolKind.BASIS
    by_code = {CODES[code] for code in codes if code in CODES}
    if said not in (None, SchoolKind.BASIS):
        return said
    if by_code == {SchoolKind.KLEUTER, SchoolKind.LAGER}:
        return SchoolKind.BASIS
    return by_code.pop() if len(by_code) == 1 else said
