"""Working with minors: who was checked, by whom and when, and what the trees say in the agreement
(M6)."""

from datetime import date, timedelta

import pytest

from partnerwijzer.dossiers import casework, drafting, known_facts, trees
from partnerwijzer.dossiers.actions import walking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, TreeRun
from partnerwijzer.frameworks.words import Fact
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
YOUTH = ("yes", "yes", "yes", "yes", "no", "yes")
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
    run = story.walk(with_minors, "minors-check", *NEEDS_HEAD)

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
    run = story.walk(with_minors, "minors-check", *NEEDS_HEAD, partner=partner)
    walking.note_day(run, actor=story.head, version=run.version, on=story.today)

    (kept,) = [r for r in trees.snapshot_of(fresh(with_minors)) if r["noted_on"]]

    assert (kept["about"], kept["answers"], kept["to_check"]) == (
        f"persoon 1, {partner.name}", [], []
    )  # fmt: skip
    assert kept["noted_on"] == story.today.isoformat()
    assert kept["noted_by"] == str(story.world.user("head"))


def test_of_a_check_nothing_else_is_kept(
    story: Story, with_minors: Dossier, partner: Partner
) -> None:
    """domain.md 7.2: stores only outcome, date, who checked. Which tree, of which partner and which
    of its people by number say what the outcome is about; `overruled` says something of the
    partner."""
    run = story.walk(with_minors, "minors-check", *NEEDS_HEAD, partner=partner)
    walking.note_day(run, actor=story.head, version=run.version, on=story.today)

    kept = TreeRun.objects.filter(pk=run.pk).values().get()

    assert {name for name, value in kept.items() if value} == {
        "id", "dossier_id", "tree", "partner_id", "number", "framework_id", "version",
        "outcome", "result", "noted_on", "noted_by_id", "walked_by_id", "walked_at",
    }  # fmt: skip
    assert (kept["answers"], kept["facts"], kept["overruled"]) == ({}, {}, False)
    assert (kept["outcome"], kept["number"]) == ("check-by-head", 1)


def test_a_day_that_is_still_to_come_is_refused(story: Story, with_minors: Dossier) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT)
    tomorrow = story.today + timedelta(days=1)

    with pytest.raises(NotAllowedNow, match="Kies vandaag of een dag die voorbij is"):
        walking.note_day(run, actor=story.teacher, version=run.version, on=tomorrow)

    walking.note_day(run, actor=story.teacher, version=run.version, on=story.today)


def test_people_are_told_apart_by_a_number(
    story: Story, with_minors: Dossier, partner: Partner
) -> None:
    """domain.md 7.2: no name is kept. Who is looked at again keeps the number, and a number is not
    given out twice while a later one stands."""
    first = story.walk(with_minors, "minors-check", "yes", "no", partner=partner)
    second = story.walk(with_minors, "minors-check", "yes", "no", partner=partner)
    walking.remove_run(first, actor=story.teacher)
    third = story.walk(with_minors, "minors-check", "yes", "no", partner=partner)

    again = story.walk(
        with_minors, "minors-check", "since-before", partner=partner, run=second,
        version=second.version,
    )  # fmt: skip

    assert (first.number, second.number, third.number) == (1, 2, 3)
    assert (again.pk, again.number) == (second.pk, 2)


def test_a_later_dossier_with_the_same_partner_shows_the_earlier_check(
    story: Story, with_minors: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT, partner=partner)
    walking.note_day(run, actor=story.teacher, version=run.version, on=story.today)
    later = story.open(partner, title="Later")

    page = question(sign_in, later, "minors-check")

    assert f"Persoon 1 van {partner.name} in ‘{with_minors.title}’" in page
    assert "dit mag, als …" in page
    assert "datum toen genoteerd" in page


def test_a_check_that_no_longer_follows_is_looked_at_again(
    story: Story, with_minors: Dossier, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the register knows a legal form, no way leads to the outcome for youth work any more
    (domain.md 7.2, exception 2). What still follows, or was overruled, holds."""
    youth = story.walk(with_minors, "minors-check", *YOUTH, partner=partner)
    by_head = story.walk(with_minors, "minors-check", *NEEDS_HEAD, partner=partner)

    def stale() -> dict[int, bool]:
        return {r.run.pk: r.stale for r in trees.shown_runs(fresh(with_minors))}

    before = stale()
    monkeypatch.setitem(known_facts.KNOW, Fact.LEGAL_PERSON, lambda _f: known_facts.one("yes", ""))
    after = stale()
    knowingly = story.walk(with_minors, "minors-check", *YOUTH, partner=partner)

    assert before == {youth.pk: False, by_head.pk: False}
    assert after == {youth.pk: True, by_head.pk: False}
    assert (knowingly.overruled, stale()[knowingly.pk]) == (True, False)


def test_another_school_does_not_see_the_earlier_check(
    story: Story, with_minors: Dossier, partner: Partner, sign_in: SignIn
) -> None:
    story.walk(with_minors, "minors-check", *STATEMENT, partner=partner)
    theirs = story.open(
        partner, school=story.world.other_school, actor=story.world.actor("other_head")
    )
    client = sign_in("other_head")

    page = words(client.get(f"/dossiers/{theirs.pk}/bomen/minors-check/"))

    assert "Werken met minderjarigen" in page
    assert "In een ander dossier" not in page


def test_walked_trees_fill_in_the_agreement(
    story: Story, with_minors: Dossier, partner: Partner
) -> None:
    run = story.walk(with_minors, "minors-check", *STATEMENT, partner=partner)
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
