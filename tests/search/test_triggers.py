"""Nothing that changes a watched table escapes the log of changes."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from partnerwijzer.goals.models import Goal, GoalSet
from partnerwijzer.partners.models import Offer, Partner
from partnerwijzer.search.models import Change

pytestmark = pytest.mark.django_db


def noted() -> list[int]:
    """The partners in the log, which is emptied."""
    found = list(
        Change.objects.filter(topic="databank").order_by("id").values_list("key", flat=True)
    )
    Change.objects.all().delete()
    return found


def offer_of(partner: Partner) -> Offer:
    return Offer.objects.bulk_create(
        [
            Offer(
                partner=partner,
                title="Les",
                audience=["pupils"],
                price=Decimal(3),
                price_unit="day",
            )
        ]
    )[0]


@pytest.fixture
def pair() -> list[Partner]:
    return Partner.objects.bulk_create([Partner(name=n, kind="library") for n in ("Een", "Twee")])


def test_rows_that_come_change_and_go_are_noted_however_that_is_done(pair: list[Partner]) -> None:
    one, two = pair
    assert noted() == [one.pk, two.pk]

    Partner.objects.update(town="Gent")
    assert noted() == [one.pk, two.pk]

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM partners_partner WHERE id = %s", [one.pk])
    assert noted() == [one.pk]


def test_what_moves_to_another_partner_is_noted_for_both(pair: list[Partner]) -> None:
    one, two = pair
    offer = offer_of(one)
    noted()

    Offer.objects.filter(pk=offer.pk).update(partner=two)

    assert sorted(noted()) == sorted([one.pk, two.pk])


def test_the_goals_of_an_offer_belong_to_its_partner(pair: list[Partner]) -> None:
    offer = offer_of(pair[1])
    goals = GoalSet.objects.create(source_id=1, name="Set", search_text="", fingerprint="")
    goal = Goal.objects.create(
        source_id=2, goal_set=goals, text="Lezen", search_text="", fingerprint=""
    )
    noted()

    offer.goals.add(goal)
    assert noted() == [pair[1].pk]
    offer.goals.clear()
    assert noted() == [pair[1].pk]


@pytest.mark.django_db(transaction=True)
def test_migrating_again_keeps_the_triggers(pair: Any) -> None:
    call_command("migrate", verbosity=0)
    noted()

    Partner.objects.filter(name="Een").update(town="Gent")

    assert len(noted()) == 1


def test_marks_differ(pair: list[Partner]) -> None:
    marks = set(Change.objects.values_list("mark", flat=True))

    assert len(marks) == 2
