"""What the organisation offers, as it says itself: price, goals and sources."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.models import AccessLink
from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.partners import actions
from partnerwijzer.partners.models import (
    GroundingSource,
    Offer,
    Partner,
    ProfileLink,
    Statement,
)
from tests.partners.conftest import MakeOffer, SignIn, describe
from tests.partners.pages import filled, text_of
from tests.personas import World


def offer_facts(**more: Any) -> dict[str, Any]:
    first = {"title": "Workshop", "audience": ["pupils"], "shape": "one-off"}
    return {**first, "working_form": "workshop", "place": "at-school", **more}


def test_it_adds_an_offer_with_a_price(own: str, partner: Partner) -> None:
    client = Client()
    page = client.get(own + "aanbod/")

    given = filled(page, **offer_facts(price="6,50", price_unit="pupil"))
    done = client.post(own + "aanbod/", given)

    assert done.status_code == 302
    offer = Offer.objects.get()
    assert (str(offer.price), offer.price_checked_by) == ("6.50", "de organisatie zelf")


def test_a_change_of_an_offer_that_a_school_checked_waits(
    world: World, link: ProfileLink, partner: Partner, make_offer: MakeOffer
) -> None:
    offer = make_offer(partner, price=5, price_unit="pupil")
    actions.check_facts(
        partner, actor=world.actor("head"), version=offer.version, fields=["offer"], offer=offer
    )

    proposal = describe(link, offer, price="7.50", price_unit="pupil")

    offer.refresh_from_db()
    assert offer.price == 5
    assert proposal is not None
    actions.accept_proposal(proposal, actor=world.actor("umbrella_admin"), version=offer.version)
    offer.refresh_from_db()
    assert str(offer.price) == "7.50"


@pytest.mark.parametrize(
    ("facts", "who"), [({"price": "7.50"}, "Koepel Test"), ({"title": "Anders"}, "School A")]
)
def test_a_new_price_carries_the_day_and_the_name_of_who_accepted_it(
    world: World,
    link: ProfileLink,
    partner: Partner,
    make_offer: MakeOffer,
    facts: dict[str, str],
    who: str,
) -> None:
    offer = make_offer(partner, price=5, price_unit="pupil")
    long_ago = timezone.localdate() - timedelta(days=300)
    Offer.objects.update(price_checked_on=long_ago)
    check = {"version": offer.version, "fields": ["offer"], "offer": offer}
    actions.check_facts(partner, actor=world.actor("head"), **check)
    proposal = describe(link, offer, **facts)
    assert proposal is not None

    actions.accept_proposal(proposal, actor=world.actor("umbrella_admin"), version=offer.version)

    fresh = Offer.objects.get()
    day = timezone.localdate() if "price" in facts else long_ago
    assert (fresh.price_checked_on, fresh.price_checked_by) == (day, who)


def test_an_offer_of_another_organisation_is_not_there(
    own: str, make_partner: Any, make_offer: MakeOffer
) -> None:
    other = make_offer(make_partner("Codekelder"))

    for path in (f"aanbod/{other.pk}/", f"aanbod/{other.pk}/bron/"):
        assert Client().get(own + path).status_code == 404


def test_a_source_that_it_brings_is_a_claim(
    own: str, partner: Partner, make_offer: MakeOffer
) -> None:
    offer = make_offer(partner)
    given = {"title": "Ons rapport", "rung": "4", "link": "https://licht.example/rapport"}

    Client().post(f"{own}aanbod/{offer.pk}/bron/", given)

    source = GroundingSource.objects.get()
    assert (source.by_partner, source.is_checked) == (True, False)
    offer.refresh_from_db()
    assert offer.grounding is None


# Its goals


@pytest.fixture
def goal(db: None) -> Goal:
    goal_set = GoalSet.objects.create(source_id=7, name="Set", fingerprint="x", search_text="x")
    return Goal.objects.create(
        source_id=12,
        goal_set=goal_set,
        code="07.01",
        text="Stroomkringen bouwen",
        fingerprint="x",
        search_text="stroomkringen bouwen",
    )


def test_it_names_the_goals_of_an_offer_as_its_own_word(
    own: str, partner: Partner, make_offer: MakeOffer, goal: Goal
) -> None:
    offer, client = make_offer(partner), Client()
    at = f"{own}aanbod/{offer.pk}/"

    client.post(at, filled(client.get(at), goals=[goal.pk]))

    assert list(offer.goals.all()) == [goal]
    row = Statement.objects.get(offer=offer)
    assert (row.said_on, row.checked_on) == (timezone.localdate(), None)
    assert "Stroomkringen bouwen" in text_of(client.get(at))


def test_goals_of_an_offer_that_a_school_checked_wait_and_are_set_once_accepted(
    world: World,
    link: ProfileLink,
    own: str,
    partner: Partner,
    make_offer: MakeOffer,
    goal: Goal,
    sign_in: SignIn,
) -> None:
    offer, head = make_offer(partner), world.actor("head")
    actions.check_facts(partner, actor=head, version=offer.version, fields=["offer"], offer=offer)

    proposal = describe(link, offer, goals=[goal])

    assert proposal is not None
    assert (proposal.changes, offer.goals.count()) == ({"goals": [[], [goal.pk]]}, 0)
    waiting = text_of(sign_in("umbrella_admin").get("/partners/beheer/?deel=wijzigingen"))
    assert "Onderwijsdoelen – 07.01 Stroomkringen bouwen" in waiting
    at = f"{own}aanbod/{offer.pk}/"
    assert f'value="{goal.pk}" checked' in Client().get(at).content.decode()
    actions.accept_proposal(proposal, actor=world.actor("umbrella_admin"), version=offer.version)
    assert list(offer.goals.all()) == [goal]


def test_of_two_people_of_the_organisation_neither_replaces_the_goals_of_the_other_unseen(
    world: World, own: str, link: ProfileLink, partner: Partner, make_offer: MakeOffer, goal: Goal
) -> None:
    offer, client = make_offer(partner), Client()
    actions.check_facts(
        partner, actor=world.actor("head"), version=1, fields=["offer"], offer=offer
    )
    at = f"{own}aanbod/{offer.pk}/"
    page = client.get(at)
    describe(link, offer, goals=[goal])

    late = client.post(at, filled(page))

    assert late.status_code == 409
    assert "Stroomkringen bouwen" in text_of(late)


@pytest.mark.parametrize("script", [True, False])
def test_it_looks_goals_up_by_its_link_only(
    own: str, link: ProfileLink, goal: Goal, script: bool
) -> None:
    headers = {"HX-Request": "true"} if script else {}
    at = f"{own}doelen/?veld=goals&goals-zoek=stroomkringen"

    found = Client().get(at, headers=headers)

    assert "Stroomkringen bouwen" in text_of(found)
    assert own in found.content.decode() or script
    AccessLink.objects.update(withdrawn_at=timezone.now())
    assert "Stroomkringen" not in text_of(Client().get(at, headers=headers))


def test_the_picker_of_the_organisation_asks_at_its_own_address(own: str) -> None:
    page = Client().get(own + "aanbod/").content.decode()

    assert f'hx-get="{own}doelen/?veld=goals"' in page
    assert "/doelen/kiezen/" not in page
