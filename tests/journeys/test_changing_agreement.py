"""A partner who asks a change in the agreement, with the wrong turns of both sides."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import AgreementVersion, Dossier
from tests.dossiers.story import Story
from tests.journeys.acts import changing
from tests.journeys.conftest import address_in_mail
from tests.journeys.person import Person
from tests.personas import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PARTNER = "Schermlicht vzw"


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def dossier(world: World) -> Dossier:
    """A structural dossier of which version 1 is on its way to the partner."""
    story = Story(world)
    dossier = story.open(story.make_partner(PARTNER), title="Mediawijs", kind="structural")
    story.begin(dossier)
    person = world.user("teacher")
    basics.add_member(dossier, actor=story.coordinator, user=person, part="lead")
    look = {"on": in_days(40), "what": "Halfweg kijken", "partner": "Lowie"}
    version = story.fix(
        Dossier.objects.get(pk=dossier.pk),
        **{
            "trajectory.start_date": in_days(2),
            "trajectory.end_date": in_days(200),
            "checkpoints.checkpoints": json.dumps([look]),
        },
    )
    story.send(version)
    return Dossier.objects.get(pk=dossier.pk)


def test_a_partner_asks_a_change_and_both_confirm_another_text(
    world: World, person: Callable[..., Person], dossier: Dossier
) -> None:
    first = address_in_mail("scholen@partner.example")
    teacher = person("teacher").on_a_phone()

    lowie = changing.asks_a_question(person, first)
    changing.answers_it(teacher, PARTNER)
    changing.asks_too_much(lowie, first)
    changing.says_no(teacher, PARTNER)
    changing.reads_the_no(lowie, first)
    changing.wants_it_otherwise(lowie, first)
    second = changing.changes_it(teacher, PARTNER, in_days(90))
    changing.says_yes(lowie, first, second)
    changing.says_yes_for_the_school(person("head").on_a_phone(), PARTNER)

    assert not AgreementVersion.objects.in_force(timezone.localdate())
    holds = AgreementVersion.objects.in_force(timezone.localdate() + timedelta(days=2)).get()
    assert (holds.number, holds.checkpoints.count()) == (2, 2)
