"""From the rows of the register to what people see: words, names, addresses, signals, links."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from partnerwijzer.kbo.codes import BANKRUPTCY, DISSOLUTION, REORGANISATION
from partnerwijzer.kbo.enterprise import Address, Code, Contact, Name, NameKind, Signal
from partnerwijzer.kbo.extract import parse_date
from partnerwijzer.kbo.tables import unpack

# Which name is shown: kind and language, in this order (domain: name in Dutch, French, any
# language; then commercial name in Dutch). Languages: 0 unknown, 1 French, 2 Dutch.
NAME_ORDER = (("001", "2"), ("001", "1"), ("001", "0"), ("003", "2"))
NAME_KINDS: dict[str, NameKind] = {
    "001": "name",
    "002": "abbreviation",
    "003": "commercial",
    "004": "branch",
}
# Kooigemstraat(S), Budastraat(Kor): the old municipality, abbreviated, behind the street.
_OLD_TOWN = re.compile(r"\s*\([A-Za-zÀ-ÿ.' -]{1,5}\)$")
_SPACES = re.compile(r"\s+")
_WEB = re.compile(r"(?i)^(https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?)(/\S*)?$")
_EMAIL = re.compile(r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$")

Words = Callable[[str, str], str]


def best_name(packed: str | None) -> str:
    """The name to show, '' when there is none."""
    records = unpack(packed, 3)
    for wanted in NAME_ORDER:
        for language, kind, text, *_rest in records:
            if (kind, language) == wanted:
                return text
    return records[0][2] if records else ""


def other_names(packed: str | None, former: str | None, shown: str) -> tuple[Name, ...]:
    """All names but the one that is shown, each once, former ones last."""
    names: dict[str, Name] = {}
    for _language, kind, text, *_rest in unpack(packed, 3):
        names.setdefault(text.casefold(), Name(text, NAME_KINDS.get(kind, "other")))
    for text, until, *_rest in unpack(former, 2):
        names.setdefault(text.casefold(), Name(text, "former", date.fromisoformat(until)))
    names.pop(shown.casefold(), None)
    return tuple(names.values())


def address(packed: str | None, kinds: Sequence[str]) -> Address | None:
    """The first address of one of these kinds, in order of the kinds; the first one otherwise."""
    records = unpack(packed, 12)
    if not records:
        return None
    ordered = [record for kind in kinds for record in records if record[0] == kind]
    return _address((ordered or records)[0])


def _address(record: Sequence[str]) -> Address:
    (_kind, country_nl, country_fr, postcode, town, town_fr, street, street_fr, *rest) = record
    house, box, extra, struck, *_more = rest
    country = country_nl or country_fr
    line = _SPACES.sub(" ", street or street_fr).strip()
    return Address(
        street=line if country else _OLD_TOWN.sub("", line),
        house_number=house.strip(),
        box=box.strip(),
        extra=_SPACES.sub(" ", extra).strip(),
        postcode=postcode.strip(),
        town=(town or town_fr).strip(),
        country=country.strip(),
        struck_off=parse_date(struck),
    )


def contacts(packed: str | None) -> tuple[Contact, ...]:
    """Each way to reach it once."""
    found: dict[tuple[str, str], Contact] = {}
    for kind, value, *_rest in unpack(packed, 2):
        contact = _contact(kind, value.strip())
        found.setdefault((contact.kind, contact.value.casefold()), contact)
    return tuple(found.values())


def _contact(kind: str, value: str) -> Contact:
    if kind == "EMAIL" or (kind == "WEB" and _EMAIL.match(value)):
        plain = value.removeprefix("mailto:")
        return Contact("email", plain, f"mailto:{plain}" if _EMAIL.match(plain) else "")
    if kind == "WEB":
        return Contact("web", *_website(value))
    if kind == "TEL":
        digits = re.sub(r"[^\d+]", "", value)
        return Contact("phone", value, f"tel:{digits}" if len(digits) > 5 else "")
    return Contact("other", value)


def _website(value: str) -> tuple[str, str]:
    """How a website is shown and the link to it; no link when it is not one."""
    found = _WEB.match(value)
    if not found:
        return value, ""
    scheme, host, path = found[1] or "https://", found[2].lower(), found[3] or ""
    shown = f"{host}{path}".removesuffix("/")
    return shown, f"{scheme.lower()}{host}{path}"


def signals(situation: Code, gone: date | None) -> tuple[Signal, ...]:
    """What has to be looked at before working together, the gravest first."""
    found: list[Signal] = []
    if gone:
        words = _("Niet meer actief in de KBO op %(date)s.") % {"date": formats.date_format(gone)}
        found.append(Signal("gone", words, "block"))
    if situation.code in BANKRUPTCY:
        words = _("Failliet: %(situation)s.")
        found.append(Signal("bankrupt", words % {"situation": situation.words}, "block"))
    if situation.code in DISSOLUTION:
        words = _("Ontbonden of in vereffening: %(situation)s.")
        found.append(Signal("dissolved", words % {"situation": situation.words}, "block"))
    if situation.code in REORGANISATION:
        words = _("In reorganisatie of opschorting: %(situation)s.")
        found.append(Signal("reorganisation", words % {"situation": situation.words}, "warn"))
    return tuple(found)
