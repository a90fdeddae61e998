"""What a page reads with a dossier is what the dossier says when it is asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerwijzer.dossiers import casework, told
from partnerwijzer.dossiers.actions import basics, running
from partnerwijzer.dossiers.models import Dossier, Evidence
from partnerwijzer.dossiers.queries import reading
from tests.dossiers.story import Story

FACTS = sorted(told._facts)


@pytest.mark.parametrize("stage", ["opened", "screened", "agreed", "decided"])
def test_a_fact_is_the_same_along_with_the_dossier_and_alone(
    stage: str, story: Story, request: pytest.FixtureRequest
) -> None:
    dossier = request.getfixturevalue(stage)

    read = reading.get_page(story.head, dossier.pk)

    along = {name: told.of(read, name) for name in FACTS}
    assert along == {name: told.of(dossier, name) for name in FACTS}


def test_a_fact_that_was_not_read_along_is_asked_again(story: Story, opened: Dossier) -> None:
    before = told.of(opened, "has_goals")

    story.choose_goal(opened, story.make_goal())

    assert (before, told.of(opened, "has_goals")) == (False, True)


def test_confirmed_is_with_every_partner_and_the_newest_version(
    story: Story, agreed: Dossier
) -> None:
    seen = [casework.agreements_confirmed(agreed)]
    story.fix(agreed, note="Een ander thema.", **{"content.topics": "Anders"})
    seen.append(casework.agreements_confirmed(agreed))

    assert seen == [True, False]


def test_not_confirmed_with_a_partner_that_came_later(story: Story, agreed: Dossier) -> None:
    basics.add_partner(agreed, actor=story.head, partner=story.make_partner("Later erbij"))

    assert not casework.agreements_confirmed(agreed)


def test_a_dossier_without_partner_confirmed_nothing(story: Story) -> None:
    assert not casework.agreements_confirmed(story.open(title="Nog niemand"))


def test_only_the_newest_decision_counts_as_a_yes(story: Story, decided: Dossier) -> None:
    seen = ["positive-decision" in running.what_is_met(decided)]
    story.decide(decided, outcome="no")
    seen.append("positive-decision" in running.what_is_met(decided))

    assert seen == [True, False]


def test_evidence_is_counted_as_if_it_were_read(story: Story, screened: Dossier) -> None:
    story.proof(screened, "fits-age")
    first, second, third = Evidence.objects.filter(dossier=screened)[:3]
    Evidence.objects.filter(pk=first.pk).update(removed_at=timezone.now())
    Evidence.objects.filter(pk=second.pk).update(valid_until=timezone.localdate())
    yesterday = timezone.localdate() - timedelta(days=1)
    Evidence.objects.filter(pk=third.pk).update(valid_until=yesterday)
    whole = reading.get_whole(story.head, screened.pk)

    page = reading.get_page(story.head, screened.pk)

    def counted(dossier: Dossier) -> list[tuple[str, int]]:
        return [(row.criterion.key, row.pieces) for row in casework.asked_of(dossier)]

    assert counted(page) == counted(whole)
    assert casework.answers_of(page) == casework.answers_of(whole)
    assert casework.conclude(page) == casework.conclude(whole)
