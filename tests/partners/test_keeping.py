"""Changing the databank: who may, two at once, twice the same, and what the log tells."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from partnerwijzer.access.versions import Conflict
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.models import Offer, Partner, PartnerContact, Recognition, Statement
from tests.kbo.extracts import number
from tests.partners.conftest import MakeOffer, MakePartner
from tests.personas import World

KEEPERS = (
    *("head", "teacher", "coordinator", "board_admin", "adviser", "umbrella_admin"),
    *("sister", "other_head"),
)


@pytest.mark.parametrize("who", KEEPERS)
def test_staff_boards_and_umbrellas_keep_the_databank(
    world: World, partner: Partner, who: str
) -> None:
    actor = world.actor(who)
    made = actions.create_partner(None, actor=actor, facts={"name": "Nieuw", "kind": "media"})
    facts = {"town": "Gent"}
    actions.edit_partner(made, actor=actor, version=made.version, facts=facts)

    assert Partner.objects.get(pk=made.pk).town == "Gent"


def test_a_member_of_the_school_council_only_reads(
    world: World, partner: Partner, make_offer: MakeOffer
) -> None:
    actor, offer = world.actor("council"), make_offer(partner)
    tries = [
        lambda: actions.create_partner(None, actor=actor, facts={"name": "Nieuw"}),
        lambda: actions.edit_partner(partner, actor=actor, version=1, facts={}),
        lambda: actions.save_contact(partner, actor=actor, contact=None, facts={}),
        lambda: actions.save_recognition(partner, actor=actor, recognition=None, facts={}),
        lambda: actions.create_offer(partner, actor=actor, facts={}),
        lambda: actions.edit_offer(offer, actor=actor, version=1, facts={}),
        lambda: actions.withdraw_offer(offer, actor=actor),
    ]

    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()
    assert queries.get_partner(actor, partner.pk) == partner


def test_a_number_belongs_to_one_partner(make_partner: MakePartner) -> None:
    make_partner("Een", enterprise_number=number(1))

    with pytest.raises(IntegrityError), transaction.atomic():
        make_partner("Twee", enterprise_number=number(1))
    assert make_partner("Drie").enterprise_number == make_partner("Vier").enterprise_number == ""


def test_who_saves_last_is_told_that_somebody_saved_before(world: World, partner: Partner) -> None:
    read = partner.version
    actions.edit_partner(
        partner, actor=world.actor("head"), version=read, facts={"description": "Van de directie"}
    )

    with pytest.raises(Conflict) as told:
        actions.edit_partner(
            partner, actor=world.actor("other_head"), version=read, facts={"description": "Ander"}
        )

    assert told.value.current.description == "Van de directie"
    assert Partner.objects.get(pk=partner.pk).description == "Van de directie"


def test_the_log_tells_which_facts_were_changed(world: World, partner: Partner) -> None:
    facts = {"town": "Gent", "website": "https://x.example", "name": partner.name}
    actions.edit_partner(partner, actor=world.actor("head"), version=1, facts=facts)

    newest = queries.history(world.actor("head"), partner)[0]

    assert newest.sentence == "Head paste de gegevens aan: website, gemeente."


def test_contacts_and_recognitions_are_added_changed_and_taken_away(
    world: World, partner: Partner
) -> None:
    actor = world.actor("teacher")
    contact = actions.save_contact(
        partner, actor=actor, contact=None, facts={"name": "Onthaal", "email": "a@b.example"}
    )
    recognition = actions.save_recognition(
        partner, actor=actor, recognition=None, facts={"by": "Overheid", "since": date(2020, 1, 1)}
    )
    for fresh in (contact, recognition):
        assert fresh.version == 1

    actions.save_contact(
        partner, actor=actor, contact=contact, facts={"phone": "09 123"}, version=1
    )
    with pytest.raises(Conflict):
        actions.save_contact(partner, actor=actor, contact=contact, facts={}, version=1)
    row = PartnerContact.objects.get()
    assert (row.name, row.email, row.phone, row.version) == ("Onthaal", "a@b.example", "09 123", 2)

    actions.save_recognition(
        partner, actor=actor, recognition=recognition, facts={"by": "Vlaanderen"}, version=1
    )
    with pytest.raises(Conflict):
        actions.save_recognition(partner, actor=actor, recognition=recognition, facts={}, version=1)
    assert Recognition.objects.get().by == "Vlaanderen"

    actions.remove_contact(partner, actor=actor, contact=row)
    actions.remove_recognition(partner, actor=actor, recognition=Recognition.objects.get())
    assert not PartnerContact.objects.exists()
    assert not Recognition.objects.exists()
    said = " ".join(entry.sentence for entry in queries.history(actor, partner, limit=20))
    assert "Onthaal" not in said


def test_a_contact_of_another_partner_is_not_changed_through_this_one(
    world: World, partner: Partner, make_partner: MakePartner
) -> None:
    actor, other = world.actor("teacher"), make_partner("Bibliotheek")
    contact = actions.save_contact(other, actor=actor, contact=None, facts={"name": "Onthaal"})

    with pytest.raises(PartnerContact.DoesNotExist):
        actions.save_contact(partner, actor=actor, contact=contact, facts={}, version=1)


def test_an_offer_is_changed_by_one_at_a_time(
    world: World, partner: Partner, make_offer: MakeOffer
) -> None:
    offer, actor = make_offer(partner), world.actor("teacher")
    actions.edit_offer(
        offer, actor=actor, version=1, facts={"price": Decimal(5), "price_unit": "day"}
    )

    with pytest.raises(Conflict):
        actions.edit_offer(offer, actor=actor, version=1, facts={"title": "Anders"})
    assert Offer.objects.get().price == Decimal(5)


def said_of(offer: Offer) -> set[str]:
    return set(Statement.objects.filter(offer=offer).values_list("field", flat=True))


def test_of_an_offer_goes_only_what_was_said_of_what_changed(
    world: World, partner: Partner, make_offer: MakeOffer
) -> None:
    offer, actor, today = make_offer(partner), world.actor("teacher"), date(2026, 3, 1)
    for field in ("offer", "title", "place"):
        Statement.objects.create(partner=partner, offer=offer, field=field, checked_on=today)

    same = {"title": offer.title, "place": offer.place}
    actions.edit_offer(offer, actor=actor, version=1, facts=same, goals=[])
    assert said_of(offer) == {"offer", "title", "place"}

    actions.edit_offer(offer, actor=actor, version=2, facts={**same, "title": "Anders"})
    assert said_of(offer) == {"place"}


def test_of_a_partner_goes_only_what_was_said_of_what_changed(
    world: World, partner: Partner, make_offer: MakeOffer
) -> None:
    actor, offer = world.actor("teacher"), make_offer(partner)
    fields = ["town", "website", "name"]
    actions.check_facts(partner, actor=actor, version=partner.version, fields=fields)
    actions.check_facts(partner, actor=actor, version=offer.version, fields=["offer"], offer=offer)

    facts = {"name": partner.name, "town": "Elders", "website": partner.website}
    actions.edit_partner(partner, actor=actor, version=1, facts=facts)

    left = Statement.objects.filter(partner=partner, offer=None).values_list("field", flat=True)
    assert set(left) == {"website", "name"}
    assert said_of(offer) == {"offer"}


@pytest.mark.parametrize(
    "facts",
    [
        {"price": Decimal(-1), "price_unit": "day"},
        {"price": Decimal(5)},
        {"price": Decimal(5), "price_unit": "free"},
        {"age_from": 12, "age_to": 6},
    ],
)
def test_the_database_refuses_an_offer_that_cannot_be(
    partner: Partner, make_offer: MakeOffer, facts: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_offer(partner, **facts)


def test_the_history_names_people_to_their_colleagues_only(world: World, partner: Partner) -> None:
    actions.edit_partner(partner, actor=world.actor("other_head"), version=1, facts={"town": "X"})

    def said(who: str) -> list[str]:
        return [entry.sentence for entry in queries.history(world.actor(who), partner)]

    assert said("head") == [
        "Iemand van een andere school paste de gegevens aan: gemeente.",
        "Teacher zette deze partner in de databank.",
    ]
    assert said("other_teacher") == [
        "Other_Head paste de gegevens aan: gemeente.",
        "Iemand van een andere school zette deze partner in de databank.",
    ]
    assert said("umbrella_admin") == [
        "Other_Head paste de gegevens aan: gemeente.",
        "Teacher zette deze partner in de databank.",
    ]


def test_the_history_of_a_partner_does_not_tell_who_shared_an_experience(
    world: World, partner: Partner, tell: object
) -> None:
    tell(partner, world.school)  # type: ignore[operator]

    verbs = [entry.verb for entry in queries.history(world.actor("head"), partner)]

    assert verbs == ["partner.created"]
