"""A one-off workshop, decided in ten minutes: the light screening, few clicks, and wrong turns.

The clicks of the straight way are counted, so that a page that begins to ask more is noticed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import expect

from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.partners import actions as partners
from tests.dossiers.story import Story
from tests.journeys.conftest import address_in_mail
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PARTNER, MAIL = "Schermlicht vzw", "lowie@partner.example"
SITUATIONS, GROUPS = "#situatie", "#groepen"
SIGN = "section[aria-labelledby=besluit]"
WHY = "We lazen de lesmap samen na."
DOES = ("follows", "presses", "types", "chooses", "selects", "unfolds")


@dataclass
class Hand:
    """Somebody whose clicks and fields are counted; wrong turns are not."""

    person: Person
    done: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        act = getattr(self.person, name)
        if name not in DOES:
            return act

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.done.append(f"{name} {args[0]}")
            return act(*args, **kwargs)

        return counted


@pytest.fixture
def offered(world: World) -> None:
    """The partner stands in the databank, with somebody to write to."""
    story = Story(world)
    partner = story.make_partner(PARTNER)
    facts = {"name": "Lowie Staepen", "function": "", "email": MAIL, "phone": ""}
    partners.save_contact(partner, actor=story.coordinator, contact=None, facts=facts)


@pytest.mark.usefixtures("offered")
def test_a_one_off_workshop_is_decided_in_ten_minutes(person: Callable[..., Person]) -> None:
    teacher, head = Hand(person("teacher")), Hand(person("head"))

    dossier = opens_it(teacher)
    says_for_whom(teacher)
    answers_the_light_questions(teacher, dossier)
    asks_only_who_is_needed(teacher, dossier)
    says_what_the_council_hears(head, dossier)
    signs_at_once(head)
    writes_to_the_partner(head)

    # Eleven questions of the light set, four acts each, and some thirty for all the rest.
    questions = len(Dossier.objects.get().assessments.all())
    acts = [*teacher.done, *head.done]
    assert len(acts) <= 4 * questions + 45, "\n".join(acts)


def opens_it(teacher: Hand) -> str:
    teacher.person.opens("/")
    teacher.follows("Ik wil met iemand samenwerken")
    teacher.person.presses_in_vain("Open het dossier", "Hoe noem je het")
    teacher.types("Hoe noem je het", "Workshop mediawijsheid")
    teacher.chooses("eenmalig")
    teacher.types("Wat willen jullie bereiken", "Leerlingen herkennen reclame.")
    teacher.presses("Open het dossier")
    address = teacher.page.url
    teacher.follows("Kies met wie jullie willen samenwerken")
    teacher.follows("Zoek een partner")
    teacher.person.searches("Zoek op naam", "scherm", f"Kies {PARTNER}")
    teacher.presses(f"Kies {PARTNER}")
    return address


def says_for_whom(teacher: Hand) -> None:
    teacher.selects("Niveau", "lager, derde graad (5-6)", within=GROUPS)
    teacher.types("Aantal leerlingen", "22", within=GROUPS)
    teacher.presses("Voeg de groep toe", within=GROUPS)
    questions = teacher.page.locator(f"{SITUATIONS} fieldset")
    for number in range(questions.count()):
        questions.nth(number).get_by_role("radio", name="Nee").check(force=True)
        teacher.done.append("situation")
    teacher.presses("Bewaar de antwoorden", within=SITUATIONS)


def answers_the_light_questions(teacher: Hand, dossier: str) -> None:
    """The first asks for proof; from then on the same proof is ticked in the answer."""
    teacher.person.opens(dossier)
    teacher.follows("Beoordeel nog")
    teacher.person.chooses("In orde", of="Jouw oordeel")
    teacher.person.types("Waarom vind je dat", WHY)
    teacher.person.presses_in_vain("Bewaar en ga verder", "vraagt een bewijs")
    teacher.follows("Voeg bewijs toe")
    teacher.chooses("document dat je zelf inkeek")
    teacher.types("Titel", "Lesmap")
    teacher.presses("Voeg toe")
    teacher.presses("Bewaar en ga verder")
    while teacher.page.get_by_role("group", name="Jouw oordeel").count():
        teacher.chooses("In orde", of="Jouw oordeel")
        teacher.types("Waarom vind je dat", WHY)
        teacher.chooses("Lesmap", of="Waarop steunt dit oordeel")
        teacher.presses("Bewaar en ga verder")
    teacher.person.looks("light set done")


def asks_only_who_is_needed(teacher: Hand, dossier: str) -> None:
    """Who works on the dossier is ticked already; a day too soon is told."""
    teacher.person.opens(dossier + "beslissen/")
    day = teacher.page.get_by_label("Standpunten tot en met")
    usual = day.input_value()
    day.fill("2020-01-01")
    teacher.person.presses_in_vain("Leg voor aan collega’s", "Kies vandaag of een dag")
    day.fill(usual)
    expect(teacher.page.get_by_role("checkbox", name="Teacher", exact=True)).to_be_checked()
    teacher.presses("Leg voor aan collega’s")
    teacher.chooses("Doen", of="Jouw standpunt")
    teacher.presses("Bewaar mijn standpunt")


def says_what_the_council_hears(head: Hand, dossier: str) -> None:
    head.person.opens("/")
    head.follows("Neem de beslissing")
    head.follows("Lees alles op één blad")
    head.person.reads(PARTNER, "Wat vinden we?", "Doen", "nog te weinig om iets te tonen")
    head.person.looks_in_the_dark()
    head.follows("Naar de beslissing")
    head.follows("Wat moet de raad krijgen?")
    head.chooses("informeren", of="Wat moet de schoolraad krijgen")
    head.types("Waarom", "Het gaat om één voormiddag.")
    head.presses("Bewaar")


def signs_at_once(head: Hand) -> None:
    head.chooses("Ja, als", of="Jouw beslissing")
    head.types("Waarom", "Het past bij ons.", within=SIGN)
    head.person.presses_in_vain(
        "Onderteken de beslissing", "Schrijf welke voorwaarden er zijn.", within=SIGN
    )
    head.types("Voorwaarde 1", "Eén uur overleg vooraf", within=SIGN)
    head.presses("Onderteken de beslissing", within=SIGN)
    head.person.reads("De beslissing is ondertekend", "Eén uur overleg vooraf", "nog niet in orde")
    assert Decision.objects.get().positive


def writes_to_the_partner(head: Hand) -> None:
    head.follows(f"Schrijf {PARTNER} wat jullie beslisten")
    head.person.types("E-mailadres van het werk", "lowie")
    head.person.presses_in_vain("Bewaar en bekijk", "E-mailadres van het werk")
    head.types("E-mailadres van het werk", MAIL)
    head.presses("Bewaar en bekijk")
    head.person.reads("Zo komt de brief aan", MAIL, "- Eén uur overleg vooraf")
    head.presses("Verstuur de brief")
    head.person.reads("De brief is onderweg.")
    assert address_in_mail(MAIL)
