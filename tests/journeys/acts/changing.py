"""The partner asks a change in an agreement that has a term and days on which both look."""

from collections.abc import Callable

from tests.dossiers.story import PARTNER_MAIL
from tests.journeys.conftest import address_in_mail
from tests.journeys.person import Person

QUESTION = "Is er een kast waar ons materiaal kan blijven?"
ANSWER = "Ja, in de berging. Ze gaat op slot."
WISH = "Kan het een kwartier later beginnen?"
TOO_MUCH = "Kunnen jullie ons vervoer betalen?"
NO = "Dat kan niet: ons budget is op."
TOPICS = "Reclame herkennen, een kwartier later"
LOOKS = "Lukt het met de tijd?"
NAME = "Lowie Staepen"


def asks_a_question(person: Callable[..., Person], address: str) -> Person:
    """On a phone, without account; first with nothing in it."""
    partner = person().on_a_phone()
    partner.opens(address)
    partner.reads("Kloppen deze afspraken voor jullie?", "Wanneer kijken jullie samen?")
    partner.follows("Stel een vraag")
    partner.presses_in_vain("Stuur naar de school", "Je vraag of antwoord")
    partner.types("Je vraag of antwoord", QUESTION)
    partner.presses("Stuur naar de school")
    partner.reads("Je bericht is bij de school.", QUESTION)
    return partner


def answers_it(teacher: Person, partner_name: str) -> None:
    """From the list of what waits."""
    teacher.opens("/")
    teacher.follows(f"Antwoord op de vraag van {partner_name}")
    teacher.reads("nieuw bericht")
    teacher.follows("Lees het gesprek met de partner")
    teacher.reads(QUESTION)
    teacher.types("Je vraag of antwoord", ANSWER)
    teacher.presses("Zet in het gesprek")
    teacher.reads("Je bericht staat er.", ANSWER)


def wants_it_otherwise(partner: Person, address: str) -> None:
    """First presses yes with a wish still in the box: that is not taken for a yes."""
    partner.opens(address)
    partner.unfolds("Vraag een wijziging")
    partner.types("Wat wil je anders?", WISH)
    partner.presses("Ja, dit klopt")
    partner.reads("Je schreef nog een wijziging.")
    partner.presses("Stuur wat anders moet")
    partner.reads("Je vraag is bij de school.", WISH)


def asks_too_much(partner: Person, address: str) -> None:
    """What the school will not take over."""
    partner.opens(address)
    partner.unfolds("Vraag een wijziging")
    partner.types("Wat wil je anders?", TOO_MUCH)
    partner.presses("Stuur wat anders moet")
    partner.reads("Je krijgt een antwoord of een nieuwe versie.", TOO_MUCH)


def says_no(teacher: Person, partner_name: str) -> None:
    """First without a word: the partner would not know what became of it."""
    teacher.opens("/")
    teacher.follows(f"Bekijk de wijziging die {partner_name} vraagt")
    teacher.unfolds("Antwoord zonder de tekst te wijzigen")
    teacher.presses_in_vain("Stuur je antwoord", "Wat doen jullie met deze vraag")
    teacher.types("Wat doen jullie met deze vraag", NO)
    teacher.presses("Stuur je antwoord")
    teacher.reads("Je antwoord staat in het gesprek.", NO)


def reads_the_no(partner: Person, address: str) -> None:
    partner.opens(address)
    partner.reads(TOO_MUCH, NO)
    partner.follows("Stel een vraag")
    partner.reads(TOO_MUCH, NO)


def changes_it(teacher: Person, partner_name: str, day: str) -> str:
    """Gives the new address. A version without a change, and a day without a date, are told."""
    teacher.opens("/")
    teacher.follows(f"Bekijk de wijziging die {partner_name} vraagt")
    teacher.reads("Dit wil de partner anders", WISH)
    teacher.presses("Maak een nieuwe versie")
    teacher.reads("Er is niets veranderd sinds versie 1.")
    teacher.unfolds("Wanneer we samen kijken")
    teacher.page.locator("[name='checkpoints.checkpoints-1-what']").fill(LOOKS)
    teacher.presses_in_vain("Maak een nieuwe versie", "vul de dag in")
    teacher.page.locator("[name='checkpoints.checkpoints-1-on']").fill(day)
    teacher.unfolds("Inhoud")
    teacher.types("Onderwerpen", TOPICS)
    teacher.presses("Maak een nieuwe versie")
    teacher.reads("Versie 2 is klaar om te sturen.", "vervangen")
    teacher.follows("Lees en vergelijk")
    teacher.reads("Wat is er anders dan in versie 1?", TOPICS, LOOKS)
    teacher.page.go_back()
    teacher.types("Naam", NAME)
    teacher.types("E-mailadres van het werk", PARTNER_MAIL)
    teacher.presses("Stuur de link")
    return address_in_mail(PARTNER_MAIL)


def says_yes(partner: Person, old: str, new: str) -> None:
    """The first address is over; what changed is marked; a name is needed."""
    partner.opens(old)
    partner.reads("Deze link werkt niet meer")
    partner.opens(new)
    partner.unfolds("Wat is hier anders?")
    partner.reads("Versie 1", LOOKS)
    partner.types("Je naam", "")
    partner.presses_in_vain("Ja, dit klopt", "Je naam")
    partner.types("Je naam", NAME)
    partner.presses("Ja, dit klopt")
    partner.is_on("Je bevestigde deze afspraken")
    partner.looks_in_the_dark()
    partner.follows("Versie 1")
    partner.is_on("Dit stond in versie 1")


def says_yes_for_the_school(head: Person, partner_name: str) -> None:
    """The text begins the day after tomorrow: it is not said to hold before."""
    head.opens("/")
    head.follows(f"Bevestig de afspraken met {partner_name}")
    head.presses("Bevestig voor de school")
    head.reads("bevestigd door beide", "Versie 2 gaat in op")
