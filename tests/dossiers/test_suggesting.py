"""Which offers are suggested for a dossier, in which order, and in which words."""

import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerwijzer.dossiers import cost
from partnerwijzer.dossiers.cost import Cost
from partnerwijzer.dossiers.suggesting import (
    Group,
    Need,
    Offered,
    Suggestion,
    Verdict,
    points,
    suggest,
)

FIFTH = Group(
    "5A", 22, "lager, derde graad (5-6)", frozenset({"lager-graad-3", "lager"}), ages=(10, 12)
)
FIRST = Group(
    "1B", 18, "lager, eerste graad (1-2)", frozenset({"lager-graad-1", "lager"}), ages=(6, 8)
)
ANY_PRIMARY = Group("lager", 90, "lager", frozenset({"lager"}), frozenset({"lager-graad-3"}))
NEED = Need(
    goals=frozenset({1, 2, 3}),
    themes={"media": "mediawijsheid en nieuws"},
    groups=(FIFTH,),
    audience=frozenset({"pupils"}),
    weeks=6,
    budget=Decimal(8),
)
OFFER = Offered(
    key=1,
    partner=1,
    title="Wat wil mijn scherm?",
    goals=frozenset({1, 2, 9}),
    themes=frozenset({"media"}),
    levels=frozenset({"lager-graad-3"}),
    audience=frozenset({"pupils"}),
    group_max=25,
    price=Decimal(6),
    price_unit="pupil",
    price_words="€ 6 per leerling",
    km=8.2,
)


def one(need: Need = NEED, offer: Offered = OFFER) -> Suggestion:
    return Suggestion(offer, points(need, offer))


def keys(need: Need, *offers: Offered) -> list[int]:
    return [suggestion.offered.key for suggestion in suggest(need, offers)]


def test_the_reasons_are_told_in_plain_words() -> None:
    found = one()

    assert found.fits == [
        "Werkt aan 2 van jullie 3 doelen",
        "Gaat over mediawijsheid en nieuws",
        "Voor lager, derde graad (5-6)",
        "Tot 25 deelnemers: genoeg voor 5A (22)",
        "Eenmalig",
        "Komt naar jullie school, van 8 km",
        "€ 6 per leerling: binnen jullie budget",
    ]
    assert (found.against, found.ask) == ([], [])


def test_what_does_not_fit_is_told_as_well() -> None:
    need = replace(NEED, groups=(FIFTH, FIRST), weeks=2)
    offer = replace(
        OFFER,
        group_max=20,
        shape="trajectory",
        sessions=6,
        at="elsewhere",
        km=61.4,
        price=Decimal("12.5"),
        price_words="€ 12,50 per leerling",
        warning="De website werkt niet meer.",
    )

    assert one(need, offer).against == [
        "Niet voor lager, eerste graad (1-2)",
        "Tot 20 deelnemers, en 5A telt er 22",
        "Een traject van 6 keer, en jullie zoeken iets eenmaligs",
        "6 keer, en jullie plannen 2 weken",
        "Bij de partner, 61 km van jullie school",
        "€ 12,50 per leerling: meer dan jullie budget van €\N{NO-BREAK SPACE}8",
        "Let op: De website werkt niet meer.",
    ]


def test_what_the_databank_does_not_know_is_to_be_asked() -> None:
    offer = Offered(1, 1, "Zonder veel", themes=frozenset({"media"}), at="elsewhere")

    found = one(NEED, offer)

    assert found.ask == [
        "of het bij jullie doelen past",
        "voor welk niveau het is",
        "hoe ver het is",
        "wat het kost",
    ]
    assert found.fits == ["Gaat over mediawijsheid en nieuws", "Eenmalig"]


@pytest.mark.parametrize(
    ("goals", "words"),
    [
        ({1}, "Werkt aan jullie doel"),
        ({1, 2}, "Werkt aan al jullie doelen (2)"),
        ({1, 2, 5}, "Werkt aan 2 van jullie 3 doelen"),
    ],
)
def test_goals_are_counted(goals: set[int], words: str) -> None:
    assert one(replace(NEED, goals=frozenset(goals))).fits[0] == words


@pytest.mark.parametrize(
    ("levels", "ages", "group", "verdict"),
    [
        ({"lager-graad-3"}, (None, None), FIFTH, Verdict.FITS),
        ({"lager"}, (None, None), FIFTH, Verdict.FITS),
        ({"kleuter"}, (None, None), FIFTH, Verdict.AGAINST),
        ({"kleuter"}, (10, 12), FIFTH, Verdict.AGAINST),  # a level says more than an age
        ({"lager-graad-3"}, (None, None), ANY_PRIMARY, Verdict.ASK),
        (set(), (10, 14), FIFTH, Verdict.FITS),
        (set(), (None, 10), FIFTH, Verdict.FITS),
        (set(), (None, 9), FIFTH, Verdict.AGAINST),
        (set(), (12, None), FIFTH, Verdict.AGAINST),
        (set(), (11, None), FIFTH, Verdict.FITS),
        (set(), (10, 12), replace(FIFTH, ages=None), Verdict.ASK),
        (set(), (None, None), FIFTH, Verdict.ASK),
    ],
)
def test_level_or_else_age_says_for_which_group(
    levels: set[str], ages: Any, group: Group, verdict: Verdict
) -> None:
    need = Need(groups=(group,))
    offer = Offered(1, 1, "", levels=frozenset(levels), ages=ages, at="online", price=Decimal(0))

    assert points(need, offer)[0].verdict is verdict


@pytest.mark.parametrize(
    ("structural", "shape", "words", "verdict"),
    [
        (False, "one-off", "Eenmalig", Verdict.FITS),
        (True, "one-off", "Gebeurt één keer, en jullie zoeken iets structureels", Verdict.AGAINST),
        (True, "series", "Een reeks van 4 keer: structureel", Verdict.FITS),
        (True, "trajectory", "Een traject van 4 keer: structureel", Verdict.FITS),
        (
            False,
            "trajectory",
            "Een traject van 4 keer, en jullie zoeken iets eenmaligs",
            Verdict.AGAINST,
        ),
    ],
)
def test_once_or_longer(structural: bool, shape: str, words: str, verdict: Verdict) -> None:
    offer = Offered(1, 1, "", shape=shape, sessions=4, at="online", price=Decimal(0))

    found = points(Need(structural=structural), offer)[0]

    assert (found.words, found.verdict) == (words, verdict)


def test_a_series_suits_what_is_once_and_what_is_structural() -> None:
    offer = replace(OFFER, shape="series", sessions=6)

    assert one(offer=offer).against == []
    assert one(replace(NEED, weeks=5), offer).against == ["6 keer, en jullie plannen 5 weken"]
    assert one(replace(NEED, weeks=None), offer).against == []


@pytest.mark.parametrize(
    ("at", "km", "words", "verdict"),
    [
        ("online", None, "Online: jullie hoeven nergens heen", Verdict.FITS),
        ("at-school", None, "Komt naar jullie school", Verdict.FITS),
        ("at-school", 80.0, "Komt naar jullie school, van 80 km", Verdict.FITS),
        ("either", 3.4, "Kan op jullie school, van 3 km", Verdict.FITS),
        ("elsewhere", 0.0, "Bij de partner, vlak bij jullie school", Verdict.FITS),
        ("elsewhere", 25.0, "Bij de partner, 25 km van jullie school", Verdict.FITS),
        ("elsewhere", 25.6, "Bij de partner, 26 km van jullie school", Verdict.AGAINST),
    ],
)
def test_how_far_it_is(at: str, km: float | None, words: str, verdict: Verdict) -> None:
    found = points(Need(), replace(OFFER, at=at, km=km, shape="series"))[0]

    assert (found.words, found.verdict) == (words, verdict)


@pytest.mark.parametrize(
    ("price", "unit", "shown", "budget", "per_pupil", "words"),
    [
        ("0", "free", "Gratis", "1", True, "Gratis"),
        ("8", "pupil", "€ 8 per leerling", "8", True, "€ 8 per leerling: binnen jullie budget"),
        (
            "150", "group", "€ 150 per groep", "8", True,
            "€ 150 per groep, dat is €\N{NO-BREAK SPACE}6,82 per leerling: binnen jullie budget",
        ),
        (
            "6", "pupil", "€ 6 per leerling", "100", False,
            "€ 6 per leerling, dat is €\N{NO-BREAK SPACE}132 samen: "
            "meer dan jullie budget van €\N{NO-BREAK SPACE}100",
        ),
        (
            "90", "day", "€ 90 per dag", "100", False,
            "wat het in totaal kost: de prijs is € 90 per dag",
        ),
    ],
)  # fmt: skip
def test_the_price_is_reckoned_for_the_groups(
    price: str, unit: str, shown: str, budget: str, per_pupil: bool, words: str
) -> None:
    offer = replace(OFFER, price=Decimal(price), price_unit=unit, price_words=shown)
    need = replace(NEED, budget=Decimal(budget), per_pupil=per_pupil)

    assert points(need, offer)[-1].words == words


def test_without_a_budget_a_price_is_no_reason() -> None:
    assert "€" not in " ".join(one(replace(NEED, budget=None)).fits)


# What is suggested


def test_without_goals_and_themes_nothing_is_suggested() -> None:
    assert suggest(replace(NEED, goals=frozenset(), themes={}), [OFFER]) == []


@pytest.mark.parametrize(
    "other",
    [
        {"goals": frozenset({9}), "themes": frozenset({"music"})},
        {"audience": frozenset({"team"})},
        {"levels": frozenset({"kleuter"})},
        {"partner": 7},
    ],
)
def test_what_is_about_something_else_or_for_others_is_left_out(other: dict[str, Any]) -> None:
    need = replace(NEED, partners=frozenset({7}))

    assert keys(need, OFFER) == [1]
    assert keys(need, replace(OFFER, **other)) == []


def test_what_fits_one_of_two_groups_is_suggested() -> None:
    assert keys(replace(NEED, groups=(FIRST, FIFTH)), OFFER) == [1]


def test_no_more_against_it_than_for_it() -> None:
    need = Need(themes={"media": "media"}, structural=True, budget=Decimal(1))
    offer = replace(OFFER, at="elsewhere", km=90.0)

    assert one(need, offer).fits == ["Gaat over media"]
    assert len(one(need, offer).against) == 3
    assert suggest(need, [offer]) == []


def test_of_each_partner_one_and_at_most_five() -> None:
    offers = [replace(OFFER, key=n, partner=n // 2, title=f"Aanbod {n:02}") for n in range(20)]

    assert keys(NEED, *offers) == [0, 2, 4, 6, 8]


def test_the_order_is_goals_then_theme_then_least_against_then_distance_then_title() -> None:
    order = [
        replace(OFFER, goals=frozenset({1, 2, 3}), price=Decimal(50), km=90.0),
        replace(OFFER),
        replace(OFFER, km=9.0),
        replace(OFFER, km=9.0, title="Zand"),
        replace(OFFER, km=None, title="Aap"),
        replace(OFFER, price=Decimal(50), km=1.0),
        replace(OFFER, themes=frozenset(), km=1.0),
        replace(OFFER, goals=frozenset(), km=1.0),
    ]
    offers = [replace(offer, key=n, partner=n) for n, offer in enumerate(order)]

    found = suggest(NEED, reversed(offers), most=99)

    assert [suggestion.offered.key for suggestion in found] == list(range(8))


some_keys = st.frozensets(st.sampled_from([1, 2, 3, 4]), max_size=3)
some_themes = st.frozensets(st.sampled_from(["media", "music"]))
offers = st.builds(
    Offered,
    key=st.integers(0, 50),
    partner=st.integers(0, 12),
    title=st.sampled_from(["A", "a", "B"]),
    goals=some_keys,
    themes=some_themes,
    levels=st.frozensets(st.sampled_from(["lager", "lager-graad-3", "kleuter"])),
    audience=st.frozensets(st.sampled_from(["pupils", "team"])),
    ages=st.tuples(st.none() | st.integers(2, 18), st.none() | st.integers(2, 18)),
    shape=st.sampled_from(["one-off", "series", "trajectory"]),
    sessions=st.none() | st.integers(1, 40),
    group_max=st.none() | st.integers(1, 60),
    price=st.none() | st.decimals(0, 9_999_999, places=2),
    price_unit=st.sampled_from(["pupil", "group", "session", "day", "total"]),
    at=st.sampled_from(["at-school", "elsewhere", "online", "either"]),
    km=st.none() | st.floats(0, 300),
)
needs = st.builds(
    Need,
    goals=some_keys,
    themes=st.sampled_from([{}, {"media": "media"}, {"media": "media", "music": "muziek"}]),
    groups=st.lists(st.sampled_from([FIFTH, FIRST, ANY_PRIMARY]), max_size=3).map(tuple),
    audience=st.frozensets(st.sampled_from(["pupils", "team", "parents"])),
    structural=st.booleans(),
    weeks=st.none() | st.integers(1, 60),
    budget=st.none() | st.decimals(0, 10_000, places=2),
    per_pupil=st.booleans(),
    partners=st.frozensets(st.integers(0, 12)),
)


@given(needs, st.lists(offers, max_size=12, unique_by=lambda o: o.key), st.randoms())
def test_whatever_is_asked(need: Need, every: list[Offered], chance: Any) -> None:
    found = suggest(need, every)

    mixed = [*every]
    chance.shuffle(mixed)
    assert suggest(need, mixed) == found
    assert len(found) <= 5
    assert len({s.offered.partner for s in found}) == len(found)
    for suggestion in found:
        offer = suggestion.offered
        assert offer.partner not in need.partners
        assert need.goals & offer.goals or set(need.themes) & offer.themes
        assert suggestion.fits
        assert len(suggestion.against) <= len(suggestion.fits)
        assert all(point.words.strip() and "{" not in point.words for point in suggestion.points)
    counts = [len(need.goals & s.offered.goals) for s in found]
    assert counts == sorted(counts, reverse=True)


@given(needs, st.lists(offers, max_size=8, unique_by=lambda o: o.key))
def test_one_more_offer_takes_no_better_place_than_it_has(need: Need, every: list[Offered]) -> None:
    """Whoever is suggested among all is suggested among fewer as well."""
    among_all = {s.offered.key for s in suggest(need, every)}

    for fewer in itertools.combinations(every, max(0, len(every) - 1)):
        there = {offer.key for offer in fewer}
        assert among_all & there <= {s.offered.key for s in suggest(need, fewer)}


# What it costs


@pytest.mark.parametrize(
    ("price", "unit", "pupils", "groups", "sessions", "found"),
    [
        (None, "", 20, 1, 1, Cost()),
        ("0", "free", 0, 0, None, Cost(Decimal(0), Decimal(0))),
        ("6.5", "pupil", 20, 1, None, Cost(Decimal(130), Decimal("6.5"))),
        ("6.5", "pupil", 0, 0, None, Cost(None, Decimal("6.5"))),
        ("40", "group", 44, 2, None, Cost(Decimal(80), Decimal("1.82"))),
        ("40", "group", 0, 0, None, Cost()),
        ("40", "session", 20, 1, 3, Cost(Decimal(120), Decimal(6))),
        ("40", "session", 20, 2, 3, Cost()),
        ("40", "session", 20, 1, None, Cost()),
        ("640", "day", 20, 1, 1, Cost()),
        ("100", "total", 30, 1, None, Cost(Decimal(100), Decimal("3.34"))),
        ("100", "total", 0, 0, None, Cost(Decimal(100), None)),
    ],
)
def test_what_a_price_comes_to(
    price: str | None, unit: str, pupils: int, groups: int, sessions: int | None, found: Cost
) -> None:
    amount = None if price is None else Decimal(price)

    assert cost.of(amount, unit, pupils=pupils, groups=groups, sessions=sessions) == found


def test_a_budget_is_compared_in_its_own_unit_and_includes_itself() -> None:
    found = Cost(Decimal(130), Decimal("6.5"))

    assert found.within(Decimal("6.5"), per_pupil=True) is True
    assert found.within(Decimal("6.49"), per_pupil=True) is False
    assert found.within(Decimal(130), per_pupil=False) is True
    assert Cost().within(Decimal(1), per_pupil=False) is None


@given(
    st.decimals("0.01", 100_000, places=2),
    st.integers(1, 500),
    st.integers(1, 20),
)
def test_all_pupils_together_pay_at_least_the_total(
    price: Decimal, pupils: int, groups: int
) -> None:
    found = cost.of(price, "group", pupils=pupils, groups=groups, sessions=None)

    assert found.total is not None
    assert found.each is not None
    assert found.total <= found.each * pupils < found.total + pupils * Decimal("0.01")
