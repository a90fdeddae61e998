"""Filling in: what is refused with which words, what is kept, and two people at once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import Offer, Partner, PartnerContact, Recognition
from tests.kbo.extracts import number
from tests.partners.conftest import MakeOffer, MakePartner, SignIn
from tests.partners.pages import filled, part, text_of
from tests.personas import World

HTMX = {"HX-Request": "true"}
NEW = "/partners/nieuw/"


@pytest.fixture
def teacher(sign_in: SignIn) -> Client:
    return sign_in("teacher")


def errors(response: Any) -> dict[str, list[str]]:
    return {k: [str(e) for e in v] for k, v in response.context["form"].errors.items()}


# A new partner


def test_a_partner_is_made_by_hand(world: World, teacher: Client) -> None:
    typed = filled(
        teacher.get(NEW),
        name="  Theater   De Zolder ",
        kind="arts-organisation",
        website="www.zolder.example",
        themes=["music", "dance"],
        enterprise_number="BE 0999.000.129",
    )

    teacher.post(NEW, typed)

    partner = Partner.objects.get()
    assert partner.name == "Theater De Zolder"
    assert partner.website == "https://www.zolder.example"
    assert partner.themes == ["music", "dance"]
    assert partner.enterprise_number == number(1)
    assert partner.created_by_school == world.school


def test_somebody_without_school_makes_a_partner_too(sign_in: SignIn) -> None:
    adviser = sign_in("adviser")

    adviser.post(NEW, filled(adviser.get(NEW), name="Bos", kind="media"))

    assert Partner.objects.get().created_by_school is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, {"name": ["Dit veld is verplicht."]}),
        ({"kind": "iets"}, {"kind": None}),
        ({"enterprise_number": "0999.000.128"}, {"enterprise_number": None}),
        ({"enterprise_number": "12"}, {"enterprise_number": None}),
        ({"website": "javascript:alert(1)"}, {"website": None}),
        ({"website": "ftp://a.example"}, {"website": None}),
        ({"themes": ["bestaat-niet"]}, {"themes": None}),
        ({"description": "x" * 3001}, {"description": None}),
        ({"commercial_tie": "soms"}, {"commercial_tie": None}),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    teacher: Client, wrong: dict[str, Any], said: dict[str, Any]
) -> None:
    typed = filled(teacher.get(NEW), **{"name": "Zolder", "kind": "media", "town": "Gent", **wrong})

    page = teacher.post(NEW, typed)

    assert page.status_code == 422
    assert set(errors(page)) == set(said)
    assert page.context["form"]["town"].value() == "Gent"
    assert "Dit is nog niet bewaard." in text_of(page)
    assert not Partner.objects.exists()


def test_the_same_number_is_refused_with_a_link(make_partner: MakePartner, teacher: Client) -> None:
    there = make_partner("Zolder", enterprise_number=number(1))
    typed = filled(teacher.get(NEW), name="Heel anders", kind="media", enterprise_number=number(1))

    page = teacher.post(NEW, {**typed, "toch": "1"})

    assert errors(page) == {"enterprise_number": ["Deze organisatie staat al in de databank."]}
    assert f'href="/partners/{there.pk}/"' in page.content.decode()
    assert Partner.objects.count() == 1


def test_two_who_make_the_same_number_at_once_get_one_partner(
    make_partner: MakePartner, teacher: Client
) -> None:
    looked: list[str] = []

    def somebody_is_quicker(execute: Any, sql: str, *rest: Any) -> Any:
        """Between the check of the form and the action, another request makes the partner."""
        if 'enterprise_number" IN' in sql:
            looked.append(sql)
        if sql.startswith("SAVEPOINT") and len(looked) == 1:
            looked.append("made")
            make_partner("Zolder", enterprise_number=number(1))
        return execute(sql, *rest)

    typed = filled(teacher.get(NEW), name="Anders", kind="media", enterprise_number=number(1))
    with connection.execute_wrapper(somebody_is_quicker):
        page = teacher.post(NEW, typed)

    [there] = Partner.objects.all()
    assert page.status_code == 422
    assert errors(page) == {"enterprise_number": ["Deze organisatie staat al in de databank."]}
    assert f'href="/partners/{there.pk}/"' in page.content.decode()


def test_a_similar_name_asks_to_look_once_more(partner: Partner, teacher: Client) -> None:
    typed = filled(teacher.get(NEW), name="Schermlcht", kind="media")

    page = teacher.post(NEW, typed)

    assert page.status_code == 422
    assert "Bedoel je een van deze?" in text_of(page)
    assert f'href="/partners/{partner.pk}/"' in page.content.decode()
    assert Partner.objects.count() == 1

    teacher.post(NEW, filled(page, name="Schermlcht", kind="media", toch="1"))

    assert Partner.objects.filter(name="Schermlcht").exists()


def test_while_typing_the_warning_is_that_of_a_fresh_page(
    partner: Partner, teacher: Client
) -> None:
    query = "?name=Schermlcht&website=&enterprise_number="

    piece = teacher.get(NEW + query, headers=HTMX)

    assert "Schermlicht vzw" in text_of(piece)
    assert part(teacher.get(NEW + query), "lijkt") == piece.content.decode().strip()


def test_a_form_that_is_sent_twice_makes_one_partner(teacher: Client) -> None:
    typed = filled(teacher.get(NEW), name="Zolder", kind="media")

    first, second = teacher.post(NEW, typed), teacher.post(NEW, typed)

    assert first["Location"] == second["Location"]
    assert Partner.objects.count() == 1


# Changing


@pytest.mark.parametrize("who", ["council"])
@pytest.mark.parametrize("path", ["aanpassen/", "contact/", "erkenning/", "aanbod/"])
def test_who_only_reads_has_no_page_to_change(
    partner: Partner, sign_in: SignIn, who: str, path: str
) -> None:
    assert sign_in(who).get(f"/partners/{partner.pk}/{path}").status_code == 404


def test_a_partner_is_changed(partner: Partner, teacher: Client) -> None:
    path = f"/partners/{partner.pk}/aanpassen/"

    teacher.post(path, filled(teacher.get(path), town="Gent", ideological_tie="some"))

    changed = Partner.objects.get()
    assert (changed.town, changed.ideological_tie, changed.version) == ("Gent", "some", 2)


def test_the_number_of_another_partner_is_refused(
    partner: Partner, make_partner: MakePartner, teacher: Client
) -> None:
    there = make_partner("Zolder", enterprise_number=number(1))
    path = f"/partners/{partner.pk}/aanpassen/"

    page = teacher.post(path, filled(teacher.get(path), enterprise_number=number(1)))

    assert page.status_code == 422
    assert f'href="/partners/{there.pk}/"' in page.content.decode()


def test_the_own_number_may_stay(make_partner: MakePartner, teacher: Client) -> None:
    partner = make_partner("Zolder", enterprise_number=number(1))
    path = f"/partners/{partner.pk}/aanpassen/"

    assert teacher.post(path, filled(teacher.get(path), town="Gent")).status_code == 302
    assert Partner.objects.get().enterprise_number == number(1)


def test_two_who_change_the_same_see_both_texts(
    partner: Partner, teacher: Client, sign_in: SignIn
) -> None:
    path, other = f"/partners/{partner.pk}/aanpassen/", sign_in("other_head")
    mine = filled(teacher.get(path), description="Mijn tekst", themes=["music"], town="Gent")
    other.post(path, filled(other.get(path), description="Haar tekst", town="Gent"))

    page = teacher.post(path, mine)

    assert page.status_code == 409
    assert Partner.objects.get().description == "Haar tekst"
    rows = {str(d.label): (d.saved, d.typed) for d in page.context["differences"]}
    assert rows == {
        "Wat doet de organisatie": ("Haar tekst", "Mijn tekst"),
        "Rond welke thema’s": ("–", "muziek"),
    }
    assert page.context["form"]["description"].value() == "Mijn tekst"

    again = teacher.post(path, filled(page))

    assert again.status_code == 302
    assert Partner.objects.get().description == "Mijn tekst"


def test_a_theme_of_an_older_release_stays_when_a_partner_is_changed(
    make_partner: MakePartner, teacher: Client
) -> None:
    partner = make_partner("Zolder", themes=["music", "vroeger-thema"])
    path = f"/partners/{partner.pk}/aanpassen/"

    teacher.post(path, filled(teacher.get(path), town="Gent"))

    assert Partner.objects.get().themes == ["music", "vroeger-thema"]


# Contacts and recognitions


def test_a_contact_needs_a_way_to_be_reached(partner: Partner, teacher: Client) -> None:
    path = f"/partners/{partner.pk}/contact/"

    page = teacher.post(path, filled(teacher.get(path), name="Onthaal"))

    assert errors(page) == {"email": ["Vul een e-mailadres of een telefoonnummer in."]}
    assert not PartnerContact.objects.exists()


@pytest.mark.parametrize(
    ("email", "warned"), [("jan@gmail.com", True), ("scholen@zolder.example", False)]
)
def test_an_address_that_looks_private_is_kept_with_a_word_of_care(
    partner: Partner, teacher: Client, email: str, warned: bool
) -> None:
    path = f"/partners/{partner.pk}/contact/"

    done = teacher.post(path, filled(teacher.get(path), name="Jan", email=email), follow=True)

    assert ("Dit lijkt een privéadres." in text_of(done)) == warned
    assert PartnerContact.objects.get().email == email


def test_a_contact_is_changed_and_taken_away(
    world: World, partner: Partner, teacher: Client
) -> None:
    facts = {"name": "Onthaal", "email": "a@b.example"}
    row = actions.save_contact(partner, actor=world.actor("head"), contact=None, facts=facts)
    path = f"/partners/{partner.pk}/contact/{row.pk}/"

    teacher.post(path, filled(teacher.get(path), function="scholen"))
    assert PartnerContact.objects.get().function == "scholen"

    done = teacher.post(path, {"weg": "1"})
    assert done["Location"] == f"/partners/{partner.pk}/#contact"
    assert not PartnerContact.objects.exists()
    assert teacher.get(path).status_code == 404


def test_two_who_change_a_contact_see_both_texts(
    world: World, partner: Partner, teacher: Client, sign_in: SignIn
) -> None:
    facts = {"name": "Onthaal", "email": "a@b.example"}
    row = actions.save_contact(partner, actor=world.actor("head"), contact=None, facts=facts)
    path, other = f"/partners/{partner.pk}/contact/{row.pk}/", sign_in("head")
    mine = filled(teacher.get(path), phone="09 111")
    other.post(path, filled(other.get(path), phone="09 222"))

    page = teacher.post(path, mine)

    assert page.status_code == 409
    assert "Telefoon van het werk 09 222 09 111" in text_of(page)


def test_a_contact_of_another_partner_has_no_page_here(
    world: World, partner: Partner, make_partner: MakePartner, teacher: Client
) -> None:
    facts = {"name": "Onthaal", "email": "a@b.example"}
    other = make_partner("Bibliotheek")
    row = actions.save_contact(other, actor=world.actor("head"), contact=None, facts=facts)

    assert teacher.get(f"/partners/{partner.pk}/contact/{row.pk}/").status_code == 404


def test_a_recognition_ends_after_it_began(partner: Partner, teacher: Client) -> None:
    path = f"/partners/{partner.pk}/erkenning/"
    wrong = {"by": "Overheid", "since": "2024-01-01", "until": "2023-01-01"}

    page = teacher.post(path, filled(teacher.get(path), **wrong))

    assert errors(page) == {"until": ["Dit ligt voor de begindatum."]}

    teacher.post(path, filled(page, until="2025-01-01", kind="quality-label"))

    row = Recognition.objects.get()
    assert (row.by, row.kind, row.until.isoformat()) == ("Overheid", "quality-label", "2025-01-01")  # type: ignore[union-attr]


# Offers


@pytest.fixture
def goal(db: None) -> Goal:
    goal_set = GoalSet.objects.create(source_id=1, name="Set", search_text="", fingerprint="")
    return Goal.objects.create(
        source_id=2, goal_set=goal_set, code="NL 1", text="Lezen", search_text="", fingerprint=""
    )


OFFER = {
    "title": "Workshop",
    "shape": "one-off",
    "working_form": "workshop",
    "place": "at-school",
    "audience": ["pupils"],
}


def test_an_offer_is_added_with_goals_and_a_price_as_in_belgium(
    partner: Partner, goal: Goal, teacher: Client
) -> None:
    path = f"/partners/{partner.pk}/aanbod/"
    given = {**OFFER, "price": "1.250,50", "price_unit": "day", "goals": [goal.pk]}

    done = teacher.post(path, filled(teacher.get(path), **given))

    offer = Offer.objects.get()
    assert done["Location"] == f"/partners/{partner.pk}/#aanbod"
    assert (str(offer.price), offer.price_unit, offer.grounding) == ("1250.50", "day", None)
    assert list(offer.goals.all()) == [goal]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"audience": []}, "audience"),
        ({"price": "veel", "price_unit": "day"}, "price"),
        ({"price": "-5", "price_unit": "day"}, "price"),
        ({"price": "5"}, "price_unit"),
        ({"price_unit": "day"}, "price"),
        ({"price": "5", "price_unit": "free"}, "price"),
        ({"age_from": "12", "age_to": "6"}, "age_to"),
        ({"group_max": "0"}, "group_max"),
        ({"duration_minutes": "1,5"}, "duration_minutes"),
        ({"goals": ["99"]}, "goals"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_at_its_field(
    partner: Partner, teacher: Client, wrong: dict[str, Any], field: str
) -> None:
    path = f"/partners/{partner.pk}/aanbod/"

    page = teacher.post(path, filled(teacher.get(path), **{**OFFER, **wrong}))

    assert page.status_code == 422
    assert list(errors(page)) == [field]
    assert not Offer.objects.exists()


@pytest.mark.parametrize("given", [{"price_unit": "free"}, {"price": "0"}, {"price": "0,00"}])
def test_what_is_free_costs_nothing(
    partner: Partner, teacher: Client, given: dict[str, str]
) -> None:
    path = f"/partners/{partner.pk}/aanbod/"

    teacher.post(path, filled(teacher.get(path), **{**OFFER, **given}))

    offer = Offer.objects.get()
    assert (offer.price, offer.price_unit) == (0, "free")


def test_two_who_change_an_offer_see_both_texts(
    partner: Partner, make_offer: MakeOffer, goal: Goal, teacher: Client, sign_in: SignIn
) -> None:
    offer = make_offer(partner, "Workshop", price="5", price_unit="pupil")
    path, other = f"/partners/{partner.pk}/aanbod/{offer.pk}/", sign_in("head")
    mine = filled(teacher.get(path), price="6,50", goals=[goal.pk])
    other.post(path, filled(other.get(path), price="7", shape="series"))

    page = teacher.post(path, mine)

    assert page.status_code == 409
    rows = {str(d.label): (d.saved, d.typed) for d in page.context["differences"]}
    assert rows == {
        "Hoe vaak": ("een reeks", "één keer"),
        "Prijs": ("€\xa07", "€\xa06,50"),
        "Aan welke onderwijsdoelen werkt het": ("–", "NL 1 Lezen"),
    }


def test_an_offer_is_taken_out_and_put_back(
    partner: Partner, make_offer: MakeOffer, teacher: Client
) -> None:
    offer = make_offer(partner, "Workshop")
    path = f"/partners/{partner.pk}/aanbod/{offer.pk}/stand/"

    for _ in range(2):  # twice the same does the same as once
        teacher.post(path, {"naar": "weg"})
        assert Offer.objects.get().withdrawn_at is not None
    teacher.post(path, {"naar": "terug"})

    assert Offer.objects.get().withdrawn_at is None


def test_looking_at_the_state_of_an_offer_changes_nothing(
    partner: Partner, make_offer: MakeOffer, teacher: Client
) -> None:
    offer = make_offer(partner)

    assert teacher.get(f"/partners/{partner.pk}/aanbod/{offer.pk}/stand/").status_code == 302
    assert Offer.objects.get().withdrawn_at is None


def test_an_offer_of_another_partner_has_no_page_here(
    partner: Partner, make_partner: MakePartner, make_offer: MakeOffer, teacher: Client
) -> None:
    offer = make_offer(make_partner("Bibliotheek"))

    for path in (f"aanbod/{offer.pk}/", f"aanbod/{offer.pk}/stand/"):
        assert teacher.get(f"/partners/{partner.pk}/{path}").status_code == 404
