"""What each row of a list would do to the databank: is it there already, and does it differ?

An organisation is the same when the number is the same; without number when the name is the same
and the places do not speak against it. Legal forms and small words in a name do not count. Pure:
who calls this reads the databank and gives it here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from partnerwijzer.exchange.columns import LABELS
from partnerwijzer.exchange.row_facts import RowFacts
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.kbo import numbers
from partnerwijzer.partners.likeness import EMPTY_WORDS
from partnerwijzer.partners.models import Partner, PartnerContact
from partnerwijzer.search.spelling import folded

COMPARED = (
    "name", "enterprise_number", "kind", "description", "website", "themes", "levels", "regions",
    "street", "postcode", "town",
)  # fmt: skip
_FOLDED = re.compile(r"[0-9a-z]+( [0-9a-z]+)*")
LISTS = {"themes": "themes", "levels": "education_levels"}


@dataclass(frozen=True)
class Known:
    """What has to be known of a partner to recognise it."""

    pk: int
    name: str
    number: str
    postcode: str
    town: str


@dataclass
class Plan:
    """What a row would do. `facts` and `contact` are what would be written."""

    line: int
    read: RowFacts
    verdict: str = ""
    partner_pk: int | None = None
    contact_pk: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    differences: list[list[str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def name_key(name: str) -> str:
    """By what names are compared: `De Bib van Veerdegem vzw` and `Bib Veerdegem` are the same."""
    plain = name if _FOLDED.fullmatch(name) else folded(name)
    return " ".join(word for word in plain.split() if word not in EMPTY_WORDS) or plain


class Databank:
    """The partners that could be meant by one of these rows."""

    def __init__(self, known: Iterable[tuple[Known, Sequence[str]]]) -> None:
        """Args: known: each partner with its names, the former ones too."""
        self.by_number: dict[str, Known] = {}
        self.by_name: dict[str, dict[int, Known]] = defaultdict(dict)
        for one, names in known:
            if one.number:
                self.by_number[one.number] = one
            for name in names:
                self.by_name[name_key(name)][one.pk] = one

    def match(self, facts: Mapping[str, Any]) -> tuple[int | None, str]:
        """The key of the partner that is meant, or none; and why it cannot be told."""
        number = facts.get("enterprise_number", "")
        if number and number in self.by_number:
            return self.by_number[number].pk, ""
        same = self.by_name.get(name_key(facts["name"]), {}).values()
        fitting = [k for k in same if not (number and k.number) and _not_elsewhere(k, facts)]
        exact = [k for k in fitting if _same_place(k, facts)]
        found = exact or fitting
        if len(found) > 1:
            text = _("er zijn {n} partners met deze naam. Vul het ondernemingsnummer in.")
            return None, text.format(n=len(found))
        return (found[0].pk, "") if found else (None, "")


def _same_place(known: Known, facts: Mapping[str, Any]) -> bool:
    postcode, town = facts.get("postcode", ""), folded(facts.get("town", ""))
    return bool(postcode and postcode == known.postcode) or bool(
        town and town == folded(known.town)
    )


def _not_elsewhere(known: Known, facts: Mapping[str, Any]) -> bool:
    """Whether the places do not speak against it: the same, or one of both is not known."""
    if _same_place(known, facts):
        return True
    both_codes = facts.get("postcode") and known.postcode
    both_towns = facts.get("town") and known.town
    return not (both_codes or both_towns)


def plan(rows: Iterable[tuple[int, RowFacts]], databank: Databank) -> list[Plan]:
    """Which partner each row means. Differences come later: see compare()."""
    made: list[Plan] = []
    first: dict[Any, int] = {}
    for line, read in rows:
        one = Plan(line, read, problems=list(read.problems), remarks=list(read.remarks))
        made.append(one)
        if one.problems:
            one.verdict = "wrong"
            continue
        one.partner_pk, why = databank.match(read.facts)
        if why:
            one.problems.append(why)
        earlier = [first[key] for key in _identities(one) if key in first]
        if earlier:
            text = _("staat twee keer in de lijst: ook op regel {line}.")
            one.problems.append(text.format(line=earlier[0]))
        for key in _identities(one):
            first.setdefault(key, line)
        one.verdict = "wrong" if one.problems else "new" if one.partner_pk is None else ""
        if one.verdict == "new":
            _make_new(one)
    return made


def _identities(one: Plan) -> list[Any]:
    """By what a second row for the same organisation is noticed."""
    facts = one.read.facts
    if one.partner_pk:
        return [one.partner_pk]
    if facts.get("enterprise_number"):
        return [facts["enterprise_number"]]
    place = facts.get("postcode") or folded(facts.get("town", ""))
    return [(name_key(facts["name"]), place)]


def _make_new(one: Plan) -> None:
    facts = dict(one.read.facts)
    default = facts.pop("default_kind", "")
    one.facts = {"kind": default, **facts}
    one.contact = dict(one.read.contact)


def compare(one: Plan, partner: Partner, contacts: Sequence[PartnerContact]) -> None:
    """Finds where a row differs from its partner. What the list leaves open is no difference."""
    for name in COMPARED:
        value = one.read.facts.get(name)
        if not value:
            continue
        now = getattr(partner, name)
        if name in LISTS:
            added = [key for key in value if key not in now]
            if added:
                _differs(one, name, now, [*now, *added])
        elif not _equal(name, now, value):
            _differs(one, name, now, value)
    _compare_contact(one, contacts)
    one.verdict = "differs" if one.differences else "same"


def _differs(one: Plan, name: str, now: Any, value: Any) -> None:
    one.facts[name] = value
    one.differences.append([str(LABELS[name]), _shown(name, now), _shown(name, value)])


def _shown(name: str, value: Any) -> str:
    if name in LISTS:
        return ", ".join(vocabulary.labels(LISTS[name], value))
    if name == "kind":
        return vocabulary.label("partner_kinds", value) if value else ""
    if name == "enterprise_number":
        return numbers.dotted(value) if value else ""
    return str(value)


def _equal(name: str, now: str, value: str) -> bool:
    if name == "website":
        return _address(now) == _address(value)
    return " ".join(now.split()) == " ".join(value.split())


def _address(website: str) -> str:
    plain = website.strip().casefold().rstrip("/")
    return plain.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _compare_contact(one: Plan, contacts: Sequence[PartnerContact]) -> None:
    said = one.read.contact
    if not said:
        return
    known = next((c for c in contacts if _same_contact(c, said)), None)
    changed = {
        key: value
        for key, value in said.items()
        if value and (known is None or getattr(known, key).casefold() != value.casefold())
    }
    if known is not None and said["name"] == _("Algemeen"):
        changed.pop("name", None)
    if not changed:
        return
    one.contact_pk = known.pk if known else None
    one.contact = {**_contact_facts(known), **changed}
    label = str(_("Contactpersoon"))
    one.differences.append(
        [label, _contact_words(_contact_facts(known)), _contact_words(one.contact)]
    )


def _same_contact(known: PartnerContact, said: Mapping[str, str]) -> bool:
    if said["email"] and known.email:
        return known.email.casefold() == said["email"].casefold()
    return folded(known.name) == folded(said["name"])


def _contact_facts(known: PartnerContact | None) -> dict[str, str]:
    names = ("name", "function", "email", "phone")
    return {name: getattr(known, name) if known else "" for name in names}


def _contact_words(facts: Mapping[str, str]) -> str:
    return ", ".join(filter(None, facts.values()))
