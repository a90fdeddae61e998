"""Two or three partners or offers side by side."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerwijzer.partners import actions, comparing
from partnerwijzer.partners.models import Partner
from partnerwijzer.partners.queries.comparing import compared
from tests.browsing import Visitor
from tests.dossiers.pages import tree, words
from tests.partners.conftest import MakeOffer, MakePartner, SignIn, Tell
from tests.personas import World

PAGE = "/zoeken/vergelijken/"


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def table(client: Client, *keys: str) -> dict[str, list[str]]:
    """Each row by its header, with the words of its cells."""
    page = tree(client.get(PAGE, {"vergelijk": keys}))
    return {
        _text(row.xpath("./th")[0]): [_text(cell) for cell in row.xpath("./td")]
        for row in page.xpath("//table//tr[th[@scope='row']]")
    }


def _text(node: Any) -> str:
    return " ".join(" ".join(node.itertext()).split())


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["p1", "p2"], ["p1", "p2"]),
        (["p1", "p1", "p2"], ["p1", "p2"]),
        (["p1", "o2", "p3"], ["p1", "p3"]),
        (["o2", "p3", "o4"], ["o2", "o4"]),
        (["p1", "p2", "p3", "p4"], ["p1", "p2", "p3"]),
        (["", "p", "x1", "1", "p-1", "p²", "p" + "9" * 30], []),
        ([], []),
    ],
)
def test_what_can_be_compared(given: list[str], found: list[str]) -> None:
    assert comparing.chosen(given) == found


def test_the_address_keeps_what_was_chosen() -> None:
    assert comparing.address(["p1", "p2"]) == "?vergelijk=p1&vergelijk=p2"
    assert comparing.address([]) == ""


def test_partners_stand_side_by_side(
    make_partner: MakePartner, make_offer: MakeOffer, client: Client
) -> None:
    one = make_partner("Schermlicht", town="Gent", themes=["reading"], commercial_tie="none")
    make_offer(one, "Workshop", price=6, price_unit="pupil", grounding=3)
    other = make_partner("Boekenboot", kind="library")

    rows = table(client, f"p{one.pk}", f"p{other.pk}")

    assert rows["Soort organisatie"] == ["Organisatie voor vorming", "Bibliotheek"]
    assert rows["Waar"] == ["Gent", "Niet gekend"]
    assert rows["Thema’s"] == ["lezen en boeken", "Niet gekend"]
    assert rows["Aanbod"] == ["Workshop", "Niet gekend"]
    assert rows["Wat kost het?"] == ["Workshop: € 6 per leerling", "Niet gekend"]
    assert rows["Hoe onderbouwd is het?"][0].startswith("Workshop: 3 van 5, ")
    assert rows["Hoe onderbouwd is het?"][1] == "Er staat nog geen aanbod in de databank."
    assert rows["Wat zeggen scholen?"] == ["Nog geen enkele school deelde een ervaring."] * 2
    assert "Let op" not in rows


def test_what_is_still_open_is_put_as_what_to_ask(
    make_partner: MakePartner, make_offer: MakeOffer, client: Client
) -> None:
    one = make_partner("Schermlicht", levels=["lager"], commercial_tie="none")
    make_offer(one, price=6, price_unit="pupil", grounding=3)
    other = make_partner("Boekenboot")

    known, unknown = table(client, f"p{one.pk}", f"p{other.pk}")["Wat weten we nog niet?"]

    assert known == (
        "Vraag een school naar haar ervaring. "
        "Zoek op wie erachter zit: er is geen ondernemingsnummer."
    )
    assert unknown == (
        "Vraag wat ze aanbieden. Vraag voor welke niveaus het is. "
        "Vraag een school naar haar ervaring. Vraag naar commerciële belangen. "
        "Zoek op wie erachter zit: er is geen ondernemingsnummer."
    )


def test_offers_stand_side_by_side_each_with_its_own_experiences(
    make_partner: MakePartner, make_offer: MakeOffer, tell: Tell, world: World, client: Client
) -> None:
    partner = make_partner("Schermlicht", town="Gent")
    one = make_offer(partner, "Eerste", price=40, price_unit="group", group_max=20)
    other = make_offer(partner, "Tweede", languages="Frans")
    for school in (world.school, world.sister, world.other_school):
        tell(partner, school, offer=one)

    rows = table(client, f"o{one.pk}", f"o{other.pk}")

    assert rows["Partner"] == ["Schermlicht", "Schermlicht"]
    assert rows["Talen"] == ["Nederlands", "Frans"]
    assert rows["Wat kost het?"][0].startswith("€ 40 per groep ongeveer")
    assert rows["Over dit aanbod"][0].startswith("3 van de 3 scholen zouden opnieuw samenwerken.")
    assert rows["Over dit aanbod"][1] == "Nog geen enkele school deelde een ervaring."
    assert rows["Over de partner"][0] == rows["Over de partner"][1]


def test_a_warning_of_the_umbrella_stands_on_top(
    make_partner: MakePartner, world: World, client: Client
) -> None:
    one, other = make_partner("Een"), make_partner("Ander")
    actions.mark_partner(
        one,
        actor=world.actor("umbrella_admin"),
        kind="inactive",
        reason="Gestopt.",
        since=timezone.localdate(),
    )

    rows = table(client, f"p{one.pk}", f"p{other.pk}")

    assert next(iter(rows)) == "Let op"
    assert rows["Let op"] == ["Niet meer actief Gestopt.", "–"]


def test_who_chose_one_is_asked_for_another_and_can_look_for_it(
    make_partner: MakePartner, client: Client
) -> None:
    one, other = make_partner("Schermlicht"), make_partner("Boekenboot")

    page = client.get(PAGE, {"vergelijk": f"p{one.pk}", "q": "boekenboot"})

    assert "Kies er twee of drie." in words(page)
    assert not tree(page).xpath("//table")
    links = tree(page).xpath("//main//a/@href")
    assert f"{PAGE}?vergelijk=p{one.pk}&vergelijk=p{other.pk}" in links


def test_each_can_be_taken_away(make_partner: MakePartner, client: Client) -> None:
    one, other = make_partner("Een"), make_partner("Ander")

    page = tree(client.get(PAGE, {"vergelijk": [f"p{one.pk}", f"p{other.pk}"]}))

    without = page.xpath("//thead//a[contains(., 'Haal weg')]/@href")
    assert without == [f"{PAGE}?vergelijk=p{other.pk}", f"{PAGE}?vergelijk=p{one.pk}"]


def test_what_is_gone_is_left_out(
    make_partner: MakePartner, make_offer: MakeOffer, world: World
) -> None:
    partner = make_partner()
    here, gone = make_offer(partner, "Hier"), make_offer(partner, "Weg")
    actions.withdraw_offer(gone, actor=world.actor("teacher"))
    actor = world.actor("teacher")

    assert [c.title for c in compared(actor, [f"o{gone.pk}", f"o{here.pk}"])] == ["Hier"]
    assert compared(actor, ["p999999", "p999998"]) == []


def test_an_experience_of_another_board_is_not_counted(
    make_partner: MakePartner, tell: Tell, world: World
) -> None:
    partner = make_partner()
    tell(partner, world.other_school, audience="school")

    own = compared(world.actor("other_teacher"), [f"p{partner.pk}"])[0]
    other = compared(world.actor("teacher"), [f"p{partner.pk}"])[0]

    assert (own.summary.schools, other.summary.schools) == (1, 0)


@pytest.mark.parametrize("keys", [[], ["x"], ["p999999"], ["o1", "o2"]])
def test_any_address_is_answered(keys: list[str], client: Client) -> None:
    assert client.get(PAGE, {"vergelijk": keys, "q": "%_'"}).status_code == 200


def test_three_cost_few_queries(
    make_partner: MakePartner, make_offer: MakeOffer, tell: Tell, world: World, client: Client
) -> None:
    chosen: list[Partner] = [make_partner(f"Partner {n}") for n in range(3)]
    for partner in chosen:
        for number in range(4):
            make_offer(partner, f"Aanbod {number}")
        tell(partner, world.school)
    keys = [f"p{partner.pk}" for partner in chosen]
    client.get(PAGE, {"vergelijk": keys})

    with CaptureQueriesContext(connection) as caught:
        client.get(PAGE, {"vergelijk": keys})

    assert len(caught) <= 20


# Chosen in the list


def test_who_ticks_two_in_the_list_is_led_to_the_comparison(
    make_partner: MakePartner, client: Client
) -> None:
    one, other = make_partner("Aa"), make_partner("Bb")
    keys = [f"p{one.pk}", f"p{other.pk}"]

    page = tree(client.get("/zoeken/", {"vergelijk": keys}))

    ticked = page.xpath("//input[@type='checkbox' and @name='vergelijk' and @checked]/@value")
    assert ticked == keys
    assert page.xpath("//a[contains(., 'Vergelijk deze 2')]/@href") == [
        f"{PAGE}?vergelijk={keys[0]}&vergelijk={keys[1]}"
    ]


def test_what_was_ticked_stays_on_another_page_and_with_another_filter(
    make_partner: MakePartner, client: Client
) -> None:
    chosen = make_partner("Zzz")
    for number in range(12):
        make_partner(f"Aaa {number}")

    page = tree(client.get("/zoeken/", {"vergelijk": f"p{chosen.pk}"}))

    hidden = page.xpath("//input[@type='hidden' and @name='vergelijk']/@value")
    assert hidden == [f"p{chosen.pk}"]
    onward = page.xpath("//nav[contains(@class, 'pager')]//a/@href")
    assert onward
    assert all(f"vergelijk=p{chosen.pk}" in address for address in onward)


def test_a_fourth_cannot_be_ticked(make_partner: MakePartner, client: Client) -> None:
    keys = [f"p{make_partner(f'Partner {n}').pk}" for n in range(4)]

    page = tree(client.get("/zoeken/", {"vergelijk": keys[:3]}))

    assert page.xpath("//input[@name='vergelijk' and @disabled]/@value") == keys[3:]


def test_partners_and_offers_are_chosen_apart(
    make_partner: MakePartner, make_offer: MakeOffer, client: Client
) -> None:
    partner = make_partner()
    offer = make_offer(partner)
    both = [f"p{partner.pk}", f"o{offer.pk}"]

    page = tree(client.get("/zoeken/", {"toon": "aanbod", "vergelijk": both}))

    assert page.xpath("//input[@type='checkbox' and @name='vergelijk']/@value") == both[1:]
    assert page.xpath("//input[@type='hidden' and @name='vergelijk']/@value") == both[:1]


def test_the_page_of_a_partner_leads_there(make_partner: MakePartner, client: Client) -> None:
    partner = make_partner()

    links = tree(client.get(f"/partners/{partner.pk}/")).xpath("//main//a/@href")

    assert f"{PAGE}?vergelijk=p{partner.pk}" in links


# In a browser


@pytest.mark.parametrize("width", [390, 1280])
def test_the_comparison_can_be_read_by_all_and_does_not_widen_the_page(
    width: int, visit: Callable[..., Visitor], world: World, make_partner: MakePartner,
    make_offer: MakeOffer,
) -> None:  # fmt: skip
    keys = []
    for number in range(3):
        partner = make_partner(f"Een organisatie met een lange naam {number}", town="Gent")
        make_offer(partner, "Een aanbod met een titel die ook lang is", grounding=number)
        keys.append(f"p{partner.pk}")
    visitor = visit(world.user("teacher"), viewport={"width": width, "height": 800})

    page = visitor.open(PAGE + comparing.address(keys))

    assert page.get_by_role("rowheader", name="Wat kost het?").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visitor.assert_accessible()


def test_two_are_ticked_in_the_list_and_compared(
    visit: Callable[..., Visitor], world: World, make_partner: MakePartner
) -> None:
    for name in ("Aa", "Bb", "Cc"):
        make_partner(name)
    visitor = visit(world.user("teacher"))
    page = visitor.open("/zoeken/")

    page.get_by_label("Vergelijk Aa").check()
    page.get_by_text("Kies er nog één om te vergelijken").wait_for()
    page.get_by_label("Vergelijk Cc").check()
    visitor.assert_accessible()
    page.get_by_role("link", name="Vergelijk deze 2").click()

    page.get_by_role("columnheader", name="Aa Haal weg").wait_for()
    assert page.get_by_role("columnheader", name="Cc Haal weg").count() == 1
