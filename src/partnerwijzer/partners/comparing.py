"""Two or three partners, or offers, side by side: what is set against each other, in words.

Nothing is added up and nobody wins: each row is one question, and what nobody knows yet is said.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.frameworks import vocabulary
from partnerwijzer.kbo.enterprise import Enterprise
from partnerwijzer.partners import profile, wording
from partnerwijzer.partners.counting import Summary
from partnerwijzer.partners.models import Offer, Partner, PartnerMark, Recognition
from partnerwijzer.ui import schoolyear

NAME = "vergelijk"  # in the address
PARTNER, OFFER = "p", "o"
MOST, LEAST = 3, 2
MOST_LINES = 4


@dataclass(frozen=True)
class Column:
    """One of those that are compared. `offer` where offers are.

    Args:
        offers: all current offers of the partner.
        summary: experiences with the partner; `told` those with the offer.
        km: from the school of the reader; None where that cannot be told.
    """

    partner: Partner
    offer: Offer | None = None
    offers: Sequence[Offer] = ()
    goals: int = 0
    recognitions: Sequence[Recognition] = ()
    facts: Enterprise | None = None
    has_register: bool = False
    summary: Summary = field(default_factory=Summary)
    told: Summary = field(default_factory=Summary)
    mark: PartnerMark | None = None
    km: float | None = None

    @property
    def key(self) -> str:
        """How it is called in the address."""
        return f"{OFFER}{self.offer.pk}" if self.offer else f"{PARTNER}{self.partner.pk}"

    @property
    def title(self) -> str:
        return self.offer.title if self.offer else self.partner.name


@dataclass(frozen=True)
class Cell:
    """What stands in one place of the table; `is_open` where nobody knows it yet."""

    lines: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True)
class Row:
    """One question with the answer of each; `names` says whose each answer is."""

    title: str
    names: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def named(self) -> list[tuple[str, Cell]]:
        return list(zip(self.names, self.cells, strict=True))


@dataclass(frozen=True)
class Section:
    title: str
    rows: tuple[Row, ...]


def chosen(values: Iterable[str]) -> list[str]:
    """The keys of an address that can be compared: all of the kind of the first, at most three."""
    good = [v for v in dict.fromkeys(values) if v[:1] in (PARTNER, OFFER) and _is_number(v[1:])]
    return [v for v in good if v[0] == good[0][0]][:MOST]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def address(keys: Iterable[str]) -> str:
    """The query of the address in which these are compared."""
    query = urlencode([(NAME, key) for key in keys])
    return f"?{query}" if query else ""


def sections(columns: Sequence[Column], today: date) -> list[Section]:
    """The table: facts, grounding, cost, experience, and what is still open."""
    offers = columns[0].offer is not None
    return [
        Section(_("Feiten"), _rows(columns, _offer_facts() if offers else _partner_facts())),
        Section(_("Onderbouwing"), _rows(columns, {_("Hoe onderbouwd is het?"): _grounding})),
        Section(_("Kost"), _rows(columns, {_("Wat kost het?"): _cost})),
        Section(_("Ervaring"), _rows(columns, _experience_rows(today, offers=offers))),
        Section(_("Open vragen"), _rows(columns, {_("Wat weten we nog niet?"): _open})),
    ]


Look = Callable[[Column], Cell]


def _rows(columns: Sequence[Column], looks: dict[str, Look]) -> tuple[Row, ...]:
    names = tuple(column.title for column in columns)
    rows = (Row(title, names, tuple(map(look, columns))) for title, look in looks.items())
    return tuple(row for row in rows if any(cell.lines for cell in row.cells))


def _known(*lines: str) -> Cell:
    """What is known; where that is nothing, it says so."""
    told = tuple(line for line in lines if line)
    return Cell(told) if told else Cell((_("Niet gekend"),), is_open=True)


# Facts


def _kind(column: Column) -> Cell:
    kind = vocabulary.label("partner_kinds", column.partner.kind)
    return _known(wording.upper_first(kind))


def _where(column: Column) -> Cell:
    if column.km is None:
        return _known(column.partner.town)
    near = _("vlak bij jullie school") if column.km < 1 else _("{n} km van jullie school")
    return _known(column.partner.town, near.format(n=round(column.km)))


def _themes(column: Column) -> Cell:
    keys = (column.offer.themes if column.offer else None) or column.partner.themes
    return _known("; ".join(vocabulary.labels("themes", keys)))


def _levels(column: Column) -> Cell:
    return _known("; ".join(vocabulary.labels("education_levels", column.partner.levels)))


def _offers(column: Column) -> Cell:
    return _known(*(offer.title for offer in column.offers))


def _register(column: Column) -> Cell:
    found = profile.reliable(
        column.partner, column.facts, column.recognitions, has_register=column.has_register
    )
    return Cell(tuple(filter(None, (found.say, found.warning))), found.is_open)


def _recognised(column: Column) -> Cell:
    lines = tuple(map(wording.recognition, column.recognitions))
    return Cell(lines or (_("Geen erkenning ingevuld"),))


def _commercial(column: Column) -> Cell:
    found = profile.commercial(column.partner, column.facts)
    return Cell(tuple(filter(None, (found.say, *found.claims, found.warning))), found.is_open)


def _mark(column: Column) -> Cell:
    if column.mark is None:
        return Cell(())
    return Cell((wording.upper_first(str(column.mark.get_kind_display())), column.mark.reason))


def _of_partner(column: Column) -> Cell:
    return _known(column.partner.name)


def _of(look: Callable[[Offer], str]) -> Look:
    return lambda column: _known(look(column.offer) if column.offer else "")


def _goals(column: Column) -> Cell:
    if not column.goals:
        return Cell((_("Geen doelen genoemd"),), is_open=True)
    words = ngettext("{n} onderwijsdoel", "{n} onderwijsdoelen", column.goals)
    return Cell((words.format(n=column.goals),))


def _partner_facts() -> dict[str, Look]:
    return {
        _("Let op"): _mark,
        _("Soort organisatie"): _kind,
        _("Waar"): _where,
        _("Thema’s"): _themes,
        _("Niveaus"): _levels,
        _("Aanbod"): _offers,
        **_of_the_organisation(),
    }


def _offer_facts() -> dict[str, Look]:
    return {
        _("Let op"): _mark,
        _("Partner"): _of_partner,
        _("Wat gebeurt er?"): _of(wording.offer_line),
        _("Voor wie"): _of(wording.for_whom),
        _("Thema’s"): _themes,
        _("Onderwijsdoelen"): _goals,
        _("Talen"): _of(lambda offer: offer.languages),
        _("Waar is de partner?"): _where,
        **_of_the_organisation(),
    }


def _of_the_organisation() -> dict[str, Look]:
    return {
        _("Is de organisatie betrouwbaar?"): _register,
        _("Wie erkent hen?"): _recognised,
        _("Is het commercieel?"): _commercial,
    }


# Grounding, cost, experience


def _grounding(column: Column) -> Cell:
    if column.offer is not None:
        known = column.offer.grounding is not None
        return Cell((_rung(column.offer), column.offer.grounding_source)[: 1 + known], not known)
    judged = [offer for offer in column.offers if offer.grounding is not None]
    if not judged:
        return Cell((profile.grounded(column.offers).say,), is_open=True)
    highest = sorted(judged, key=lambda offer: -(offer.grounding or 0))
    return Cell(tuple(_by_title([(offer.title, _rung(offer)) for offer in highest])))


def _rung(offer: Offer) -> str:
    if offer.grounding is None:
        return _("Nog niet nagekeken")
    words = _("{n} van 5, {label}")
    return words.format(n=offer.grounding, label=wording.rung(offer.grounding))


def _by_title(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """What is said of each offer; of many only the first ones."""
    lines = [_("{title}: {words}").format(title=t, words=w) for t, w in pairs[:MOST_LINES]]
    more = len(pairs) - MOST_LINES
    return [*lines, _("en nog {n}").format(n=more)] if more > 0 else lines


def _cost(column: Column) -> Cell:
    if column.offer is not None:
        offer = column.offer
        return _known(wording.price(offer), wording.per_pupil(offer), offer.price_note)
    priced = [(offer.title, words) for offer in column.offers if (words := wording.price(offer))]
    return _known(*_by_title(priced))


def _experience_rows(today: date, *, offers: bool) -> dict[str, Look]:
    year = schoolyear.of(today)

    def with_partner(column: Column) -> Cell:
        found = profile.good(column.summary, year)
        return Cell((found.say, *found.more), found.is_open)

    def with_offer(column: Column) -> Cell:
        found = profile.good(column.told, year)
        return Cell((found.say, *found.more), found.is_open)

    if not offers:
        return {_("Wat zeggen scholen?"): with_partner}
    return {_("Over dit aanbod"): with_offer, _("Over de partner"): with_partner}


# What is still open


def _open(column: Column) -> Cell:
    """What the school has to find out itself, put as what to ask."""
    offers = [column.offer] if column.offer else list(column.offers)
    asked = {
        _("Vraag wat ze aanbieden."): not offers,
        _("Kijk na waarop het steunt."): any(o.grounding is None for o in offers),
        _("Vraag wat het kost."): any(o.price is None for o in offers),
        _("Vraag voor welke niveaus het is."): not _levels_known(column, offers),
        _("Vraag een school naar haar ervaring."): column.summary.too_few,
        _("Vraag naar commerciële belangen."): _commercial(column).is_open,
        _("Zoek op wie erachter zit: er is geen ondernemingsnummer."): not (
            column.partner.enterprise_number
        ),
    }
    found = tuple(words for words, is_open in asked.items() if is_open)
    return Cell(found or (_("Niets: alles staat hierboven."),))


def _levels_known(column: Column, offers: Sequence[Offer]) -> bool:
    own = all(offer.levels or offer.age_from or offer.age_to for offer in offers)
    return bool(column.partner.levels) or (bool(offers) and own)
