"""Signing in, joining and leading people, in a real browser, with axe on each page."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.fixtures import Settings

from partnerwijzer.organisations import actions
from partnerwijzer.organisations.models import Membership
from tests.browsing import Visitor
from tests.organisations.conftest import last_mail, link_in
from tests.organisations.test_sign_in import PASSWORD
from tests.personas import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]
NARROW: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Meld me aan").click()


def test_somebody_joins_by_the_link_in_a_mail(world: World, visit: Visit) -> None:
    head = visit(world.user("head"))
    head.page.set_viewport_size(NARROW)
    page = head.open("/mensen/")
    head.assert_accessible()
    page.get_by_role("link", name="Nodig iemand uit").click()
    page.get_by_label("Naam").fill("Nora Nieuw")
    page.get_by_label("E-mailadres").fill("teacher@school.example")
    page.get_by_role("radio", name="leerkracht").check()
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    expect(page.get_by_text("Deze persoon heeft die rol hier al.").first).to_be_visible()
    expect(page.get_by_label("Naam")).to_have_value("Nora Nieuw")
    head.assert_accessible()
    page.get_by_label("E-mailadres").fill("nora@school.example")
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    expect(page.get_by_text("Nora Nieuw kreeg een mail met een link.")).to_be_visible()

    nora = visit()
    nora.page.set_viewport_size(NARROW)
    page = nora.open(link_in(last_mail()))
    nora.assert_accessible()
    page.get_by_label("Kies een wachtwoord").fill("kort")
    page.get_by_role("button", name="Aanvaard en begin").click()
    expect(page.get_by_text("Dit wachtwoord is te kort").first).to_be_visible()
    nora.assert_accessible()
    page.get_by_label("Kies een wachtwoord").fill("een lang geheim zinnetje")
    page.get_by_role("button", name="Aanvaard en begin").click()
    page.wait_for_url(lambda url: "uitnodiging" not in url)

    page = nora.open("/onze-school/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar staat onze school voor?")


def test_a_passkey_is_added_and_asked_for_at_the_next_sign_in(
    world: World, visit: Visit, settings: Settings
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    visitor = visit()
    _virtual_key(visitor)
    page = visitor.open("/account/login/")
    visitor.assert_accessible()
    sign_in(page, "teacher@school.example")
    page.wait_for_url(lambda url: "login" not in url)

    page = visitor.open("/account/2fa/webauthn/add/")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Naam").fill("Mijn laptop")
    visitor.assert_accessible()
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("noodcodes")
    visitor.assert_accessible()

    page = visitor.open("/account/logout/")
    page.get_by_role("button", name="Meld me af").click()
    page = visitor.open("/account/login/")
    sign_in(page, "teacher@school.example")
    expect(page.get_by_role("heading", level=1)).to_have_text("De tweede stap")
    visitor.assert_accessible()
    page.get_by_role("button", name="Gebruik je passkey").click()
    page.wait_for_url(lambda url: "authenticate" not in url)
    page = visitor.open("/account/2fa/webauthn/")
    expect(page.get_by_text("Mijn laptop").first).to_be_visible()
    visitor.assert_accessible()


def _virtual_key(visitor: Visitor) -> None:
    """A passkey in software, as DevTools offers it."""
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_that_is_refused_says_so_on_the_page(world: World, visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/account/login/")
    sign_in(page, "teacher@school.example")
    page.wait_for_url(lambda url: "login" not in url)
    page = visitor.open("/account/2fa/webauthn/add/")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    page.evaluate("() => { navigator.credentials.create = async () => { throw Error('nee') } }")

    page.get_by_role("button", name="Voeg toe").click()

    expect(page.get_by_text("Dat lukte niet.")).to_be_visible()


def test_an_app_shows_its_code_as_a_picture_that_the_policy_allows(
    world: World, visit: Visit
) -> None:
    visitor = visit()
    page = visitor.open("/account/login/")
    sign_in(page, "teacher@school.example")
    page.wait_for_url(lambda url: "login" not in url)
    page = visitor.open("/account/2fa/totp/activate/")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()

    picture = page.get_by_role("img", name="QR-code voor de app")

    assert picture.evaluate("image => image.complete && image.naturalWidth > 50")
    visitor.assert_accessible()


def test_schools_are_searched_while_typing_and_the_address_keeps_the_words(
    world: World, visit: Visit
) -> None:
    visitor = visit(world.user("umbrella_admin"))
    page = visitor.open("/scholen/")
    visitor.assert_accessible()

    page.get_by_label("Naam, gemeente, postcode of schoolnummer").press_sequentially("zus")

    expect(page.get_by_role("status").first).to_contain_text("1 school")
    page.wait_for_url("**zoek=zus**")
    before = page.locator("#scholen").inner_html()
    page.reload()
    assert page.locator("#scholen").inner_html() == before


PAGES = [
    "/onze-school/",
    "/mensen/",
    "/mensen/school/{school}/uitnodigen/",
    "/mensen/rol/{teacher}/",
    "/mensen/rol/{teacher}/beeindigen/",
    "/scholen/{school}/profiel/",
    "/scholen/",
    "/mijn-gegevens/",
    "/account/password/change/",
    "/account/email/",
    "/account/2fa/",
    "/account/sessions/",
    "/doelen/zoeken/",
]


@pytest.mark.usefixtures("framework")
@pytest.mark.parametrize("viewport", [NARROW, {"width": 1280, "height": 900}])
def test_axe_finds_nothing_on_any_page(viewport: ViewportSize, world: World, visit: Visit) -> None:
    actions.add_priority(world.school, actor=world.actor("head"), text="Lezen")
    numbers: dict[str, Any] = {
        "school": world.school.pk,
        "teacher": Membership.objects.get(user=world.user("teacher")).pk,
    }
    visitor = visit(world.user("head"))
    visitor.page.set_viewport_size(viewport)

    for address in PAGES:
        page = visitor.open(address.format(**numbers))
        visitor.assert_accessible()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
