"""What the index of the databank holds: a group for each partner, with a unit for the partner
itself and one for each offer that is current.

An offer is found by its own words and by those of its partner (the words of the first unit hold for
its whole group, see search.matches), and filtered by the facts of both. The words of the lists
(themes, kinds, working forms) are not in it: they are looked up when somebody asks, in any
language. Nothing in it depends on who asks: an experience counts only where it was shared with
everyone. Of which kind the schools were is in it with their number: of fewer than the minimum one
is soon recognised, so who asks counts only what reaches it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from partnerwijzer import places
from partnerwijzer.partners.models import (
    Audience,
    Experience,
    MarkKind,
    Offer,
    Partner,
    PartnerMark,
    Place,
    Recognition,
)
from partnerwijzer.search.following import Follower, Source
from partnerwijzer.search.spelling import folded
from partnerwijzer.search.table import Group, Unit

TOPIC = "databank"
# Raised with each change in what the groups hold.
VERSION = "8"
# Tables whose rows say something about a partner -> SQL for the key of that partner.
WATCHED = {
    "partners_partner": "{row}.id",
    "partners_offer": "{row}.partner_id",
    "partners_offer_goals": "(SELECT partner_id FROM partners_offer WHERE id = {row}.offer_id)",
    "partners_recognition": "{row}.partner_id",
    "partners_experience": "{row}.partner_id",
    "partners_partnermark": "{row}.partner_id",
}
AT_ONCE = 1000
# The key of the unit of the partner itself; that of an offer is the key of the offer.
ITSELF = 0
YOUNGEST, OLDEST = 2, 18
# A recognition without an end: a day that does not come.
NEVER = date(9999, 12, 31)
_LANGUAGES = re.compile(r"\s*(?:[,;/&+]|\ben\b|\bof\b)\s*")


@dataclass
class About:
    """What else is known of one partner."""

    offers: list[Offer] = field(default_factory=list)
    recognised_until: date | None = None
    # By kind of school, how many schools.
    told: dict[str, int] = field(default_factory=dict)
    mark: str = ""


def groups(keys: Iterable[int] | None) -> Iterator[Group]:
    """The groups of these partners, or of all. What is not there any more has none."""
    every = sorted(keys) if keys is not None else _all_keys()
    for start in range(0, len(every), AT_ONCE):
        yield from _groups(every[start : start + AT_ONCE])


def _all_keys() -> list[int]:
    return list(Partner.objects.order_by("pk").values_list("pk", flat=True))


def _groups(keys: list[int]) -> Iterator[Group]:
    about: dict[int, About] = defaultdict(About)
    for offer in Offer.objects.filter(partner__in=keys, withdrawn_at=None).order_by("pk"):
        about[offer.partner_id].offers.append(offer)
    goals = _goals(keys)
    claims = Q(checked_on=None, said_on__isnull=False)  # of the organisation itself alone
    for row in Recognition.objects.filter(partner__in=keys).exclude(claims):
        known = about[row.partner_id]
        known.recognised_until = max(row.until or NEVER, known.recognised_until or date.min)
    told = Experience.objects.filter(
        partner__in=keys, audience=Audience.EVERYONE, withdrawn_at=None
    )
    by_kind = told.values("partner_id", "school__kind").order_by()
    for row_of in by_kind.annotate(schools=Count("school", distinct=True)):
        about[row_of["partner_id"]].told[row_of["school__kind"]] = row_of["schools"]
    for mark in PartnerMark.objects.filter(partner__in=keys, ended_at=None):
        about[mark.partner_id].mark = mark.kind
    rows = Partner.objects.filter(pk__in=keys, merged_into=None)
    for partner in rows.defer("search_text", "search_keys").order_by("pk"):
        yield _group(partner, about[partner.pk], goals)


def _goals(keys: list[int]) -> dict[int, list[tuple[int, str]]]:
    """The goals of each offer, with the number of their key competence."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Offer.goals.through.objects.filter(offer__partner__in=keys)
    for offer, goal, competence in rows.values_list(
        "offer_id", "goal_id", "goal__goal_set__competence_number"
    ):
        found[offer].append((goal, competence))
    return found


def _group(partner: Partner, about: About, goals: dict[int, list[tuple[int, str]]]) -> Group:
    shared = frozenset(_tokens_of(partner, about))
    amounts = _amounts_of(about)
    tokens = shared | {"itself", *_topics(partner.themes, partner.levels)}
    units = [Unit(ITSELF, _names(partner), _text(partner), tokens, amounts=amounts)]
    for offer in about.offers:
        unit = _unit(partner, offer, goals.get(offer.pk, []))
        own = {**amounts, **unit.amounts}
        units.append(unit._replace(tokens=unit.tokens | shared, amounts=own))
    prices = [unit.amounts.get("price") for unit in units]
    facts = (int(partner.created_at.timestamp() * 1000), partner.postcode, prices)
    return Group(partner.pk, partner.sort_name, tuple(units), facts)


def _names(partner: Partner) -> str:
    return " ".join([partner.name, *partner.former_names])


def _text(partner: Partner) -> str:
    parts = [partner.town, partner.postcode, partner.regions, partner.description, partner.website]
    return " ".join([*parts, partner.enterprise_number])


def _tokens_of(partner: Partner, about: About) -> Iterator[str]:
    """What holds of the partner, and so of each of its offers."""
    yield f"kind:{partner.kind}"
    yield f"tie:{partner.commercial_tie}"
    place = places.find(partner.postcode) if partner.postcode else None
    if place is not None:
        yield f"province:{folded(place.province).replace(' ', '-')}"
    if about.told:
        yield "told"
    if about.mark:
        yield f"mark:{about.mark}"
    if about.mark != MarkKind.INACTIVE:
        yield "active"


def _amounts_of(about: About) -> dict[str, int]:
    until = about.recognised_until
    told = {f"told:{kind}": schools for kind, schools in about.told.items()}
    return {**told, "recognised": until.toordinal()} if until else told


def _topics(themes: Iterable[str], levels: Iterable[str]) -> Iterator[str]:
    yield from (f"theme:{key}" for key in themes)
    yield from (f"level:{key}" for key in levels)


def _unit(partner: Partner, offer: Offer, goals: list[tuple[int, str]]) -> Unit:
    """One offer. Where it names no theme or level it has those of its partner."""
    topics = _topics(offer.themes or partner.themes, offer.levels or partner.levels)
    aimed = ["aimed"] if goals else []
    competences = (f"competence:{number}" for _goal, number in goals if number)
    amounts = {} if offer.price is None else {"price": int(offer.price * 100)}
    return Unit(
        offer.pk,
        offer.title,
        offer.description,
        frozenset({"offer", *aimed, *topics, *competences, *_facts_of(offer)}),
        " ".join(f"goal:{goal}" for goal, _number in goals),
        amounts,
    )


def _facts_of(offer: Offer) -> Iterator[str]:
    yield f"form:{offer.working_form}"
    yield f"shape:{offer.shape}"
    yield from (f"for:{key}" for key in offer.audience)
    yield from (f"at:{place}" for place in _places_of(offer))
    yield from (f"language:{name}" for name in languages(offer.languages))
    if offer.price is not None:
        yield "free" if offer.price == 0 else f"per:{offer.price_unit}"
    if offer.age_from is not None or offer.age_to is not None:
        ages = range(offer.age_from or YOUNGEST, min(offer.age_to or OLDEST, OLDEST) + 1)
        yield from (f"age:{age}" for age in ages)


def _places_of(offer: Offer) -> list[str]:
    """What is at school or elsewhere fits both."""
    return [Place.AT_SCHOOL, Place.ELSEWHERE] if offer.place == Place.EITHER else [offer.place]


def languages(text: str) -> list[str]:
    """The languages that an offer names, folded: `Nederlands, Frans en Turks`."""
    return [name for part in _LANGUAGES.split(text) if (name := folded(part).replace(" ", "-"))]


databank = Follower(Source(TOPIC, VERSION, groups))
