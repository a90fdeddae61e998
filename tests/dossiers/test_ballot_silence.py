"""Silence on the ballot does what the ballot says (issue 3, C13).

The words are those of vocab.yaml, decision_templates, `silence`; each test names them.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from partnerwijzer.dossiers import ballot, decision_paper
from partnerwijzer.dossiers.actions import deciding, reminding
from partnerwijzer.dossiers.actions.basics import NotAllowedNow
from partnerwijzer.dossiers.ballot import Voice
from partnerwijzer.dossiers.models import Decision, Dossier, Position
from partnerwijzer.dossiers.queries import waiting
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.worklist.tasks_for import tasks_for
from tests.dossiers.conftest import SignIn
from tests.dossiers.pages import form, page_of, words
from tests.dossiers.story import Story, in_days

YES = {"advice": "do", "consent": "no-objection", "consensus": "behind-it", "vote": "for"}
OVER = "De tijd voor standpunten is om."


def half(story: Story, dossier: Dossier, template: str) -> Decision:
    """The teacher spoke, the coordinator is silent."""
    decision = story.propose(dossier, template=template)
    story.speak(decision, "teacher", YES[template])
    return decision


def last_day(story: Story, decision: Decision, days: int) -> Decision:
    """The same ballot, with its last day so many days from now."""
    Decision.objects.filter(pk=decision.pk).update(closes_on=story.today + timedelta(days=days))
    return Decision.objects.get(pk=decision.pk)


def tasks(story: Story, who: str) -> list[str]:
    return [task.title for task in tasks_for(story.world.actor(who))]


@pytest.mark.parametrize(
    ("template", "counts_as"),
    [
        ("advice", "no-answer"),
        ("consent", "after-reminder"),
        ("consensus", "waits"),
        ("vote", "absent"),
    ],
)
def test_what_silence_counts_as_is_fixed_when_the_question_is_put(
    template: str, counts_as: str, story: Story, screened: Dossier
) -> None:
    assert story.propose(screened, template=template).silence == counts_as


# waits: ‘We wachten op wie nog niet antwoordde.’


def test_who_is_waited_for_keeps_the_task_and_the_form_after_the_last_day(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = last_day(story, half(story, screened, "consensus"), -3)
    client, address = sign_in("coordinator"), page_of(screened)

    shown = client.get(address)
    assert "Geef je standpunt" in tasks(story, "coordinator")
    assert "We wachten nog op Coordinator." in words(shown)
    assert OVER not in words(shown)
    sent = client.post(address, {**form(shown, deel="standpunt"), "option": "can-live-with"})

    assert sent.status_code == 302
    assert not waiting.positions(story.coordinator).exists()
    assert story.sign(Decision.objects.get(pk=decision.pk)).positive is True


@pytest.mark.parametrize("ends", ["signed", "withdrawn"])
def test_it_waits_until_it_is_signed_or_withdrawn(
    ends: str, story: Story, screened: Dossier
) -> None:
    decision = last_day(story, half(story, screened, "consensus"), -3)
    if ends == "signed":
        story.sign(decision, "no")
    else:
        deciding.cancel_decision(decision, actor=story.head)

    assert not waiting.positions(story.coordinator).exists()
    with pytest.raises(NotAllowedNow, match=r"ondertekend|ingetrokken"):
        story.speak(decision, "coordinator", "behind-it")


def test_a_yes_waits_too_and_the_head_reads_who_is_silent(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = half(story, screened, "consensus")
    assert tasks(story, "head") == []
    late = last_day(story, decision, -3)

    shown = words(sign_in("head").get(page_of(screened)))

    assert "Kijk wie nog niet antwoordde" in tasks(story, "head")
    assert "Nog niets van: Coordinator." in shown
    with pytest.raises(NotAllowedNow, match="Zolang iemand nog niet antwoordde"):
        story.sign(late)
    story.speak(late, "coordinator", "leave-it")
    assert "Neem de beslissing" in tasks(story, "head")
    assert "Nog niets van" not in words(sign_in("head").get(page_of(screened)))


def test_what_waits_is_not_read_before_speaking_and_not_closed_over_the_silent(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = story.propose(screened, template="consensus", hidden="own-first")
    story.speak(decision, "teacher", "not-yet", "Te duur voor ons.")
    late = last_day(story, decision, -3)

    assert "Te duur voor ons." not in words(sign_in("coordinator").get(page_of(screened)))
    with pytest.raises(NotAllowedNow, match="nog niet genoeg mensen"):
        deciding.close_positions(late, actor=story.head)
    deciding.extend_decision(late, actor=story.coordinator, closes_on=in_days(3))


def test_it_waits_also_where_fewer_would_be_enough(story: Story) -> None:
    """As an umbrella may write: waiting, and no share that has to answer."""
    way = story.content.vocab.decision_template["consensus"].model_copy(update={"quorum": None})
    heard = [Voice("behind-it", given=True)]

    silent = ballot.stand(way, [*heard, Voice()])
    left = ballot.stand(way, [*heard, Voice(left=True)])

    assert ballot.stops(way, silent) == ["Nog niet iedereen antwoordde, en daar wachten jullie op."]
    assert ballot.stays_open(silent, "waits") == ballot.stops(way, silent)[0]
    assert (ballot.stops(way, left), ballot.stays_open(left, "waits")) == ([], "")


@pytest.mark.parametrize("template", ["advice", "consent", "vote"])
def test_no_other_ballot_stays_open_after_its_last_day(
    template: str, story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = last_day(story, half(story, screened, template), -1)

    assert OVER in words(sign_in("coordinator").get(page_of(screened)))
    assert "Geef je standpunt" not in tasks(story, "coordinator")
    assert "Neem de beslissing" in tasks(story, "head")
    with pytest.raises(NotAllowedNow, match=OVER):
        story.speak(decision, "coordinator", YES[template])


def test_a_later_release_of_the_framework_changes_no_running_ballot(
    story: Story, screened: Dossier
) -> None:
    decision = half(story, screened, "consensus")
    Decision.objects.update(silence="no-answer")  # as if it had been put under other words

    assert last_day(story, decision, -1).is_over


# after-reminder: ‘Na één herinnering gaat het voorstel verder zonder jou.’


def test_who_is_silent_is_reminded_once_the_day_before_the_last_day(
    story: Story, screened: Dossier
) -> None:
    decision = half(story, screened, "consent")
    OutgoingMail.objects.all().delete()

    last_day(story, decision, 2)
    early = reminding.remind_waiting()
    last_day(story, decision, 1)
    went = [reminding.remind_waiting(), reminding.remind_waiting()]

    mail = OutgoingMail.objects.get()
    assert (early, went) == (0, [1, 0])
    assert mail.to == story.world.user("coordinator").email
    assert "Na één herinnering gaat het voorstel verder zonder jou." in mail.body
    assert "Dit is de enige herinnering." in mail.body
    assert page_of(screened) in mail.body


@pytest.mark.parametrize("template", ["advice", "consensus", "vote"])
def test_only_a_ballot_that_promises_a_reminder_sends_one(
    template: str, story: Story, screened: Dossier
) -> None:
    last_day(story, half(story, screened, template), 1)

    assert reminding.remind_waiting() == 0


def test_nobody_is_reminded_who_spoke_or_of_what_is_over(story: Story, screened: Dossier) -> None:
    decision = half(story, screened, "consent")
    last_day(story, decision, -1)
    assert reminding.remind_waiting() == 0

    late = last_day(story, decision, 1)
    story.speak(late, "coordinator", "no-objection")
    assert reminding.remind_waiting() == 0
    assert not Position.objects.filter(reminded_at__isnull=False).exists()


def test_only_the_worker_reminds(story: Story, screened: Dossier) -> None:
    decision = last_day(story, half(story, screened, "consent"), 1)
    silent = decision.positions.get(given_at=None)

    with pytest.raises(PermissionDenied):
        reminding.remind_position(silent, actor=story.head)


def test_the_proposal_goes_on_without_who_is_silent_after_reminder_and_last_day(
    story: Story, screened: Dossier
) -> None:
    decision = half(story, screened, "consent")
    with pytest.raises(NotAllowedNow, match="heeft tijd tot en met de laatste dag"):
        story.sign(decision)
    with pytest.raises(NotAllowedNow, match="kreeg nog geen herinnering"):
        story.sign(last_day(story, decision, -1))

    last_day(story, decision, 1)
    reminding.remind_waiting()
    signed = story.sign(last_day(story, decision, -1))

    assert signed.positive is True
    assert _record(signed) == ["geen bezwaar", "gaf geen standpunt, ook niet na een herinnering"]


def test_when_everybody_spoke_nobody_is_waited_for(story: Story, screened: Dossier) -> None:
    decision = half(story, screened, "consent")
    story.speak(decision, "coordinator", "concern", "De bus.")

    assert story.sign(decision).positive is True


# no-answer: ‘De directie kan toch beslissen en zegt hoeveel mensen antwoordden.’


def test_advice_that_is_silent_stops_nothing_and_is_counted_in_the_record(
    story: Story, screened: Dossier, sign_in: SignIn
) -> None:
    decision = half(story, screened, "advice")
    shown = words(sign_in("head").get(page_of(screened)))
    assert "Nog niets van: Coordinator. Wie niet antwoordt, gaf geen advies." in shown

    signed = story.sign(decision)

    assert signed.snapshot["counted"] == ["1 van 2 gaf een standpunt."]
    assert _record(signed) == ["doen", "gaf geen standpunt"]


# absent: ‘Wie niet stemt, telt als afwezig. Is minder dan de helft er, dan is de stemming niet
# geldig.’


def test_who_does_not_vote_is_absent_and_half_is_enough(story: Story, screened: Dossier) -> None:
    decision = half(story, screened, "vote")

    signed = story.sign(last_day(story, decision, -1))

    assert _record(signed) == ["voor", "afwezig"]


def test_with_less_than_half_the_vote_is_not_valid(story: Story, screened: Dossier) -> None:
    people = ("teacher", "teacher2", "coordinator")
    decision = story.propose(screened, template="vote", people=people)
    story.speak(decision, "teacher", "for")

    with pytest.raises(NotAllowedNow, match="De stemming is dan niet geldig"):
        story.sign(last_day(story, decision, -1))


def _record(signed: Decision) -> list[str]:
    """What the record says of each colleague, who spoke first."""
    said = sorted(signed.snapshot["positions"], key=lambda row: not row["given"])
    return [decision_paper.position_words(row, signed.snapshot) for row in said]
