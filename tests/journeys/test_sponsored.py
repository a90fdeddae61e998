"""A sponsored lesson that the tree stops, with the wrong turns that people take (domain.md 3.2)."""

from collections.abc import Callable

import pytest

from partnerwijzer.dossiers.models import Decision, Dossier, TreeRun
from partnerwijzer.privacy.models import Allowed
from tests.dossiers.story import Story
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SIGN = "Onderteken de beslissing"
STOPS = "In kleuter en lager blijven lessen en lesmateriaal vrij van reclame."
WHY = "Leerling Emma Peeters vroeg ernaar. De bon is uit het boekje gehaald."


@pytest.fixture
def dossier(world: World) -> Dossier:
    """All that a `yes` asks for is there, but for what sponsoring asks."""
    story = Story(world)
    opened = story.screened(
        story.open(story.make_partner("Spaarwijs cv"), title="Leren sparen met de bank")
    )
    story.situation(opened, sponsoring=True)
    story.judge_all(opened)
    story.propose(opened)
    return Dossier.objects.get(pk=opened.pk)


def test_a_sponsored_lesson_that_the_tree_stops(
    person: Callable[..., Person], dossier: Dossier
) -> None:
    page = f"/dossiers/{dossier.pk}/"
    teacher, head = person("teacher").on_a_phone(), person("head")
    finds_what_has_to_be_walked(teacher, page)
    takes_a_wrong_turn_and_comes_back(teacher)
    keeps_that_it_is_not_allowed(teacher)
    cannot_say_yes(head, page)
    is_seen_by_nobody_else(person("other_teacher"), page)
    takes_the_voucher_out(teacher, page)
    looks_whether_something_is_sold(teacher, page)
    names_a_pupil_and_is_asked_about_it(head, page)


def finds_what_has_to_be_walked(teacher: Person, page: str) -> None:
    teacher.opens(page)
    teacher.reads("Nog af te lopen: de beslisboom ‘Reclame en sponsoring’.")
    teacher.follows("Mag dit? Open de beslisbomen")
    teacher.is_on("Mag dit, en wat moet je doen?")
    teacher.follows("Reclame en sponsoring")
    teacher.reads("Wat krijgen leerlingen of ouders te zien?", "Vraag 1 van hoogstens 9")


def takes_a_wrong_turn_and_comes_back(teacher: Person) -> None:
    """Nothing chosen; then a milder answer than it is; then back, with the rest still there."""
    teacher.presses_in_vain("Verder", "Kies een antwoord.")
    teacher.chooses("enkel een naam of logo op lesmateriaal")
    teacher.presses("Verder")
    teacher.chooses("ja")
    teacher.presses("Verder")
    teacher.reads("Past dit bij wat een school hoort te doen?")
    teacher.page.go_back()
    teacher.page.go_back()
    teacher.reads("Wat krijgen leerlingen of ouders te zien?")
    teacher.chooses("reclame: een product, bon, slogan of bestelling")
    teacher.presses("Verder")
    teacher.reads("Op welk niveau is het?", "Dit weet Partnerwijzer al.")
    assert teacher.page.get_by_role("radio", name="kleuter of lager").is_checked()
    teacher.looks_in_the_dark()
    teacher.presses("Verder")


def keeps_that_it_is_not_allowed(teacher: Person) -> None:
    teacher.chooses("ja, of een deel ervan")
    teacher.presses("Verder")
    teacher.chooses("in de klas, turnzaal, agenda, handboek of les")
    teacher.presses("Verder")
    teacher.is_on("Reclame en sponsoring: dit mag niet")
    teacher.reads(STOPS, "Waar dit staat:", "Zolang dit zo blijft, kan er geen ‘ja’ komen.")
    assert not TreeRun.objects.exists()  # looking is not keeping
    teacher.presses("Bewaar deze uitkomst in het dossier")
    teacher.reads("De uitkomst staat in het dossier.", STOPS)
    assert TreeRun.objects.get().result == "not-allowed"


def cannot_say_yes(head: Person, page: str) -> None:
    head.opens(page)
    head.reads("Reclame en sponsoring: In kleuter en lager")
    head.opens(page + "beslissen/")
    head.reads("Een ‘ja’ kan nog niet.", STOPS)
    head.chooses("Ja", of="Jouw beslissing")
    head.types("Waarom", "Het is goed gemaakt.")
    head.presses_in_vain(SIGN, STOPS)
    assert Decision.objects.get().decided_at is None


def is_seen_by_nobody_else(stranger: Person, page: str) -> None:
    run = TreeRun.objects.get()
    for path in ("bomen/", "bomen/advertising-sponsoring/", f"bomen/uitkomst/{run.pk}/"):
        assert stranger.is_refused(page + path)


def takes_the_voucher_out(teacher: Person, page: str) -> None:
    """The partner takes the voucher out; one answer changes and only what follows is asked."""
    teacher.opens(page + "bomen/")
    teacher.follows("Bekijk de uitkomst")
    teacher.follows("Wijzig")  # the first question
    teacher.chooses("niets van een merk")
    teacher.presses("Verder")
    teacher.reads("Krijgt de school iets")
    teacher.chooses("nee")
    teacher.presses("Verder")
    teacher.is_on("Reclame en sponsoring: dit mag")
    teacher.presses("Bewaar deze uitkomst in het dossier")
    assert TreeRun.objects.get().result == "allowed"


def looks_whether_something_is_sold(teacher: Person, page: str) -> None:
    teacher.opens(page + "bomen/")
    teacher.follows("Verkopen op school")
    teacher.chooses("nee")
    teacher.presses("Verder")
    teacher.presses("Bewaar deze uitkomst in het dossier")
    teacher.reads("De uitkomst staat in het dossier.")


def names_a_pupil_and_is_asked_about_it(head: Person, page: str) -> None:
    """A pupil's name in the reasons: nothing is signed until it is out."""
    head.opens(page + "beslissen/")
    head.does_not_read("Een ‘ja’ kan nog niet.")
    head.chooses("Ja", of="Jouw beslissing")
    head.types("Waarom", WHY)
    head.presses(SIGN)
    head.is_on("Mag dit er staan?")
    head.reads("de naam van een leerling", "Er is nog niets bewaard.")
    head.looks_in_the_dark()
    assert Decision.objects.get().decided_at is None
    head.presses("Laat het zo staan")
    head.reads("Schrijf in een paar woorden waarom het mag.")
    head.types("Pas je tekst aan", WHY.replace("Leerling Emma Peeters", "Een leerling"))
    head.presses("Bewaar mijn aangepaste tekst")
    head.reads("De beslissing is ondertekend en verandert niet meer.")
    assert Decision.objects.get().positive is True
    assert not Allowed.objects.exists()
