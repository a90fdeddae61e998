"""What one row of a list says of an organisation, and what is wrong with it.

The model's own rules decide what is valid, so that a list cannot bring in what the form refuses.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.utils.translation import gettext as _

from partnerwijzer.exchange.columns import LABELS, words
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.kbo import numbers
from partnerwijzer.partners.models import Partner, PartnerContact
from partnerwijzer.privacy.wording import never_stored
from partnerwijzer.search.spelling import folded

PLAIN = ("name", "description", "regions", "street", "postcode", "town")
_ADDRESS = re.compile(r"(?P<street>.*?)[,\s]*\b(?:B-?)?(?P<postcode>[1-9]\d{3})\s+(?P<town>\D.*)")
_BETWEEN = re.compile(r"[;,/|\n]+|\s+[-–•]\s+")
_WEB = URLValidator(schemes=["http", "https"])
LONGEST_DESCRIPTION = 3000


@dataclass
class RowFacts:
    """What was read. `problems` refuse the row; `remarks` only say what was not taken over."""

    facts: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Words:
    """The lists to choose from, by folded label in each language and by key."""

    kinds: Mapping[str, str]
    themes: Mapping[str, str]
    levels: Mapping[str, str]


def known_words() -> Words:
    """What the lists of the newest framework are called, with the other words for kinds."""
    content = vocabulary.current().vocab

    def named(items: Sequence[Any]) -> dict[str, str]:
        found = {folded(item.key): item.key for item in items}
        for item in items:
            for label in (item.label.nl, item.label.en):
                found[folded(label)] = item.key
        return found

    kinds = named(content.partner_kinds)
    keys = set(kinds.values())
    more = {word: key for word, key in words()["kinds"].items() if key in keys}
    return Words({**more, **kinds}, named(content.themes), named(content.education_levels))


def read_row(
    fields: Sequence[str],
    cells: Sequence[str],
    known: Words,
    default_kind: str,
    withheld: Sequence[str] = (),
) -> RowFacts:
    """The facts of one row.

    Args:
        fields: what each column holds; nothing where it is not taken over.
        default_kind: key of the kind where the list does not say it.
        withheld: what was taken out of the cells, because it may never be stored.
    """
    said: dict[str, str] = {}
    for name, cell in zip(fields, cells, strict=False):
        if name in LABELS and cell:
            said[name] = f"{said[name]} {cell}" if name in said else cell
    row = RowFacts()
    _split_address(said)
    for name in PLAIN:
        if text := said.get(name, ""):
            row.facts[name] = text if name == "description" else " ".join(text.split())
    _number(row, said.get("enterprise_number", ""))
    _website(row, said.get("website", ""))
    _kind(row, said.get("kind", ""), known, default_kind)
    _keys(row, "themes", said.get("themes", ""), known.themes)
    _keys(row, "levels", said.get("levels", ""), known.levels)
    _contact(row, said)
    if withheld:
        row.problems = [never_stored(withheld)]
    else:
        _check(row)
    return row


def _split_address(said: dict[str, str]) -> None:
    """`Kerkstraat 1, 9000 Gent` as street, postcode and town; what stands apart counts first."""
    for name in ("address", "place"):
        text = " ".join(said.pop(name, "").split())
        found = _ADDRESS.fullmatch(text)
        if found:
            parts = {key: value.strip(" ,") for key, value in found.groupdict().items()}
            for key, value in parts.items():
                if value:
                    said.setdefault(key, value)
        elif text:
            said.setdefault("street" if name == "address" else "town", text)
    number = said.pop("house_number", "")
    if number and "street" in said and not said["street"].endswith(f" {number}"):
        said["street"] = f"{said['street']} {number}"


def _number(row: RowFacts, text: str) -> None:
    if not text:
        return
    try:
        row.facts["enterprise_number"] = numbers.parse(text)
    except numbers.InvalidNumber as wrong:
        row.problems.append(_("ondernemingsnummer ‘{text}’: {why}").format(text=text, why=wrong))


def _website(row: RowFacts, text: str) -> None:
    address = next(iter(text.split()), "")
    if not address:
        return
    address = address if re.match(r"https?://", address, re.I) else f"https://{address}"
    try:
        _WEB(address)
        row.facts["website"] = address
    except ValidationError:
        row.problems.append(_("website ‘{text}’ is geen webadres.").format(text=text))


def _kind(row: RowFacts, text: str, known: Words, default: str) -> None:
    key = known.kinds.get(folded(text), "")
    if text and not key:
        words_ = _("het soort ‘{text}’ kennen we niet; we nemen ‘{kind}’.")
        label = vocabulary.label("partner_kinds", default)
        row.remarks.append(words_.format(text=text, kind=label))
    if key:
        row.facts["kind"] = key
    else:
        row.facts["default_kind"] = default


def _keys(row: RowFacts, name: str, text: str, known: Mapping[str, str]) -> None:
    """Words of a list, with semicolons, commas or slashes between."""
    if not text:
        return
    whole = known.get(folded(text))
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    found = [whole] if whole else [known[folded(p)] for p in parts if folded(p) in known]
    unknown = [] if whole else [part for part in parts if folded(part) not in known]
    if found:
        row.facts[name] = list(dict.fromkeys(found))
    if unknown:
        says = _("{field}: ‘{words}’ staat niet in onze lijst en wordt niet overgenomen.")
        row.remarks.append(says.format(field=LABELS[name], words=", ".join(unknown)))


def _contact(row: RowFacts, said: Mapping[str, str]) -> None:
    first, last = said.get("contact_first_name", ""), said.get("contact_name", "")
    contact = {
        "name": " ".join(f"{first} {last}".split()),
        "function": " ".join(said.get("contact_function", "").split()),
        "email": said.get("contact_email", "").strip(" <>;,"),
        "phone": _phone(said.get("contact_phone", "")),
    }
    if contact["email"] or contact["phone"]:
        row.contact = {**contact, "name": contact["name"] or _("Algemeen")}
    elif contact["name"]:
        text = _("contactpersoon {name} heeft geen e-mailadres of telefoon en wordt niet bewaard.")
        row.remarks.append(text.format(name=contact["name"]))


def _phone(text: str) -> str:
    """Spreadsheets take the first zero away from what looks like a number."""
    digits = text.replace(" ", "")
    return f"0{text}" if re.fullmatch(r"[1-9]\d{7,8}", digits) else " ".join(text.split())


def _check(row: RowFacts) -> None:
    """What the models themselves refuse: too long, no address, no name."""
    if not row.facts.get("name"):
        row.problems.append(_("de naam van de organisatie ontbreekt."))
    for name, value in row.facts.items():
        if isinstance(value, str) and name not in ("default_kind", "enterprise_number"):
            _valid(row, Partner, name, value, str(LABELS[name]))
    for name, value in row.contact.items():
        if value:
            _valid(row, PartnerContact, name, value, str(LABELS[f"contact_{name}"]))
    if len(row.facts.get("description", "")) > LONGEST_DESCRIPTION:
        text = _("de beschrijving is te lang: hoogstens {most} tekens.")
        row.problems.append(text.format(most=LONGEST_DESCRIPTION))


def _valid(row: RowFacts, model: type[Model], name: str, value: str, label: str) -> None:
    field_: Any = model._meta.get_field(name)
    try:
        field_.run_validators(value)
    except ValidationError:
        text = _("{field}: ‘{value}’ is niet geldig of te lang.")
        row.problems.append(text.format(field=label, value=value[:80]))
