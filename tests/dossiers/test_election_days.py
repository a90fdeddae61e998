"""The days before elections in the planning of the school (K4, domain.md 3.2)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from partnerwijzer.dossiers import election_days
from partnerwijzer.dossiers.models import Activity, Dossier
from partnerwijzer.elections import actions as elections
from partnerwijzer.trajectories import actions as trajectories
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story

VOTE = date(2031, 10, 12)
FIRST = date(2031, 7, 14)
IN_IT = date(2031, 9, 8)
PERIOD = (
    "Van 14 juli 2031 tot en met 12 oktober 2031: de 90 dagen voor verkiezingen (Gemeenteraad)."
)
MARK = "politiek in de dagen voor verkiezingen"


@pytest.fixture
def vote(story: Story) -> None:
    elections.enter_election(
        None, actor=story.world.actor("umbrella_admin"), name="Gemeenteraad", on=VOTE,
        source="overheid.example", read_on=story.today,
    )  # fmt: skip


@pytest.fixture
def planned(story: Story, decided: Dossier) -> Activity:
    return story.plan(decided, title="Debat in de klas", on=IN_IT)


@pytest.mark.parametrize(
    ("day", "shown"),
    [(FIRST - timedelta(1), False), (FIRST, True), (VOTE, True), (VOTE + timedelta(1), False)],
)
def test_ninety_days_and_the_day_itself(day: date, shown: bool, vote: None) -> None:
    assert [span.words for span in election_days.spans(day, day)] == [PERIOD] * shown


def test_the_month_tells_the_period_and_marks_its_days(
    vote: None, planned: Activity, sign_in: SignIn
) -> None:
    client, address = sign_in("teacher"), reverse("dossiers:planning")

    within = client.get(address, {"maand": "2031-09"})
    outside = client.get(address, {"maand": "2031-12"})

    assert PERIOD in words(within)
    assert "voor verkiezingen" not in words(outside)
    assert within.content.decode().count("spanned") == 35
    assert MARK not in words(within)  # an election says nothing about who is no party


@pytest.mark.parametrize("look", ["maand", "week", "lijst"])
def test_an_activity_with_politics_in_it_is_marked(
    look: str, vote: None, planned: Activity, story: Story, sign_in: SignIn
) -> None:
    story.situation(planned.dossier, political=True)
    query = {"toon": look, "maand": "2031-09", "dag": f"{IN_IT}"}

    page = words(sign_in("teacher").get(reverse("dossiers:planning"), query))

    assert (MARK if look != "lijst" else "in de dagen voor verkiezingen") in page


def test_until_the_school_says_so_the_kind_of_the_partner_does(
    vote: None, planned: Activity, story: Story
) -> None:
    dossier = planned.dossier
    kind = next(
        k.key for k in story.content.vocab.partner_kinds if k.raises_situation == "political"
    )
    Dossier.objects.filter(pk=dossier.pk).update(situations={})
    dossier.partners.get().partner.__class__.objects.update(kind=kind)

    def found() -> set[int]:
        return election_days.political([Activity.objects.get(pk=planned.pk)])

    by_kind = found()
    story.situation(dossier, political=False)

    assert (by_kind, found()) == ({dossier.pk}, set())


def test_a_series_is_looked_at_with_the_period_in_it(
    vote: None, story: Story, decided: Dossier
) -> None:
    dossier = story.situation(decided, political=True)
    facts = {"rule": "weekly", "first": date(2031, 10, 6), "until": date(2031, 10, 13),
             "skip_off": True}  # fmt: skip

    found = trajectories.foreseen(dossier, facts)

    assert [(one.on.day, bool(one.warning)) for one in found] == [(6, True), (13, False)]
