"""The page of one partner: what it tells to whom."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.organisations.models import School
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import Partner
from tests.kbo.extracts import number
from tests.partners.conftest import MakeOffer, MakePartner, SignIn, Tell
from tests.partners.pages import part, text_of
from tests.personas import World


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def test_a_partner_that_is_not_there_gives_404(teacher: Client) -> None:
    assert teacher.get("/partners/999/").status_code == 404


def test_what_is_not_known_is_said_to_be_open_with_what_to_do(
    partner: Partner, teacher: Client
) -> None:
    page = text_of(teacher.get(f"/partners/{partner.pk}/"))

    assert "Hoe goed is het? Nog geen enkele school deelde een ervaring." in page
    assert "Vraag het zelf na, in een dossier" in page
    assert "Hoe onderbouwd is het? Er staat nog geen aanbod in de databank." in page
    assert "Beschrijf wat ze aanbieden" in page
    assert "Er is geen ondernemingsnummer ingevuld. Vul het nummer in" in page
    assert "Is het commercieel? Dat is nog niet gevraagd. Vraag het en vul het antwoord in" in page


def test_the_register_is_shown_with_its_date(
    register: None, make_partner: MakePartner, teacher: Client
) -> None:
    partner = make_partner("Bijloke", enterprise_number=number(1), commercial_tie="none")

    page = text_of(teacher.get(f"/partners/{partner.pk}/"))

    assert "Bestaat sinds 2003, geen meldingen in het register." in page
    assert "Nee, en de rechtsvorm past daarbij. Rechtsvorm: Vereniging zonder winstoogmerk." in page
    assert "Bewering Commercieel belang: nee, zegt de organisatie zelf." in page
    assert "Nummer 0999.000.129" in page
    assert "Zetel Sportstraat 12, 9000 Gent" in page
    assert "Activiteit Cultureel onderwijs" in page
    assert "Bron: Kruispuntbank van Ondernemingen (KBO)" in page


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (2, "Failliet: Opening faillissement. Lees dit eerst."),
        (99, "Dit nummer staat niet in het register dat we hebben."),
    ],
)
def test_what_the_register_warns_of_stands_there_with_its_source(
    place: int, said: str, register: None, make_partner: MakePartner, teacher: Client
) -> None:
    partner = make_partner("Vermeulen", enterprise_number=number(place))

    page = text_of(teacher.get(f"/partners/{partner.pk}/"))

    assert said in page
    assert "Bron: Kruispuntbank van Ondernemingen (KBO)" in page


def test_an_offer_shows_its_three_measures_apart(
    world: World,
    partner: Partner,
    make_offer: MakeOffer,
    tell: Tell,
    elsewhere: list[School],
    teacher: Client,
) -> None:
    offer = make_offer(
        partner,
        "Workshop",
        grounding=3,
        grounding_source="Onderzoek van 2024",
        price="6.50",
        price_unit="pupil",
        price_note="plus vervoer",
        levels=["lager-graad-3"],
    )
    for school in elsewhere[:3]:
        tell(partner, school, offer=offer, again="changed")

    card = text_of(part(teacher.get(f"/partners/{partner.pk}/"), f"aanbod-{offer.pk}"))

    assert "Workshop · één keer · op school" in card
    assert "Voor wie: Leerlingen: lager, derde graad (5-6)" in card
    assert (
        "Onderbouwing 3 van 5 · een eerste onderzoek Onderzoek van 2024 Waarom deze trede?" in card
    )
    assert "Kost € 6,50 per leerling plus vervoer nagekeken in" in card
    assert "Ervaring 3 van 3 scholen opnieuw Zo tellen we" in card


def test_a_goal_that_no_longer_holds_is_marked(
    world: World, partner: Partner, teacher: Client
) -> None:
    goal_set = GoalSet.objects.create(source_id=1, name="Set", search_text="", fingerprint="")
    goal = Goal.objects.create(
        source_id=2, goal_set=goal_set, code="NL 1", text="Lezen", validity="expired",
        search_text="", fingerprint="",
    )  # fmt: skip
    facts = {"title": "Lezen", "shape": "one-off", "working_form": "workshop", "place": "online"}
    actions.create_offer(partner, actor=world.actor("teacher"), facts=facts, goals=[goal])

    page = text_of(teacher.get(f"/partners/{partner.pk}/"))

    assert "1 onderwijsdoel 1 geldt niet meer NL 1 Lezen niet meer geldig" in page


def test_what_schools_say_is_counted_and_quoted_without_their_name(
    world: World, partner: Partner, tell: Tell, elsewhere: list[School], sign_in: SignIn
) -> None:
    factor = [{"factor": "goal-clear", "effect": "difficult"}]
    for school in elsewhere[:3]:
        tell(partner, school, factors=factor, advice="Begin vroeg.", text_consent=True)

    response = sign_in("teacher").get(f"/partners/{partner.pk}/")
    said = text_of(part(response, "ervaringen"))

    assert "3 van de 3 scholen zouden opnieuw samenwerken." in said
    assert "Het doel bleef vaag / het doel was duidelijk : 0 vlot, 3 moeilijk" in said
    assert "Begin vroeg. Lagere school ·" in said
    assert "Verre school" not in response.content.decode()


def test_a_stranger_reads_nothing_of_what_a_school_kept_to_itself(
    world: World, partner: Partner, tell: Tell, sign_in: SignIn
) -> None:
    for audience in ("school", "board"):
        tell(
            partner,
            world.school,
            audience=audience,
            advice=f"Geheim {audience}",
            text_consent=True,
            factors=[{"factor": "goal-clear", "effect": "difficult", "note": "Geheime uitleg"}],
        )
    path = f"/partners/{partner.pk}/"

    own = sign_in("teacher").get(path).content.decode()
    board = sign_in("sister").get(path).content.decode()
    others = [sign_in(w).get(path).content.decode() for w in ("other_head", "adviser", "council")]

    assert "Geheim school" in own
    assert "Geheim board" in own
    assert ("Geheim school" in board, "Geheim board" in board) == (False, True)
    assert all("Geheim" not in page for page in others)
    assert all("Nog geen enkele school deelde een ervaring." in page for page in others)


def test_a_recognition_says_what_it_tells_and_what_not(
    world: World, partner: Partner, teacher: Client
) -> None:
    actions.save_recognition(
        partner,
        actor=world.actor("teacher"),
        recognition=None,
        facts={"by": "Vlaanderen", "kind": "quality-label", "until": date(2020, 1, 1)},
    )

    page = text_of(part(teacher.get(f"/partners/{partner.pk}/"), "erkend"))

    assert "Vlaanderen verlopen tot 1 januari 2020" in page
    assert "Dit zegt: Iemand van buiten keek naar de werking. Dit zegt niet:" in page


def test_staff_begins_a_dossier_from_here_and_others_do_not(
    partner: Partner, make_offer: MakeOffer, sign_in: SignIn
) -> None:
    offer = make_offer(partner)
    path = f"/partners/{partner.pk}/"

    page = sign_in("teacher").get(path).content.decode()

    assert f"?partner={partner.pk}&amp;aanbod={offer.pk}" in page
    for who in ("council", "board_admin", "adviser"):
        assert "Begin een dossier" not in sign_in(who).get(path).content.decode()


def test_who_only_reads_gets_no_way_to_change(
    partner: Partner, make_offer: MakeOffer, sign_in: SignIn
) -> None:
    make_offer(partner)

    page = sign_in("council").get(f"/partners/{partner.pk}/").content.decode()

    for word in ("aanpassen/", "/contact/", "/erkenning/", "/stand/", "Voeg een aanbod toe"):
        assert word not in page


def test_one_offer_or_three_ask_as_many_queries(
    world: World,
    partner: Partner,
    make_offer: MakeOffer,
    tell: Tell,
    elsewhere: list[School],
    teacher: Client,
    django_assert_num_queries: Any,
) -> None:
    def add(n: int) -> None:
        offer = make_offer(partner, f"Aanbod {n}")
        factors = [{"factor": "goal-clear", "effect": "smooth"}]
        tell(partner, elsewhere[n], offer=offer, factors=factors, advice="Ja", text_consent=True)
        facts = {"name": f"Onthaal {n}", "phone": "09"}
        actions.save_contact(partner, actor=world.actor("teacher"), contact=None, facts=facts)

    add(0)
    teacher.get(f"/partners/{partner.pk}/")
    with django_assert_num_queries(16):
        teacher.get(f"/partners/{partner.pk}/")
    add(1)
    add(2)
    with django_assert_num_queries(16):
        teacher.get(f"/partners/{partner.pk}/")
