"""The second door: wie kan ons hierbij helpen?"""

from typing import Any

import pytest
from django.test import Client

from partnerwijzer.organisations.models import School
from partnerwijzer.partners.models import Partner
from tests.partners.conftest import MakeOffer, MakePartner, SignIn, Tell
from tests.partners.pages import part, text_of
from tests.personas import World

HTMX = {"HX-Request": "true"}


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("teacher")


@pytest.mark.parametrize(
    "who",
    ["head", "teacher", "council", "board_admin", "adviser", "umbrella_admin", "other_teacher"],
)
def test_everybody_with_a_role_sees_the_databank(
    partner: Partner, sign_in: SignIn, who: str
) -> None:
    assert "Schermlicht vzw" in text_of(sign_in(who).get("/zoeken/"))


def test_without_account_one_is_asked_to_sign_in(partner: Partner, client: Client) -> None:
    assert client.get("/zoeken/").status_code == 302


def test_a_card_says_who_what_it_rests_on_what_it_costs_and_what_schools_say(
    partner: Partner, make_offer: MakeOffer, tell: Tell, elsewhere: list[School], teacher: Client
) -> None:
    make_offer(partner, "Workshop", grounding=3, price="6.50", price_unit="pupil")
    make_offer(partner, "Studiedag", grounding=1, price=640, price_unit="day")
    for school, again in zip(elsewhere, ["yes", "yes", "changed", "no"], strict=False):
        tell(partner, school, again=again)

    card = text_of(part(teacher.get("/zoeken/"), "gevonden"))

    assert "1 partner gevonden" in card
    assert "Schermlicht vzw Organisatie voor vorming" in card
    assert "Onderbouwing 3 van 5 · een eerste onderzoek Workshop" in card
    assert "Kost € 640 per dag en 1 andere prijs" in card
    assert "Ervaring 3 van 4 scholen opnieuw" in card


def test_two_schools_are_said_to_be_too_few(
    partner: Partner, tell: Tell, elsewhere: list[School], teacher: Client
) -> None:
    for school in elsewhere[:2]:
        tell(partner, school, again="no")

    card = text_of(part(teacher.get("/zoeken/"), "gevonden"))

    assert "Nog te weinig gegevens: 2 van minstens 3 scholen" in card


@pytest.mark.parametrize(
    ("query", "asked"), [("", 7), ("?q=scherm", 7), ("?waar=at-school&prijs=9&ervaring=1", 7)]
)
def test_one_partner_or_three_ask_as_many_queries(
    query: str,
    asked: int,
    world: World,
    make_partner: MakePartner,
    make_offer: MakeOffer,
    tell: Tell,
    teacher: Client,
    django_assert_num_queries: Any,
) -> None:
    def add(name: str) -> None:
        partner = make_partner(name)
        make_offer(partner, f"Een scherm van {name}", price=5, price_unit="pupil")
        tell(partner, world.school)
        tell(partner, world.sister)

    add("Een")
    teacher.get(f"/zoeken/{query}")
    with django_assert_num_queries(asked):
        assert "1 partner gevonden" in text_of(teacher.get(f"/zoeken/{query}"))
    for name in ("Twee", "Drie"):
        add(name)
    teacher.get(f"/zoeken/{query}")  # takes in what was added
    with django_assert_num_queries(asked):
        assert "3 partners gevonden" in text_of(teacher.get(f"/zoeken/{query}"))


def test_ten_on_a_page_and_the_filters_stay_when_paging(
    make_partner: MakePartner, teacher: Client
) -> None:
    for n in range(11):
        make_partner(f"Atelier {n:02}", town="Gent")

    first, second = (teacher.get(f"/zoeken/?q=atelier&pagina={n}") for n in (1, 2))

    assert first.content.decode().count('class="card"') == 10
    assert second.content.decode().count('class="card"') == 1
    assert "?pagina=2&amp;q=atelier" in first.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?q=scherm",
        "?q=scherm&thema=media-literacy&niveau=lager&hoevaak=one-off&hoevaak=series",
        "?voor=pupils&waar=at-school&prijs=10%2C5&per=pupil",
        "?q=bestaatniet",
        "?prijs=veel",
        "",
    ],
)
def test_the_part_for_htmx_is_that_of_a_fresh_page_at_the_address_that_it_gives(
    query: str, partner: Partner, make_offer: MakeOffer, teacher: Client
) -> None:
    make_offer(partner, price=5, price_unit="pupil", levels=["lager"], themes=["media-literacy"])

    piece = teacher.get(f"/zoeken/{query}&soort=&werkvorm=" if query else "/zoeken/", headers=HTMX)
    fresh = teacher.get(piece["HX-Push-Url"])

    assert piece["HX-Push-Url"] == f"/zoeken/{query}"
    assert part(fresh, "gevonden") == piece.content.decode().strip()


def test_the_part_for_htmx_pages_as_a_fresh_page_does(
    make_partner: MakePartner, teacher: Client
) -> None:
    for n in range(21):
        make_partner(f"Atelier {n:02}")

    piece = teacher.get("/zoeken/?q=atelier&soort=&thema=&prijs=&per=", headers=HTMX)

    assert part(teacher.get(piece["HX-Push-Url"]), "gevonden") == piece.content.decode().strip()
    assert "?pagina=2&amp;q=atelier" in piece.content.decode()


def test_each_filter_that_is_on_can_be_taken_off(partner: Partner, teacher: Client) -> None:
    page = teacher.get("/zoeken/?q=a&soort=library&waar=online&prijs=5&per=day&gratis=1")

    chips = {label: href for label, href in page.context["chips"]}

    assert chips == {
        "bibliotheek": "?q=a&waar=online&gratis=1&prijs=5&per=day",
        "online": "?q=a&soort=library&gratis=1&prijs=5&per=day",
        "gratis": "?q=a&soort=library&waar=online&prijs=5&per=day",
        "tot €\xa05 per dag": "?q=a&soort=library&waar=online&gratis=1",
    }
    assert 'href="/zoeken/?q=a"' in page.content.decode()


def test_a_filter_stays_filled_in(partner: Partner, teacher: Client) -> None:
    page = teacher.get("/zoeken/?thema=reading&voor=team&prijs=5").content.decode()

    assert 'name="thema" value="reading" checked>' in page
    assert 'name="voor" value="team" checked>' in page
    assert 'value="5"' in page


@pytest.mark.parametrize(
    "query",
    ["pagina=x", "pagina=0", "pagina=99999", "q=" + "x" * 5000, "soort=%00", "prijs=%E2%82%AC",
     "q=%22%3E%3Cscript%3E", "hoevaak=a&hoevaak=b"],
)  # fmt: skip
def test_a_strange_address_gives_a_page_and_no_error(
    query: str, partner: Partner, teacher: Client
) -> None:
    page = teacher.get(f"/zoeken/?{query}")

    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace('<script type="module"', "")


def test_an_empty_list_says_what_to_do_and_leads_to_the_register(
    partner: Partner, teacher: Client
) -> None:
    page = teacher.get("/zoeken/?q=steenbakkerij")

    assert "Niemand gevonden." in text_of(page)
    assert 'href="/zoeken/register/?q=steenbakkerij"' in page.content.decode()


def test_who_only_reads_is_not_offered_to_add(partner: Partner, sign_in: SignIn) -> None:
    assert "voeg ze zelf toe" in text_of(sign_in("teacher").get("/zoeken/"))
    assert "voeg ze zelf toe" not in text_of(sign_in("council").get("/zoeken/"))


@pytest.mark.parametrize(
    ("who", "led"), [("head", True), ("coordinator", True), ("teacher", False), ("council", False)]
)
def test_who_may_bring_a_list_in_is_led_there(
    partner: Partner, sign_in: SignIn, who: str, led: bool
) -> None:
    page = sign_in(who).get("/zoeken/")

    assert ("/partners/inlezen/" in page.content.decode()) == led
    assert ("Heb je een hele lijst?" in text_of(page)) == led


def test_a_full_page_stays_small(
    make_partner: MakePartner, make_offer: MakeOffer, teacher: Client
) -> None:
    for n in range(20):
        partner = make_partner(
            f"Een tamelijk lange naam van een organisatie {n}",
            description="Een zin van twaalf woorden die vertelt wat de organisatie doet. " * 5,
            themes=["media-literacy", "digital-skills", "nature-and-climate"],
        )
        for title in ("Een workshop met een lange naam", "Nog een workshop", "Een traject"):
            make_offer(partner, title, price=5, price_unit="pupil", grounding=2)

    assert len(teacher.get("/zoeken/").content) < 60 * 1024
