"""A structural language trajectory with two coaches through the council, with a holiday inside the
clock and the wrong turns that people take (K5, M5; domain.md 4)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from partnerwijzer.councils.models import CouncilBody
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import CouncilItem, Decision, Dossier
from partnerwijzer.organisations import holidays
from tests.dossiers.story import Story
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SIGN = "section[aria-labelledby=besluit]"
RULES = "Huishoudelijk reglement, artikel 9"
DRAFT = "Het bestuur werkt twee jaar samen met Taalkompas en Spreekuur."
REASONS = "Het team vraagt dit al lang, en er is geld voor."


def christmas() -> holidays.Holiday:
    """The next Christmas holidays that still have to begin."""
    today = timezone.localdate()
    years = (today.year, today.year + 1)
    every = (h for year in years for h in holidays.of_year(year) if h.key == "christmas")
    return next(h for h in every if h.first > today)


def handed() -> date:
    return christmas().first - timedelta(days=11)


def last_day() -> date:
    """21 calendar days that stand still for the fourteen days of Christmas."""
    return handed() + timedelta(days=21 + 14)


@pytest.fixture
def dossier(world: World) -> Dossier:
    """Screened, with two coaches, and colleagues who were asked what they think."""
    story = Story(world)
    first, second = story.make_partner("Taalkompas"), story.make_partner("Spreekuur")
    opened = story.open(first, title="Taal in elke les", kind="structural")
    basics.add_partner(opened, actor=story.coordinator, partner=second)
    screened = story.screened(opened)
    decision = story.propose(screened)
    story.speak(decision, "teacher")
    return screened


def test_a_trajectory_with_two_coaches_through_the_council(
    person: Callable[..., Person], dossier: Dossier
) -> None:
    head, coordinator = person("head"), person("coordinator")
    judges_what_the_council_gets(head, dossier)
    enters_the_rules(coordinator)
    writes_the_note_too_late_and_then_in_time(coordinator, dossier)
    reads_exactly_that(person("council").on_a_phone(), dossier)
    cannot_say_yes_before_the_council(head, dossier)
    notes_that_the_council_does_not_agree(head, dossier)
    prints_the_report(coordinator)
    says_yes_with_reasons(head, dossier)


def judges_what_the_council_gets(head: Person, dossier: Dossier) -> None:
    head.opens(f"/dossiers/{dossier.pk}/beslissen/")
    head.follows("Bekijk dat opnieuw")
    head.reads("Overleggen, want:", "art. 21, 3°")
    head.chooses("informeren", of="Wat moet de schoolraad krijgen")  # less than usual
    head.types("Waarom", "Het is maar een coach.")
    head.presses_in_vain("Bewaar", "Meestal is dit: overleggen", "bewust afwijken")
    head.chooses("overleggen", of="Wat moet de schoolraad krijgen")
    head.types("Waarom", "Twee jaar lang, met twee organisaties van buiten.")
    head.presses("Bewaar")
    head.reads("overleggen", "Twee jaar lang, met twee organisaties van buiten.")


def enters_the_rules(coordinator: Person) -> None:
    coordinator.opens("/raden/")
    coordinator.reads("Er staat nog geen raad.")
    coordinator.follows("Voeg een raad toe")
    coordinator.presses("Voeg toe")
    coordinator.is_on("Wat zegt jullie eigen reglement?")
    coordinator.chooses("Kerstvakantie", of="In welke vakanties staan de termijnen stil")
    coordinator.presses_in_vain("Bewaar", "Waar staat dat")  # never without its source
    coordinator.types("Waar staat dat", RULES)
    coordinator.types("Hoeveel dagen vooraf hebben de leden de agenda", "tien")
    coordinator.presses_in_vain("Bewaar", "Schrijf een geheel getal")
    coordinator.types("Hoeveel dagen vooraf hebben de leden de agenda", "10")
    coordinator.presses("Bewaar")
    coordinator.reads(RULES, "Kerstvakantie", "21 kalenderdagen")
    coordinator.looks_in_the_dark()
    assert CouncilBody.objects.get().pauses == ["christmas"]


def writes_the_note_too_late_and_then_in_time(coordinator: Person, dossier: Dossier) -> None:
    coordinator.opens(f"/dossiers/{dossier.pk}/beslissen/")
    coordinator.follows("Maak een punt voor de raad")
    coordinator.reads("samenwerken met Taalkompas, Spreekuur")
    coordinator.types("Nota voor de raad", "")
    coordinator.presses_in_vain("Bewaar de nota", "Nota voor de raad")
    coordinator.types("Nota voor de raad", "Twee coaches kijken mee in de klas.")
    coordinator.types("Ontwerp van beslissing", DRAFT)
    coordinator.types("De leden kregen dit op", handed().isoformat())
    coordinator.types("Vergadering op", (last_day() + timedelta(days=5)).isoformat())
    coordinator.presses("Bewaar de nota")
    coordinator.reads(
        f"Overleg uiterlijk op {date_format(last_day(), 'l j F Y')}.",
        "14 dagen tellen niet mee",
        RULES,
        "De vergadering komt later dan dat.",
    )
    coordinator.follows("Pas aan of noteer de uitkomst")
    coordinator.types("Vergadering op", last_day().isoformat())
    coordinator.presses("Bewaar de nota")
    coordinator.does_not_read("De vergadering komt later dan dat.")


def reads_exactly_that(member: Person, dossier: Dossier) -> None:
    member.opens("/schoolraad/")
    member.follows("Taal in elke les")
    member.reads("Twee coaches kijken mee in de klas.", DRAFT, "14 dagen tellen niet mee")
    member.does_not_read("Twee jaar lang, met twee organisaties van buiten.")
    assert member.downloads("Nota als pdf").startswith(b"%PDF-")
    assert member.downloads("Ontwerp als Word").startswith(b"PK")
    member.follows("Vergadering van", within=".crumbs")
    member.is_on("Wat bespreekt de raad?")
    member.does_not_read("Zet iets anders op de agenda", "Noteer wat de raad zei")
    item = CouncilItem.objects.get()
    for path in ("", "beslissen/", "gegevens/", f"schoolraad/{item.pk}/", "schoolraad/nagaan/"):
        assert member.is_refused(f"/dossiers/{dossier.pk}/{path}"), path
    assert member.is_refused("/raden/")


def cannot_say_yes_before_the_council(head: Person, dossier: Dossier) -> None:
    head.opens(f"/dossiers/{dossier.pk}/beslissen/")
    head.chooses("Ja", of="Jouw beslissing")
    head.types("Waarom", REASONS, within=SIGN)
    head.presses_in_vain(
        "Onderteken de beslissing", "De schoolraad moet eerst overleggen, of afzien van overleg."
    )


def notes_that_the_council_does_not_agree(head: Person, dossier: Dossier) -> None:
    item = CouncilItem.objects.get()
    head.opens(f"/vergaderingen/{item.meeting_id}/")
    head.follows("Noteer wat de raad zei")
    head.presses_in_vain("Bewaar de uitkomst", "Wat kwam eruit")
    head.selects("Wat kwam eruit", "overleg, geen akkoord")
    head.presses_in_vain("Bewaar de uitkomst", "Schrijf wat de raad zei, en waar het staat.")
    head.reads("Die zin lazen we niet in de wet zelf.")
    head.types("Wat zei de raad", "De ouders vinden het te veel uren.")
    head.types("Geen akkoord: waarom beslist het bestuur toch", REASONS)
    head.presses("Bewaar de uitkomst")
    head.reads("overleg, geen akkoord", REASONS)


def prints_the_report(coordinator: Person) -> None:
    meeting = CouncilItem.objects.get().meeting_id
    coordinator.opens(f"/vergaderingen/{meeting}/")
    coordinator.reads("De ouders vinden het te veel uren.")
    assert coordinator.downloads("Als pdf").startswith(b"%PDF-")


def says_yes_with_reasons(head: Person, dossier: Dossier) -> None:
    head.opens(f"/dossiers/{dossier.pk}/beslissen/")
    head.chooses("Ja", of="Jouw beslissing")
    head.types("Waarom", REASONS, within=SIGN)
    head.presses("Onderteken de beslissing")
    head.is_on("Wat hebben we beslist?")
    council = Decision.objects.get().snapshot["council"]
    assert (council["outcome"], council["board"]) == ("overleg, geen akkoord", REASONS)
