"""Who is asked late reads the others no sooner than who was asked at once (issue 4, C13)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from partnerwijzer.dossiers import ballot
from partnerwijzer.dossiers.actions import deciding
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.models import Decision, Dossier
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import words
from tests.dossiers.story import Story, in_days

REASON = "Te duur voor ons."


def page(story: Story, sign_in: SignIn, decision: Decision, who: str) -> str:
    return words(sign_in(who).get(reverse("dossiers:decision", args=[decision.dossier_id])))


@pytest.fixture
def spoken(story: Story, screened: Dossier) -> Decision:
    """One of two spoke, hidden until one has spoken; teacher2 was not asked."""
    decision = story.propose(screened, hidden="own-first")
    story.speak(decision, "teacher", "do-not", REASON)
    return decision


@pytest.mark.parametrize(
    ("hidden", "may_speak", "spoke", "over", "reads"),
    [
        ("open", True, False, False, True),
        ("own-first", True, False, False, False),
        ("own-first", True, True, False, True),
        ("own-first", True, False, True, True),
        ("own-first", False, False, False, True),
        ("closed", False, False, False, False),
        ("closed", True, True, True, True),
    ],
)
def test_who_can_still_be_asked_reads_as_who_was_asked(
    hidden: str, may_speak: bool, spoke: bool, over: bool, reads: bool
) -> None:
    found = ballot.may_read(hidden, may_speak=may_speak, spoke=spoke, over=over, valid=True)
    assert found is reads


def test_a_late_comer_reads_only_after_speaking(
    story: Story, spoken: Decision, sign_in: SignIn
) -> None:
    before = page(story, sign_in, spoken, "teacher2")
    late = story.world.user("teacher2")
    deciding.ask_more_people(spoken, actor=story.coordinator, people=[late])
    asked = page(story, sign_in, spoken, "teacher2")
    story.speak(spoken, "teacher2")
    after = page(story, sign_in, spoken, "teacher2")

    assert [REASON in text for text in (before, asked, after)] == [False, False, True]
    assert "Vraagt iemand je er nog bij, dan geef je eerst je eigen standpunt." in before
    assert "zodra je zelf een standpunt gaf" in asked


def test_who_signs_reads_along_and_is_not_asked_late(
    story: Story, spoken: Decision, sign_in: SignIn
) -> None:
    shown = page(story, sign_in, spoken, "head")
    assert REASON in shown
    assert "Wie je er nu bij vraagt, leest de anderen pas na een eigen standpunt." in shown

    with pytest.raises(NotAllowedNow, match="ondertekent en leest de standpunten al mee"):
        deciding.ask_more_people(spoken, actor=story.head, people=[story.world.user("head")])


def test_what_lies_open_after_the_last_day_gets_no_more_time_unless_it_is_open(
    story: Story, spoken: Decision
) -> None:
    Decision.objects.update(closes_on=story.today - timedelta(days=1))
    late = Decision.objects.get(pk=spoken.pk)
    with pytest.raises(NotAllowedNow, match="Laat eerst iedereen meteen meelezen"):
        deciding.extend_decision(late, actor=story.coordinator, closes_on=in_days(3))

    deciding.open_up(late, actor=story.head, hidden="open")
    deciding.extend_decision(late, actor=story.coordinator, closes_on=in_days(3))

    assert not Decision.objects.get(pk=spoken.pk).is_over
