"""An ill teacher on the morning itself, with the wrong turns that people take (S5.2, D16)."""

from collections.abc import Callable
from datetime import time, timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from partnerwijzer.dossiers.models import Activity
from partnerwijzer.moments.models import Attendance, Replacement
from tests.dossiers.story import Story
from tests.journeys.conftest import address_in_mail
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def workshop(world: World) -> Activity:
    """Today, with one teacher, prepared with the pupils."""
    story = Story(world)
    dossier = story.open(story.make_partner("Schermlicht vzw"), title="Mediawijs")
    activity = story.plan(
        dossier,
        days=0,
        teachers=("teacher",),
        title="Workshop reclame",
        preparation="We bekeken samen drie affiches.",
    )
    Activity.objects.filter(pk=activity.pk).update(state="confirmed")
    story.plan(dossier, days=0, teachers=("coordinator",), title="Zwemmen")
    Activity.objects.filter(title="Zwemmen").update(starts=time(0, 1), ends=time(23, 58))
    return activity


def test_an_ill_teacher_on_the_morning_itself(
    person: Callable[..., Person], world: World, workshop: Activity
) -> None:
    late = person("coordinator")  # has the page open while the head is quicker
    opens_the_day(late, workshop)
    late.follows("Iemand is er niet: laat overnemen")

    lets_somebody_take_over(person("head").on_a_phone(), workshop)
    comes_too_late(late)
    cannot_either(person("teacher2").on_a_phone(), world)
    takes_over(late, world)
    the_day_passes(workshop)
    notes_who_was_there(late, workshop)
    assert person("other_head").is_refused(f"/dossiers/{workshop.dossier_id}/")
    assert person("other_head").is_refused(address(workshop))


def address(workshop: Activity) -> str:
    return f"/dossiers/{workshop.dossier_id}/activiteiten/{workshop.pk}/dag/"


def opens_the_day(somebody: Person, workshop: Activity) -> None:
    somebody.opens("/")
    somebody.follows("Workshop reclame")
    somebody.is_on("Workshop reclame")
    somebody.reads("Er blijft een leerkracht bij", "Teacher")


def lets_somebody_take_over(head: Person, workshop: Activity) -> None:
    opens_the_day(head, workshop)
    head.looks_in_the_dark()
    head.follows("Zeg af")
    head.reads("Vandaag: bel de partner ook.", "we kennen geen telefoonnummer")
    head.follows("Toch niet")
    head.follows("Iemand is er niet: laat overnemen")
    head.is_on("Wie neemt over?")
    head.reads("Coordinator (staat dan bij ‘Zwemmen’)", "Niemand gevonden?")
    head.types("Wat moet de vervanger weten", "De sleutel ligt in het bureau.")
    head.presses_in_vain("Laat overnemen", "Wie neemt over")

    head.chooses("Teacher2", of="Wie neemt over")
    head.presses("Laat overnemen")
    head.reads("Teacher2 blijft bij de groep en kreeg een mail.", "bevestigd")
    head.reads("Teacher2 in plaats van Teacher")
    assert Replacement.objects.count() == 1


def comes_too_late(coordinator: Person) -> None:
    coordinator.chooses("Teacher2", of="Wie neemt over")
    coordinator.presses("Laat overnemen")
    coordinator.reads("Intussen veranderde wie hierbij staat. Kies opnieuw.")
    assert Replacement.objects.count() == 1


def cannot_either(substitute: Person, world: World) -> None:
    opens_the_mail(substitute, world.user("teacher2").email)
    substitute.follows("Iemand is er niet: laat overnemen")
    substitute.chooses("Teacher2", of="Wie is er niet")
    substitute.chooses("Coordinator (staat dan bij ‘Zwemmen’)", of="Wie neemt over")
    substitute.presses("Laat overnemen")
    substitute.reads("Coordinator blijft bij de groep en kreeg een mail.")
    substitute.reads("Coordinator staat dan ook bij ‘Zwemmen’. Laat ook daar iemand overnemen.")


def takes_over(substitute: Person, world: World) -> None:
    opens_the_mail(substitute, world.user("coordinator").email)
    substitute.reads("Coordinator in plaats van Teacher2")


def opens_the_mail(substitute: Person, email: str) -> None:
    substitute.opens(urlsplit(address_in_mail(email)).path)
    substitute.is_on("Workshop reclame")
    substitute.reads("We bekeken samen drie affiches.", "De sleutel ligt in het bureau.")


def the_day_passes(workshop: Activity) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Activity.objects.filter(pk=workshop.pk).update(on=yesterday)


def notes_who_was_there(substitute: Person, workshop: Activity) -> None:
    substitute.opens(address(workshop))
    substitute.follows("Noteer wie er echt bij was")
    substitute.page.get_by_role("checkbox", name="Coordinator").uncheck(force=True)
    substitute.chooses("ja, maar te laat", of="Is de partner gekomen")
    substitute.presses_in_vain("Bewaar", "Schrijf erbij wat er gebeurde")

    substitute.chooses("Coordinator", of="Wie van de school was er echt bij")
    substitute.presses("Bewaar")
    substitute.reads("Er was een leerkracht bij", "te laat")
    assert [t.name for t in Attendance.objects.get().teachers.all()] == ["Coordinator"]
