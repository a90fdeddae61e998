"""Step 6: colleagues look back, the head shares, and the next school starts from it."""

from playwright.sync_api import expect

from tests.journeys.person import Person

ADVICE = "Spreek vooraf af wie het geluid mixt."
SMOOTH, DIFFICULT = "Goed bereikbaar", "Stond los van de lessen"


def looks_back(colleague: Person, dossier: str, advice: str = "") -> None:
    """With advice comes a first try that says too little."""
    colleague.opens(dossier + "evaluatie/")
    colleague.follows("Kijk zelf terug")
    colleague.types("Raad voor een andere school", advice)
    if advice:
        again = "Zouden jullie opnieuw samenwerken"
        colleague.presses_in_vain("Bewaar mijn terugblik", "Is bereikt wat jullie wilden", again)
    colleague.chooses("ja", of="Is bereikt wat jullie wilden")
    for group in colleague.page.locator("main details.ask").all():
        group.locator("summary").click()
    for words in (SMOOTH, DIFFICULT):
        option = colleague.page.locator("option", has_text=words)
        option.locator("xpath=ancestor::select").select_option(label=words)
    scale = colleague.page.get_by_role("group", name="We willen hetzelfde bereiken")
    scale.get_by_role("radio").nth(3).check(force=True)
    colleague.chooses("ja", of="Zouden jullie opnieuw samenwerken")
    if advice:
        colleague.chooses("Deze raad mag gedeeld worden")
    colleague.presses("Bewaar mijn terugblik")
    colleague.reads("Bedankt. Je kunt dit later nog aanpassen.", SMOOTH)


def chooses_what_follows(head: Person, dossier: str) -> None:
    head.opens(dossier + "evaluatie/")
    head.reads("2 vlot", ADVICE, "Wat zeiden de leerlingen?", "5 antwoorden")
    head.looks("looked back")
    head.looks_in_the_dark()
    head.chooses("verdergaan", of="Hoe gaat het verder")
    head.presses("Bewaar")
    head.reads("Bewaard.")


def shares_it_with_everyone(head: Person) -> None:
    head.follows("Deel met andere scholen")
    head.reads("Nooit namen van mensen.", ADVICE)
    head.page.get_by_label("Wie dit schreef").uncheck(force=True)
    head.presses_in_vain("Deel de ervaring", "zonder toestemming delen we geen tekst")
    head.chooses("Wie dit schreef")
    head.chooses("alle scholen", of="Met wie delen jullie")
    head.presses("Deel de ervaring")
    head.reads("De volgende school begint slimmer dankzij jullie.")


def rounds_it_off(head: Person, dossier: str) -> None:
    head.opens(dossier)
    head.follows("Rond af of stop")
    head.presses("Rond het dossier af")
    head.reads("afgerond")


def reads_too_little_yet(stranger: Person, partner: str) -> None:
    """One school is no number: the page says that and nothing of what that school said."""
    stranger.opens(partner)
    stranger.reads("Nog te weinig")
    stranger.does_not_read(ADVICE, SMOOTH)


def reads_counts(stranger: Person, partner: str) -> None:
    stranger.opens(partner)
    stranger.reads("3 van de 3 scholen", SMOOTH.lower(), ADVICE)
    stranger.does_not_read("Teacher2")
    # Who put a fact in the databank is told; whose experience it is never.
    told = stranger.page.get_by_role("region", name="Wat zeggen scholen?")
    expect(told).to_contain_text(ADVICE)
    expect(told).not_to_contain_text("School A")
    stranger.looks("counts")
    stranger.looks_in_the_dark()


def finds_nothing_else(stranger: Person, secrets: list[str], addresses: list[str]) -> None:
    """Nowhere on the pages that a stranger can reach, and not at the addresses either."""
    for page in ("/", "/dossiers/", "/dossiers/?stand=&q=geluid", "/planning/", "/bevragen/"):
        stranger.opens(page)
        stranger.does_not_read(*secrets)
    stranger.opens("/zoeken/?q=geluidsverhalen")
    expect(stranger.page.locator("main a[href*='/dossiers/']")).to_have_count(0)
    for address in addresses:
        assert stranger.is_refused(address), address
