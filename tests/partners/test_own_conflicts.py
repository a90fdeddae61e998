"""The organisation and a school change the same, or two people of the organisation do."""

import re

import pytest
from django.test import Client

from partnerwijzer.access.versions import Conflict
from partnerwijzer.audit.log import history
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import Offer, Partner, ProfileLink, Proposal
from tests.partners.conftest import MakeOffer, describe, say
from tests.partners.pages import filled, text_of
from tests.personas import World

WAITS = "Dit vroeg je al, en het wacht op nazicht."


@pytest.fixture
def link(world: World, partner: Partner) -> ProfileLink:
    return actions.send_profile_link(
        partner, actor=world.actor("teacher"), school=world.school, email="a@b.example", name="An"
    )


@pytest.fixture
def own(link: ProfileLink) -> str:
    found = re.search(r"/organisatie/[\w-]+/", OutgoingMail.objects.latest("pk").body)
    assert found is not None
    return found[0]


def school_writes(world: World, partner: Partner, **facts: str) -> None:
    partner.refresh_from_db()
    actions.edit_partner(partner, actor=world.actor("head"), version=partner.version, facts=facts)


def sentences(partner: Partner) -> list[str]:
    return [entry.sentence for entry in history(partner, limit=50)]


def test_what_a_school_saved_meanwhile_is_not_overwritten_and_both_texts_show(
    world: World, partner: Partner, own: str
) -> None:
    client = Client()
    page = client.get(own + "gegevens/")
    school_writes(world, partner, description="Wij keken het na.")

    late = client.post(own + "gegevens/", filled(page, description="Onze woorden."))

    partner.refresh_from_db()
    assert (late.status_code, partner.description) == (409, "Wij keken het na.")
    said = text_of(late)
    assert "Iemand anders bewaarde intussen iets anders." in said
    assert "Wij keken het na. Onze woorden." in said

    client.post(own + "gegevens/", filled(late))
    partner.refresh_from_db()
    assert partner.description == "Onze woorden."


def test_an_offer_that_a_school_saved_meanwhile_is_not_overwritten(
    world: World, partner: Partner, own: str, make_offer: MakeOffer
) -> None:
    offer, client = make_offer(partner), Client()
    page = client.get(f"{own}aanbod/{offer.pk}/")
    facts = {"description": "Van de school."}
    actions.edit_offer(offer, actor=world.actor("head"), version=1, facts=facts)

    late = client.post(f"{own}aanbod/{offer.pk}/", filled(page, description="Van ons."))

    assert (late.status_code, Offer.objects.get().description) == (409, "Van de school.")
    assert "Van de school. Van ons." in text_of(late)
    client.post(f"{own}aanbod/{offer.pk}/", filled(late))
    assert Offer.objects.get().description == "Van ons."


def test_what_waits_can_be_read_back_and_is_filled_in(
    link: ProfileLink, own: str, partner: Partner
) -> None:
    say(link, name="Lichtpunt")

    page = Client().get(own + "gegevens/")

    assert "Naam : Lichtpunt" in text_of(Client().get(own))
    assert WAITS in text_of(page)
    assert "nu ‘Schermlicht vzw’, gevraagd ‘Lichtpunt’" in text_of(page)
    assert page.context["form"]["name"].value() == "Lichtpunt"


def test_sending_the_form_again_keeps_what_waits_as_it_is(
    link: ProfileLink, own: str, partner: Partner
) -> None:
    say(link, name="Lichtpunt")
    asked = Proposal.objects.get()
    page = Client().get(own + "gegevens/")

    Client().post(own + "gegevens/", filled(page, town="Gent"))

    assert Proposal.objects.get() == asked
    assert Partner.objects.get().town == "Gent"


def test_what_is_typed_back_waits_no_more(link: ProfileLink, own: str, partner: Partner) -> None:
    say(link, name="Lichtpunt")
    page = Client().get(own + "gegevens/")

    Client().post(own + "gegevens/", filled(page, name="Schermlicht vzw"))

    assert not Proposal.objects.exists()
    assert "De organisatie vroeg niet langer om een wijziging." in sentences(partner)


def test_a_colleague_does_not_replace_unseen_what_was_asked_meanwhile(
    link: ProfileLink, own: str, partner: Partner
) -> None:
    page = Client().get(own + "gegevens/")
    say(link, name="Lichtpunt")

    late = Client().post(own + "gegevens/", filled(page, name="Lichthuis"))

    assert late.status_code == 409
    assert "Lichtpunt Lichthuis" in text_of(late)
    assert Proposal.objects.get().changes == {"name": ["Schermlicht vzw", "Lichtpunt"]}
    Client().post(own + "gegevens/", filled(late))
    assert Proposal.objects.get().changes == {"name": ["Schermlicht vzw", "Lichthuis"]}


def test_an_offer_that_waits_is_filled_in_and_not_replaced_unseen(
    world: World, link: ProfileLink, own: str, partner: Partner, make_offer: MakeOffer
) -> None:
    offer = make_offer(partner, price=5, price_unit="pupil")
    actions.check_facts(
        partner, actor=world.actor("head"), version=offer.version, fields=["offer"], offer=offer
    )
    before = Client().get(f"{own}aanbod/{offer.pk}/")
    describe(link, offer, price="7.50")

    page = Client().get(f"{own}aanbod/{offer.pk}/")
    late = Client().post(f"{own}aanbod/{offer.pk}/", filled(before, title="Anders"))

    assert str(page.context["form"]["price"].value()) == "7.50"
    assert (late.status_code, Proposal.objects.get().changes) == (409, {"price": ["5.00", "7.50"]})


def test_the_version_that_was_read_is_asked_for(link: ProfileLink, partner: Partner) -> None:
    from partnerwijzer.access.actor import guest

    with pytest.raises(Conflict):
        actions.say_of_itself(link, actor=guest("An"), version=7, waiting=0, facts={})


# What the history says of a form that changed nothing


def test_all_is_well_is_said_only_of_facts_that_were_looked_at_and_nothing_asked(
    link: ProfileLink, partner: Partner
) -> None:
    say(link, name=partner.name)
    assert "De organisatie keek haar gegevens na: alles klopt." in sentences(partner)

    say(link, name="Lichtpunt")
    say(link, name="Lichtpunt")

    assert "De organisatie bekeek haar gegevens. Wat ze vroeg, wacht nog." in sentences(partner)


def test_an_offer_sent_unchanged_changes_nothing_and_vouches_for_nothing(
    link: ProfileLink, partner: Partner, make_offer: MakeOffer
) -> None:
    offer = make_offer(partner)

    describe(link, offer, title=offer.title)

    fresh = Offer.objects.get()
    assert (fresh.version, fresh.statements.count()) == (1, 0)
    assert "De organisatie bekeek haar gegevens en veranderde niets." in sentences(partner)
