"""Step 2: somebody of another school answers by a link in a mail, without account."""

from collections.abc import Callable

from tests.journeys.conftest import PARTNER, address_in_mail
from tests.journeys.person import Person

NAME, MAIL = "Hanne Duinslager", "hanne@deberk.example"
ADVICE = "Vraag vooraf een lijst van het materiaal."


def asks_another_school(teacher: Person, dossier: str) -> None:
    teacher.opens(dossier)
    teacher.follows("Vraag wie ervaring heeft")
    teacher.reads("nog te weinig om iets te tonen")
    teacher.types("Naam", NAME)
    teacher.types("E-mailadres", "hanne")
    teacher.presses_in_vain("Stuur de vraag", "Wie vraag je", "E-mailadres")
    teacher.chooses("een andere school")
    teacher.types("E-mailadres", MAIL)
    teacher.presses("Stuur de vraag")
    teacher.reads("De vraag is onderweg.", NAME)


def answers_from_the_mail(person: Callable[..., Person]) -> None:
    other = person()
    other.opens(address_in_mail(MAIL))
    other.reads(PARTNER, NAME, "Je mag vragen overslaan.")
    other.presses_in_vain("Verstuur je antwoord", "Antwoord op minstens één vraag")
    for group in other.page.locator("main form fieldset").all()[:4]:
        group.get_by_role("radio").or_(group.get_by_role("checkbox")).first.check(force=True)
    other.page.locator("main form textarea").last.fill(ADVICE)
    other.presses("Verstuur je antwoord")
    other.is_on("Dank je wel")
    other.reads(ADVICE)


def reads_the_answer(teacher: Person) -> None:
    teacher.page.reload()
    teacher.reads("antwoordde", ADVICE)
    teacher.looks("answered")
