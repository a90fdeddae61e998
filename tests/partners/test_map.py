"""The map of what was found: the same search as the list, with and without a mouse."""

import base64
import copy
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from partnerwijzer.config import env
from partnerwijzer.organisations.models import School
from tests.browsing import Visitor
from tests.dossiers.pages import tree, words
from tests.partners.conftest import MakeOffer, MakePartner, SignIn
from tests.personas import World

PAGE = "/zoeken/"
SPOTS = "/zoeken/kaart/"


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def spots(client: Client, query: str = "") -> dict[str, int]:
    """How many stand where."""
    answer = client.get(SPOTS + query).json()
    return {f"{code} {name}": count for code, name, _lat, _lon, count in answer["spots"]}


@pytest.fixture
def somewhere(make_partner: MakePartner, make_offer: MakeOffer) -> None:
    """Two partners in Kortrijk, one in Gent, one without and one with an unknown postcode."""
    for name, postcode in (("Een", "8500"), ("Twee", "8500"), ("Drie", "9000")):
        partner = make_partner(name, postcode=postcode, themes=["reading"])
        make_offer(partner, f"{name} a")
        make_offer(partner, f"{name} b", price=0, price_unit="free")
    make_partner("Nergens")
    make_partner("Ver weg", postcode="1234 AB")


@pytest.mark.usefixtures("somewhere")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"8500 Kortrijk": 2, "9000 Gent": 1}),
        ("?toon=aanbod", {"8500 Kortrijk": 4, "9000 Gent": 2}),
        ("?toon=aanbod&gratis=1", {"8500 Kortrijk": 2, "9000 Gent": 1}),
        ("?q=twee", {"8500 Kortrijk": 1}),
        ("?plaats=9000", {"9000 Gent": 1}),
        ("?thema=music", {}),
    ],
)
def test_the_map_counts_what_the_list_finds(
    query: str, found: dict[str, int], client: Client
) -> None:
    assert spots(client, query) == found


@pytest.mark.usefixtures("somewhere")
def test_a_place_is_a_filter_of_the_search(client: Client) -> None:
    page = client.get(PAGE, {"plaats": "8500"})

    assert [a.text for a in tree(page).xpath("//li[@class='card']//h3/a")] == ["Een", "Twee"]
    assert "8500 Kortrijk" in words(page)
    assert tree(page).xpath("//input[@name='plaats']/@value") == ["8500"]


@pytest.mark.usefixtures("somewhere")
def test_the_list_stays_beside_the_map_and_says_who_is_not_on_it(client: Client) -> None:
    page = client.get(PAGE, {"als": "kaart", "thema": "reading", "q": ""})
    every = client.get(PAGE, {"als": "kaart"})

    assert len(tree(page).xpath("//li[@class='card']")) == 3
    assert "geen postcode" not in words(page)
    assert "2 partners hebben geen postcode: die staan enkel in de lijst." in words(every)
    box = tree(page).xpath("//*[@data-map]")[0]
    assert box.get("data-spots") == f"{SPOTS}?thema=reading"
    assert box.get("data-list") == f"{PAGE}?thema=reading"


def test_the_map_brings_its_script_and_the_list_does_not(client: Client) -> None:
    scripts = [
        tree(client.get(PAGE, query)).xpath("//script[contains(@src, 'leaflet')]")
        for query in ({"als": "kaart"}, {})
    ]

    assert [len(found) for found in scripts] == [1, 0]


def test_without_a_background_nobody_else_is_asked(client: Client) -> None:
    page = client.get(PAGE, {"als": "kaart"})

    assert "img-src 'self' data:;" in page.headers["Content-Security-Policy"] + ";"
    assert tree(page).xpath("//*[@data-map]/@data-tiles") == [""]


def test_what_leaflet_needs_is_shipped_with_its_licence() -> None:
    folder = Path(str(finders.find("partners/map/leaflet.js"))).parent

    assert "sourceMappingURL" not in (folder / "leaflet.js").read_text()
    assert "BSD 2-Clause" in (folder / "LICENSE-leaflet.txt").read_text()
    outline = json.loads((folder / "belgium.json").read_text())
    regions = [feature["properties"]["region"] for feature in outline["features"]]
    assert sorted(regions) == ["BR", *["VL"] * 5, *["WA"] * 5]


# In a browser

Visit = Callable[..., Visitor]


@pytest.mark.usefixtures("somewhere")
def test_a_place_on_the_map_leads_to_the_list_with_the_keyboard_alone(
    visit: Visit, world: World
) -> None:
    School.objects.filter(pk=world.school.pk).update(postcode="8500")
    visitor = visit(world.user("teacher"))
    page = visitor.open(reverse("partners:list") + "?als=kaart")

    spot = page.get_by_role("link", name="8500 Kortrijk: 2 partners")
    spot.wait_for()
    page.get_by_role("region", name="Kaart van wat gevonden is").focus()
    for _press in range(10):
        page.keyboard.press("Tab")
        if spot.evaluate("spot => spot === document.activeElement"):
            break
    visitor.assert_accessible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?plaats=8500")

    assert page.locator("li.card h3").all_inner_texts() == ["Een", "Twee"]


class Tiles:
    """Serves tiles from this machine; `asked` are their addresses, `broken` whether it fails."""

    PIXEL = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                self.send_response(404 if outer.broken else 200)
                self.send_header("Content-Type", "image/png")
                self.end_headers()
                self.wfile.write(b"" if outer.broken else outer.PIXEL)

            def log_message(self, *arguments: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def tiles(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Tiles]:
    """The address is configured, and so is the policy, as the product itself does."""
    made = Tiles()
    threading.Thread(target=made.http.serve_forever, daemon=True).start()
    monkeypatch.setenv("PARTNERWIJZER_MAP_TILES", made.url + "/{z}/{x}/{y}.png")
    monkeypatch.setenv("PARTNERWIJZER_MAP_SOURCE", "Tegels van hier")
    read = env.load()
    settings.MAP_TILES, settings.MAP_SOURCE = read.map_tiles, read.map_source
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["img-src"].append(read.map_host)
    settings.CONTENT_SECURITY_POLICY = policy
    yield made
    made.http.shutdown()
    made.http.server_close()


def forgive(visitor: Visitor, made: Tiles) -> None:
    """Another host is asked, which is what the operator wants. The page is left first: what it
    still asks would be told after this."""
    visitor.page.goto("about:blank")
    visitor.complaints[:] = [c for c in visitor.complaints if made.url not in c]


@pytest.mark.usefixtures("somewhere")
@pytest.mark.parametrize("broken", [False, True])
def test_with_an_address_the_background_comes_from_there_and_nowhere_else(
    visit: Visit, world: World, tiles: Tiles, broken: bool
) -> None:
    tiles.broken = broken
    visitor = visit(world.user("teacher"))
    page = visitor.open(reverse("partners:list") + "?als=kaart")

    page.get_by_role("link", name="8500 Kortrijk: 2 partners").wait_for()
    first = page.locator("img.leaflet-tile").first
    first.wait_for(state="attached")
    if not broken:
        page.wait_for_function(
            "[...document.querySelectorAll('img.leaflet-tile')].some(i => i.naturalWidth === 1)"
        )

    assert first.get_attribute("src") in {tiles.url + path for path in tiles.asked}
    assert all(re.fullmatch(r"/\d+/\d+/\d+\.png", path) for path in tiles.asked)
    assert page.get_by_text("Tegels van hier").count() == 1
    visitor.assert_accessible()
    forgive(visitor, tiles)


@pytest.mark.usefixtures("somewhere")
def test_without_an_address_the_outline_is_drawn_and_nobody_is_asked(
    visit: Visit, world: World
) -> None:
    page = visit(world.user("teacher")).open(reverse("partners:list") + "?als=kaart")

    page.get_by_role("link", name="8500 Kortrijk: 2 partners").wait_for()

    assert page.locator("[data-map] svg path").count() > 0
    assert page.locator("img.leaflet-tile").count() == 0


def test_a_background_that_the_policy_does_not_name_is_not_shown(
    visit: Visit, world: World, tiles: Tiles, settings: Any
) -> None:
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["img-src"].remove(tiles.url)
    settings.CONTENT_SECURITY_POLICY = policy
    visitor = visit(world.user("teacher"))

    visitor.open(reverse("partners:list") + "?als=kaart").locator(
        "img.leaflet-tile"
    ).first.wait_for(state="attached")

    assert tiles.asked == []
    assert any("Content Security Policy" in complaint for complaint in visitor.complaints)
    forgive(visitor, tiles)


def test_places_that_are_close_are_one_button_that_zooms_in(
    visit: Visit, world: World, make_partner: MakePartner
) -> None:
    for postcode in ("9000", "9040"):
        make_partner(f"In {postcode}", postcode=postcode)
    visitor = visit(world.user("teacher"))
    page = visitor.open(reverse("partners:list") + "?als=kaart")

    page.get_by_role("button", name="2 plaatsen rond 9000 Gent: 2. Zoom in").click()

    page.get_by_role("link", name="9000 Gent: 1 partner").wait_for()


@pytest.mark.usefixtures("somewhere")
def test_another_filter_draws_the_map_anew(visit: Visit, world: World) -> None:
    page = visit(world.user("teacher")).open(reverse("partners:list") + "?als=kaart")
    page.get_by_role("link", name="8500 Kortrijk: 2 partners").wait_for()

    page.get_by_label("Zoek op thema, aanbod of naam").press_sequentially("twee")

    page.get_by_role("link", name="8500 Kortrijk: 1 partner").wait_for()
    assert page.get_by_role("link", name="9000 Gent: 1 partner").count() == 0
