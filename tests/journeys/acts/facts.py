"""What the dossier is about: groups, what plays a part, goals, people, and when."""

from tests.journeys.conftest import GOAL
from tests.journeys.person import Person

GROUPS, SITUATIONS, GOALS, PEOPLE, FACTS = (
    "#groepen",
    "#situatie",
    "#doelen",
    "#mensen",
    "#gegevens",
)
YES = "Werken mensen van buiten met leerlingen"


def says_for_whom_it_is(teacher: Person) -> None:
    teacher.types("Klas of groep", "5A", within=GROUPS)
    teacher.presses_in_vain("Voeg de groep toe", "Aantal leerlingen", within=GROUPS)
    teacher.selects("Niveau", "lager, derde graad (5-6)", within=GROUPS)
    teacher.types("Aantal leerlingen", "22", within=GROUPS)
    teacher.presses("Voeg de groep toe", within=GROUPS)
    teacher.reads("5A", "22 leerlingen", within=GROUPS)


def answers_what_plays_a_part(teacher: Person) -> None:
    """Yes to one question, no to the others; first one is left open."""
    questions = teacher.page.locator(f"{SITUATIONS} fieldset")
    for number in range(1, questions.count()):
        questions.nth(number).get_by_role("radio", name="Nee").check(force=True)
    teacher.presses_in_vain("Bewaar de antwoorden", YES, within=SITUATIONS)
    teacher.chooses("Ja", of=YES)
    teacher.presses("Bewaar de antwoorden", within=SITUATIONS)
    teacher.reads("De vragen en afspraken zijn aangepast aan jullie antwoorden.")


def names_a_goal(teacher: Person) -> None:
    teacher.reads("Zonder doel kun je later geen ‘ja’ zeggen.", within=GOALS)
    teacher.page.locator(GOALS).get_by_role("searchbox").first.fill("geluidsverhaal")
    teacher.ticks_what_says(GOAL)
    teacher.looks("goal found")
    teacher.presses("Voeg de gekozen doelen toe", within=GOALS)
    teacher.types("Wat doen leerlingen hiervoor?", "Opnemen, monteren en tonen.", within=GOALS)
    teacher.presses("Bewaar", within=GOALS)
    teacher.reads(GOAL, within=GOALS)


def asks_a_colleague_along(teacher: Person, name: str) -> None:
    teacher.presses_in_vain("Vraag mee", "Wie", within=PEOPLE)
    teacher.selects("Wie", name, within=PEOPLE)
    teacher.selects("Wat doet deze collega", "werkt mee", within=PEOPLE)
    teacher.presses("Vraag mee", within=PEOPLE)
    teacher.reads(name, "werkt mee", within=PEOPLE)


def says_when(teacher: Person, first: str, last: str) -> None:
    """Days as the browser wants them, 2026-11-22; first the wrong way round."""
    teacher.types("Vanaf", last, within=FACTS)
    teacher.types("Tot en met", first, within=FACTS)
    teacher.presses_in_vain("Bewaar", "Dit ligt voor de begindatum.", within=FACTS)
    teacher.types("Vanaf", first, within=FACTS)
    teacher.types("Tot en met", last, within=FACTS)
    teacher.presses("Bewaar", within=FACTS)
    teacher.follows("Terug naar het dossier")
