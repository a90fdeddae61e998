"""Helper trees in a dossier: kept, shown, stopping a yes (K4, K6)."""

import pytest
from django.core.exceptions import PermissionDenied

from partnerwijzer.access.versions import Conflict
from partnerwijzer.dossiers import casework, decision_paper
from partnerwijzer.dossiers.actions import deciding, walking
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision, Dossier, TreeRun
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story
from tests.dossiers.walked import ADVERTISING, STOPPED, fresh, question, stops

FINE = ("name-on-material", "yes", "yes", "yes", "yes", "fits")


def test_a_tree_that_matters_has_to_be_walked_before_a_yes(sponsored: Dossier) -> None:
    assert stops(sponsored) == [("tree", ADVERTISING), ("tree", "trade")]


def test_a_yes_is_free_once_the_trees_allow_it(story: Story, sponsored: Dossier) -> None:
    story.walk(sponsored, ADVERTISING, *FINE)
    story.walk(sponsored, "trade", "no")

    assert stops(sponsored) == []
    assert story.decide(sponsored).positive is True


def test_not_allowed_stops_a_yes_and_says_what_can_be_done(
    story: Story, sponsored: Dossier
) -> None:
    """domain.md 3.2: compulsory activities in basic education are free of advertising."""
    story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, "trade", "no")
    decision = story.propose(sponsored)

    with pytest.raises(NotAllowedNow, match="Vraag de partner om een versie zonder reclame"):
        story.sign(Decision.objects.get(pk=decision.pk))

    assert story.sign(Decision.objects.get(pk=decision.pk), "no").positive is False


def test_answers_that_change_open_the_gate_again(story: Story, sponsored: Dossier) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, "trade", "no")

    story.walk(sponsored, ADVERTISING, *FINE, run=run, version=run.version)

    assert stops(sponsored) == []
    assert sponsored.tree_runs.filter(tree=ADVERTISING).count() == 1


def test_a_tree_of_a_situation_that_fell_away_stops_nothing(
    story: Story, sponsored: Dossier
) -> None:
    story.walk(sponsored, ADVERTISING, *STOPPED)

    assert stops(story.situation(sponsored, sponsoring=False)) == []


def test_a_ban_that_a_starting_question_contradicts_is_said(
    story: Story, sponsored: Dossier
) -> None:
    """domain.md 3.2: who decides sees that the two do not agree, until one of them changes."""
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    before = casework.conclude(fresh(sponsored))
    dossier = story.situation(sponsored, sponsoring=False)

    found = casework.conclude(fresh(dossier))
    walking.remove_run(run, actor=story.teacher)
    after = casework.conclude(fresh(dossier))

    (said,) = [r.words for r in found.reasons if r.key == ADVERTISING]
    assert said.endswith("Geldt de uitkomst niet meer, haal ze dan weg.")
    assert [(r.kind, r.key) for r in before.reasons if r.tree == ADVERTISING] == [
        ("blocker", ADVERTISING)
    ]
    assert (found.kind, after.kind) == ("warning", "fine")


def test_ask_further_warns_and_does_not_stop(story: Story, sponsored: Dossier) -> None:
    story.walk(sponsored, ADVERTISING, "unsure")
    story.walk(sponsored, "trade", "no")

    found = casework.conclude(fresh(sponsored))

    assert stops(sponsored) == []
    assert ("tree", ADVERTISING) in [(r.about, r.key) for r in found.reasons]
    assert found.kind == "warning"


def test_the_outcome_lies_beside_the_criteria_as_evidence_once(
    story: Story, sponsored: Dossier
) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, ADVERTISING, *FINE, run=run, version=run.version)

    rows = sponsored.evidence.filter(facts__tree_run=run.pk)
    titles = [row.title for row in rows.filter(removed_at=None)]

    assert titles == ["Beslisboom ‘Reclame en sponsoring’: dit mag, als …"]
    kept = rows.get(removed_at=None).assessments.values_list("criterion", flat=True)
    named = [c.key for c in casework.content(sponsored).framework.criteria
             if ADVERTISING in c.trees]  # fmt: skip
    assert sorted(kept) == sorted(named)


def test_the_decision_keeps_what_the_trees_said(story: Story, sponsored: Dossier) -> None:
    story.walk(sponsored, ADVERTISING, *FINE)
    story.walk(sponsored, "trade", "no")

    decision = story.decide(fresh(sponsored))

    kept = decision.snapshot["trees"][0]
    assert (kept["title"], kept["result"]) == (
        "Reclame en sponsoring",
        "allowed-with-conditions",
    )
    assert kept["answers"][0] == [
        "Wat krijgen leerlingen of ouders te zien?",
        "enkel een naam of logo op lesmateriaal",
    ]
    printed = str(decision_paper.paper_of(decision).blocks)
    assert "Wat de beslisbomen zeiden" in printed
    assert kept["text"] in printed


def test_a_decision_of_before_the_trees_still_prints(story: Story, sponsored: Dossier) -> None:
    story.walk(sponsored, ADVERTISING, *FINE)
    story.walk(sponsored, "trade", "no")
    decision = story.decide(fresh(sponsored))
    del decision.snapshot["trees"]

    assert "Wat de beslisbomen zeiden" not in str(decision_paper.paper_of(decision).blocks)


def test_a_tree_that_is_not_finished_is_not_kept(story: Story, sponsored: Dossier) -> None:
    with pytest.raises(NotAllowedNow, match="nog niet tot het einde"):
        story.walk(sponsored, ADVERTISING, "advertising", "basic")

    assert not TreeRun.objects.filter(dossier=sponsored).exists()


def test_of_two_people_the_second_is_told(story: Story, sponsored: Dossier) -> None:
    run = story.walk(sponsored, ADVERTISING, *STOPPED)
    story.walk(sponsored, ADVERTISING, *FINE, run=run, version=run.version)

    with pytest.raises(Conflict):
        story.walk(sponsored, ADVERTISING, *STOPPED, run=run, version=run.version)


def test_who_reads_along_walks_no_tree(story: Story, sponsored: Dossier) -> None:
    with pytest.raises(PermissionDenied):
        story.walk(sponsored, ADVERTISING, *FINE, actor=story.world.actor("board_admin"))


def test_one_question_a_page_with_the_answer_that_is_known(
    sponsored: Dossier, sign_in: SignIn
) -> None:
    page = question(sign_in, sponsored, ADVERTISING, **{"what-is-seen": "advertising"})

    assert "Op welk niveau is het?" in page
    assert "Dit weet Partnerwijzer al." in page
    assert "Hoort de reclame bij een les" not in page


def test_a_form_without_an_answer_asks_again(sponsored: Dossier, sign_in: SignIn) -> None:
    page = question(sign_in, sponsored, ADVERTISING, gevraagd="what-is-seen")

    assert "Kies een antwoord." in page


def test_the_outcome_is_kept_from_the_page_and_the_tree_opens_there_next_time(
    sponsored: Dossier, sign_in: SignIn
) -> None:
    client = sign_in("teacher")
    address = f"/dossiers/{sponsored.pk}/bomen/{ADVERTISING}/"
    way = {
        "what-is-seen": "advertising", "level-advertising": "basic",
        "compulsory-advertising": "yes", "which-place": "lesson-place",
    }  # fmt: skip

    shown = words(client.get(address, way))
    sent = client.post(address, way)
    run = TreeRun.objects.get(dossier=sponsored)

    assert "Bewaar deze uitkomst in het dossier" in shown
    assert sent["Location"] == f"/dossiers/{sponsored.pk}/bomen/uitkomst/{run.pk}/"
    assert (run.outcome, run.result) == ("no-advertising-in-lessons", "not-allowed")
    assert client.get(address)["Location"] == sent["Location"]
    assert "Zolang dit zo blijft" in words(client.get(sent["Location"]))


def test_answers_that_do_not_exist_are_asked_again(sponsored: Dossier, sign_in: SignIn) -> None:
    page = question(sign_in, sponsored, ADVERTISING, **{"what-is-seen": "<b>", "x": "y"})

    assert "Wat krijgen leerlingen of ouders te zien?" in page


def test_the_decision_page_says_why_a_yes_cannot_be(
    story: Story, sponsored: Dossier, sign_in: SignIn
) -> None:
    story.walk(sponsored, ADVERTISING, *STOPPED)

    found = deciding.obstacles(fresh(sponsored))
    page = words(sign_in("head").get(f"/dossiers/{sponsored.pk}/beslissen/"))

    assert [line for line in found if line.startswith("Reclame en sponsoring: ")]
    assert "In kleuter en lager blijven lessen en lesmateriaal vrij van reclame." in page
