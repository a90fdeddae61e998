"""Step 5: an activity with a teacher who stays, and pupils who say how it was, by code."""

import re
from collections.abc import Callable

from tests.journeys.acts.partner import OFFER
from tests.journeys.person import Person

DONE = "Dank je wel!"
QUESTIONS = 6
STAYS = "Is er bij elke activiteit een leerkracht die erbij blijft?"


def plans_an_activity_without_teacher(teacher: Person, dossier: str, day: str) -> None:
    teacher.opens(dossier)
    teacher.follows("Plan wie er wanneer komt")
    teacher.reads("Er is nog niets gepland.")
    teacher.follows("Plan een activiteit")
    teacher.types("Waar", "De refter")
    teacher.types("Van", "11:00")
    teacher.types("Tot", "10:00")
    teacher.presses_in_vain("Bewaar", "Wat gebeurt er", "Dag", "Tot")
    teacher.types("Wat gebeurt er", OFFER)
    teacher.types("Dag", day)
    teacher.types("Van", "09:00")
    teacher.types("Tot", "11:40")
    teacher.chooses("5A", of="Welke groepen")
    teacher.types("Zo bereiden we voor", "We luisteren naar een hoorspel.")
    teacher.presses("Bewaar")
    teacher.reads("Nog geen leerkracht", "Voor je dit kunt bevestigen:")


def cannot_confirm_it(teacher: Person) -> None:
    teacher.presses("Bevestig")
    teacher.reads("Bevestigen kan nog niet:", STAYS, "nog geen leerkracht van de school")


def confirms_it_with_a_teacher(teacher: Person, name: str) -> None:
    teacher.follows("Pas aan")
    teacher.chooses(name, of="Welke leerkracht blijft erbij")
    teacher.presses("Bewaar")
    teacher.presses("Bevestig")
    teacher.reads("bevestigd", "blijft erbij")
    calendar = teacher.downloads("In mijn agenda").decode()
    assert re.findall(r"^(?:SUMMARY|LOCATION|STATUS):(.*)\r$", calendar, re.MULTILINE) == [
        OFFER,
        "De refter",
        "CONFIRMED",
    ]


def sees_it_in_the_planning(teacher: Person, month: str) -> None:
    teacher.opens(f"/planning/?maand={month}")
    teacher.reads(OFFER, "9.00")
    teacher.looks_in_the_dark()


def asks_the_pupils(teacher: Person, dossier: str) -> str:
    """Gives the code that the teacher shows."""
    teacher.opens(dossier + "activiteiten/")
    teacher.presses("Vraag het aan de leerlingen")
    teacher.reads("0 van 22", "Nog te weinig antwoorden: te zien vanaf 5.")
    code = teacher.page.locator(".code-big").inner_text()
    teacher.follows("Toon de code groot")
    teacher.reads(code)
    teacher.page.go_back()
    return code


def answers(pupil: Person, code: str, choice: int) -> None:
    """One pupil at the device of the class; the first types the code wrong."""
    page = pupil.page
    for number in range(1, QUESTIONS + 1):
        page.get_by_role("button", name="Begin" if number == 1 else "Volgende").click()
        page.get_by_text(f"Vraag {number} van {QUESTIONS}").wait_for()
        pupil.looks()
        if number < QUESTIONS:
            page.get_by_role("radio").nth(choice).check(force=True)
    page.get_by_role("textbox").fill("Ik maakte zelf de wind.")
    pupil.presses("Klaar, verstuur")
    pupil.reads(DONE)


def comes_in_by_code(person: Callable[..., Person], code: str) -> Person:
    pupil = person().on_a_phone()
    pupil.opens("/v/")
    pupil.types("Welke code kreeg je?", "ccc ccc")
    pupil.presses("Ga verder")
    pupil.reads("Deze code kennen we niet")
    pupil.types("Welke code kreeg je?", code.lower())
    pupil.presses("Ga verder")
    pupil.looks_in_the_dark()
    return pupil


def closes_too_early(teacher: Person) -> None:
    """Four answers show nothing yet; the survey can go on."""
    teacher.page.reload()
    teacher.reads("4 van 22")
    teacher.follows("Sluit de bevraging")
    teacher.presses("Sluit de bevraging")
    teacher.reads("Nog te weinig antwoorden: te zien vanaf 5.")
    teacher.does_not_read("Ik maakte zelf de wind.")
    teacher.looks("too few")
    teacher.presses("Open ze opnieuw")


def closes_in_time(teacher: Person) -> None:
    teacher.page.reload()
    teacher.follows("Sluit en toon de antwoorden")
    teacher.presses("Sluit en toon de antwoorden")
    teacher.reads("Heb je iets bijgeleerd?", "5 antwoorden", "Ik maakte zelf de wind.")
    teacher.looks("results")
    teacher.looks_in_the_dark()
