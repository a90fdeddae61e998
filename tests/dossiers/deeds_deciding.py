"""As deeds.py: the council and the decision."""

from partnerwijzer.councils import actions as councils
from partnerwijzer.councils.models import CouncilAdvice
from partnerwijzer.dossiers.actions import council, deciding, signing
from partnerwijzer.dossiers.models import Condition, Decision
from tests.dossiers.stage import HEAD, LEADS, STAFF, Act, Rows, Stage
from tests.dossiers.story import in_days


def _duty(s: Stage) -> Act:
    return lambda who: council.set_council_duty(
        s.opened, actor=who, version=s.opened.version, duty="none", reason="Kort."
    )


def _open_decision(s: Stage) -> Act:
    return lambda who: deciding.open_decision(
        s.opened, actor=who, question="Doen we dit?", template="advice", closes_on=in_days(4),
        people=[s.world.user("teacher2")],
    )  # fmt: skip


def _ask_more_people(s: Stage) -> Act:
    decision = s.story.propose(s.opened)
    people = [s.world.user("teacher2")]
    return lambda who: deciding.ask_more_people(decision, actor=who, people=people)


def _extend_decision(s: Stage) -> Act:
    decision = s.story.propose(s.opened)
    return lambda who: deciding.extend_decision(decision, actor=who, closes_on=in_days(9))


def _cancel_decision(s: Stage) -> Act:
    decision = s.story.propose(s.opened)
    return lambda who: deciding.cancel_decision(decision, actor=who)


def _give_position(s: Stage) -> Act:
    decision = s.story.propose(s.opened)
    position = decision.positions.get(user=s.world.user("teacher"))
    return lambda who: deciding.give_position(position, actor=who, option="do", reason="")


def _sign(s: Stage) -> Act:
    decision = s.story.propose(s.opened)
    return lambda who: deciding.sign_decision(
        decision, actor=who, outcome="no", reasons="Het past niet."
    )


def _close_positions(s: Stage) -> Act:
    decision = s.story.propose(s.opened)
    return lambda who: deciding.close_positions(decision, actor=who)


def _open_up(s: Stage) -> Act:
    decision = s.story.propose(s.opened, hidden="own-first")
    return lambda who: deciding.open_up(decision, actor=who, hidden="open")


def _take_over(s: Stage) -> Act:
    decision = s.story.propose(s.opened)
    Decision.objects.filter(pk=decision.pk).update(signer=s.world.user("other_head"))
    return lambda who: signing.take_over(decision, actor=who, reason="Ze is ziek.")


def _meet_condition(s: Stage) -> Act:
    condition = Condition.objects.get(decision=s.story.decide(s.decided, "trial"))
    return lambda who: signing.meet_condition(condition, actor=who, note="Geregeld.")


def _hand_condition(s: Stage) -> Act:
    condition = Condition.objects.get(decision=s.story.decide(s.decided, "trial"))
    other = s.world.user("teacher2")
    return lambda who: signing.hand_condition(
        condition, actor=who, user=other, before=condition.user_id
    )


def _reopen_condition(s: Stage) -> Act:
    condition = Condition.objects.get(decision=s.story.decide(s.decided, "trial"))
    signing.meet_condition(condition, actor=s.story.head, note="")
    return lambda who: signing.reopen_condition(condition, actor=who)


def _note_review(s: Stage) -> Act:
    decision = s.decided.decisions.get()
    return lambda who: signing.note_review(decision, actor=who, words="Loopt goed.")


def _save_council_item(s: Stage) -> Act:
    return lambda who: council.save_council_item(
        s.opened, actor=who, item=None, version=0, duty="inform", note="Nota", meeting_on=None,
        show=True,
    )  # fmt: skip


def _council_outcome(s: Stage) -> Act:
    item = s.story.council_item(s.opened)
    return lambda who: council.note_council_outcome(
        item, actor=who, version=item.version, outcome="informed", on=in_days(0), words=""
    )


def _advice(s: Stage) -> CouncilAdvice:
    body = councils.make_body(s.world.school, actor=s.story.head, kind="school-council")
    return councils.receive_advice(
        body, actor=s.story.head, title="Hoor de ouders", text="Vraag het.", received_on=in_days(0)
    )


def _tie_advice(s: Stage) -> Act:
    advice = _advice(s)
    return lambda who: council.tie_advice(s.opened, actor=who, advice=advice)


def _untie_advice(s: Stage) -> Act:
    advice = _advice(s)
    council.tie_advice(s.opened, actor=s.story.head, advice=advice)
    return lambda who: council.untie_advice(s.opened, actor=who, advice=advice)


TABLE: Rows = {
    council.set_council_duty: (LEADS, _duty),
    deciding.open_decision: (STAFF, _open_decision),
    deciding.ask_more_people: (STAFF, _ask_more_people),
    deciding.extend_decision: (STAFF, _extend_decision),
    deciding.cancel_decision: (STAFF, _cancel_decision),
    deciding.give_position: ({"teacher"}, _give_position),
    deciding.sign_decision: (HEAD, _sign),
    deciding.close_positions: (LEADS, _close_positions),
    deciding.open_up: (LEADS, _open_up),
    signing.take_over: (HEAD, _take_over),
    signing.meet_condition: ({*LEADS, "teacher"}, _meet_condition),
    signing.hand_condition: ({*LEADS, "teacher"}, _hand_condition),
    signing.reopen_condition: ({*LEADS, "teacher"}, _reopen_condition),
    signing.note_review: (LEADS, _note_review),
    council.save_council_item: (LEADS, _save_council_item),
    council.note_council_outcome: (LEADS, _council_outcome),
    council.tie_advice: (LEADS, _tie_advice),
    council.untie_advice: (LEADS, _untie_advice),
}
