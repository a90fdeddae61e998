"""A databank with a few invented organisations, and a register of its own for every test."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partnerwijzer.access.actor import guest
from partnerwijzer.frameworks import actions as frameworks
from partnerwijzer.kbo.importer import import_extract
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.organisations.models import School, SchoolBoard
from partnerwijzer.partners import actions, queries
from partnerwijzer.partners.models import Experience, Offer, Partner, ProfileLink, Proposal
from partnerwijzer.ui import schoolyear
from tests.kbo.extracts import Org, full, write_zip
from tests.personas import World, make_world

# Of which experiences are told: last school year, unless a test says otherwise.
THIS_YEAR = schoolyear.of(timezone.localdate())
LAST_YEAR = THIS_YEAR - 1
MakePartner = Callable[..., Partner]
MakeOffer = Callable[..., Offer]
Tell = Callable[..., Experience]
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _register_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.KBO_DIR = tmp_path / "kbo"


@pytest.fixture
def world(db: None) -> World:
    """People of two boards, with the framework published."""
    frameworks.ensure_published()
    return make_world()


@pytest.fixture
def register(tmp_path: Path) -> None:
    """Three organisations in the register: an academy, a bankrupt company, a municipality."""
    orgs = [
        Org(
            place=1,
            name="Muziekacademie De Bijloke",
            contacts=[("WEB", "www.bijloke.example")],
            activities=[("001", "2025", "85520", "MAIN")],
        ),
        Org(place=2, name="Softwarehuis Vermeulen", form="610", situation="050"),
        Org(place=3, name="Stad Voorbeeldegem", form="411", town=("9999", "Voorbeeldegem")),
    ]
    import_extract(write_zip(tmp_path / "full.zip", full(orgs)))


@pytest.fixture
def make_partner(world: World) -> MakePartner:
    """make_partner("Naam", town="Gent") puts an organisation in the databank."""

    def make(name: str = "Schermlicht vzw", **facts: Any) -> Partner:
        given = {"kind": "training-organisation", **facts, "name": name}
        return actions.create_partner(world.school, actor=world.actor("teacher"), facts=given)

    return make


@pytest.fixture
def partner(make_partner: MakePartner) -> Partner:
    return make_partner()


@pytest.fixture
def make_offer(world: World) -> MakeOffer:
    """make_offer(partner, title="Titel", price=5, price_unit="pupil", grounding=3)."""

    def make(partner: Partner, title: str = "Wat wil mijn scherm?", **facts: Any) -> Offer:
        first = {"audience": ["pupils"], "shape": "one-off", "working_form": "workshop"}
        given = {**first, "place": "at-school", **facts, "title": title}
        rung, source = given.pop("grounding", None), given.pop("grounding_source", "Handboek")
        offer = actions.create_offer(partner, actor=world.actor("teacher"), facts=given)
        if rung is not None:
            found = {"rung": rung, "title": source}
            actions.add_source(offer, actor=world.actor("teacher"), facts=found)
            offer.refresh_from_db()
        return offer

    return make


@pytest.fixture
def tell(world: World) -> Tell:
    """tell(partner, school) lets a school share an experience; the rest has a sensible value."""
    counter = iter(range(10_000))

    def share(partner: Partner, school: School, **given: Any) -> Experience:
        words: dict[str, Any] = {"advice": "", "text_consent": False, "structural": False}
        choices: dict[str, Any] = {
            "audience": "everyone",
            "again": "yes",
            "school_year": THIS_YEAR - 1,
        }
        source = f"test:{next(counter)}"
        rest: dict[str, Any] = {"factors": [], "levels": [], "source": source}
        with_head = _leading(world, school)
        return actions.publish_experience(
            partner, actor=with_head, school=school, **{**words, **choices, **rest, **given}
        )

    return share


def _leading(world: World, school: School) -> Any:
    """An actor who leads this school, made for the occasion."""
    from partnerwijzer.access.actor import Actor, Kind, Role, Seat

    seat = Seat(Role.HEAD, school_id=school.pk, label=school.name)
    user = world.user("head").pk
    return Actor(Kind.USER, name="Hilde", user_id=user, seats=(seat,), school_id=school.pk)


@pytest.fixture
def elsewhere(world: World) -> list[School]:
    """Five schools of other boards."""
    boards = [SchoolBoard.objects.create(name=f"Bestuur {i}") for i in range(5)]
    return [
        School.objects.create(name=f"Verre school {i}", kind="lager", board=board)
        for i, board in enumerate(boards)
    ]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """sign_in("teacher") gives a browser in which that person is signed in."""

    def browser(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return browser


def say(link: ProfileLink, **facts: Any) -> tuple[list[str], Proposal | None]:
    """The organisation sends its facts, having read what is there and what waits now."""
    partner = Partner.objects.get(pk=link.partner_id)
    waiting = queries.asked_of(partner).newest
    return actions.say_of_itself(
        link, actor=guest("An"), version=partner.version, waiting=waiting, facts=facts
    )


def describe(link: ProfileLink, offer: Offer, **facts: Any) -> Proposal | None:
    """The organisation sends an offer, having read what is there and what waits now."""
    fresh = Offer.objects.get(pk=offer.pk)
    waiting = queries.asked_of(fresh).newest
    return actions.offer_of_itself(
        link, actor=guest("An"), offer=fresh, version=fresh.version, waiting=waiting, facts=facts
    )


@pytest.fixture
def token(world: World, partner: Partner) -> str:
    actions.send_profile_link(
        partner,
        actor=world.actor("teacher"),
        school=world.school,
        email="an@schermlicht.example",
        name="An",
    )
    body = OutgoingMail.objects.latest("pk").body
    found = re.search(r"/organisatie/([\w-]+)/", body)
    assert found is not None
    return found[1]


@pytest.fixture
def link(token: str) -> ProfileLink:
    return ProfileLink.objects.get()


@pytest.fixture
def own(token: str) -> str:
    return f"/organisatie/{token}/"


def where(partner: Partner) -> str:
    return f"/partners/{partner.pk}/"


def check(world: World, partner: Partner, *fields: str, who: str = "teacher") -> None:
    actions.check_facts(partner, actor=world.actor(who), version=partner.version, fields=fields)
