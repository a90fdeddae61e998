"""From the register to a partner, and what is said where the register cannot help."""

import pytest
from django.test import Client

from partnerwijzer.partners.models import Partner
from tests.kbo.extracts import number
from tests.partners.conftest import MakePartner, SignIn
from tests.partners.pages import filled, part, text_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def test_without_a_register_the_page_says_so(teacher: Client) -> None:
    page = text_of(teacher.get("/zoeken/register/?q=bijloke"))

    assert "Er is nog geen register ingelezen." in page
    assert "partnerwijzer import kbo" in page
    assert "Niet gevonden" not in page


@pytest.mark.usefixtures("register")
def test_a_hit_says_what_it_is_and_can_become_a_partner(teacher: Client) -> None:
    page = teacher.get("/zoeken/register/?q=bijloke")

    assert "Muziekacademie De Bijloke" in text_of(page)
    assert "Vereniging zonder winstoogmerk · 9000 Gent · 0999.000.129" in text_of(page)
    assert f'href="/partners/nieuw/?nummer={number(1)}"' in page.content.decode()
    assert "Bron: Kruispuntbank van Ondernemingen (KBO)" in text_of(page)


@pytest.mark.usefixtures("register")
def test_a_bankrupt_company_is_marked(teacher: Client) -> None:
    assert "aillissement" in text_of(teacher.get("/zoeken/register/?q=vermeulen"))


@pytest.mark.usefixtures("register")
def test_a_hit_that_is_a_partner_already_leads_there(
    make_partner: MakePartner, teacher: Client
) -> None:
    partner = make_partner("Bijloke", enterprise_number=number(1))

    page = teacher.get("/zoeken/register/?q=bijloke").content.decode()

    assert f'href="/partners/{partner.pk}/"' in page
    assert "nummer=" not in page


@pytest.mark.usefixtures("register")
def test_what_is_not_in_the_register_can_be_added_by_hand(teacher: Client) -> None:
    page = teacher.get("/zoeken/register/?q=Zomaar+iets")

    assert "Niet gevonden in het register." in text_of(page)
    assert 'href="/partners/nieuw/?name=Zomaar%20iets"' in page.content.decode()


@pytest.mark.usefixtures("register")
def test_the_part_for_htmx_is_that_of_a_fresh_page(teacher: Client) -> None:
    piece = teacher.get("/zoeken/register/?q=stad", headers=HTMX)
    fresh = teacher.get(piece["HX-Push-Url"])

    assert part(fresh, "treffers") == piece.content.decode().strip()


@pytest.mark.usefixtures("register")
def test_who_only_reads_may_look_but_not_make(sign_in: SignIn) -> None:
    council = sign_in("council")

    assert "Maak partner" not in text_of(council.get("/zoeken/register/?q=bijloke"))
    assert council.get("/partners/nieuw/").status_code == 404


@pytest.mark.usefixtures("register")
def test_facts_of_the_register_are_filled_in_with_a_kind_and_why(teacher: Client) -> None:
    page = teacher.get(f"/partners/nieuw/?nummer={number(1)}")

    assert filled(page, once="") == {
        "name": "Muziekacademie De Bijloke",
        "kind": "academy",
        "enterprise_number": "0999.000.129",
        "website": "https://www.bijloke.example",
        "street": "Sportstraat 12",
        "postcode": "9000",
        "town": "Gent",
        "version": 0,
        "commercial_tie": "unknown",
        "ideological_tie": "unknown",
        "once": "",
    }
    assert (
        "Voorstel voor de soort: academie (deeltijds kunstonderwijs), want in het register staat "
        "‘Cultureel onderwijs’." in text_of(page)
    )


@pytest.mark.usefixtures("register")
def test_the_legal_form_suggests_a_kind_where_activities_do_not(teacher: Client) -> None:
    page = teacher.get(f"/partners/nieuw/?nummer={number(3)}")

    assert page.context["form"]["kind"].value() == "municipality-and-services"
    assert "‘Stad / gemeente’" in text_of(page)


@pytest.mark.usefixtures("register")
def test_a_register_hit_becomes_a_partner_in_one_go(teacher: Client) -> None:
    address = f"/partners/nieuw/?nummer={number(1)}"

    done = teacher.post(address, filled(teacher.get(address)), follow=True)

    partner = Partner.objects.get()
    assert partner.enterprise_number == number(1)
    assert done.redirect_chain == [(f"/partners/{partner.pk}/", 302)]
    assert "Bestaat sinds 2003, geen meldingen in het register." in text_of(done)


@pytest.mark.usefixtures("register")
def test_a_warning_of_the_register_stands_above_the_form(teacher: Client) -> None:
    page = text_of(teacher.get(f"/partners/nieuw/?nummer={number(2)}"))

    assert "Het register meldt iets." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0999000129", "Dit nummer staat niet in het register dat we hebben."),
        ("0999000128", "Dit nummer klopt niet"),
        ("veel", "Een ondernemingsnummer bestaat uit cijfers"),
    ],
)
def test_a_number_that_gives_nothing_is_explained(teacher: Client, typed: str, said: str) -> None:
    page = teacher.get("/partners/nieuw/", {"nummer": typed})

    assert page.status_code == 200
    assert said in text_of(page)


@pytest.mark.usefixtures("register")
def test_a_number_of_a_partner_leads_to_that_partner(
    make_partner: MakePartner, teacher: Client
) -> None:
    partner = make_partner("Bijloke", enterprise_number=number(1))

    response = teacher.get(f"/partners/nieuw/?nummer={number(1)}")

    assert (response.status_code, response["Location"]) == (302, f"/partners/{partner.pk}/")
