"""Seven working factors by school and partner, from start to end, with wrong turns (W, D17)."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.factors.models import FactorAction, Score
from tests.dossiers.story import Story
from tests.journeys.conftest import address_in_mail
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PARTNER = "an@taalkompas.example"
LOW = "set-moments"
CHECK = (
    "([name, value]) => document.querySelector(`input[name='${name}'][value='${value}']`).click()"
)


@pytest.fixture
def coach(world: World) -> Dossier:
    """A language coach for a school year that began yesterday."""
    story = Story(world)
    made = story.open(story.make_partner("Taalkompas"), title="Taalcoach", kind="structural")
    story.begin(made)
    _runs(made, begun=1, goes_on=99)
    return made


def _runs(dossier: Dossier, *, begun: int, goes_on: int) -> None:
    today = timezone.localdate()
    Dossier.objects.filter(pk=dossier.pk).update(
        planned_from=today - timedelta(days=begun), planned_until=today + timedelta(days=goes_on)
    )


def test_school_and_partner_look_at_seven_things_three_times(
    person: Callable[..., Person], world: World, coach: Dossier
) -> None:
    statements = {
        statement.key: 4
        for factor in Story(world).content.factors.working_factors
        for statement in factor.statements
    }
    teacher, head = person("teacher"), person("head")
    at_the_start(teacher, statements)
    asks_the_partner(person("coordinator"), coach)
    the_partner_sees_less(person().on_a_phone(), dict.fromkeys(statements, 2))
    sees_where_they_differ_and_acts(head, coach)
    does_it(person("teacher2").on_a_phone(), coach)

    _runs(coach, begun=60, goes_on=60)
    scores(teacher, coach, statements, "Halverwege. Vul in")
    _runs(coach, begun=120, goes_on=0)
    scores(teacher, coach, statements, "Op het einde. Vul in")
    sees_how_it_changed(head, coach)
    assert Score.objects.count() == 4
    assert person("other_head").is_refused(page(coach))


def page(coach: Dossier) -> str:
    return f"/dossiers/{coach.pk}/werking/"


def gives(somebody: Person, statements: Mapping[str, int]) -> None:
    for name, value in statements.items():
        somebody.page.evaluate(CHECK, [name, str(value)])


def at_the_start(teacher: Person, statements: Mapping[str, int]) -> None:
    teacher.opens("/")
    teacher.follows("Vul in of de samenwerking werkt")
    teacher.is_on("Wat zie jij?")
    gives(teacher, {key: value for key, value in statements.items() if key != LOW})
    teacher.presses_in_vain("Bewaar", "Kies een antwoord")
    gives(teacher, {LOW: 1})
    teacher.presses("Bewaar")
    teacher.reads("Hier zie je hoe de anderen het zien.", "1 collega")


def asks_the_partner(coordinator: Person, coach: Dossier) -> None:
    coordinator.opens(page(coach))
    coordinator.reads("Vul eerst zelf in.")  # who did not score sees no score of others
    coordinator.does_not_read("Dit vraagt actie")
    coordinator.types("Naam", "An")
    coordinator.types("E-mailadres", PARTNER)
    coordinator.presses("Stuur de link")
    coordinator.reads("De mail naar de partner vertrekt.", "verstuurd")


def the_partner_sees_less(partner: Person, statements: Mapping[str, int]) -> None:
    partner.opens(urlsplit(address_in_mail(PARTNER)).path)
    partner.is_on("Hoe zien jullie de samenwerking?")
    gives(partner, statements)
    partner.presses("Stuur naar de school")
    partner.reads("Bedankt. De school ziet wat jullie vinden.")


def sees_where_they_differ_and_acts(head: Person, coach: Dossier) -> None:
    head.opens(f"{page(coach)}?toon=1")
    head.reads("1 collega en 1 partner vulden dit in.", "Hier zien jullie het anders.")
    head.reads("Dit vraagt actie", "nog geen actie")
    head.looks_in_the_dark()
    head.unfolds("Elke uitspraak in een tabel")
    head.follows("Spreek een actie af")
    head.is_on("Wat doen jullie eraan?")
    head.presses_in_vain("Spreek af", "Wat")
    head.types("Wat", "Drie momenten van een kwartier plannen")
    head.selects("Wie", "Teacher2")
    head.presses("Spreek af")
    head.reads("De actie staat bij de taken van wie ze trekt.", "afgesproken")
    assert FactorAction.objects.count() == 1


def does_it(owner: Person, coach: Dossier) -> None:
    owner.opens("/")
    owner.follows("Drie momenten van een kwartier plannen")
    owner.opens(f"{page(coach)}?toon=1")
    owner.presses("Klaar")
    owner.reads("klaar", "Dit vraagt actie")


def scores(teacher: Person, coach: Dossier, statements: Mapping[str, int], moment: str) -> None:
    teacher.opens(page(coach))
    teacher.follows("Vul in wat jij ziet")
    teacher.reads(moment)
    gives(teacher, statements)
    teacher.presses("Bewaar")


def sees_how_it_changed(head: Person, coach: Dossier) -> None:
    head.opens(f"{page(coach)}?toon=1")
    head.unfolds("Van start tot einde")
    head.reads("vraagt actie / vraagt actie", "sterk / –")
