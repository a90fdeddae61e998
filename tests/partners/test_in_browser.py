"""In a real browser: searching while typing, making a partner, and axe on every page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from partnerwijzer.partners import actions
from partnerwijzer.partners.models import Partner
from tests.browsing import Visitor
from tests.kbo.extracts import number
from tests.partners.conftest import MakeOffer, MakePartner, Tell
from tests.personas import World

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def full_partner(
    world: World, register: None, make_partner: MakePartner, make_offer: MakeOffer, tell: Tell,
    elsewhere: list[Any],
) -> Partner:  # fmt: skip
    """A partner with everything that its page can show."""
    partner = make_partner(
        "Muziekacademie",
        enterprise_number=number(1),
        description="Muziek maken met klassen.",
        themes=["music"],
        levels=["lager"],
        town="Gent",
        commercial_tie="some",
        commercial_note="We verkopen ook instrumenten.",
        ideological_tie="none",
    )
    offer = make_offer(partner, "Een lied van onze klas", grounding=2, grounding_source="Handboek",
                       price="5", price_unit="pupil", levels=["lager"])  # fmt: skip
    make_offer(partner, "Concert", shape="series")
    factors = [
        {"factor": "easy-to-reach", "effect": "smooth", "note": "Antwoordt dezelfde dag."},
        {"factor": "preparation-time", "effect": "difficult", "note": ""},
    ]
    for school in elsewhere:
        given = {"advice": "Begin vroeg.", "text_consent": True, "factors": factors}
        tell(partner, school, offer=offer, **given)
    actor = world.actor("teacher")
    contact = {"name": "Onthaal", "email": "scholen@academie.example"}
    actions.save_contact(partner, actor=actor, contact=None, facts=contact)
    recognition = {"by": "Vlaanderen", "kind": "quality-label"}
    actions.save_recognition(partner, actor=actor, recognition=None, facts=recognition)
    return partner


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [None, PHONE])
def test_axe_finds_nothing_and_nothing_sticks_out(
    full_partner: Partner, world: World, visit: Visit, size: dict[str, int] | None, scheme: str
) -> None:
    teacher = visit(world.user("teacher"), color_scheme=scheme)
    if size:
        teacher.page.set_viewport_size(size)  # type: ignore[arg-type]
    offer, contact = full_partner.offers.first(), full_partner.contacts.first()
    recognition = full_partner.recognitions.first()
    path = f"/partners/{full_partner.pk}/"
    pages = [
        "/zoeken/",
        "/zoeken/?q=muziek&niveau=lager&waar=at-school&prijs=10&per=pupil",
        "/zoeken/?q=niets",
        "/zoeken/?toon=aanbod&thema=music",
        "/zoeken/?als=tabel",
        "/zoeken/?als=tabel&toon=aanbod",
        "/zoeken/register/?q=stad",
        "/partners/nieuw/?name=Muziekacademi",
        f"/partners/nieuw/?nummer={number(2)}",
        path,
        f"{path}aanpassen/",
        f"{path}contact/{contact.pk}/",  # type: ignore[union-attr]
        f"{path}erkenning/{recognition.pk}/",  # type: ignore[union-attr]
        f"{path}aanbod/{offer.pk}/",  # type: ignore[union-attr]
    ]

    for address in pages:
        page = teacher.open(address)
        teacher.assert_accessible()
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(width) <= 0, address


def test_results_follow_what_is_typed_and_ticked_and_the_address_too(
    full_partner: Partner,
    make_partner: MakePartner,
    make_offer: MakeOffer,
    world: World,
    visit: Visit,
) -> None:
    make_offer(make_partner("Bibliotheek"), "Studiedag", audience=["team"])
    page = visit(world.user("teacher")).open("/zoeken/")
    expect(page.get_by_role("heading", name="2 partners gevonden")).to_be_visible()

    page.get_by_label("Zoek op thema, aanbod of naam").press_sequentially("lied")
    expect(page.get_by_role("heading", name="1 partner gevonden")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/zoeken/\?q=lied$"))

    page.get_by_label("Zoek op thema, aanbod of naam").fill("")
    page.get_by_label(re.compile("^het team")).check()
    expect(page.get_by_role("link", name="Bibliotheek")).to_be_visible()
    expect(page.get_by_role("link", name="Muziekacademie")).to_be_hidden()
    expect(page.get_by_label(re.compile("^het team"))).to_be_focused()
    page.get_by_role("link", name=re.compile("het team ?: filter weg")).click()
    expect(page.get_by_role("link", name="Muziekacademie")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Muziekacademie")).to_be_hidden()


def test_on_a_phone_the_filters_fold_away_and_stay_open_while_ticking(
    full_partner: Partner, world: World, visit: Visit
) -> None:
    page = visit(world.user("teacher"), viewport=PHONE).open("/zoeken/")
    box = page.get_by_label(re.compile("^leerlingen"))
    expect(box).to_be_hidden()

    page.get_by_text("Filters", exact=True).click()
    box.check()

    expect(page.get_by_role("link", name=re.compile("leerlingen ?: filter weg"))).to_be_visible()
    expect(box).to_be_visible()
    page.reload()
    expect(box).to_be_hidden()


def test_a_similar_name_is_pointed_out_while_typing(
    full_partner: Partner, world: World, visit: Visit
) -> None:
    page = visit(world.user("teacher")).open("/partners/nieuw/")

    page.get_by_label("Naam van de organisatie").press_sequentially("Muziek-academie")

    expect(page.get_by_role("link", name="Muziekacademie")).to_be_visible()


def test_from_the_register_to_a_partner_with_an_offer(
    register: None, world: World, visit: Visit
) -> None:
    page = visit(world.user("teacher")).open("/zoeken/")
    page.get_by_role("link", name="Zoek in het register van organisaties").click()
    page.get_by_label("Zoek een organisatie").press_sequentially("muziekacademie")
    page.get_by_role("link", name="Maak partner van Muziekacademie De Bijloke").click()
    page.get_by_role("button", name="Zet in de databank").click()
    expect(page.get_by_role("heading", name="Muziekacademie De Bijloke", level=1)).to_be_visible()

    page.get_by_role("link", name="Voeg een aanbod toe").click()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Dit is nog niet bewaard.")).to_be_visible()
    page.get_by_label("Titel").fill("Een lied van onze klas")
    page.get_by_label("één keer", exact=True).check()
    page.get_by_label("Werkvorm").select_option(label="workshop")
    page.get_by_label("op school", exact=True).check()
    page.get_by_label("Prijs", exact=False).first.fill("6,50")
    page.get_by_label("Prijs per").select_option(label="per leerling")
    page.get_by_role("button", name="Bewaar").click()

    expect(page.get_by_text("€ 6,50 per leerling")).to_be_visible()
