"""In a real browser: a list from file to databank, by keyboard where it counts, and axe."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from partnerwijzer.partners.models import Partner
from tests.browsing import Visitor
from tests.exchange.conftest import HEADS, ROW
from tests.exchange.workbooks import xlsx
from tests.partners.conftest import MakePartner
from tests.personas import World

Visit = Callable[..., Visitor]
PHONE = {"width": 390, "height": 800}
FILE = {
    "name": "partners.xlsx",
    "mimeType": "application/octet-stream",
    "buffer": xlsx(Partners=[HEADS, ROW, ("", "", "9999"), ("Kring", "", "", "Elders")]),
}


def fits(page: Any) -> bool:
    """Nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [None, PHONE])
def test_a_list_from_file_to_databank(
    world: World,
    make_partner: MakePartner,
    visit: Visit,
    size: dict[str, int] | None,
    scheme: str,
) -> None:
    make_partner("Kring", town="")
    look = {"color_scheme": scheme, **({"viewport": size} if size else {})}
    visitor = visit(world.user("coordinator"), **look)
    page = visitor.open("/partners/inlezen/")
    visitor.assert_accessible()

    page.set_input_files("input[type=file]", FILE)
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_label("Organisatie", exact=True)).to_have_value("name")
    visitor.assert_accessible()
    assert fits(page)

    page.get_by_label("Wat voor organisaties zijn het").select_option("library")
    page.get_by_role("button", name="Kijk na wat er gebeurt").press("Enter")
    expect(page.get_by_role("heading", name="Wat gebeurt er met je lijst?")).to_be_visible()
    visitor.assert_accessible()
    assert fits(page)

    page.get_by_label("Pas de databank aan").check()
    page.get_by_role("button", name="Lees de lijst in").press("Enter")
    expect(page.get_by_text("Haal de rijen die niet ingelezen zijn")).to_be_visible()
    visitor.assert_accessible()
    assert fits(page)
    assert set(Partner.objects.values_list("name", "town")) == {
        ("Bib Veerdegem", "Veerdegem"),
        ("Kring", "Elders"),
    }


@pytest.mark.parametrize("size", [None, PHONE])
def test_the_databank_is_taken_along(
    world: World, make_partner: MakePartner, visit: Visit, size: dict[str, int] | None
) -> None:
    make_partner()
    visitor = visit(world.user("umbrella_admin"), **({"viewport": size} if size else {}))
    page = visitor.open("/databank/")
    visitor.assert_accessible()
    assert fits(page)

    with page.expect_download() as found:
        page.get_by_role("button", name="Haal het json-bestand").click()

    assert found.value.suggested_filename.endswith(".json")
