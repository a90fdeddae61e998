"""One school with a dossier for class 5A, and people of both worlds."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from partnerwijzer.costs import actions, queries
from partnerwijzer.costs.models import CostCeiling, CostLine, OtherCost
from partnerwijzer.dossiers.actions import basics
from partnerwijzer.dossiers.models import Dossier
from tests.dossiers import one
from tests.dossiers.story import Story

YEAR = 2026


def _without_groups(story: Story) -> Dossier:
    dossier = one.begun(story)
    dossier.groups.all().delete()
    return dossier


SignIn = one.SignIn
world, story, dossier, sign_in = one.world, one.story, one.dossier, one.sign_in
built = one.keeps(_without_groups)


class Purse:
    """Notes costs with the real actions; what a test does not name is usual."""

    def __init__(self, story: Story, dossier: Dossier) -> None:
        self.story, self.dossier, self.actor = story, dossier, story.coordinator

    def group(
        self, label: str = "5A", level: str = "lager-graad-3", *, dossier: Any = None
    ) -> None:
        basics.add_group(
            dossier or self.dossier, actor=self.actor, level=level, label=label, pupils=20
        )

    def line(self, parents: str = "10", *, dossier: Any = None, **more: Any) -> CostLine:
        of = dossier or self.dossier
        if not of.groups.exists():
            self.group(dossier=of)
        facts = {
            "what": "Museumbezoek",
            "unit": "pupil",
            "amount": Decimal(200),
            "times": 1,
            "parents_each": Decimal(parents),
            "duration": "one-day",
            "need": "extra",
            "school_year": YEAR,
            **more,
        }
        return actions.add_line(of, actor=self.actor, facts=facts, groups=of.groups.all())

    def other(self, parents: str, label: str = "5A", **more: Any) -> OtherCost:
        facts = {
            "what": "Schoolreis",
            "school_year": YEAR,
            "level": "lager-graad-3",
            "label": label,
            "parents_each": Decimal(parents),
            "duration": "one-day",
            "need": "extra",
            **more,
        }
        return actions.add_other(self.story.world.school, actor=self.actor, facts=facts)

    def ceiling(self, amount: str = "100", *, of_school: bool = False, **more: Any) -> CostCeiling:
        facts = {
            "kind": "one-day",
            "level": "lager",
            "school_year": YEAR,
            "amount": Decimal(amount),
            "source": "Omzendbrief van de test",
            "url": "https://overheid.example/bedragen",
            "read_on": date(2026, 9, 1),
            **more,
        }
        world = self.story.world
        owner, keeper = world.umbrella, world.actor("umbrella_admin")
        if of_school:
            return actions.enter_ceiling(world.school, actor=self.story.head, facts=facts)
        return actions.enter_ceiling(owner, actor=keeper, facts=facts)

    def replace(self, row: CostCeiling, **more: Any) -> CostCeiling:
        """By who may: the umbrella for its own, the head for those of the school."""
        facts = {n: getattr(row, n) for n in actions.CEILING} | more
        keeper = self.story.head if row.school_id else self.story.world.actor("umbrella_admin")
        return actions.replace_ceiling(row, actor=keeper, version=row.version, facts=facts)


@pytest.fixture
def purse(story: Story, dossier: Dossier) -> Purse:
    return Purse(story, dossier)


def plan_address(dossier: Dossier) -> str:
    return reverse("costs:plan", args=[dossier.pk])


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def outlook(purse: Purse) -> queries.Outlook:
    return queries.outlook(purse.actor, fresh(purse.dossier))
