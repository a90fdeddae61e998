"""The head's part of the main job with the keyboard alone: no mouse, no field that fills itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from partnerwijzer.dossiers.actions import agreeing
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from tests.dossiers.story import PARTNER_MAIL, PARTNER_SIDE, Story, in_days
from tests.journeys.keys import Keys
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PARTNER = "Studio Klankrijk"
TITLE = "Geluidsverhalen in de derde graad"
WHY = "We lazen het lesmateriaal samen na."
ADVICE = "Spreek vooraf af wie het geluid mixt."
SMOOTH = "Goed bereikbaar"
GROUPS, GOALS, SIGN = "Voor welke groepen?", "Aan welke onderwijsdoelen werk je?", "De beslissing"
# What stands under the focus: a blank of the agreement that is empty, the end of it, or other.
EMPTY = """() => {
  const el = document.activeElement;
  if (el.closest(".clause") && el.matches("input, textarea, select") && !el.value)
    return el.matches("select") ? "select" : el.inputMode || el.type;
  return el.closest("form")?.querySelector(".clause") && el.matches(".btn") ? "end" : "";
}"""


@pytest.fixture
def story(world: World) -> Story:
    """A partner in the databank, and a goal to work on."""
    story = Story(world)
    story.make_partner(PARTNER)
    story.make_goal()
    return story


@pytest.fixture
def head(person: Callable[..., Person], story: Story) -> Keys:
    return Keys(person())


def test_the_head_needs_no_mouse(head: Keys, story: Story) -> None:
    signs_in(head, "head@school.example")
    looks_round(head)
    opens_a_dossier_from_a_wish(head)
    chooses_a_partner(head)
    says_for_whom_and_why(head)
    dossier = Dossier.objects.get()
    address = f"/dossiers/{dossier.pk}/"

    answers_questions_of_the_screening(head)
    story.judge_all(dossier)
    writes_what_they_expect(head, address)
    the_partner_agrees()
    confirms_for_the_school(head, address)

    asks_what_colleagues_think(head, address)
    story.speak(dossier.decisions.get(), "teacher")
    decides(head, address)

    plans_with_a_teacher(head, address)
    looks_back(head, address)
    shares(head)


def test_what_opens_takes_the_focus_and_gives_it_back_on_escape(
    person: Callable[..., Person], story: Story
) -> None:
    head = Keys(person("head"))
    head.person.visitor.open("/stijl/")
    for name in ("Open een venster", "Verwijder de beoordeling"):
        opener = head.goes_to("button", name)
        head.press("Enter")
        dialog = head.page.get_by_role("dialog")
        expect(dialog.locator(":focus")).to_have_count(1)
        head.shows()
        head.press("Tab", "Tab", "Tab")
        behind = "document.activeElement.matches(':not(body, dialog *)')"
        assert not head.page.evaluate(behind)
        head.press("Escape")
        expect(dialog).to_have_count(0)
        expect(opener).to_be_focused()
        head.shows()

    box = head.goes_to("combobox", "Zoek een onderdeel")
    head.writes("en")
    suggestions = head.page.locator("#stijl-zoek-l [role=option]")
    expect(suggestions.first).to_be_visible()
    head.press("ArrowDown", "Escape")
    expect(suggestions.first).to_be_hidden()
    expect(box).to_be_focused()
    head.writes("knop")
    expect(suggestions).to_have_count(1)
    head.press("ArrowDown", "Enter")
    head.page.wait_for_url("**/stijl/#knoppen")


def signs_in(head: Keys, mail: str) -> None:
    head.person.opens("/account/login/")
    head.types("E-mailadres", mail)
    head.types("Wachtwoord", "fout")
    head.sends()
    head.person.reads("Dit adres en dit wachtwoord horen niet bij elkaar.")
    head.walks_round()
    head.types("E-mailadres", mail)
    head.types("Wachtwoord", "wachtwoord-voor-de-test")
    head.presses("Meld me aan")
    head.person.is_on("wat wil je doen?")


def looks_round(head: Keys) -> None:
    """The skip link goes past the menu; the menu opens, and gives the focus back on Escape."""
    head.walks_round()
    head.goes_to("link", "Naar de inhoud")
    head.press("Enter")
    expect(head.page.locator("main")).to_be_focused()
    head.press("Tab")
    head.shows()
    assert head.page.evaluate("document.activeElement.closest('.doors') !== null")

    head.goes_to("link", "Dossiers", back=True)

    menu = head.goes_to_fold("Mijn menu")
    head.press("Enter", "Tab")
    head.shows()
    lines = head.page.locator(".me .pop").locator("a,button")
    expect(lines.first).to_be_focused()
    head.press("ArrowDown")
    expect(lines.nth(1)).to_be_focused()
    head.press("ArrowUp", "ArrowUp")
    expect(lines.last).to_be_focused()
    head.press("Escape")
    expect(menu).to_be_focused()
    expect(head.page.locator("details.me")).not_to_have_attribute("open", "")


def opens_a_dossier_from_a_wish(head: Keys) -> None:
    head.follows("Ik wil met iemand samenwerken")
    head.walks_round()
    head.presses_in_vain("Open het dossier", "Hoe noem je het")
    head.writes(TITLE)
    head.chooses("eenmalig", of="Is het eenmalig of structureel")
    head.types("Wat willen jullie bereiken", "Leerlingen vertellen een verhaal met geluid.")
    head.ticks("de leerlingen")
    head.presses("Open het dossier", "Space")
    head.person.is_on(TITLE)


def chooses_a_partner(head: Keys) -> None:
    """What is found comes without a new page; typing goes on, and Tab goes to what came."""
    head.follows("Kies met wie jullie willen samenwerken")
    head.follows("Zoek een partner")
    head.types("Zoek op naam", "klank", role="searchbox")
    head.person.reads(f"Kies {PARTNER}")
    expect(head.page.get_by_role("searchbox")).to_be_focused()
    head.presses(f"Kies {PARTNER}")
    head.person.reads("De partner is toegevoegd.")


def says_for_whom_and_why(head: Keys) -> None:
    head.walks_round()
    head.selects("Niveau", "lager, derde graad (5-6)", of=GROUPS)
    head.types("Klas of groep", "5A", of=GROUPS)
    head.types("Aantal leerlingen", "22", of=GROUPS)
    head.sends()
    head.person.reads("22 leerlingen")

    for question in head.page.locator("#situatie legend").all_inner_texts():
        head.chooses("Nee", of=question)
    head.presses("Bewaar de antwoorden", "Space")

    head.types("Woord, code of niveau", "oefenen", of=GOALS, role="searchbox")
    head.person.reads("1 doel gevonden")
    head.ticks("De leerlingen oefenen", of=GOALS)
    head.presses("Voeg de gekozen doelen toe")
    head.types("Wat doen leerlingen hiervoor", "Opnemen en monteren.", of=GOALS)
    head.sends()
    head.follows("Terug naar het dossier")


def answers_questions_of_the_screening(head: Keys) -> None:
    """A step opens and closes; one question gets proof, the next goes without."""
    step = head.goes_to_fold("Stap 3")
    head.press("Enter")
    expect(step.locator("xpath=..")).to_have_attribute("open", "")
    head.follows("Beoordeel nog")
    head.walks_round()
    head.chooses("In orde", of="Jouw oordeel")
    head.types("Waarom vind je dat", WHY)
    head.presses_in_vain("Bewaar en ga verder", "vraagt een bewijs")

    head.follows("Voeg bewijs toe")
    head.chooses("document dat je zelf inkeek", of="Wat is het")
    head.types("Titel", "Lesmap Luisterlab")
    head.types("Adres", "www.klankrijk.example/lesmap")
    head.sends()
    head.person.reads("Het bewijs staat bij de vraag.")
    expect(head.page.get_by_label("Waarom vind je dat")).to_have_value(WHY)
    head.presses("Bewaar en ga verder")

    head.chooses("Deels", of="Jouw oordeel")
    head.types("Waarom vind je dat", WHY)
    head.presses("Bewaar en stop", "Space")
    head.person.is_on(TITLE)


def writes_what_they_expect(head: Keys, address: str) -> None:
    """What still has to be filled in is open after a first try; Tab goes past all of it."""
    head.person.opens(address + "afspraken/")
    head.walks_round()
    head.presses_in_vain("Maak een versie om te sturen", "Taken van de partner")
    fills_what_is_empty(head)
    head.presses("Maak een versie om te sturen")
    head.person.reads("Versie 1 is klaar om te sturen.")
    head.types("Naam", PARTNER_SIDE.name)
    head.types("E-mailadres van het werk", PARTNER_MAIL)
    head.sends()
    head.person.reads("De mail is onderweg.")


def fills_what_is_empty(head: Keys) -> None:
    while (kind := head.page.evaluate(EMPTY)) != "end":
        if kind:
            head.shows()
        if kind == "select":
            head.press("ArrowDown")
        elif kind == "date":
            head.writes_day(in_days(25).isoformat())
        elif kind:
            head.writes({"numeric": "2", "decimal": "143"}.get(kind, "zoals besproken"))
        head.press("Tab")


def the_partner_agrees() -> None:
    version = AgreementVersion.objects.get()
    agreeing.confirm_by_partner(version, actor=PARTNER_SIDE, name=PARTNER_SIDE.name)


def confirms_for_the_school(head: Keys, address: str) -> None:
    head.person.opens(address + "afspraken/")
    head.presses("Bevestig voor de school")
    head.person.reads("bevestigd door beide")


def asks_what_colleagues_think(head: Keys, address: str) -> None:
    head.person.opens(address)
    head.follows("Beslis samen")
    head.walks_round()
    head.follows("Wat moet de raad krijgen?")
    head.chooses("niets", of="Wat moet de schoolraad krijgen")
    head.types("Waarom", "Het gaat om één voormiddag.")
    head.presses("Bewaar")
    head.person.opens(address + "beslissen/")
    head.ticks("Teacher", of="Aan wie vraag je een standpunt")
    head.presses("Leg voor aan collega’s")


def decides(head: Keys, address: str) -> None:
    head.person.opens(address)
    head.follows("Neem de beslissing")
    head.chooses("Ja, als", of="Jouw beslissing")
    head.types("Waarom", "Het past bij onze prioriteiten.", of=SIGN)
    head.presses_in_vain("Onderteken de beslissing", "Schrijf welke voorwaarden er zijn.")
    head.writes("De partner brengt het materiaal mee.")
    head.presses("Onderteken de beslissing", "Space")
    head.person.is_on("Wat hebben we beslist?")


def plans_with_a_teacher(head: Keys, address: str) -> None:
    head.person.opens(address)
    head.follows("Plan wie er wanneer komt")
    head.follows("Plan een activiteit")
    head.walks_round()
    head.types("Wat gebeurt er", "Luisterlab")
    head.types_day("Dag", in_days(20).isoformat())
    head.types_hour("Van", "09:00")
    head.types_hour("Tot", "11:40")
    head.ticks("5A", of="Welke groepen")
    head.ticks("Teacher", of="Welke leerkracht blijft erbij")
    head.presses("Bewaar")
    head.presses("Bevestig")
    head.person.reads("bevestigd", "blijft erbij")


def looks_back(head: Keys, address: str) -> None:
    head.person.opens(address + "evaluatie/")
    head.follows("Kijk zelf terug")
    head.presses_in_vain("Bewaar mijn terugblik", "Is bereikt wat jullie wilden")
    head.chooses("ja", of="Is bereikt wat jullie wilden")
    head.goes_to_fold("Contact")
    head.press("Enter")
    head.selects("Antwoordt de partner binnen enkele dagen", SMOOTH)
    head.chooses("eerder wel", of="We willen hetzelfde bereiken")
    head.chooses("ja", of="Zouden jullie opnieuw samenwerken")
    head.types("Raad voor een andere school", ADVICE)
    head.ticks("Deze raad mag gedeeld worden")
    head.presses("Bewaar mijn terugblik")
    head.person.reads("Bedankt. Je kunt dit later nog aanpassen.")


def shares(head: Keys) -> None:
    head.follows("Deel met andere scholen")
    head.walks_round()
    head.chooses("alle scholen", of="Met wie delen jullie")
    head.presses("Deel de ervaring")
    head.person.reads("De volgende school begint slimmer dankzij jullie.")
