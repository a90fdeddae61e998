"""A cost that passes the ceiling, with the wrong turns that people take (domain.md 3.3)."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from partnerwijzer.costs.models import CostCeiling, CostLine, CostPlan, OtherCost
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.ui import schoolyear
from tests.dossiers.story import Story
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MUST_PAY = "in de schooltijd, maar niet strikt nodig"


@pytest.fixture
def dossier(world: World) -> Dossier:
    story = Story(world)
    opened = story.open(story.make_partner("Schermlicht vzw"), title="Een dag in het museum")
    basics.add_group(opened, actor=story.coordinator, level="lager-graad-3", label="5A", pupils=20)
    return opened


def test_a_cost_that_passes_the_ceiling(
    person: Callable[..., Person], world: World, dossier: Dossier
) -> None:
    teacher = person("teacher").on_a_phone()
    notes_a_cost(teacher, dossier)
    notes_the_school_trip(person("coordinator"))
    enters_the_ceiling(person("umbrella_admin"))
    reads_that_it_is_too_much(teacher, dossier)
    is_warned_before_deciding(person("head"), dossier)
    asks_less(teacher, dossier)


def notes_a_cost(teacher: Person, dossier: Dossier) -> None:
    teacher.opens(f"/dossiers/{dossier.pk}/")
    teacher.follows("Wat het kost")
    teacher.reads("Er is nog geen kost genoteerd")
    teacher.follows("Voeg een kost toe")

    teacher.types("Wat kost er iets", "Inkom van het museum")
    teacher.types("Prijs", "twaalf")  # words, not a number
    teacher.types("Hiervan betalen ouders", "15")
    teacher.chooses(MUST_PAY, of="Moet iedereen meedoen")
    teacher.presses_in_vain("Bewaar", "Schrijf een bedrag")

    teacher.types("Prijs", "12,00")  # and parents would pay more than that
    teacher.presses_in_vain("Bewaar", "Samen betalen ouders dan meer dan het kost")

    teacher.types("Hiervan betalen ouders", "12")
    teacher.presses("Bewaar")
    teacher.is_on("Wat kost het, en wie betaalt?")
    teacher.reads("maximum niet ingevoerd", "kunnen niet zeggen of dat mag")
    assert CostLine.objects.get().parents_each == 12


def notes_the_school_trip(coordinator: Person) -> None:
    coordinator.opens("/kosten/")
    coordinator.follows("Noteer een kost buiten een dossier")
    coordinator.types("Wat kost er iets", "Schoolreis")
    coordinator.selects("Niveau", "lager, derde graad (5-6)")
    coordinator.types("Ouders betalen, per leerling", "95")
    coordinator.presses_in_vain("Bewaar", "Klas of groep")
    coordinator.types("Klas of groep", "5 a")  # written otherwise than in the dossier
    coordinator.presses("Bewaar")
    coordinator.reads("107 per leerling", "niet ingevoerd")
    assert OtherCost.objects.count() == 1


def enters_the_ceiling(keeper: Person) -> None:
    keeper.opens("/kosten/maximum/")
    keeper.follows("Vul een bedrag in")
    keeper.chooses("eendaags (scherpe maximumfactuur)", of="Welk maximum")
    keeper.chooses("lager", of="Niveau")
    keeper.types("Bedrag per leerling", "100")
    keeper.types("Nagekeken op", timezone.localdate().isoformat())
    keeper.presses_in_vain("Bewaar", "Waar staat dat")  # never without a source

    keeper.types("Waar staat dat", "Omzendbrief van de proef")
    keeper.presses("Bewaar")
    keeper.reads("Omzendbrief van de proef")
    assert CostCeiling.objects.get().school_year == schoolyear.of(timezone.localdate())

    keeper.follows("Vul een bedrag in")  # a second time the same
    keeper.chooses("eendaags (scherpe maximumfactuur)", of="Welk maximum")
    keeper.chooses("lager", of="Niveau")
    keeper.types("Bedrag per leerling", "110")
    keeper.types("Nagekeken op", timezone.localdate().isoformat())
    keeper.types("Waar staat dat", "Nog een bron")
    keeper.presses_in_vain("Bewaar", "staat er al een bedrag")


def reads_that_it_is_too_much(teacher: Person, dossier: Dossier) -> None:
    teacher.opens(f"/dossiers/{dossier.pk}/kosten/")
    teacher.reads("boven het maximum", "7 te veel")
    teacher.looks_in_the_dark()
    teacher.unfolds("Wat telt mee?")
    teacher.reads("Schoolreis", "Omzendbrief van de proef")
    teacher.types("Hoe lossen jullie dit op", "De ouderraad betaalt het verschil.")
    teacher.presses("Bewaar de uitleg")
    assert CostPlan.objects.get().explanation == "De ouderraad betaalt het verschil."


def is_warned_before_deciding(head: Person, dossier: Dossier) -> None:
    head.opens(f"/dossiers/{dossier.pk}/beslissen/")
    head.reads("Boven het maximum voor ouders: 5A", "7 te veel")
    head.follows("Bekijk de kosten")
    head.is_on("Wat kost het, en wie betaalt?")


def asks_less(teacher: Person, dossier: Dossier) -> None:
    teacher.opens(f"/dossiers/{dossier.pk}/kosten/")
    teacher.follows("Inkom van het museum")
    teacher.types("Hiervan betalen ouders", "5")
    teacher.presses("Bewaar")
    teacher.reads("onder het maximum", "er kan nog")
    teacher.opens(f"/dossiers/{dossier.pk}/beslissen/")
    teacher.does_not_read("Boven het maximum voor ouders")
