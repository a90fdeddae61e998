"""A school with a main council of which somebody is a member, and a body of its own besides."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils import actions
from partnerwijzer.councils.models import CouncilBody, CouncilMeeting
from partnerwijzer.frameworks import actions as frameworks
from tests.personas import World, make_world

SignIn = Callable[[str], Client]
SEPTEMBER = date(2025, 9, 1)


@pytest.fixture
def world(db: None) -> World:
    frameworks.ensure_published()
    return make_world()


@pytest.fixture
def head(world: World) -> Actor:
    return world.actor("head")


@pytest.fixture
def body(world: World, head: Actor) -> CouncilBody:
    """The school council, with the rules that it made."""
    made = actions.make_body(world.school, actor=head, kind="school-council")
    return actions.save_rules(
        made,
        actor=head,
        version=made.version,
        facts={
            "rules_source": "Huishoudelijk reglement, artikel 7",
            "rules_on": date(2025, 10, 1),
            "pauses": ["christmas", "easter", "summer"],
            "quorum": 4,
            "lead_days": 10,
            "waiver": "Met twee derde van de leden.",
        },
    )


@pytest.fixture
def meeting(body: CouncilBody, head: Actor) -> CouncilMeeting:
    return actions.plan_meeting(
        body, actor=head, facts={"on": date(2027, 3, 9), "place": "De leraarskamer"}
    )


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """sign_in("head") gives a browser in which that person is signed in."""

    def make(who: str) -> Client:
        client = Client()
        client.force_login(world.user(who))
        return client

    return make
