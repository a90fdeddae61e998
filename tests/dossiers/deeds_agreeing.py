"""As deeds.py: experiences that are asked for, and the agreement until it is confirmed."""

from partnerwijzer.dossiers.actions import agreeing, asking, partneragenda
from tests.dossiers.stage import LEADS, LINK, STAFF, Act, Rows, Stage
from tests.dossiers.story import PARTNER_SIDE


def _ask_experience(s: Stage) -> Act:
    return lambda who: asking.ask_experience(
        s.opened, actor=who, partner=s.partner, relation="parent", email="ouder@thuis.example"
    )


def _remind(s: Stage) -> Act:
    request = s.story.ask(s.opened)
    return lambda who: asking.remind(request, actor=who)


def _prepare_questions(s: Stage) -> Act:
    return lambda who: asking.prepare_questions(
        s.opened, actor=who, partner=s.partner, relation="parent"
    )


def _withdraw_request(s: Stage) -> Act:
    request = s.story.ask(s.opened)
    return lambda who: asking.withdraw_request(request, actor=who)


def _save_draft(s: Stage) -> Act:
    return lambda who: agreeing.save_draft(
        s.opened, actor=who, partner=s.partner, version=0, blocks=[], fields={}, extra="Iets."
    )


def _fix_version(s: Stage) -> Act:
    draft = s.story.draft(s.ready())
    return lambda who: agreeing.fix_version(draft, actor=who)


def _send_version(s: Stage) -> Act:
    version = s.story.fix(s.ready())
    return lambda who: agreeing.send_version(
        version, actor=who, email="scholen@partner.example", name="Lowie"
    )


def _withdraw_version(s: Stage) -> Act:
    version = s.story.fix(s.ready())
    s.story.send(version)
    return lambda who: agreeing.withdraw_version(version, actor=who)


def _confirm_for_school(s: Stage) -> Act:
    version = s.story.fix(s.ready())
    return lambda who: agreeing.confirm_for_school(version, actor=who)


def _confirm_by_partner(s: Stage) -> Act:
    version = s.story.fix(s.ready())
    s.story.send(version)
    return lambda who: agreeing.confirm_by_partner(version, actor=who, name="Lowie")


def _note_opened(s: Stage) -> Act:
    version = s.story.fix(s.ready())
    s.story.send(version)
    return lambda who: agreeing.note_opened(version, actor=who)


def _ask_change(s: Stage) -> Act:
    version = s.story.fix(s.ready())
    s.story.send(version)
    return lambda who: agreeing.ask_change(version, actor=who, name="Lowie", wishes={"": "Later."})


def _make_agenda(s: Stage) -> Act:
    agreement = s.story.fix(s.ready()).agreement
    return lambda who: partneragenda.make(agreement, actor=who)


def _end_agenda(s: Stage) -> Act:
    agreement = s.story.fix(s.ready()).agreement
    return lambda who: partneragenda.end(agreement, actor=who)


def _end_agenda_for_school(s: Stage) -> Act:
    agreement = s.story.fix(s.ready()).agreement
    return lambda who: partneragenda.end_for_school(agreement, actor=who)


def _handle_change(s: Stage) -> Act:
    version = s.story.fix(s.ready())
    s.story.send(version)
    wishes = {"": "Later."}
    change = agreeing.ask_change(version, actor=PARTNER_SIDE, name="Lowie", wishes=wishes)[0]
    return lambda who: agreeing.handle_change(change, actor=who, answer="Dat lukt niet.")


TABLE: Rows = {
    asking.ask_experience: (STAFF, _ask_experience),
    asking.prepare_questions: (STAFF, _prepare_questions),
    asking.remind: (STAFF, _remind),
    asking.withdraw_request: (STAFF, _withdraw_request),
    agreeing.save_draft: (STAFF, _save_draft),
    agreeing.fix_version: (STAFF, _fix_version),
    agreeing.send_version: (STAFF, _send_version),
    agreeing.withdraw_version: (STAFF, _withdraw_version),
    agreeing.handle_change: (STAFF, _handle_change),
    agreeing.confirm_for_school: (LEADS, _confirm_for_school),
    agreeing.confirm_by_partner: (LINK, _confirm_by_partner),
    agreeing.note_opened: (LINK, _note_opened),
    agreeing.ask_change: (LINK, _ask_change),
    partneragenda.make: (LINK, _make_agenda),
    partneragenda.end: (LINK, _end_agenda),
    partneragenda.end_for_school: (STAFF, _end_agenda_for_school),
}
