"""What a record of the API means, as fields of our models. Pure: a dict in, plain values out."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from partnerwijzer.goals import folding
from partnerwijzer.goals.plaintext import plain

_BRUSSELS = ZoneInfo("Europe/Brussels")
_NUMBER_AT_END = re.compile(r"(?:^|/)(\d{1,18})/?$")
_VALIDITY = {"geldig": "valid", "niet meer geldig": "expired", "onbekend": "unknown", "": "unknown"}
_STRUCTURE = {
    "onderwijsniveau": ("level", 100),
    "onderwijs_subniveau": ("sublevel", 200),
    "onderwijssoort": ("kind", 200),
    "graad": ("grade", 200),
    "stroom": ("stream", 200),
    "leerjaar": ("year", 200),
    "finaliteit": ("finality", 200),
    "opleidingsvorm": ("training_form", 200),
}


class BadRecord(ValueError):
    """A record that cannot be used; the message says why."""


@dataclass(frozen=True)
class SetFields:
    """Fields of GoalSet."""

    source_id: int
    name: str
    short_name: str
    edition: str
    competence_number: str
    competence: str
    structure: dict[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Ready for GoalSet(**values), search text and fingerprint included."""
        flat = {k: v for k, v in asdict(self).items() if k != "structure"} | self.structure
        number = f"sleutelcompetentie {self.competence_number}" if self.competence_number else ""
        words = [self.name, self.short_name, *self.structure.values(), number, self.competence]
        return flat | {"search_text": folding.index(*words), "fingerprint": _fingerprint(flat)}


@dataclass(frozen=True)
class GoalFields:
    """Fields of Goal."""

    source_id: int
    goal_set_id: int
    code: str
    text: str
    footnote: str
    memo: str
    kind: str
    attitude: bool
    optional: bool
    rubrics: list[str]
    validity: str
    valid_from: date | None
    valid_until: date | None
    published_on: date | None

    def values(self) -> dict[str, Any]:
        """Ready for Goal(**values), search text and fingerprint included."""
        flat = asdict(self)
        words = folding.index(self.code, self.text, self.kind, *self.rubrics)
        return flat | {"search_text": words, "fingerprint": _fingerprint(flat)}


def read(record: dict[str, Any]) -> tuple[SetFields, GoalFields]:
    """The set and the goal of one record.

    Raises:
        BadRecord: no usable `@id`, text or set, or a value of the wrong kind.
    """
    belongs = _object(record.get("onderwijsdoelenset"), "onderwijsdoelenset")
    goal_set = _set(belongs)
    return goal_set, _goal(record, goal_set.source_id)


def _goal(record: dict[str, Any], set_id: int) -> GoalFields:
    validity = _object(record.get("geldigheid"), "geldigheid")
    text = plain(_text(record, "omschrijving"))
    if not text:
        raise BadRecord(_("het doel heeft geen tekst (omschrijving)"))
    return GoalFields(
        source_id=_id(record.get("@id"), "@id"),
        goal_set_id=set_id,
        code=_text(record, "code")[:60],
        text=text,
        footnote=plain(_text(record, "voetnoot")),
        memo=plain(_text(record, "memorie")),
        kind=_text(record, "onderwijsdoel_type")[:200],
        attitude=_flag(record, "attitude"),
        optional=_flag(record, "optioneel"),
        rubrics=_rubrics(record.get("titels")),
        validity=_validity(_text(validity, "type")),
        valid_from=_day(validity, "geldig_van_dt"),
        valid_until=_day(validity, "geldig_tot_dt"),
        published_on=_day(validity, "publicatie_dt"),
    )


def _set(source: dict[str, Any]) -> SetFields:
    structure = _object(source.get("onderwijsstructuur"), "onderwijsstructuur")
    competence = _object(source.get("vlaamse_sleutelcompetentie"), "vlaamse_sleutelcompetentie")
    number = _id(source.get("onderwijsdoelenset_id"), "onderwijsdoelenset_id")
    return SetFields(
        source_id=number,
        name=" ".join(_text(source, "onderwijsdoelenset").split()) or str(number),
        short_name=_text(source, "korte_naam")[:300],
        edition=_text(source, "versie")[:40],
        competence_number=_text(competence, "nr")[:20],
        competence=(_text(competence, "korte_naam") or _text(competence, "naam"))[:300],
        structure={name: _text(structure, key)[:size] for key, (name, size) in _STRUCTURE.items()},
    )


def _object(value: Any, name: str) -> dict[str, Any]:
    """A nested object; nothing, an empty list or text stand for an empty one in this source."""
    if not value:
        return {}
    if isinstance(value, dict):
        return value
    raise BadRecord(_("{name} is geen object").format(name=name))


def _id(value: Any, name: str) -> int:
    """The number of the source, also where it comes as text or at the end of an address."""
    found = None if isinstance(value, bool) else _NUMBER_AT_END.search(str(value).strip())
    if not found:
        raise BadRecord(_("{name} ontbreekt of is geen nummer").format(name=name))
    return int(found[1])


def _text(source: dict[str, Any], name: str) -> str:
    value = source.get(name)
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return ", ".join(str(part).strip() for part in value if part not in (None, ""))
    return str(value).replace("\x00", "").strip()


def _flag(source: dict[str, Any], name: str) -> bool:
    return _text(source, name).lower() in {"1", "true", "ja"}


def _rubrics(value: Any) -> list[str]:
    """`{"1": {"nr": "3", "titel": "Het milieu"}}` gives `["3 Het milieu"]`."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    titles = [(_text(p, "nr"), plain(_text(p, "titel"))) for p in parts if isinstance(p, dict)]
    return [f"{number} {title}".strip() for number, title in titles if title]


def _validity(said: str) -> str:
    known = _VALIDITY.get(said.lower())
    if known is None:
        raise BadRecord(_("onbekende geldigheid “{said}”").format(said=said))
    return known


def _day(source: dict[str, Any], name: str) -> date | None:
    """A day. Midnight in whatever zone is that day; another hour is read as time in Belgium."""
    said = _text(source, name)
    if not said:
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise BadRecord(_("{name} is geen datum: “{said}”").format(name=name, said=said)) from None
    if moment.tzinfo and (moment.hour, moment.minute) != (0, 0):
        moment = moment.astimezone(_BRUSSELS)
    return moment.date()


def _fingerprint(values: dict[str, Any]) -> str:
    """Equal for equal content, so that what did not change is not written."""
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
