"""What goes along when a dossier goes over to other questions: second readings, walked trees."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerwijzer.dossiers import casework, moving, trees
from partnerwijzer.dossiers.actions import basics, deciding, second, walking
from partnerwijzer.dossiers.actions import moving as actions
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Dossier, SecondReading
from partnerwijzer.dossiers.queries import moving as movable
from partnerwijzer.dossiers.queries import second as readings
from partnerwijzer.frameworks.words import Result
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.releases import publish
from tests.dossiers.story import Story
from tests.dossiers.walked import ADVERTISING, STOPPED, fresh, stops

FITS = "fits-age"
SECRET = "Veel te moeilijk voor deze groep"
PAIRS: list[dict[str, Any]] = [
    {"framework": "partnerwijzer-framework", "pairs": [{"theirs": FITS, "ours": "k-fits"}]}
]


def elsewhere(story: Story, dossier: Dossier) -> Dossier:
    """Goes over to a framework that asks FITS in another way."""
    release = publish(
        "1.0.0", key="koepelkader", without=(FITS,), added=("k-fits",), mappings=PAIRS
    )
    target = moving.Target(release, None)
    return actions.move(dossier, actor=story.teacher, version=dossier.version, target=target)


@pytest.fixture
def doubted(story: Story, screened: Dossier) -> Dossier:
    story.judge(screened, FITS, "not-in-order", argument=SECRET)
    story.second(screened, FITS)
    return fresh(screened)


def target_of(story: Story, dossier: Dossier) -> moving.Target:
    target = movable.target_of(story.teacher, fresh(dossier))
    assert target is not None
    return target


def page(client: Client, name: str, *args: object) -> str:
    return words(client.get(reverse(f"dossiers:{name}", args=args)))


def test_who_reads_alone_goes_on_reading_alone_at_the_question_that_it_counts_for(
    story: Story, doubted: Dossier, sign_in: SignIn
) -> None:
    elsewhere(story, doubted)

    row = SecondReading.objects.get(dossier=doubted, criterion="k-fits")
    assert (row.reader, row.blind, row.read_at) == (story.world.user("teacher2"), True, None)
    alone = sign_in("teacher2")
    for name, *args in (("criterion", "k-fits"), ("earlier",), ("detail",), ("decision",)):
        assert SECRET not in page(alone, name, doubted.pk, *args), name
    asked = {a.criterion.key: a for a in casework.asked_of(fresh(doubted))}
    assert asked["k-fits"].done is False
    waiting = readings.waiting(story.world.actor("teacher2"))
    assert [r.criterion for r in waiting] == ["k-fits"]
    assert SECRET in page(sign_in("coordinator"), "criterion", doubted.pk, "k-fits")


def test_what_two_read_stands_beside_what_they_concluded_in_both_places(
    story: Story, doubted: Dossier, sign_in: SignIn
) -> None:
    row = SecondReading.objects.get(dossier=doubted, criterion=FITS)
    reader = story.world.actor("teacher2")
    second.read_second(row, actor=reader, judgement="not-in-order", argument="Zo zie ik het ook.")

    elsewhere(story, fresh(doubted))

    client = sign_in("coordinator")
    assert "Zo zie ik het ook." in page(client, "criterion", doubted.pk, "k-fits")
    assert "Zo zie ik het ook." in page(client, "earlier", doubted.pk)
    assert SECRET in page(client, "earlier", doubted.pk)


def test_a_question_with_another_second_reader_takes_over_nothing_that_is_hidden(
    story: Story, doubted: Dossier
) -> None:
    SecondReading.objects.create(
        dossier=doubted,
        criterion="k-fits",
        reader=story.world.user("coordinator"),
        asked_by=story.world.user("head"),
    )

    elsewhere(story, doubted)

    assert not doubted.assessments.filter(criterion="k-fits").exists()


def test_nobody_waits_for_a_reading_of_a_question_that_is_not_asked(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    basics.choose_screening(screened, actor=story.teacher, screening="normal")
    story.second(fresh(screened), "plain-language")
    reader = story.world.actor("teacher2")
    assert readings.waiting(reader).count() == 1

    basics.choose_screening(fresh(screened), actor=story.teacher, screening="light")

    assert readings.waiting(reader).count() == 0
    client = sign_in("coordinator")
    address = reverse("dossiers:second_read", args=[screened.pk, "plain-language"])
    earlier = reverse("dossiers:earlier", args=[screened.pk])
    assert client.get(address).headers["Location"] == earlier
    assert "Trek de vraag in" in page(client, "earlier", screened.pk)
    client.post(address, {"wat": "intrekken"})
    assert not screened.second_readings.exists()


def test_a_question_that_is_asked_again_waits_for_its_second_reader_again(
    story: Story, screened: Dossier
) -> None:
    basics.choose_screening(screened, actor=story.teacher, screening="normal")
    story.second(fresh(screened), "plain-language")
    basics.choose_screening(fresh(screened), actor=story.teacher, screening="light")

    basics.choose_screening(fresh(screened), actor=story.teacher, screening="normal")

    assert readings.waiting(story.world.actor("teacher2")).count() == 1


def test_a_reading_of_a_question_that_is_not_asked_holds_back_no_decision(
    story: Story, screened: Dossier
) -> None:
    basics.choose_screening(screened, actor=story.teacher, screening="normal")
    story.second(fresh(screened), "plain-language")
    basics.choose_screening(fresh(screened), actor=story.teacher, screening="light")

    assert story.decide(fresh(screened)).decided_at is not None


# Helper trees


@pytest.fixture
def forbidden(story: Story, sponsored: Dossier) -> Dossier:
    """A tree said no (domain.md 3.2); the newer release knows it no more."""
    story.walk(sponsored, ADVERTISING, *STOPPED)
    publish(renamed=(ADVERTISING, "other-tree"))
    return fresh(sponsored)


def test_an_outcome_that_forbade_is_named_before_and_stops_a_yes_until_it_is_taken_away(
    story: Story, forbidden: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    title = story.content.governance.tree[ADVERTISING].title.nl
    preview = page(client, "adopt", forbidden.pk)
    assert "Beslisbomen die de nieuwe versie niet kent" in preview
    assert title in preview

    client.post(reverse("dossiers:adopt", args=[forbidden.pk]), {"version": forbidden.version})

    moved = fresh(forbidden)
    run = moved.tree_runs.get()
    assert moved.framework_id != run.framework_id
    for name in ("detail", "earlier", "decision"):
        assert title in page(client, name, moved.pk), name
    shown = page(client, "tree_run", moved.pk, run.pk)
    assert "kent deze uitkomst niet meer" in shown
    assert "Loop de boom opnieuw af" not in shown
    assert any("in een eerder kader" in line for line in deciding.obstacles(moved))
    assert title in {row["title"] for row in trees.snapshot_of(moved)}
    client.post(reverse("dossiers:tree_run", args=[moved.pk, run.pk]), {"deel": "weg"})
    assert not any("in een eerder kader" in line for line in deciding.obstacles(fresh(moved)))


def test_an_outcome_that_the_new_release_does_not_know_can_be_taken_away_or_walked_anew(
    story: Story, sponsored: Dossier, sign_in: SignIn
) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    publish(renamed=(run.outcome, "other-outcome"))
    client = sign_in("teacher")
    seen = {"version": fresh(sponsored).version}
    client.post(reverse("dossiers:adopt", args=[sponsored.pk]), seen)
    moved = fresh(sponsored)
    assert moved.framework_id != run.framework_id

    shown = page(client, "tree_run", moved.pk, run.pk)

    assert "kent deze uitkomst niet meer" in shown
    assert "Loop de boom opnieuw af" in shown
    client.post(reverse("dossiers:tree_run", args=[moved.pk, run.pk]), {"deel": "weg"})
    assert not moved.tree_runs.exists()


FINE = ("name-on-material", "yes", "yes", "yes", "yes", "fits")


@pytest.mark.parametrize(
    ("way", "result"),
    [(FINE, "not-allowed"), (STOPPED, "allowed")],
    ids=["now-forbidden", "now-allowed"],
)
def test_a_walked_tree_that_ends_otherwise_is_named_before_and_stays_open_after(
    story: Story,
    sponsored: Dossier,
    sign_in: SignIn,
    way: tuple[str, ...],
    result: str,
) -> None:
    """domain.md 3.2: a ban is not lifted, and none begins, without somebody who looks."""
    run = story.walk(sponsored, ADVERTISING, *way)
    story.walk(sponsored, "trade", "no")
    labels = story.content.governance.result
    said = f"toen ‘{labels[Result(run.result)].label}’, nu ‘{labels[Result(result)].label}’"
    line = f"{story.content.governance.tree[ADVERTISING].title}: {said}"
    publish(ends=(ADVERTISING, run.outcome, result))
    client = sign_in("teacher")
    assert line in page(client, "adopt", sponsored.pk)
    assert said not in page(client, "trees", sponsored.pk)

    client.post(
        reverse("dossiers:adopt", args=[sponsored.pk]), {"version": fresh(sponsored).version}
    )

    assert ("tree", ADVERTISING) in stops(sponsored)
    for name in ("detail", "decision"):
        assert line in page(client, name, sponsored.pk), name
    assert said in page(client, "trees", sponsored.pk)
    assert said in page(client, "tree_run", sponsored.pk, run.pk)


def test_a_tree_that_was_walked_again_after_a_move_is_settled(
    story: Story, sponsored: Dossier, sign_in: SignIn
) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, "trade", "no")
    publish(ends=(ADVERTISING, run.outcome, "allowed"))
    moved = actions.move(
        fresh(sponsored),
        actor=story.teacher,
        version=fresh(sponsored).version,
        target=target_of(story, sponsored),
    )
    tree = casework.content(moved).governance.tree[ADVERTISING]
    assert [tree.title.nl in line for line in trees.forbidden_before(fresh(moved))] == [True]

    walking.keep_run(
        fresh(moved), actor=story.teacher, tree=tree, answers=run.answers, run=run, version=1
    )

    assert stops(moved) == []
    assert trees.forbidden_before(fresh(moved)) == []
    assert [row.turned for row in trees.shown_runs(fresh(moved))] == ["", ""]


# Answers


def test_an_answer_that_was_gone_before_is_not_counted_as_going_now(
    story: Story, screened: Dossier
) -> None:
    screened.assessments.create(criterion="long-gone", judgement="in-order", argument="Was goed.")
    release = publish(without=("goals-named",))

    found = moving.preview(fresh(screened), moving.Target(release, None))

    assert [a.criterion for _question, a in found.gone] == ["goals-named"]


# What the dossier holds and the new release does not know


def test_a_dossier_goes_over_to_no_release_that_does_not_know_its_evidence(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    evidence = screened.evidence.filter(removed_at=None).first()
    assert evidence is not None
    shipped = casework.content(screened).framework
    left = [k.model_dump(mode="json") for k in shipped.evidence_kinds if k.key != evidence.kind]
    target = moving.Target(publish("9.9.0", evidence_kinds=left), None)
    words_of = str(shipped.evidence_kind[evidence.kind].label)

    assert words_of in moving.preview(screened, target).lacks
    with pytest.raises(NotAllowedNow, match="niet kent"):
        actions.move(screened, actor=story.teacher, version=screened.version, target=target)

    page = words(sign_in("teacher").get(reverse("dossiers:adopt", args=[screened.pk])))
    assert "Dit dossier kan nog niet over." in page
    assert words_of in page
    assert Dossier.objects.get(pk=screened.pk).framework_id == screened.framework_id


def test_what_was_taken_away_or_came_from_another_framework_holds_no_dossier_back(
    story: Story, screened: Dossier
) -> None:
    evidence = screened.evidence.filter(removed_at=None).first()
    assert evidence is not None
    shipped = casework.content(screened).framework
    left = [k.model_dump(mode="json") for k in shipped.evidence_kinds if k.key != evidence.kind]
    target = moving.Target(publish("9.9.0", evidence_kinds=left), None)
    assert moving.preview(fresh(screened), target).lacks

    screened.evidence.filter(kind=evidence.kind).update(removed_at=timezone.now())
    screened.evidence.exclude(kind=evidence.kind).update(kind="of-elsewhere")

    assert moving.preview(fresh(screened), target).lacks == ()


@pytest.mark.parametrize("signed", [False, True], ids=["template-of-a-ballot", "outcome"])
def test_a_dossier_goes_over_to_no_release_that_does_not_know_its_decision(
    story: Story, screened: Dossier, sign_in: SignIn, signed: bool
) -> None:
    decision = story.decide(screened) if signed else story.propose(screened)
    vocab = casework.content(screened).vocab
    name, key = (
        ("decision_outcomes", decision.outcome)
        if signed
        else ("decision_templates", decision.template)
    )
    every = {row.key: row for row in getattr(vocab, name)}
    left = [row.model_dump(mode="json") for row in every.values() if row.key != key]
    publish(vocab={name: left})
    client, address = sign_in("teacher"), reverse("dossiers:adopt", args=[screened.pk])

    shown = page(client, "adopt", screened.pk)
    client.post(address, {"version": fresh(screened).version})

    assert "Dit dossier kan nog niet over." in shown
    assert str(every[key].label) in shown
    assert "Ga over" not in shown
    assert fresh(screened).framework_id == screened.framework_id
    asked = str(every[key].label)
    assert asked in page(client, "decision", screened.pk)
    assert page(client, "detail", screened.pk)
