"""What people filter the register on: four kinds of legal form, and sectors. Pure.

Thousands of codes are no choice to make. Each group has a key that stands in addresses and in the
index, and words. Raise tables.FORMAT when the codes of a group change: the index holds the groups.
"""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerwijzer.kbo.codes import NON_PROFIT, PUBLIC, SOCIAL_PURPOSE

FORMS: dict[str, str | Promise] = {
    "vereniging": _("Vereniging of stichting"),
    "overheid": _("Overheid of openbare instelling"),
    "sociaal": _("Onderneming met sociaal oogmerk"),
    "bedrijf": _("Andere onderneming"),
}
# Beginnings of codes of NACE 2025; the longest that fits decides. Source: table Nace2025.
SECTORS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "onderwijs": (_("Onderwijs en vorming"), ("85",)),
    "kunst": (_("Kunst en cultuur"), ("90", "8552", "591", "592")),
    "erfgoed": (_("Bibliotheek, museum en erfgoed"), ("911", "912", "913")),
    "natuur": (_("Natuur, dieren en milieu"), ("914", "94994")),
    "sport": (_("Sport en beweging"), ("931", "8551")),
    "jeugd": (_("Jeugdwerk en vrije tijd"), ("94991", "932")),
    "vereniging": (_("Verenigingsleven"), ("949",)),
    "geloof": (_("Levensbeschouwing en politiek"), ("9491", "9492")),
    "welzijn": (_("Welzijn en opvang"), ("87", "88")),
    "gezondheid": (_("Gezondheid en preventie"), ("86", "94993")),
    "techniek": (_("Wetenschap, techniek en media"), ("58", "60", "61", "62", "63", "71", "72")),
    "bestuur": (_("Openbaar bestuur en veiligheid"), ("84",)),
}
_BEGINNINGS = {begin: key for key, (_label, begins) in SECTORS.items() for begin in begins}
_LONGEST = max(map(len, _BEGINNINGS))


def form_group(form: str) -> str:
    """The kind of a legal form; what is of no other kind is a company."""
    if form in NON_PROFIT:
        return "vereniging"
    if form in PUBLIC:
        return "overheid"
    return "sociaal" if form in SOCIAL_PURPOSE else "bedrijf"


def sectors(nace: Iterable[str]) -> list[str]:
    """The sectors of main activities, each once."""
    found = (sector(code) for code in nace)
    return list(dict.fromkeys(key for key in found if key))


def sector(code: str) -> str:
    """The sector of one NACE code, '' when it is in none."""
    begins = (code[:size] for size in range(min(_LONGEST, len(code)), 1, -1))
    return next((_BEGINNINGS[begin] for begin in begins if begin in _BEGINNINGS), "")
