"""Parents who help: from a list to their own page, with the wrong turns people take (P6, D18)."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from partnerwijzer.dossiers.models import Activity
from partnerwijzer.volunteers.models import Offer, Volunteer
from tests.dossiers.story import Story
from tests.journeys.conftest import address_in_mail
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LIST = "Naam en e-mailadres, één mens per regel"


@pytest.fixture
def morning(world: World) -> Activity:
    story = Story(world)
    dossier = story.open(story.make_partner("De bib"), title="Voorlezen")
    return story.plan(dossier, days=20, title="Voorleesochtend")


def test_parents_are_asked_choose_and_are_forgotten(
    person: Callable[..., Person], world: World, morning: Activity
) -> None:
    asks_two(person("coordinator"), morning)
    chooses_and_is_forgotten(person().on_a_phone())
    assert person("other_head").is_refused(f"/dossiers/{morning.dossier_id}/vrijwilligers/meer/")


def asks_two(coordinator: Person, morning: Activity) -> None:
    coordinator.opens(f"/dossiers/{morning.dossier_id}/vrijwilligers/")
    coordinator.presses("Vraag hulp")
    coordinator.follows("Vraag er meer tegelijk")
    coordinator.types(LIST, "Mia Proef; mia@ouders.example\nJo zonder adres")
    coordinator.presses("Bekijk wie een mail krijgt")
    coordinator.reads("Er is nog niemand gevraagd", "hier staat geen e-mailadres")
    assert not Volunteer.objects.exists()

    coordinator.types(LIST, "Mia Proef; mia@ouders.example\nJo Proef <jo@oud.example>")
    coordinator.presses("Bekijk wie een mail krijgt")
    coordinator.reads("2 mensen krijgen de vraag")
    coordinator.presses("Stuur de vraag")
    coordinator.reads("Mia Proef", "Jo Proef")


def chooses_and_is_forgotten(parent: Person) -> None:
    link = urlsplit(address_in_mail("mia@ouders.example")).path
    parent.opens(link)
    parent.is_on("Kom je helpen?")
    parent.presses_in_vain("Ik kom helpen", "Kies minstens één moment")
    parent.page.locator("input[name=slots]").first.check(force=True)
    parent.page.locator("input[name=consent]").check(force=True)
    parent.presses("Ik kom helpen")
    assert Offer.objects.count() == 1

    parent.opens(link)  # another day
    parent.page.get_by_role("link", name="Wis mijn gegevens").click()
    parent.looks("Wis je je gegevens?")
    parent.presses("Wis mijn gegevens", within="dialog[open]")
    parent.is_on("Je gegevens zijn gewist")
    assert not Volunteer.objects.filter(name="Mia Proef").exists()
