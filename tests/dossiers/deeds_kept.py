"""As deeds.py: what is done with an agreement that is under way, and with text blocks."""

from typing import Any

from partnerwijzer.dossiers.actions import (
    asking,
    checkpoints,
    conversing,
    ending,
    outside,
    ownblocks,
    reminding,
    running,
    talking,
)
from partnerwijzer.dossiers.models import AgreementCheckpoint, Decision, OwnBlock
from partnerwijzer.dossiers.pasted import Person
from tests.dossiers.stage import LEADS, LINK, STAFF, Act, Rows, Stage
from tests.dossiers.story import in_days

FACTS = {
    "group": "safe", "title": "Rookvrij", "text": "Niemand rookt.", "required": False,
    "kinds": [], "situations": [],
}  # fmt: skip
NOBODY: set[str] = set()  # the worker does it by itself


def _day(s: Stage) -> AgreementCheckpoint:
    note = s.story.fix(s.ready()).agreement
    return AgreementCheckpoint.objects.create(agreement=note, on=in_days(2), what="Kijken")


def _note_looked(s: Stage) -> Act:
    day = _day(s)
    return lambda who: checkpoints.note_looked(day, actor=who)


def _looked_by_partner(s: Stage) -> Act:
    version = s.story.agree(s.ready())
    day = AgreementCheckpoint.objects.create(
        agreement=version.agreement, on=in_days(2), what="Kijken"
    )
    version.checkpoints.add(day)
    return lambda who: checkpoints.note_looked_by_partner(day, actor=who)


def _asked_outside(s: Stage) -> Any:
    return outside.ask_outside(
        s.opened, actor=s.story.teacher, email="an@clb.example", name="An", organisation="CLB",
        question="Is dit veilig?",
    )  # fmt: skip


def _take_off(s: Stage) -> Act:
    moment = s.story.plan(s.decided, teachers=("teacher",))
    teacher = s.story.world.user("teacher")
    return lambda who: running.take_off(moment, actor=who, teacher=teacher)


def _remind_outside(s: Stage) -> Act:
    row = _asked_outside(s)
    return lambda who: reminding.remind_outside(row, actor=who)


def _remind_adviser(s: Stage) -> Act:
    question = s.story.ask_adviser(s.opened)
    return lambda who: reminding.remind_adviser(question, actor=who)


def _remind_position(s: Stage) -> Act:
    decision = s.story.propose(s.opened, template="consent")
    Decision.objects.update(closes_on=in_days(1))
    position = decision.positions.get(user=s.world.user("teacher"))
    return lambda who: reminding.remind_position(position, actor=who)


def _stop_for_school(s: Stage) -> Act:
    question = s.story.ask_adviser(s.opened)
    return lambda who: reminding.stop_for_school(question, actor=who)


def _stop_for_adviser(s: Stage) -> Act:
    question = s.story.ask_adviser(s.opened)
    return lambda who: reminding.stop_for_adviser(question, actor=who)


def _stop_for_guest(s: Stage) -> Act:
    row = _asked_outside(s)
    return lambda who: reminding.stop_for_guest(row, actor=who)


def _tell_of_checkpoint(s: Stage) -> Act:
    day = _day(s)
    return lambda who: checkpoints.tell_of_checkpoint(day, actor=who)


def _note(s: Stage) -> Any:
    return s.story.fix(s.ready()).agreement


def _write_for_school(s: Stage) -> Act:
    note = _note(s)
    return lambda who: conversing.write_for_school(note, actor=who, text="Dag")


def _write_for_partner(s: Stage) -> Act:
    note = _note(s)
    return lambda who: conversing.write_for_partner(note, actor=who, text="Dag")


def _mark_read(s: Stage) -> Act:
    note = _note(s)
    return lambda who: conversing.mark_read(note, actor=who)


def _note_seen(s: Stage) -> Act:
    note = _note(s)
    return lambda who: conversing.note_seen(note, actor=who)


def _tell_of_messages(s: Stage) -> Act:
    note = _note(s)
    return lambda who: conversing.tell_of_messages(note, actor=who)


def _add_block(s: Stage) -> Act:
    return lambda who: ownblocks.add_block(s.world.school, actor=who, facts=FACTS)


def _block(s: Stage) -> OwnBlock:
    return ownblocks.add_block(s.world.school, actor=s.story.head, facts=FACTS)


def _edit_block(s: Stage) -> Act:
    block = _block(s)
    return lambda who: ownblocks.edit_block(block, actor=who, version=1, facts=FACTS)


def _move_block(s: Stage) -> Act:
    block = _block(s)
    return lambda who: ownblocks.move_block(block, actor=who, up=True)


def _archive_block(s: Stage) -> Act:
    block = _block(s)
    return lambda who: ownblocks.archive_block(block, actor=who)


def _restore_block(s: Stage) -> Act:
    block = _block(s)
    return lambda who: ownblocks.restore_block(block, actor=who)


def _ask_many(s: Stage) -> Act:
    people = [Person(1, "", "hanne@elders.example", "Hanne")]
    return lambda who: asking.ask_many(
        s.opened, actor=who, partner=s.partner, relation="other-school", people=people
    )


def _ask_by_file(s: Stage) -> Act:
    return lambda who: asking.ask_by_file(
        s.opened, actor=who, partner=s.partner, relation="parent", name="Hanne"
    )


def _remind_waiting(s: Stage) -> Act:
    s.story.ask(s.opened)
    return lambda who: asking.remind_waiting(s.opened, actor=who)


THANKS = {"to_name": "Lowie", "to_email": "l@partner.example", "subject": "Dank", "body": "Dank."}


def _add_handover(s: Stage) -> Act:
    return lambda who: ending.add_handover(s.opened, actor=who, what="Kist", to_whom="Tine")


def _handover(s: Stage) -> Any:
    return ending.add_handover(s.opened, actor=s.story.teacher, what="Kist", to_whom="Tine")


def _tick_handover(s: Stage) -> Act:
    row = _handover(s)
    return lambda who: ending.tick_handover(row, actor=who, done=True)


def _remove_handover(s: Stage) -> Act:
    row = _handover(s)
    return lambda who: ending.remove_handover(row, actor=who)


def _save_thanks(s: Stage) -> Act:
    row = s.opened.partners.get()
    return lambda who: ending.save_thanks(s.opened, actor=who, row=row, version=0, values=THANKS)


def _send_thanks(s: Stage) -> Act:
    row = s.opened.partners.get()
    return lambda who: ending.send_thanks(s.opened, actor=who, row=row, version=0, values=THANKS)


def _write_remark(s: Stage) -> Act:
    words = {"part": "decision", "readers": "team", "text": "Dag"}
    return lambda who: talking.write(s.opened, actor=who, **words)


def _remark(s: Stage) -> Any:
    actor = s.world.actor("teacher")
    words = {"part": "decision", "readers": "team", "text": "Dag"}
    return talking.write(s.opened, actor=actor, **words)


def _change_remark(s: Stage) -> Act:
    remark = _remark(s)
    return lambda who: talking.change(remark, actor=who, version=1, text="Dag!")


def _take_remark_away(s: Stage) -> Act:
    remark = _remark(s)
    return lambda who: talking.take_away(remark, actor=who)


def _see_remarks(s: Stage) -> Act:
    return lambda who: talking.saw(s.opened, actor=who, part="decision")


def _be_here(s: Stage) -> Act:
    return lambda who: talking.be_here(s.opened, actor=who, page="/", writes=False)


TABLE: Rows = {
    ending.add_handover: (STAFF, _add_handover),
    ending.tick_handover: (STAFF, _tick_handover),
    ending.remove_handover: (STAFF, _remove_handover),
    ending.save_thanks: (LEADS, _save_thanks),
    ending.send_thanks: (LEADS, _send_thanks),
    asking.ask_by_file: (STAFF, _ask_by_file),
    asking.ask_many: (STAFF, _ask_many),
    asking.remind_waiting: (STAFF, _remind_waiting),
    checkpoints.note_looked: (STAFF, _note_looked),
    checkpoints.note_looked_by_partner: (LINK, _looked_by_partner),
    running.take_off: (NOBODY, _take_off),
    reminding.remind_outside: (NOBODY, _remind_outside),
    reminding.remind_adviser: (NOBODY, _remind_adviser),
    reminding.remind_position: (NOBODY, _remind_position),
    reminding.stop_for_school: (STAFF, _stop_for_school),
    reminding.stop_for_adviser: ({"adviser"}, _stop_for_adviser),
    reminding.stop_for_guest: (LINK, _stop_for_guest),
    checkpoints.tell_of_checkpoint: (NOBODY, _tell_of_checkpoint),
    conversing.write_for_school: (STAFF, _write_for_school),
    conversing.write_for_partner: (LINK, _write_for_partner),
    conversing.mark_read: (STAFF, _mark_read),
    conversing.note_seen: (LINK, _note_seen),
    conversing.tell_of_messages: (NOBODY, _tell_of_messages),
    ownblocks.add_block: (LEADS, _add_block),
    ownblocks.edit_block: (LEADS, _edit_block),
    ownblocks.move_block: (LEADS, _move_block),
    ownblocks.archive_block: (LEADS, _archive_block),
    ownblocks.restore_block: (LEADS, _restore_block),
    talking.write: (STAFF, _write_remark),
    talking.change: ({"teacher"}, _change_remark),
    talking.take_away: ({"teacher"}, _take_remark_away),
    talking.saw: (STAFF, _see_remarks),
    talking.be_here: (STAFF, _be_here),
}
