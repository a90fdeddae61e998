"""On a phone: a teacher types what comes to mind and gets what was meant (issue 3, must hold)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.goals import actions as goals
from partnerwijzer.goals.models import Goal
from tests.browsing import Visitor
from tests.goals.conftest import envelope, record
from tests.partners.conftest import MakeOffer, MakePartner
from tests.personas import World

PHONE = {"width": 390, "height": 800}
GOAL = "De leerlingen maken samen een geluidsverhaal."
Visit = Callable[..., Visitor]


@pytest.fixture
def databank(
    world: World, make_partner: MakePartner, make_offer: MakeOffer, tmp_path: Path
) -> None:
    """A library, two academies, a farm; what is typed stands in none of their names as it is."""
    path = tmp_path / "doelen.json"
    path.write_text(json.dumps(envelope([record(1, code="3.2", omschrijving=GOAL)])), "utf-8")
    goals.import_goals_file(path, actor=SYSTEM)
    library = make_partner("Bibliotheek Veerdegem", kind="library", postcode="9000", town="Gent")
    music = make_partner("Academie De Notelaar", kind="academy", themes=["music"])
    make_partner("Academie Kwast", kind="academy", themes=["visual-and-audiovisual-arts"])
    make_partner("Het Hoefijzer", kind="nature-and-environment", postcode="8500", town="Kortrijk",
                 description="Moestuin en dieren.")  # fmt: skip
    make_offer(library, "Voorlezen", working_form="reading-at-school")
    make_offer(music, "Een orkest in de klas").goals.add(Goal.objects.get())


@pytest.fixture
def page(databank: None, world: World, visit: Visit) -> Page:
    return visit(world.user("teacher"), viewport=PHONE).open("/zoeken/")


@pytest.mark.parametrize(
    ("typed", "meant", "said"),
    [
        ("bib", "Bibliotheek Veerdegem", ""),
        ("muziekschol", "Academie De Notelaar", "academie muziek"),
        ("8500", "Het Hoefijzer", ""),
        ("geluidsverhaal", "Academie De Notelaar", "doelen met deze woorden"),
        ("3.2", "Academie De Notelaar", "doelen met deze woorden"),
    ],
)
def test_a_teacher_gets_what_was_meant(page: Page, typed: str, meant: str, said: str) -> None:
    page.get_by_label("Zoek op thema, aanbod of naam").press_sequentially(typed)

    expect(page.get_by_role("heading", name="1 partner gevonden")).to_be_visible()
    expect(page.locator("#resultaten h3")).to_have_text([meant])
    expect(page.locator("#resultaten h3")).to_be_in_viewport()
    helped = page.locator("#ook")
    expect(helped).to_have_text([f"Ook gezocht op: {said}"] if said else [])
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_what_helped_stands_there_for_who_hears_the_page(
    databank: None, world: World, visit: Visit
) -> None:
    teacher = visit(world.user("teacher"), viewport=PHONE)
    page = teacher.open("/zoeken/?q=muziekschol")

    expect(page.get_by_role("status").filter(has_text="Ook gezocht op")).to_be_visible()
    teacher.assert_accessible()
