"""Working with minors: who was checked, by whom and when, and what the trees say in the agreement
(M6)."""

from datetime import date, timedelta

import pytest

from partnerwijzer.dossiers import casework, drafting, trees
from partnerwijzer.dossiers.actions import walking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, TreeRun
from partnerwijzer.partners.models import Partner
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.dossiers.walked import fresh, question, stops


@pytest.fixture
def with_minors(story: Story, screened: Dossier) -> Dossier:
    dossier = story.situation(screened, contact_with_minors=True)
    story.judge_all(dossier)
    return fresh(dossier)


NEEDS_HEAD = ("yes", "yes", "yes", "yes", "no", "no", "no")
STATEMENT = ("yes", "yes", "yes", "yes", "yes", "yes")


def test_the_check_does_not_stop_a_yes_but_the_first_activity(with_minors: Dossier) -> None:
    """domain.md 7.2: before the start."""
    before = casework.before_activity(with_minors, ["positive-decision"])

    assert stops(with_minors) == []
    assert ("tree", "minors-check") in [(r.about, r.key) for r in before]


def test_the_check_is_complete_once_the_head_noted_the_day(
    story: Story, with_minors: Dossier
) -> None:
    """domain.md 7.2: the head checks; only outcome, date and who are kept."""
    run = story.walk(with_minors, "minors-check", *NEEDS_HEAD, about="Jo Maes")

    with pytest.raises(NotAllowedNow, match="De directie kijkt dit zelf na"):
        walking.note_day(run, actor=story.teacher, version=run.version, on=story.today)
    waiting = casework.before_activity(fresh(with_minors), [])
    noted = walking.note_day(run, actor=story.head, version=run.version, on=story.today)
    done = casework.before_activity(fresh(with_minors), [])

    assert [r.words for r in waiting if r.tree] == [
        "Noteer nog de datum bij de beslisboom ‘Werken met minderjarigen (model 596.2)’."
    ]
    assert [r.words for r in done if r.tree] == []
    assert (noted.noted_on, noted.noted_by) == (story.today, story.world.user("head"))


def test_the_record_keeps_outcome_day_and_who_checked_only(
    story: Story, with_minors: Dossier, partner: Partner
) -> None:
    """domain.md 7.2: neither the name nor the answers go into the record or its paper."""
    run = story.walk(with_minors, "minors-check", *NEEDS_HEAD, about="Jo Maes", partner=partner)
    walking.note_day(run, actor=story.head, version=run.version, on=story.today)

    (kept,) = [r for r in trees.snapshot_of(fresh(with_minors)) if r["noted_on"]]

    assert (kept["about"], kept["answers"], kept["to_check"]) == (partner.name, [], [])
    assert kept["noted_on"] == story.today.isoformat()
    assert kept["noted_by"] == str(story.world.user("head"))
    assert "Jo Maes" not in str(kept)


def test_of_a_check_nothing_else_is_kept() -> None:
    """domain.md 7.2: never the extract, nor notes on its content. `answers` and `facts` are needed
    while the dossier runs, to see that an outcome no longer holds; no record takes them over."""
    fields = {field.name for field in TreeRun._meta.get_fields()}

    assert fields == {
        "id", "dossier", "tree", "partner", "about", "framework", "answers", "facts", "outcome",
        "result", "noted_on", "noted_by", "walked_by", "walked_at", "version",
    }  # fmt: skip


def test_a_day_that_is_still_to_come_is_refused(story: Story, with_minors: Dossier) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT, about="Jo Maes")
    tomorrow = story.today + timedelta(days=1)

    with pytest.raises(NotAllowedNow, match="Kies vandaag of een dag die voorbij is"):
        walking.note_day(run, actor=story.teacher, version=run.version, on=tomorrow)

    walking.note_day(run, actor=story.teacher, version=run.version, on=story.today)


def test_each_person_is_checked_once(story: Story, with_minors: Dossier, partner: Partner) -> None:
    story.walk(with_minors, "minors-check", "yes", "no", about="Jo Maes", partner=partner)
    story.walk(with_minors, "minors-check", "yes", "no", about="An Peeters", partner=partner)

    with pytest.raises(NotAllowedNow, match="staat al een uitkomst"):
        story.walk(with_minors, "minors-check", "yes", "no", about="jo maes", partner=partner)
    with pytest.raises(NotAllowedNow, match="over wie"):
        story.walk(with_minors, "minors-check", "yes", "no", about=" ", partner=partner)


def test_a_later_dossier_with_the_same_partner_begins_from_the_earlier_check(
    story: Story, with_minors: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT, about="Jo Maes", partner=partner)
    walking.note_day(run, actor=story.teacher, version=run.version, on=story.today)
    later = story.open(partner, title="Later")

    page = question(sign_in, later, "minors-check")

    assert "Begin met de antwoorden over Jo Maes" in page
    assert "datum toen genoteerd" in page


def test_another_school_does_not_see_the_earlier_check(
    story: Story, with_minors: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    story.walk(with_minors, "minors-check", *STATEMENT, about="Jo Maes", partner=partner)
    theirs = story.open(
        partner, school=story.world.other_school, actor=story.world.actor("other_head")
    )
    client = sign_in("other_head")

    page = words(client.get(f"/dossiers/{theirs.pk}/bomen/minors-check/"))

    assert "Werken met minderjarigen" in page
    assert "Jo Maes" not in page


def test_walked_trees_fill_in_the_agreement(
    story: Story, with_minors: Dossier, partner: Partner
) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT, about="Jo Maes", partner=partner)
    walking.note_day(run, actor=story.teacher, version=run.version, on=date(2026, 9, 3))

    fields = drafting.known_fields(fresh(with_minors), partner)

    assert fields["working-with-minors.check_date"] == "2026-09-03"
    assert fields["working-with-minors.check_outcome"] == (
        "de organisatie bevestigt dat ze de controle deed"
    )


def test_the_clauses_of_a_tree_come_into_the_agreement(
    story: Story, screened: Dossier, partner: Partner
) -> None:
    """domain.md 7.1: without consent no focused pictures."""
    before = {b.key for b in drafting.blocks_for(screened)}
    dossier = story.situation(screened, photos=True)
    story.walk(dossier, "photos", "yes", "focused", "none")
    during = {b.key for b in drafting.blocks_for(fresh(dossier))}

    assert "photos" not in during
    assert {"no-photos"} <= during
    assert before - {"no-photos"} <= during
    brought = trees.blocks_brought(fresh(dossier))
    assert [(row.tree.key, block.key) for row, block in brought] == [("photos", "no-photos")]


def test_the_role_with_data_fills_in_the_exception(
    story: Story, screened: Dossier, partner: Partner
) -> None:
    dossier = story.situation(screened, pupil_data=True)
    story.walk(dossier, "data-role", "individual", "no", "partner", partner=partner)

    fields = drafting.known_fields(fresh(dossier), partner)

    assert fields["pupil-data-exception.data_role"] == "recipient"
    assert "pupil-data-exception" in {b.key for b in drafting.blocks_for(fresh(dossier))}
