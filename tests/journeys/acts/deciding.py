"""Step 4: colleagues say what they think, the council is told, the head decides and signs."""

from playwright.sync_api import expect

from tests.journeys.conftest import PARTNER
from tests.journeys.person import Person

QUESTION = f"Gaan we samenwerken met {PARTNER}?"
CONDITION = "De partner brengt het materiaal zelf mee."
NOTE = "De school wil met het vijfde leerjaar geluidsverhalen maken."
SIGN = "section[aria-labelledby=besluit]"


def puts_the_question(teacher: Person, dossier: str, *colleagues: str) -> None:
    teacher.opens(dossier)
    teacher.follows("Beslis samen")
    teacher.reads("Voor een ‘ja’ ontbreekt nog iets.")
    for member in teacher.page.locator("main input[name=people]").all():
        member.uncheck(force=True)
    teacher.presses_in_vain("Leg voor aan collega’s", "Aan wie vraag je een standpunt")
    for name in colleagues:
        teacher.chooses(name, of="Aan wie vraag je een standpunt")
    teacher.presses("Leg voor aan collega’s")
    teacher.is_on(QUESTION)
    teacher.reads("nog geen standpunt", "Wie niet antwoordt, gaf geen advies.")


def says_do_it(colleague: Person) -> None:
    _goes_to_the_ballot(colleague)
    colleague.chooses("Doen", of="Jouw standpunt")
    colleague.presses("Bewaar mijn standpunt")
    colleague.reads("Je standpunt is bewaard.")


def says_do_it_on_one_condition(colleague: Person) -> None:
    _goes_to_the_ballot(colleague)
    colleague.chooses("Doen, als", of="Jouw standpunt")
    colleague.presses_in_vain("Bewaar mijn standpunt", "Zet er bij dit standpunt een reden bij.")
    colleague.types("Waarom", CONDITION)
    colleague.presses("Bewaar mijn standpunt")
    colleague.reads(CONDITION)


def _goes_to_the_ballot(colleague: Person) -> None:
    colleague.opens("/")
    colleague.follows("Geef je standpunt")
    colleague.is_on(QUESTION)


def cannot_say_yes_yet(head: Person, dossier: str) -> None:
    """What is missing is named; 'no' would be possible."""
    head.opens(dossier)
    head.follows("Neem de beslissing")
    head.chooses("Ja", of="Jouw beslissing")
    head.types("Waarom", "Het past bij ons.")
    head.presses_in_vain(
        "Onderteken de beslissing", "Weet je wat de schoolraad hierover moet horen?"
    )
    head.reads("‘Niet nu’ of ‘nee’ kan altijd.")


def says_what_the_council_gets(head: Person, day: str) -> None:
    head.follows("Wat moet de raad krijgen?")
    head.presses_in_vain("Bewaar", "Waarom")
    head.chooses("informeren", of="Wat moet de schoolraad krijgen")
    head.types("Waarom", "Het gaat om één voormiddag.")
    head.presses("Bewaar")
    head.follows("Maak een punt voor de raad")
    head.types("Nota voor de raad", "")
    head.presses_in_vain("Bewaar de nota", "Nota voor de raad")
    head.types("Nota voor de raad", NOTE)
    head.types("Ontwerp van beslissing", "Wij doen het.")
    head.types("Vergadering op", day)
    head.presses("Bewaar de nota")
    head.reads("de leden kunnen het lezen")


def reads_exactly_that(member: Person, dossier: str) -> None:
    """A member of the council finds the note, and nothing else of the school."""
    member.opens("/")
    member.follows("Schoolraad", within=".nav")
    member.page.locator("main .tasks a").first.click()
    member.looks()
    expect(member.page.locator("main article")).to_have_text(NOTE)
    member.does_not_read(CONDITION, PARTNER)
    for path in ("", "beslissen/", "gegevens/", "evaluatie/"):
        assert member.is_refused(dossier + path), path


def notes_what_the_council_said(head: Person) -> None:
    head.follows("Pas aan of noteer de uitkomst")
    head.selects("Wat kwam eruit", "ingelicht")
    head.types("Wat zei de raad", "De raad luistert graag mee.")
    head.presses("Bewaar de uitkomst")
    head.reads("ingelicht")


def signs(head: Person) -> None:
    head.chooses("Ja, als", of="Jouw beslissing")
    head.types("Waarom", "Het past bij onze prioriteiten.", within=SIGN)
    head.presses_in_vain("Onderteken de beslissing", "Schrijf welke voorwaarden er zijn.")
    head.types("Voorwaarde 1", CONDITION)
    head.presses("Onderteken de beslissing")
    head.is_on("Wat hebben we beslist?")
    head.reads("De beslissing is ondertekend en verandert niet meer.", CONDITION)
    head.looks_in_the_dark()
    assert head.downloads("Verslag als pdf").startswith(b"%PDF-")
    assert head.downloads("Verslag als Word").startswith(b"PK")
