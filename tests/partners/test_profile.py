"""The four questions: answered, or honestly said to be open."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from partnerwijzer.kbo.enterprise import Code, Enterprise, Signal
from partnerwijzer.partners import profile, wording
from partnerwijzer.partners.counting import FactorCount, Summary
from partnerwijzer.partners.models import Offer, Partner, Recognition
from tests.personas import World

pytestmark = pytest.mark.usefixtures("world")

NON_PROFIT = Code("017", "vereniging zonder winstoogmerk")
COMPANY = Code("610", "Besloten Vennootschap")
FACTS = Enterprise(
    number="0999000152",
    name="Schermlicht",
    legal_form=NON_PROFIT,
    situation=Code("000", "normale toestand"),
    snapshot_date=date(2026, 10, 31),
    start_date=date(2011, 5, 1),
)
BANKRUPT = Signal("bankrupt", "in faillissement", "block")
COUNTS = Summary(schools=9, again=5, changed=2, not_again=2, newest=2025, oldest=2023)


def offer(**facts: Any) -> Offer:
    first = {"title": "Workshop", "shape": "one-off", "working_form": "workshop"}
    return Offer(**{**first, "place": "at-school", **facts})


def test_how_good_is_open_until_enough_schools_told() -> None:
    none, two = (profile.good(Summary(schools=n), 2026) for n in (0, 2))

    assert none.is_open
    assert none.say == "Nog geen enkele school deelde een ervaring."
    assert two.say == "Nog te weinig gegevens: 2 scholen. We tonen cijfers vanaf 3 scholen."


def test_how_good_counts_schools_and_says_how_old_it_is() -> None:
    factors = (FactorCount("goal-clear", 1, 4), FactorCount("easy-to-reach", 5, 2))

    answer = profile.good(replace(COUNTS, factors=factors), 2026)

    assert not answer.is_open
    assert answer.say == "7 van de 9 scholen zouden opnieuw samenwerken."
    assert answer.more == (
        "2 daarvan zouden het anders doen.",
        "Het vaakst moeilijk: het doel bleef vaag.",
        "Ervaringen van 2023-2024 tot 2025-2026.",
    )


def test_what_goes_more_smoothly_than_not_is_not_called_difficult() -> None:
    factors = (FactorCount("easy-to-reach", 5, 2),)

    assert not any("moeilijk" in line for line in profile.good(
        replace(COUNTS, factors=factors), 2026).more)  # fmt: skip


def test_old_experiences_are_said_to_be_old() -> None:
    assert profile.age(replace(COUNTS, oldest=2020, newest=2020), 2026) == (
        "Alle ervaringen zijn van 2020-2021. "
        "De jongste is 6 schooljaren oud: vraag na of dit nog klopt."
    )


def test_how_grounded_names_the_best_offer_and_says_that_it_differs() -> None:
    offers = [
        offer(title="Workshop", grounding=3, grounding_source="Onderzoek van 2024"),
        offer(title="Studiedag", grounding=1),
    ]

    answer = profile.grounded(offers)

    assert answer.say == "3 van 5: een eerste onderzoek."
    assert answer.more == (
        "Bij ‘Workshop’",
        "Onderzoek van 2024",
        "Het verschilt per aanbod: kijk hieronder.",
    )


def test_nothing_found_is_an_answer_but_not_looked_is_not() -> None:
    assert not profile.grounded([offer(grounding=0)]).is_open
    assert profile.grounded([offer()]).say == "Nog niemand keek dit na."
    assert profile.grounded([]).say == "Er staat nog geen aanbod in de databank."


def reliable(partner: Partner, facts: Enterprise | None, **given: Any) -> profile.Answer:
    return profile.reliable(partner, facts, [], **{"has_register": True, **given})


def test_how_reliable_is_what_the_register_says() -> None:
    partner = Partner(enterprise_number="0999000152")

    assert reliable(partner, FACTS).say == "Bestaat sinds 2011, geen meldingen in het register."
    alarming = reliable(partner, replace(FACTS, signals=(BANKRUPT,)))
    assert alarming.say == "In faillissement."
    assert alarming.warning.startswith("Vraag de organisatie wat er aan de hand is")


def test_how_reliable_is_open_where_the_register_cannot_say() -> None:
    known, unknown = Partner(enterprise_number="0999000152"), Partner()

    assert reliable(unknown, None).say == "Er is geen ondernemingsnummer ingevuld."
    assert reliable(known, None).say == "Dit nummer staat niet in het register dat we hebben."
    assert reliable(known, None, has_register=False).say == (
        "Er is nog geen register ingelezen om het nummer na te kijken."
    )


def test_a_recognition_that_is_over_is_said_to_be_over() -> None:
    row = Recognition(by="Overheid", what_for="jeugdwerk", since=date(2015, 1, 1))

    assert wording.recognition(row) == "Erkend door Overheid (jeugdwerk), sinds 2015"
    row.until = date(2020, 1, 31)
    assert wording.recognition(row).endswith(", verlopen op 31 januari 2020")


@pytest.mark.parametrize(
    ("tie", "form", "say", "is_open"),
    [
        ("unknown", None, "Dat is nog niet gevraagd.", True),
        ("unknown", COMPANY, "Het is een vennootschap. Naar belangen is nog niet gevraagd.", True),
        ("none", None, "Nee, zegt de organisatie.", False),
        ("none", NON_PROFIT, "Nee, en de rechtsvorm past daarbij.", False),
        ("none", COMPANY, "Dat is niet zeker.", False),
        ("some", NON_PROFIT, "Ja, er is een belang.", False),
    ],
)
def test_commercial_lays_the_claim_beside_the_legal_form(
    tie: str, form: Code | None, say: str, is_open: bool
) -> None:
    facts = replace(FACTS, legal_form=form) if form else None

    answer = profile.commercial(Partner(commercial_tie=tie), facts)

    assert (answer.say, answer.is_open) == (say, is_open)


def test_what_the_organisation_says_stands_apart_as_a_claim() -> None:
    partner = Partner(
        commercial_tie="none",
        commercial_note="We leven van subsidies.",
        ideological_tie="some",
        ideological_note="We zijn vrijzinnig.",
    )

    answer = profile.commercial(partner, FACTS)

    assert answer.claims == (
        "Commercieel belang: nee, zegt de organisatie zelf. We leven van subsidies.",
        "Ideologische of politieke band: ja. We zijn vrijzinnig.",
    )
    assert answer.more == ("Rechtsvorm: vereniging zonder winstoogmerk.",)


def test_a_tie_warns_with_the_words_of_the_organisation() -> None:
    partner = Partner(commercial_tie="some", commercial_note="We hebben een sponsor.")

    assert profile.commercial(partner, None).warning == "We hebben een sponsor."


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"price": 0, "price_unit": "free"}, "Gratis"),
        ({"price": "6.50", "price_unit": "pupil"}, "€\xa06,50 per leerling"),
        ({"price": 7800, "price_unit": "total"}, "€\xa07.800 in totaal"),
    ],
)
def test_prices_in_words(facts: dict[str, Any], words: str) -> None:
    assert wording.price(offer(**facts)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(None, ""), (0, ""), (50, "50 minuten"), (90, "90 minuten"), (60, "1 uur"), (120, "2 uur"),
     (200, "3 uur 20")],
)  # fmt: skip
def test_durations_in_words(minutes: int | None, words: str) -> None:
    assert wording.duration(minutes) == words


def test_an_offer_in_one_line() -> None:
    found = offer(shape="series", sessions=6, duration_minutes=50, group_max=25)

    assert wording.offer_line(found) == (
        "Workshop · een reeks van 6 keer · op school · 50 minuten · tot 25 deelnemers"
    )


@pytest.mark.parametrize(
    ("young", "old", "words"),
    [(None, None, ""), (6, None, "vanaf 6 jaar"), (None, 12, "tot 12 jaar"),
     (6, 12, "6 tot 12 jaar"), (10, 10, "10 jaar")],
)  # fmt: skip
def test_ages_in_words(young: int | None, old: int | None, words: str) -> None:
    assert wording.ages(offer(age_from=young, age_to=old)) == words


def test_for_whom_in_one_line() -> None:
    found = offer(audience=["pupils", "team"], levels=["kleuter"], age_to=6)

    assert wording.for_whom(found) == "Leerlingen, het team: kleuter · tot 6 jaar"


def test_an_old_key_that_nobody_knows_is_shown_as_it_is(world: World) -> None:
    assert wording.offer_line(offer(working_form="oud")) == "Oud · één keer · op school"
