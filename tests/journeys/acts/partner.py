"""The partner: found in the register, put in the databank, with an offer and somebody to call."""

from tests.journeys.conftest import GOAL, NUMBER, PARTNER
from tests.journeys.person import Person

OFFER = "Luisterlab"
MAKER = "Noor Achterberg"
MAIL = "noor@klankrijk.example"


def looks_for_a_partner_who_is_in_no_list_yet(teacher: Person) -> None:
    teacher.follows("Kies met wie jullie willen samenwerken")
    teacher.follows("Zoek een partner")
    teacher.searches("Zoek op naam", "Klankrijk", finds="Niet in de databank.")
    teacher.follows("Zoek in het register van ondernemingen")


def makes_the_partner_from_the_register(teacher: Person) -> str:
    """Types the name with a mistake, and gives the address of the partner."""
    teacher.searches("Zoek een organisatie", "klankrjik studio", finds=PARTNER)
    teacher.reads("Vereniging zonder winstoogmerk", "9000 Gent", "3 januari 2025")
    teacher.follows(f"Maak partner van {PARTNER}")

    teacher.reads("De gegevens uit het register staan ingevuld.")
    teacher.types("Naam van de organisatie", "")
    teacher.types("Ondernemingsnummer", "0999.000.123")
    teacher.presses_in_vain("Zet in de databank", "Naam van de organisatie", "Ondernemingsnummer")

    teacher.types("Naam van de organisatie", PARTNER)
    teacher.types("Ondernemingsnummer", NUMBER)
    teacher.types("Wat doet de organisatie", "Maakt geluidsverhalen met kinderen.")
    teacher.presses("Zet in de databank")
    teacher.is_on(PARTNER)
    teacher.reads("www.klankrijk.example", "Vereniging zonder winstoogmerk", "9000 Gent")
    teacher.reads("Nog geen aanbod beschreven.", "Kruispuntbank van Ondernemingen")
    return teacher.page.url


def adds_somebody_to_call(teacher: Person) -> None:
    teacher.follows("Voeg een contactpersoon toe")
    teacher.types("Naam", MAKER)
    teacher.presses_in_vain("Bewaar", "Vul een e-mailadres of een telefoonnummer in.")
    teacher.types("E-mailadres", MAIL)
    teacher.presses("Bewaar")
    teacher.reads(MAKER, MAIL)


def adds_what_they_offer(teacher: Person) -> None:
    teacher.follows("Voeg een aanbod toe")
    teacher.types("Wat gebeurt er", "Een voormiddag opnemen, luisteren en monteren.")
    teacher.selects("Werkvorm", "workshop")
    teacher.types("Prijs", "veel")
    teacher.presses_in_vain("Bewaar", "Titel", "Hoe vaak", "Schrijf een bedrag")

    teacher.types("Titel", OFFER)
    teacher.chooses("één keer")
    teacher.chooses("op school")
    teacher.types("Prijs", "6,5")
    teacher.selects("Prijs per", "per leerling")
    teacher.types("Aan welke onderwijsdoelen werkt het", "geluidsverhaal")
    teacher.ticks_what_says(GOAL)
    teacher.presses("Bewaar")
    teacher.reads(OFFER, "€ 6,50")


def chooses_them_for_the_dossier(teacher: Person, dossier: str) -> None:
    teacher.opens(dossier)
    teacher.follows("Kies met wie jullie willen samenwerken")
    teacher.follows("Zoek een partner")
    teacher.searches("Zoek op naam", "Klankrijk", finds=OFFER)
    teacher.selects("Welk aanbod", OFFER)
    teacher.presses(f"Kies {PARTNER}")
    teacher.reads("De partner is toegevoegd.", OFFER)
