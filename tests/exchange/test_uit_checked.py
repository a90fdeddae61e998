"""What a school checked, an import leaves alone; what UiTdatabank says instead is not hidden."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from partnerwijzer.access.actor import SYSTEM
from partnerwijzer.exchange.actions.uitdatabank import Report, bring_in
from partnerwijzer.partners import actions as partners
from partnerwijzer.partners.models import Offer, Partner, Statement
from tests.exchange.uit import event, organiser
from tests.partners.conftest import SignIn
from tests.partners.pages import text_of
from tests.personas import World

pytestmark = pytest.mark.usefixtures("world")
SAYS = "UiTdatabank zegt iets anders."
NEW = "https://nieuw.example"


def bring(*items: Any) -> Report:
    return bring_in(items, actor=SYSTEM)


def test_what_a_school_checked_stays_until_somebody_looks() -> None:
    bring(event())
    offer, today = Offer.objects.get(), timezone.localdate()
    Statement.objects.create(partner=offer.partner, field="website", checked_on=today)
    Statement.objects.create(partner=offer.partner, offer=offer, field="title", checked_on=today)
    moved = organiser(1, url="https://nieuw.example")
    base = [{"category": "base", "price": 9}]

    report = bring(event(1, name={"nl": "Anders"}, organizer=moved, priceInfo=base))

    offer.refresh_from_db()
    assert (offer.title, offer.partner.website, offer.price) == (
        *("Een lied van de klas 1", "https://www.muziekclub.example"),
        Decimal("9.00"),
    )
    assert (report.offers_changed, report.partners_changed) == (1, 0)


def test_an_offer_that_a_school_checked_stays_whole(world: World) -> None:
    bring(event())
    offer = Offer.objects.get()
    partners.check_facts(
        offer.partner,
        actor=world.actor("teacher"),
        version=offer.version,
        fields=[partners.WHOLE],
        offer=offer,
    )

    report = bring(event(1, name={"nl": "Anders"}))

    assert (report.offers_same, Offer.objects.get().title) == (1, offer.title)
    assert Statement.objects.filter(offer=offer).count() == 1


@pytest.fixture
def checked(world: World) -> Partner:
    """A partner of UiTdatabank of which a school checked the website."""
    bring(event())
    partner = Partner.objects.get()
    partners.check_facts(
        partner, actor=world.actor("teacher"), version=partner.version, fields=["website"]
    )
    return partner


@pytest.fixture
def page_of(checked: Partner, sign_in: SignIn) -> Callable[[], str]:
    browser = sign_in("teacher")
    return lambda: text_of(browser.get(f"/partners/{checked.pk}/wie-zegt-wat/"))


def other(url: str = NEW) -> Any:
    return event(1, organizer=organiser(1, url=url))


def test_what_it_says_of_what_a_school_checked_is_shown_to_schools(
    checked: Partner, page_of: Callable[[], str], sign_in: SignIn
) -> None:
    assert SAYS not in page_of()

    bring(other())

    assert f"{SAYS} Website : {NEW}" in page_of()
    assert "UiTdatabank zegt iets anders" in text_of(
        sign_in("council").get(f"/partners/{checked.pk}/")
    )
    checked.refresh_from_db()
    assert checked.website == "https://www.muziekclub.example"


def test_bringing_in_the_same_again_says_it_still_and_once(page_of: Callable[[], str]) -> None:
    for _time in range(3):
        bring(other())

    assert page_of().count(SAYS) == 1


def test_what_a_school_looked_at_again_is_not_said_again_and_something_new_is(
    world: World, checked: Partner, page_of: Callable[[], str]
) -> None:
    bring(other())
    partners.check_facts(
        checked, actor=world.actor("head"), version=checked.version, fields=["website"]
    )

    bring(other())
    assert SAYS not in page_of()

    bring(other("https://alweer.example"))
    assert "https://alweer.example" in page_of()


def test_once_it_says_the_same_again_nothing_differs(page_of: Callable[[], str]) -> None:
    bring(other())

    bring(event())

    assert SAYS not in page_of()


def test_once_no_school_stands_behind_it_the_fact_follows_again(checked: Partner) -> None:
    bring(other())
    Statement.objects.all().delete()

    bring(other())

    checked.refresh_from_db()
    assert checked.website == NEW


def test_of_an_offer_every_difference_is_shown(world: World, sign_in: SignIn) -> None:
    bring(event())
    offer = Offer.objects.get()
    partners.check_facts(
        offer.partner,
        actor=world.actor("teacher"),
        version=offer.version,
        fields=[partners.WHOLE],
        offer=offer,
    )

    base = [{"category": "base", "price": 9}]
    bring(event(1, name={"nl": "Anders"}, priceInfo=base))

    page = text_of(sign_in("head").get(f"/partners/{offer.partner_id}/wie-zegt-wat/"))
    assert "Prijs in euro : 9.00" in page
    assert "Titel : Anders" in page
