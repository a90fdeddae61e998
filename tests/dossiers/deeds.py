"""A dossier is opened, changed and moved: who may do it, and how it is done on a set stage."""

from partnerwijzer.dossiers.actions import basics, moving, walking
from partnerwijzer.dossiers.moving import Target
from tests.dossiers.stage import LEADS, STAFF, Act, Rows, Stage


def _open(s: Stage) -> Act:
    return lambda who: s.story.open(actor=who)


def edit(s: Stage) -> Act:
    changes = {"title": "Anders"}
    version = s.opened.version
    return lambda who: basics.edit_dossier(s.opened, actor=who, version=version, changes=changes)


def _situations(s: Stage) -> Act:
    return lambda who: basics.answer_situations(s.opened, actor=who, answers={"photos": True})


def _screening(s: Stage) -> Act:
    return lambda who: basics.choose_screening(s.opened, actor=who, screening="full")


def _adopt(s: Stage) -> Act:
    opened = s.opened
    target = Target(s.story.framework, None)
    return lambda who: moving.move(opened, actor=who, version=opened.version, target=target)


def _add_partner(s: Stage) -> Act:
    return lambda who: basics.add_partner(s.opened, actor=who, partner=s.partner)


def _remove_partner(s: Stage) -> Act:
    row = s.opened.partners.get()
    return lambda who: basics.remove_partner(s.opened, actor=who, row=row)


def _add_group(s: Stage) -> Act:
    return lambda who: basics.add_group(s.opened, actor=who, level="lager", pupils=20)


def _edit_group(s: Stage) -> Act:
    group = s.ready().groups.get()
    return lambda who: basics.edit_group(
        s.opened, actor=who, group=group, version=group.version, level=group.level, pupils=9
    )


def _remove_group(s: Stage) -> Act:
    group = s.ready().groups.get()
    return lambda who: basics.remove_group(s.opened, actor=who, group=group)


def _choose_goals(s: Stage) -> Act:
    goal = s.story.make_goal()
    return lambda who: basics.choose_goals(s.opened, actor=who, goals=[goal])


def _explain_goal(s: Stage) -> Act:
    s.story.choose_goal(s.opened, s.story.make_goal())
    row = s.opened.goals.get()
    return lambda who: basics.explain_goal(
        s.opened, actor=who, row=row, version=row.version, how="Zo."
    )


def _remove_goal(s: Stage) -> Act:
    s.story.choose_goal(s.opened, s.story.make_goal())
    row = s.opened.goals.get()
    return lambda who: basics.remove_goal(s.opened, actor=who, row=row)


def _add_member(s: Stage) -> Act:
    user = s.world.user("teacher2")
    return lambda who: basics.add_member(s.opened, actor=who, user=user, part="works")


def _remove_member(s: Stage) -> Act:
    row = s.opened.members.get()
    return lambda who: basics.remove_member(s.opened, actor=who, row=row)


def _stop(s: Stage) -> Act:
    return lambda who: basics.stop_dossier(s.opened, actor=who, reason="Geen tijd.")


def _reopen(s: Stage) -> Act:
    basics.stop_dossier(s.opened, actor=s.story.head, reason="Geen tijd.")
    return lambda who: basics.reopen_dossier(s.opened, actor=who)


def _close(s: Stage) -> Act:
    s.story.look_back(s.decided)
    s.story.follow_up(s.decided)
    return lambda who: basics.close_dossier(s.decided, actor=who)


def _keep_run(s: Stage) -> Act:
    return lambda who: s.story.walk(s.opened, "trade", "no", actor=who)


def _note_day(s: Stage) -> Act:
    run = s.story.walk(s.opened, "minors-check", "checked-then")
    return lambda who: walking.note_day(run, actor=who, version=run.version, on=s.story.today)


def _remove_run(s: Stage) -> Act:
    run = s.story.walk(s.opened, "trade", "no")
    return lambda who: walking.remove_run(run, actor=who)


TABLE: Rows = {
    basics.open_dossier: (STAFF, _open),
    basics.edit_dossier: (STAFF, edit),
    basics.answer_situations: (STAFF, _situations),
    basics.choose_screening: (STAFF, _screening),
    moving.move: (STAFF, _adopt),
    basics.add_partner: (STAFF, _add_partner),
    basics.remove_partner: (STAFF, _remove_partner),
    basics.add_group: (STAFF, _add_group),
    basics.edit_group: (STAFF, _edit_group),
    basics.remove_group: (STAFF, _remove_group),
    basics.choose_goals: (STAFF, _choose_goals),
    basics.explain_goal: (STAFF, _explain_goal),
    basics.remove_goal: (STAFF, _remove_goal),
    basics.add_member: (STAFF, _add_member),
    basics.remove_member: (STAFF, _remove_member),
    basics.stop_dossier: (LEADS, _stop),
    basics.reopen_dossier: (LEADS, _reopen),
    basics.close_dossier: (LEADS, _close),
    walking.keep_run: (STAFF, _keep_run),
    walking.note_day: (STAFF, _note_day),
    walking.remove_run: (STAFF, _remove_run),
}
