"""What a helper tree knows already: the level, election days, the legal form; and what makes an
outcome stale (K4)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from partnerwijzer.dossiers import trees
from partnerwijzer.dossiers.actions import basics, running
from partnerwijzer.dossiers.known_facts import Facts
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.elections import actions as elections
from partnerwijzer.frameworks import walking as trees_of
from partnerwijzer.kbo.importer import import_extract
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.dossiers.walked import ADVERTISING, STOPPED, fresh, question, stops
from tests.kbo.extracts import Org, full, number, write_zip


def test_a_level_that_changes_makes_the_outcome_stale(story: Story, sponsored: Dossier) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    group = sponsored.groups.get()
    basics.remove_group(sponsored, actor=story.head, group=group)
    basics.add_group(sponsored, actor=story.head, level="secundair", pupils=12)

    found = trees.shown(fresh(sponsored), run)

    assert found.stale
    assert ("tree", ADVERTISING) in stops(sponsored)


def test_another_group_of_the_same_level_changes_nothing(story: Story, sponsored: Dossier) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    basics.add_group(sponsored, actor=story.head, level="kleuter", pupils=12)

    assert not trees.shown(fresh(sponsored), run).stale


def test_a_fact_that_was_overruled_and_did_not_change_is_no_news(
    story: Story, sponsored: Dossier
) -> None:
    run = story.walk(sponsored, ADVERTISING, "advertising", "other", "yes")

    assert not trees.shown(fresh(sponsored), run).stale


def enter(story: Story, on: date) -> None:
    elections.enter_election(
        None,
        actor=story.world.actor("umbrella_admin"),
        name="Gemeenteraad",
        on=on,
        source="overheid.example",
        read_on=story.today,
    )


PARTY = {"who-organises": "party", "party-calls-to-support": "no", "school-hours": "no"}


def test_the_ninety_days_are_computed_from_the_activities(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 3.2: not in the 90 days before an election."""
    story.begin(opened)
    story.plan(opened, days=10)
    enter(story, story.today + timedelta(days=99))

    page = question(sign_in, opened, "politics", **PARTY)

    assert "is 89 dagen voor de verkiezingen (Gemeenteraad" in page


def test_without_activities_the_ninety_days_are_computed_from_what_was_agreed(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    """domain.md 3.2; nobody planned the days in the dossier, the agreement says them."""
    story.begin(opened)
    version = story.agree(opened)
    day = story.today + timedelta(days=10)
    type(version).objects.filter(pk=version.pk).update(valid_from=day, valid_until=day)
    enter(story, story.today + timedelta(days=99))

    page = question(sign_in, opened, "politics", **PARTY)

    assert "is 89 dagen voor de verkiezingen (Gemeenteraad" in page


def test_without_a_date_the_question_says_that_nobody_knows(
    story: Story, opened: Dossier, sign_in: SignIn
) -> None:
    story.begin(opened)
    story.plan(opened, days=10)

    page = question(sign_in, opened, "politics", **PARTY)

    assert "Er staat nog geen datum van verkiezingen in Partnerwijzer." in page


def test_an_election_that_is_entered_later_makes_the_outcome_stale(
    story: Story, opened: Dossier
) -> None:
    story.begin(opened)
    dossier = story.situation(opened, political=True)
    story.plan(dossier, days=10)
    enter(story, story.today + timedelta(days=300))
    run = story.walk(dossier, "politics", "party", "no", "no", "no", "no", "yes")

    assert not trees.shown(fresh(dossier), run).stale
    enter(story, story.today + timedelta(days=60))
    assert trees.shown(fresh(dossier), run).stale


def test_a_day_that_moves_out_of_the_ninety_days_makes_the_outcome_stale(
    story: Story, opened: Dossier
) -> None:
    story.begin(opened)
    activity = story.plan(opened, days=10)
    enter(story, story.today + timedelta(days=60))
    run = story.walk(opened, "politics", "party", "no", "no", "yes")
    enter(story, story.today + timedelta(days=300))

    running.cancel_activity(activity, actor=story.teacher, reason="Verplaatst.")
    story.plan(opened, days=70)

    assert trees.shown(fresh(opened), run).stale


def test_planning_warns_before_an_election_where_a_partner_is_political(
    story: Story, begun: Dossier, sign_in: SignIn
) -> None:
    """domain.md 3.2: warn when a session with a politically flagged partner falls in 90 days."""
    story.plan(begun, days=10)
    enter(story, story.today + timedelta(days=99))
    page = f"/dossiers/{begun.pk}/activiteiten/"

    before = words(sign_in("teacher").get(page))
    story.situation(begun, political=True)
    after = words(sign_in("teacher").get(page))

    assert "dagen voor de verkiezingen" not in before
    assert "is 89 dagen voor de verkiezingen (Gemeenteraad" in after


@pytest.mark.parametrize(
    ("form", "expected"),
    [("610", ("yes", "no-commercial-volunteers")), ("017", ("no", None)), ("411", ("no", None))],
)
def test_the_legal_form_says_who_is_out_for_profit_and_cannot_send_volunteers(
    form: str, expected: tuple[str, str | None], story: Story, settings: Any, tmp_path: Path
) -> None:
    """domain.md 7.3: an organisation without profit aim; a commercial partner sends none."""
    settings.KBO_DIR = tmp_path / "kbo"
    org = Org(place=1, name="Atelier", form=form)
    import_extract(write_zip(tmp_path / "full.zip", full([org])))
    partner = story.make_partner(name="Atelier", number=number(1))
    dossier = fresh(story.open(partner))
    tree = story.content.governance.tree["volunteers"]

    found = Facts(dossier).of(tree.node["partner-profit"])

    assert found is not None
    ((said,),) = found.lines
    outcome = trees_of.walk(tree, {"for-whom": "partner", "partner-profit": said}).outcome
    assert (said, outcome.key if outcome else None) == expected
