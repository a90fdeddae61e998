"""Offers, prices and recognitions in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import DateField, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.goals import queries as goals
from partnerwijzer.kbo.enterprise import Enterprise
from partnerwijzer.partners.field_names import name_of
from partnerwijzer.partners.models import (
    ForWhom,
    Offer,
    OfferShape,
    Partner,
    PriceUnit,
    Recognition,
    Statement,
    Tie,
)
from partnerwijzer.ui import amounts

HOUR = 60
SOON = timedelta(days=30)
CENT = Decimal("0.01")
# A price older than a school year may well have changed.
PRICE_OLD_DAYS = 400


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def offer_line(offer: Offer) -> str:
    """What kind of thing it is, in one line: form, how often, where, how long, how many."""
    parts = [
        vocabulary.label("working_forms", offer.working_form),
        _how_often(offer),
        str(offer.get_place_display()),
        duration(offer.duration_minutes),
        _("tot {n} deelnemers").format(n=offer.group_max) if offer.group_max else "",
    ]
    return upper_first(" · ".join(part for part in parts if part))


def _how_often(offer: Offer) -> str:
    shape = str(offer.get_shape_display())
    if offer.shape == OfferShape.ONE_OFF or not offer.sessions:
        return shape
    times = ngettext("{n} keer", "{n} keer", offer.sessions).format(n=offer.sessions)
    return _("{shape} van {times}").format(shape=shape, times=times)


def duration(minutes: int | None) -> str:
    """`50 minuten`, `2 uur`, `3 uur 20`; nothing where it is not known."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, HOUR)
    if not hours or (hours == 1 and rest):
        return _("{n} minuten").format(n=minutes)
    whole = _("{n} uur").format(n=hours)
    return f"{whole} {rest}" if rest else whole


def for_whom(offer: Offer) -> str:
    """Audience, levels and ages: `leerlingen: lager, derde graad (5-6) · 10 tot 12 jaar`."""
    known = dict(ForWhom.choices)
    audience = ", ".join(str(known[key]) for key in offer.audience if key in known)
    levels = ", ".join(vocabulary.labels("education_levels", offer.levels))
    who = f"{audience}: {levels}" if audience and levels else audience or levels
    return upper_first(" · ".join(part for part in (who, ages(offer)) if part))


def ages(offer: Offer) -> str:
    young, old = offer.age_from, offer.age_to
    if young is None and old is None:
        return ""
    if young is None:
        return _("tot {old} jaar").format(old=old)
    if old is None:
        return _("vanaf {young} jaar").format(young=young)
    if young == old:
        return _("{young} jaar").format(young=young)
    return _("{young} tot {old} jaar").format(young=young, old=old)


def price(offer: Offer) -> str:
    """`Gratis`, `€ 6,50 per leerling`; nothing where it is not known."""
    if offer.price is None:
        return ""
    if offer.price == 0:
        return _("Gratis")
    unit = PriceUnit(offer.price_unit).label if offer.price_unit else ""
    return f"{amounts.euros(offer.price)} {unit}".strip()


def per_pupil(offer: Offer) -> str:
    """What a price for a whole group comes to: `ongeveer € 1,82 per leerling, bij 22`."""
    of_a_group = offer.price_unit in (PriceUnit.GROUP, PriceUnit.SESSION)
    if not offer.price or not offer.group_max or not of_a_group:
        return ""
    each = (offer.price / offer.group_max).quantize(CENT)
    words = _("ongeveer {price} per leerling, bij {n} leerlingen")
    return words.format(price=amounts.euros(each), n=offer.group_max)


def price_checked(offer: Offer, today: date) -> str:
    """Who knew the price last, and when; with a word of care where that is long ago."""
    on = offer.price_checked_on
    if on is None:
        return ""
    words = _("nagekeken in {month}").format(month=date_format(on, "F Y"))
    if offer.price_checked_by:
        words += _(" door {who}").format(who=offer.price_checked_by)
    if (today - on).days > PRICE_OLD_DAYS:
        words += ". " + _("Dat is lang geleden: vraag na of de prijs nog klopt.")
    return words


def rung(number: int | None) -> str:
    """What a rung of the ladder of grounding means, in a few words; nothing for none."""
    if number is None:
        return ""
    ladder = vocabulary.current().vocab.grounding_ladder
    return next((str(step.label) for step in ladder if step.rung == number), str(number))


def rung_choices() -> list[tuple[str, str, str]]:
    """Value, label and meaning of each rung, for a form."""
    return [(str(n), f"{n} · {label}", meaning) for n, label, meaning in _ladder()]


def _ladder() -> Sequence[tuple[int, str, str]]:
    return [(step.rung, step.label, step.meaning) for step in rungs()]


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder of grounding, in words."""

    rung: int
    label: str
    meaning: str
    proof: str


def rungs() -> list[Rung]:
    """The ladder, from 0 to 5."""
    ladder = vocabulary.current().vocab.grounding_ladder
    return [Rung(s.rung, str(s.label), str(s.meaning), str(s.proof_needed)) for s in ladder]


def signals(facts: Enterprise) -> str:
    """What the register warns of: `Failliet: opening faillissement.`"""
    return " ".join(f"{upper_first(signal.words).rstrip('.')}." for signal in facts.signals)


def recognition(row: Recognition) -> str:
    """`Erkend door Vlaamse overheid (jeugdwerk), sinds 2015`."""
    words = _("Erkend door {by}").format(by=row.by)
    if row.what_for:
        words += f" ({row.what_for})"
    if row.since:
        words += _(", sinds {year}").format(year=row.since.year)
    if is_over(row) and row.until:
        words += _(", verlopen op {day}").format(day=date_format(row.until))
    if row.is_claim:
        words += _(", zegt de organisatie zelf")
    return words


def is_over(row: Recognition) -> bool:
    return row.until is not None and row.until < timezone.localdate()


REASONS = {
    "number": gettext_lazy("zelfde ondernemingsnummer"),
    "name": gettext_lazy("naam lijkt erop"),
    "former": gettext_lazy("vroegere naam lijkt erop"),
    "website": gettext_lazy("zelfde website"),
    "address": gettext_lazy("zelfde adres"),
    "town": gettext_lazy("zelfde gemeente"),
}


def likeness(reasons: Iterable[str]) -> list[str]:
    """Why two partners may be the same."""
    return [str(REASONS[reason]) for reason in reasons if reason in REASONS]


# What refers to a partner and is there for every reader: a merge may say how many. What schools
# hang on it is theirs (dossiers, agreements, what they keep to themselves): of that, also of what
# a module adds later, it is not even said whether there is any.
RELATIONS = {
    "partners.offer.partner": gettext_lazy("aanbod"),
    "partners.partnercontact.partner": gettext_lazy("contactpersonen"),
    "partners.recognition.partner": gettext_lazy("erkenningen"),
    "partners.partnermark.partner": gettext_lazy("waarschuwingen, ook vroegere"),
    "partners.registerchange.partner": gettext_lazy("meldingen uit het register"),
    "partners.partnerrelation.partner": gettext_lazy("banden met andere organisaties"),
    "partners.partnerrelation.other": gettext_lazy("banden van andere organisaties"),
    "partners.profilelink.partner": gettext_lazy("links voor de organisatie zelf"),
    "partners.statement.partner": gettext_lazy("feiten die gezegd of nagekeken zijn"),
    "partners.proposal.partner": gettext_lazy("voorstellen van de organisatie"),
    "partners.reply.partner": gettext_lazy("antwoorden van de organisatie"),
    "partners.report.partner": gettext_lazy("meldingen van lezers"),
    "exchange.externalid.partner": gettext_lazy("sleutels bij andere databanken"),
}


def relation(label: str) -> str:
    """What refers to a partner, in words; nothing where no number of it may be told."""
    return str(RELATIONS.get(label, ""))


def fact(partner: Partner, name: str) -> str:
    """One fact of a partner in words; nothing where it is not known."""
    value = getattr(partner, name)
    ties = ("commercial_tie", "ideological_tie")
    return "" if name in ties and value == Tie.UNKNOWN else in_words(Partner, name, value)


# In which list of the vocabulary the keys of a fact stand.
LISTS = {
    "themes": "themes",
    "levels": "education_levels",
    "kind": "partner_kinds",
    "working_form": "working_forms",
}


def in_words(model: type[Model], name: str, value: Any) -> str:
    """A value of a fact as people say it: keys of lists and choices by their words.

    Args:
        value: as the model has it, or as JSON keeps it.
    """
    if value is None or value == "" or value == []:
        return ""
    keys = value if isinstance(value, list) else [value]
    if name == "goals":
        return "; ".join(f"{g.code} {g.first_line}".strip() for g in goals.get_many(SYSTEM, keys))
    if isinstance(model._meta.get_field(name), DateField):
        return date_format(date.fromisoformat(str(value)))
    if words := "recognition_kinds" if (model, name) == (Recognition, "kind") else LISTS.get(name):
        return ", ".join(vocabulary.labels(words, keys))
    known = {str(key): str(label) for key, label in _choices_of(model, name)}
    return ", ".join(known.get(str(key), str(key)) for key in keys)


def elsewhere(model: type[Model], row: Statement | None) -> list[tuple[str, str]]:
    """What another databank says of what was checked, in words: name and value; nothing where
    somebody looked already.
    """
    if row is None or not row.elsewhere_open:
        return []
    return [
        (upper_first(name_of(model._meta.get_field(name))), in_words(model, name, value) or "–")  # type: ignore[arg-type]
        for name, value in sorted(row.elsewhere.items())
    ]


def _choices_of(model: type[Model], name: str) -> Iterable[Any]:
    if name == "audience":
        return ForWhom.choices
    return getattr(model._meta.get_field(name), "choices", None) or ()


def recognition_state(row: Recognition) -> str:
    """`over`, `soon` where it ends within a month, or nothing."""
    if is_over(row):
        return "over"
    soon = row.until is not None and row.until <= timezone.localdate() + SOON
    return "soon" if soon else ""
