"""Which offers of the databank fit what a dossier is about, and why. Pure: rules, no score.

Every rule gives points in plain words: what fits, what does not, and what the databank does not
know and the school has to ask. An offer is suggested when it works on a goal of the dossier or is
about one of its themes, and no more speaks against it than for it. Ruled out is what is for other
people or other levels. The order: on most goals of the dossier first; then what is about one of its
themes; then the least against it; then nearest; then by title. Of each partner the first one.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerwijzer.dossiers import cost
from partnerwijzer.partners.models import OfferShape, Place
from partnerwijzer.ui import amounts

MOST = 5
NEAR_KM = 25  # further than this a class does not go for half a day


class Verdict(Enum):
    FITS = "fits"
    AGAINST = "against"
    ASK = "ask"


@dataclass(frozen=True)
class Point:
    """One thing about an offer, measured against the dossier, in words."""

    verdict: Verdict
    words: str


@dataclass(frozen=True)
class Group:
    """A group of the dossier.

    Args:
        level: its level in words.
        fits: keys of levels of which an offer is for this group: its own, and what that is part of.
        maybe: keys that are for some such groups: parts of its level.
        ages: from and up to, in years, `(10, 12)` being ten and eleven; None where not known.
    """

    name: str
    pupils: int
    level: str
    fits: frozenset[str]
    maybe: frozenset[str] = frozenset()
    ages: tuple[int, int] | None = None


@dataclass(frozen=True)
class Need:
    """What a dossier asks for, as far as it was filled in.

    Args:
        themes: key -> label.
        audience: for whom (pupils, team, parents); empty where that was not said.
        weeks: how long the planned period is; None without dates.
        partners: who is in the dossier already.
    """

    goals: frozenset[int] = frozenset()
    themes: dict[str, str] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    audience: frozenset[str] = frozenset()
    structural: bool = False
    weeks: int | None = None
    budget: Decimal | None = None
    per_pupil: bool = True
    partners: frozenset[int] = frozenset()

    @property
    def pupils(self) -> int:
        return sum(group.pupils for group in self.groups)

    @property
    def has_a_subject(self) -> bool:
        """Without a goal or a theme there is nothing to suggest anything for."""
        return bool(self.goals or self.themes)


@dataclass(frozen=True)
class Offered:
    """An offer as the rules see it.

    Args:
        goals: all its goals; levels: its own, else those of the partner.
        ages: from and up to and including, in years; words in `age_words`.
        at: where, a partners.models.Place. km: from the school to the partner, as the crow flies.
        warning: why the umbrella says to be careful with the partner.
    """

    key: int
    partner: int
    title: str
    goals: frozenset[int] = frozenset()
    themes: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    ages: tuple[int | None, int | None] = (None, None)
    age_words: str = ""
    shape: str = OfferShape.ONE_OFF
    sessions: int | None = None
    group_max: int | None = None
    price: Decimal | None = None
    price_unit: str = ""
    price_words: str = ""
    at: str = Place.AT_SCHOOL
    km: float | None = None
    warning: str = ""


@dataclass(frozen=True)
class Suggestion:
    """An offer with what speaks for it, what against, and what to ask."""

    offered: Offered
    points: tuple[Point, ...]

    @property
    def fits(self) -> list[str]:
        return self._words(Verdict.FITS)

    @property
    def against(self) -> list[str]:
        return self._words(Verdict.AGAINST)

    @property
    def ask(self) -> list[str]:
        return self._words(Verdict.ASK)

    def _words(self, verdict: Verdict) -> list[str]:
        return [point.words for point in self.points if point.verdict is verdict]


def suggest(need: Need, offers: Iterable[Offered], *, most: int = MOST) -> list[Suggestion]:
    """The offers to suggest, best first, at most one of each partner.

    Gives the same whatever the order in which the offers come in.
    """
    if not need.has_a_subject:
        return []
    fitting = [s for offer in offers if (s := _suggestion(need, offer)) is not None]
    chosen: dict[int, Suggestion] = {}
    for suggestion in sorted(fitting, key=lambda s: _order(need, s)):
        chosen.setdefault(suggestion.offered.partner, suggestion)
    return list(chosen.values())[:most]


def points(need: Need, offer: Offered) -> tuple[Point, ...]:
    """All that can be said of an offer for this dossier, rule by rule."""
    return tuple(point for rule in RULES for point in rule(need, offer))


def _suggestion(need: Need, offer: Offered) -> Suggestion | None:
    if offer.partner in need.partners or not _on_subject(need, offer) or _for_others(need, offer):
        return None
    found = Suggestion(offer, points(need, offer))
    return found if len(found.against) <= len(found.fits) else None


def _on_subject(need: Need, offer: Offered) -> bool:
    return bool(need.goals & offer.goals or need.themes.keys() & offer.themes)


def _for_others(need: Need, offer: Offered) -> bool:
    """For other people, or for none of the groups."""
    if need.audience and offer.audience and not need.audience & offer.audience:
        return True
    return bool(need.groups) and all(_suits(g, offer) is Verdict.AGAINST for g in need.groups)


def _order(need: Need, suggestion: Suggestion) -> tuple[int, bool, int, float, str, int]:
    offer = suggestion.offered
    return (
        -len(need.goals & offer.goals),
        not need.themes.keys() & offer.themes,
        len(suggestion.against),
        _way(offer),
        offer.title.casefold(),
        offer.key,
    )


def _way(offer: Offered) -> float:
    """Kilometres that somebody has to go; the unknown comes last."""
    if offer.at == Place.ONLINE:
        return 0
    return math.inf if offer.km is None else offer.km


# The rules


def _goals(need: Need, offer: Offered) -> Iterator[Point]:
    count, every = len(need.goals & offer.goals), len(need.goals)
    if not every:
        return
    if not count:
        yield Point(Verdict.ASK, _("of het bij jullie doelen past"))
    elif every == 1:
        yield Point(Verdict.FITS, _("Werkt aan jullie doel"))
    elif count == every:
        yield Point(Verdict.FITS, _("Werkt aan al jullie doelen ({n})").format(n=every))
    else:
        words = _("Werkt aan {count} van jullie {every} doelen")
        yield Point(Verdict.FITS, words.format(count=count, every=every))


def _themes(need: Need, offer: Offered) -> Iterator[Point]:
    shared = [label for key, label in need.themes.items() if key in offer.themes]
    if shared:
        yield Point(Verdict.FITS, _("Gaat over {themes}").format(themes="; ".join(shared)))


def _levels(need: Need, offer: Offered) -> Iterator[Point]:
    if not need.groups:
        return
    if not offer.levels and offer.ages == (None, None):
        yield Point(Verdict.ASK, _("voor welk niveau het is"))
        return
    found: dict[str, Verdict] = {}
    for group in need.groups:
        found.setdefault(group.level, _suits(group, offer))
    words = {
        Verdict.FITS: _("Voor {level}") if offer.levels else _("Voor {level}: {ages}"),
        Verdict.AGAINST: _("Niet voor {level}"),
        Verdict.ASK: _("of het bij {level} past"),
    }
    for verdict in Verdict:
        levels = [level for level, of_level in found.items() if of_level is verdict]
        if levels:
            text = words[verdict].format(level=" · ".join(levels), ages=offer.age_words)
            yield Point(verdict, text)


def _suits(group: Group, offer: Offered) -> Verdict:
    """By level where the offer names any, else by age."""
    if offer.levels:
        if offer.levels & group.fits:
            return Verdict.FITS
        return Verdict.ASK if offer.levels & group.maybe else Verdict.AGAINST
    young, old = offer.ages
    if (young is None and old is None) or group.ages is None:
        return Verdict.ASK
    first, beyond = group.ages
    overlaps = (young is None or young < beyond) and (old is None or old >= first)
    return Verdict.FITS if overlaps else Verdict.AGAINST


def _numbers(need: Need, offer: Offered) -> Iterator[Point]:
    if not need.groups or not offer.group_max:
        return
    largest = max(need.groups, key=lambda group: group.pupils)
    about = {"most": offer.group_max, "group": largest.name, "n": largest.pupils}
    if largest.pupils <= offer.group_max:
        words = _("Tot {most} deelnemers: genoeg voor {group} ({n})")
        yield Point(Verdict.FITS, words.format(**about))
    else:
        words = _("Tot {most} deelnemers, en {group} telt er {n}")
        yield Point(Verdict.AGAINST, words.format(**about))


def _times(need: Need, offer: Offered) -> Iterator[Point]:
    """Once or longer, and whether that goes in the planned weeks. A series can be either."""
    shape = _shape(offer)
    once = offer.shape == OfferShape.ONE_OFF
    if need.structural and once:
        yield Point(Verdict.AGAINST, _("Gebeurt één keer, en jullie zoeken iets structureels"))
    elif need.structural:
        yield Point(Verdict.FITS, _("{shape}: structureel").format(shape=shape))
    elif once:
        yield Point(Verdict.FITS, shape)
    elif offer.shape == OfferShape.TRAJECTORY:
        words = _("{shape}, en jullie zoeken iets eenmaligs")
        yield Point(Verdict.AGAINST, words.format(shape=shape))
    if not once and offer.sessions and need.weeks is not None and offer.sessions > need.weeks:
        words = ngettext(
            "{times} keer, en jullie plannen {n} week",
            "{times} keer, en jullie plannen {n} weken",
            need.weeks,
        )
        yield Point(Verdict.AGAINST, words.format(times=offer.sessions, n=need.weeks))


def _shape(offer: Offered) -> str:
    """`Eenmalig`, `Een reeks van 6 keer`, `Een traject`."""
    words = {OfferShape.ONE_OFF: _("Eenmalig"), OfferShape.SERIES: _("Een reeks")}
    shape = words.get(OfferShape(offer.shape), _("Een traject"))
    if offer.shape == OfferShape.ONE_OFF or not offer.sessions:
        return shape
    times = ngettext("{n} keer", "{n} keer", offer.sessions).format(n=offer.sessions)
    return _("{shape} van {times}").format(shape=shape, times=times)


def _place(need: Need, offer: Offered) -> Iterator[Point]:
    if offer.at == Place.ONLINE:
        yield Point(Verdict.FITS, _("Online: jullie hoeven nergens heen"))
        return
    if offer.at == Place.ELSEWHERE:
        yield _elsewhere(offer.km)
        return
    words = _("Kan op jullie school") if offer.at == Place.EITHER else _("Komt naar jullie school")
    if offer.km is not None:
        words += _(", van vlakbij") if offer.km < 1 else _(", van {n} km").format(n=round(offer.km))
    yield Point(Verdict.FITS, words)


def _elsewhere(km: float | None) -> Point:
    if km is None:
        return Point(Verdict.ASK, _("hoe ver het is"))
    if km < 1:
        return Point(Verdict.FITS, _("Bij de partner, vlak bij jullie school"))
    words = _("Bij de partner, {n} km van jullie school").format(n=round(km))
    return Point(Verdict.FITS if km <= NEAR_KM else Verdict.AGAINST, words)


def _price(need: Need, offer: Offered) -> Iterator[Point]:
    if offer.price is None:
        yield Point(Verdict.ASK, _("wat het kost"))
        return
    if not offer.price:
        yield Point(Verdict.FITS, _("Gratis"))
        return
    if need.budget is None:
        return
    found = cost.of(
        offer.price,
        offer.price_unit,
        pupils=need.pupils,
        groups=len(need.groups),
        sessions=1 if offer.shape == OfferShape.ONE_OFF else offer.sessions,
    )
    yield _against_budget(need, offer, found, need.budget)


def _against_budget(need: Need, offer: Offered, found: cost.Cost, budget: Decimal) -> Point:
    within = found.within(budget, per_pupil=need.per_pupil)
    if within is None:
        words = _("wat het in totaal kost: de prijs is {price}")
        return Point(Verdict.ASK, words.format(price=offer.price_words))
    price = _reckoned(need, offer, found)
    if within:
        words = _("{price}: binnen jullie budget").format(price=price)
        return Point(Verdict.FITS, words)
    words = _("{price}: meer dan jullie budget van {budget}")
    return Point(Verdict.AGAINST, words.format(price=price, budget=amounts.euros(budget)))


def _reckoned(need: Need, offer: Offered, found: cost.Cost) -> str:
    """The price, with what it comes to in the unit of the budget where that is another one."""
    if need.per_pupil and found.each is not None and found.each != offer.price:
        words = _("{price}, dat is {each} per leerling")
        return words.format(price=offer.price_words, each=amounts.euros(found.each))
    if not need.per_pupil and found.total is not None and found.total != offer.price:
        words = _("{price}, dat is {total} samen")
        return words.format(price=offer.price_words, total=amounts.euros(found.total))
    return offer.price_words


def _warning(need: Need, offer: Offered) -> Iterator[Point]:
    if offer.warning:
        yield Point(Verdict.AGAINST, _("Let op: {reason}").format(reason=offer.warning))


Rule = Callable[[Need, Offered], Iterator[Point]]
RULES: tuple[Rule, ...] = (
    _goals, _themes, _levels, _numbers, _times, _place, _price, _warning,
)  # fmt: skip
