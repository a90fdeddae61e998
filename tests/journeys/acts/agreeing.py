"""Step 3: the agreement goes to the partner and comes back, until both confirm the same version."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.journeys.acts.partner import MAIL, MAKER
from tests.journeys.conftest import PARTNER, address_in_mail
from tests.journeys.person import Person

WISH = "We brengen zelf tien opnametoestellen mee, geen twintig."
CHANGED = "De partner brengt tien opnametoestellen mee."
NOT_FILLED = ".clause[open]"


def writes_the_agreement(teacher: Person, dossier: str, day: str) -> None:
    teacher.opens(dossier)
    teacher.follows("Maak de afspraken")
    teacher.reads("De korte nota, voor een eenmalige samenwerking.", "geen juridisch advies")
    teacher.presses_in_vain("Maak een versie om te sturen", "Taken van de partner")
    for clause in teacher.page.locator(NOT_FILLED).all():
        for box in clause.locator("input, textarea, select").all():
            _fills(box, day)
    money = teacher.page.locator(".affix input").first
    money.fill("veel geld")
    teacher.presses_in_vain("Maak een versie om te sturen", "Schrijf een bedrag")
    teacher.page.locator(".affix input").first.fill("143")
    teacher.presses("Maak een versie om te sturen")
    teacher.reads("Versie 1 is klaar om te sturen.", "nog niet verstuurd")
    assert teacher.downloads("Pdf van versie 1").startswith(b"%PDF-")


def _fills(box: Locator, day: str) -> None:
    """Something sensible in a blank that is still empty."""
    kind = box.evaluate("(el) => el.localName === 'select' ? 'select' : el.type")
    if kind == "select":
        box.select_option(index=1)
    elif not box.input_value():
        usual = {"date": day, "time": "09:00"}
        numeric = box.get_attribute("inputmode") in ("numeric", "decimal")
        box.fill("2" if numeric else usual.get(kind, "zoals samen besproken"))


def sends_it(teacher: Person) -> str:
    """Gives the address that the partner gets. The contact of the databank is filled in."""
    expect(teacher.page.get_by_label("Naam").first).to_have_value(MAKER)
    teacher.types("E-mailadres van het werk", "noor")
    teacher.presses_in_vain("Stuur de link", "E-mailadres van het werk")
    teacher.types("E-mailadres van het werk", MAIL)
    teacher.presses("Stuur de link")
    teacher.reads("De mail is onderweg.")
    return address_in_mail(MAIL)


def asks_a_change(person: Callable[..., Person], address: str) -> Person:
    """The partner reads on a phone, without account."""
    partner = person().on_a_phone()
    partner.opens(address)
    partner.reads("School A vraagt aan " + PARTNER, "Bewaar als pdf")
    assert partner.downloads("Bewaar als pdf").startswith(b"%PDF-")
    partner.types("Je naam", "")
    partner.presses_in_vain("Ja, dit klopt", "Je naam")
    partner.types("Je naam", MAKER)
    partner.unfolds("Vraag een wijziging")
    partner.types("Wat wil je anders?", WISH)
    partner.presses("Stuur wat anders moet")
    partner.reads("Je vraag is bij de school.", WISH)
    return partner


def makes_a_second_version(teacher: Person, dossier: str) -> str:
    """Gives the new address; what the partner wished stands above the text."""
    teacher.opens(dossier)
    teacher.reads("de partner vraagt een wijziging")
    teacher.follows("Maak de afspraken")
    teacher.reads("Dit wil de partner anders", WISH)
    teacher.types("Wat spreken jullie nog af", CHANGED)
    teacher.presses("Maak een nieuwe versie")
    teacher.reads("Versie 2 is klaar om te sturen.", "vervangen", "Veranderd:")
    teacher.presses("Stuur de link")
    return address_in_mail(MAIL)


def confirms(partner: Person, old: str, new: str) -> None:
    """The address of the first version does not work any more."""
    partner.opens(old)
    partner.does_not_read(WISH)
    partner.opens(new)
    partner.reads(CHANGED)
    partner.presses("Ja, dit klopt")
    partner.is_on("Je bevestigde deze afspraken")
    partner.looks_in_the_dark()


def confirms_for_the_school(head: Person, dossier: str) -> None:
    head.opens(dossier)
    head.reads("wacht op bevestiging")
    head.follows("Maak de afspraken")
    head.presses("Bevestig voor de school")
    head.reads("bevestigd door beide")
