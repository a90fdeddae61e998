"""Step 1: each question gets a judgement with a reason, and proof where it says 'in order'."""

from playwright.sync_api import expect

from tests.documents.builders import pdf
from tests.journeys.conftest import PARTNER
from tests.journeys.person import Person

WHY = "We lazen het lesmateriaal samen na en het klopt."
SITE = "Lesmap Luisterlab"
PROGRAM = {"name": "lesmap.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(300)}
PAPER = {"name": "jaarverslag.pdf", "mimeType": "application/pdf", "buffer": pdf()}


def needs_proof_before_it_is_in_order(teacher: Person) -> None:
    teacher.follows("Beoordeel nog")
    teacher.reads("Waar let je op?", "Nog niets. Zonder bewijs")
    _judges(teacher, "In orde")
    teacher.presses_in_vain("Bewaar en ga verder", "vraagt een bewijs")


def adds_a_link(teacher: Person) -> None:
    """What was typed at the question is there again after adding the proof."""
    teacher.follows("Voeg bewijs toe")
    teacher.types("Adres", "geen adres")
    teacher.presses_in_vain("Voeg toe", "Wat is het", "Titel", "Adres")
    teacher.chooses("document dat je zelf inkeek")
    teacher.types("Titel", SITE)
    teacher.types("Adres", "www.klankrijk.example/lesmap")
    teacher.presses("Voeg toe")
    teacher.reads(SITE, "Bewijs", "Het bewijs staat bij de vraag.")
    expect(teacher.page.get_by_label("Waarom vind je dat")).to_have_value(WHY)
    teacher.presses("Bewaar en ga verder")


def adds_a_file(teacher: Person) -> None:
    """A program that is called a PDF is refused; a real one is kept, and can be read again."""
    teacher.follows("Voeg bewijs toe")
    teacher.chooses("bron die los staat van de organisatie")
    teacher.types("Titel", "Jaarverslag")
    teacher.page.set_input_files("#id_upload", PROGRAM)
    teacher.presses_in_vain("Voeg toe", "Dit soort bestand bewaren we niet.")
    teacher.page.set_input_files("#id_upload", PAPER)
    teacher.presses("Voeg toe")
    assert teacher.downloads("Jaarverslag").startswith(b"%PDF-")
    _judges(teacher, "In orde")
    teacher.presses("Bewaar en ga verder")


def takes_over_what_the_register_says(teacher: Person) -> None:
    teacher.presses("Neem de registergegevens over")
    teacher.reads("Kruispuntbank van Ondernemingen", PARTNER, "gegeven uit een officieel register")
    _judges(teacher, "In orde")
    teacher.presses("Bewaar en ga verder")


def asks_a_colleague_to_look(teacher: Person, name: str, day: str) -> None:
    """Gives the address of the question; the colleague finds it on the start page."""
    teacher.unfolds("Vraag een collega om dit te bekijken")
    teacher.selects("Wie bekijkt dit", name)
    teacher.types("Tegen wanneer", day)
    teacher.presses("Vraag het")
    teacher.reads("Je collega ziet het bij ‘Dit wacht op jou’.")


def does_what_waits(colleague: Person) -> None:
    colleague.opens("/")
    colleague.page.locator(".tasks a").first.click()
    colleague.page.wait_for_url("**/dossiers/**")
    colleague.looks()
    _uses_what_is_there(colleague)
    _judges(colleague, "In orde")
    colleague.presses("Bewaar en stop")


def judges_what_is_left(teacher: Person, dossier: str) -> None:
    """One answer is only partly in order: that is a warning, and nothing that stops a yes."""
    teacher.opens(dossier)
    judgement = "Deels"
    while teacher.page.get_by_role("link", name="Beoordeel").count():
        teacher.follows("Beoordeel")
        if judgement == "In orde":
            _uses_what_is_there(teacher)
        _judges(teacher, judgement)
        teacher.presses("Bewaar en stop")
        judgement = "In orde"


def judges(person: Person, dossier: str, question: str) -> None:
    """One question of a later step, from the page of the dossier."""
    person.opens(dossier)
    step = person.page.locator(".rail > li > details", has_text=question)
    if step.get_attribute("open") is None:
        step.locator("summary").first.click()
    person.follows(question)
    _uses_what_is_there(person)
    _judges(person, "In orde")
    person.presses("Bewaar en stop")


def _judges(person: Person, judgement: str) -> None:
    person.chooses(judgement, of="Jouw oordeel")
    person.types("Waarom vind je dat", WHY)


def _uses_what_is_there(person: Person) -> None:
    person.unfolds("Gebruik bewijs dat al in het dossier staat")
    person.presses("Gebruik hier ook")
