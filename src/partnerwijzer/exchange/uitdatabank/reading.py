"""Reads organisers and events in the JSON-LD shape of UiTdatabank (Search API 3, embed=true). Pure.

Descriptions are not copied (whose they are is not clear): an offer says where to read more.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.exchange.columns import words
from partnerwijzer.exchange.uitdatabank import labels
from partnerwijzer.search.spelling import folded

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_AGES = re.compile(r"\s*(\d{0,2})\s*-\s*(\d{0,2})\s*")
_WEB = URLValidator(schemes=["http", "https"])
OTHERWISE = "arts-organisation"
EDUCATION = "education"
LONGEST_MINUTES = 600
Json = Mapping[str, Any]


class BadItem(ValueError):
    """An item that cannot be used. `str()` says why, in Dutch."""


@dataclass(frozen=True)
class Organiser:
    """An organisation: what the databank can keep of it, and a general contact."""

    key: str
    facts: dict[str, Any]
    contact: dict[str, str]
    is_for_schools: bool


@dataclass(frozen=True)
class Event:
    """Something that is offered, and by whom. `gone`: over, cancelled or taken away."""

    key: str
    organiser: Json
    facts: dict[str, Any]
    is_for_schools: bool
    gone: bool
    unknown: list[str] = field(default_factory=list)


def is_event(item: Json) -> bool:
    """Whether this is an event; a place or an organiser is not."""
    said = f"{item.get('@context', '')} {item.get('@type', '')} {item.get('@id', '')}".lower()
    return "event" in said or "audience" in item or "calendarType" in item


def is_organiser(item: Json) -> bool:
    said = f"{item.get('@context', '')} {item.get('@type', '')} {item.get('@id', '')}".lower()
    return "organi" in said


def organiser(item: Json) -> Organiser:
    """An organiser.

    Raises:
        BadItem: it has no key or no name.
    """
    name = _words(item.get("name"))
    if not name:
        raise BadItem(_("de organisator heeft geen naam"))
    place = _object(_in_language(item.get("address")))
    contact = _object(item.get("contactPoint"))
    if isinstance(item.get("contactPoint"), list):
        contact = _object(next(iter(item["contactPoint"]), None))
    web = [item.get("url"), item.get("website"), *_list(contact.get("url"))]
    facts = {
        "name": name[:320],
        "kind": _kind(name),
        "website": _address(web),
        "street": _text(place.get("streetAddress"))[:200],
        "postcode": _text(place.get("postalCode"))[:10],
        "town": _text(place.get("addressLocality"))[:100],
    }
    person = {
        "name": _("Algemeen"),
        "function": "",
        "email": next((e for e in map(_email, _list(contact.get("email"))) if e), ""),
        "phone": _text(next(iter(_list(contact.get("phone"))), ""))[:40],
    }
    own = [folded(label) for label in _labels(item)]
    schools = any(label.startswith(labels.PREFIX) for label in own)
    return Organiser(
        key_of(item), facts, person if person["email"] or person["phone"] else {}, schools
    )


def event(item: Json) -> Event:
    """An event.

    Raises:
        BadItem: it has no key, no name or no organiser.
    """
    title = _words(item.get("name"))
    if not title:
        raise BadItem(_("het aanbod heeft geen naam"))
    by = item.get("organizer")
    if not isinstance(by, Mapping) or not by:
        raise BadItem(_("bij ‘{title}’ staat geen organisator").format(title=title))
    said = labels.meaning_of(_labels(item))
    terms = [_text(_object(t).get("label")) for t in _list(item.get("terms"))]
    form, series = labels.form_of(terms)
    kind = _text(_object(item.get("audience")).get("audienceType")).lower()
    facts = {
        "title": title[:200],
        "description": _more(item, by),
        "audience": said.audience or ["pupils"],
        "levels": said.levels,
        "themes": said.themes,
        "shape": "series" if series else "one-off",
        "working_form": form,
        "place": _place(item, said.at_school),
        "duration_minutes": _minutes(item),
        **_ages(_text(item.get("typicalAgeRange"))),
        **_price(_list(item.get("priceInfo")), for_pupils=said.audience != ["team"]),
    }
    return Event(key_of(item), by, facts, kind == EDUCATION, _is_gone(item), said.unknown)


def key_of(item: Json) -> str:
    """The UUID at the end of its address; the address itself where there is none.

    Raises:
        BadItem: it has neither.
    """
    address = _text(item.get("@id") or item.get("id"))
    if not address:
        raise BadItem(_("er staat geen @id bij"))
    found = _KEY.findall(address)
    return found[-1].lower() if found else address[:200]


def _more(item: Json, by: Json) -> str:
    """Where to read more: where one books, or what the organiser itself gives."""
    booking, contact = _object(item.get("bookingInfo")), _object(item.get("contactPoint"))
    web = [booking.get("url"), *_list(contact.get("url")), by.get("url"), by.get("website")]
    address = _address(web)
    return _("Meer uitleg: {address}").format(address=address) if address else ""


def _place(item: Json, at_school: bool) -> str:
    """At school, elsewhere, either, or online."""
    mode = _text(item.get("attendanceMode")).lower()
    if mode == "online":
        return "online"
    where = _object(item.get("location"))
    known = _KEY.findall(_text(where.get("@id")))
    if known and known[-1].lower() in labels.table()["place-of-the-school"]:
        return "at-school"
    return "either" if at_school or mode == "mixed" else "elsewhere"


def _ages(text: str) -> dict[str, int | None]:
    found = _AGES.fullmatch(text)
    young, old = (int(part) if part else None for part in found.groups()) if found else (None, None)
    if young is not None and old is not None and old < young:
        young = old = None
    return {"age_from": young or None, "age_to": old if old else None}


def _price(found: list[Any], *, for_pupils: bool) -> dict[str, Any]:
    """The base price; other tariffs in words."""
    prices = [_object(one) for one in found]
    base = next((one for one in prices if one.get("category") == "base"), None)
    amount = _amount(base.get("price")) if base else None
    if base is None or amount is None:
        return {"price": None, "price_unit": "", "price_note": ""}
    unit = "group" if base.get("groupPrice") is True else "pupil" if for_pupils else "session"
    others = [
        f"{_words(one.get('name'))}: € {price:.2f}".replace(".", ",")
        for one in prices
        if one is not base and (price := _amount(one.get("price"))) is not None
    ]
    return {
        "price": amount,
        "price_unit": unit if amount else "free",
        "price_note": "; ".join(others)[:200],
    }


def _amount(value: Any) -> Decimal | None:
    try:
        amount = Decimal(str(value)).quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        return None
    return amount if 0 <= amount < 1_000_000 else None


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return found if found.tzinfo else timezone.make_aware(found)


def _minutes(item: Json) -> int | None:
    """How long one time takes, where that is said and no whole day or longer."""
    parts = [_object(one) for one in _list(item.get("subEvent"))]
    one = parts[0] if parts else item
    if item.get("calendarType") not in ("single", "multiple"):
        return None
    begin, end = _moment(one.get("startDate")), _moment(one.get("endDate"))
    if begin is None or end is None:
        return None
    minutes = (end - begin) // timedelta(minutes=1)
    return minutes if 0 < minutes <= LONGEST_MINUTES else None


def _is_gone(item: Json) -> bool:
    end = _moment(item.get("endDate"))
    state = _text(_object(item.get("status")).get("type") or item.get("status")).lower()
    flow = _text(item.get("workflowStatus")).upper()
    over = item.get("calendarType") != "permanent" and end is not None and end < timezone.now()
    return over or state == "unavailable" or flow in ("DELETED", "REJECTED", "DRAFT")


def _kind(name: str) -> str:
    """A guess by the words of the name, as for lists; anybody can change it."""
    text = f" {folded(name)} "
    found = ((len(word), kind) for word, kind in words()["kinds"].items() if f" {word} " in text)
    return max(found, default=(0, OTHERWISE))[1]


def _labels(item: Json) -> list[str]:
    both = [*_list(item.get("labels")), *_list(item.get("hiddenLabels"))]
    return [label for label in both if isinstance(label, str)]


def _in_language(value: Any) -> Any:
    """`{"nl": …, "fr": …}` gives the Dutch one, or the first; what has no languages stays."""
    if isinstance(value, Mapping) and value and all(len(str(k)) == 2 for k in value):
        return value.get("nl") or next((found for found in value.values() if found), "")
    return value


def _words(value: Any) -> str:
    return " ".join(_text(_in_language(value)).split())


def _text(value: Any) -> str:
    return str(value).replace("\x00", "").strip() if isinstance(value, str | int | float) else ""


def _object(value: Any) -> Json:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def _address(found: Iterable[Any]) -> str:
    for value in found:
        address = _text(value)
        try:
            _WEB(address)
        except ValidationError:
            continue
        if len(address) <= 200:
            return address
    return ""


def _email(value: Any) -> str:
    address = _text(value)
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""
