"""Every action of a dossier: who may do it, and how it is done on a stage that is set for it."""

from collections.abc import Callable
from typing import Any

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.actions import (
    advising,
    agreeing,
    asking,
    basics,
    council,
    deciding,
    evaluating,
    evidence,
    lending,
    moving,
    outside,
    running,
    screening,
    second,
    signing,
    walking,
)
from partnerwijzer.dossiers.models import Condition, Decision, Dossier, SecondReading
from partnerwijzer.dossiers.moving import Target
from partnerwijzer.partners.models import Partner
from tests.dossiers.story import PARTNER_SIDE, Story, in_days

STAFF = {"head", "coordinator", "teacher", "teacher2"}
LEADS = {"head", "coordinator"}
HEAD = {"head"}
LINK = {"link"}

Act = Callable[[Actor], Any]
CRITERION = "fits-age"


class Stage:
    """The things that are acted on."""

    def __init__(self, story: Story, opened: Dossier, decided: Dossier) -> None:
        self.story, self.world = story, story.world
        self._opened, self._decided = opened.pk, decided.pk
        self.partner = Partner.objects.get()

    @property
    def opened(self) -> Dossier:
        return Dossier.objects.get(pk=self._opened)

    @property
    def decided(self) -> Dossier:
        return Dossier.objects.get(pk=self._decided)

    def ready(self) -> Dossier:
        self.story.begin(self.opened)
        return self.opened


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


def _renew(s: Stage) -> Act:
    row = s.story.proof(s.opened, CRITERION, kind="document", url="https://a.example/")
    return lambda who: evidence.renew(row, actor=who, number=1, url="https://b.example/")


def _reuse(s: Stage) -> Act:
    row = s.story.proof(s.decided, CRITERION)
    return lambda who: evidence.reuse(s.opened, actor=who, evidence=row, criterion="goals-named")


def _share_screening(s: Stage) -> Act:
    return lambda who: lending.share_screening(s.decided, actor=who, keys=[CRITERION])


def _withdraw_screening(s: Stage) -> Act:
    lending.share_screening(s.decided, actor=s.story.head, keys=[CRITERION])
    return lambda who: lending.withdraw_screening(s.decided, actor=who)


def _take_shared(s: Stage) -> Act:
    shared = lending.share_screening(s.decided, actor=s.story.head, keys=[CRITERION])
    return lambda who: lending.take_shared(s.opened, actor=who, shared=shared)


def _take_own(s: Stage) -> Act:
    return lambda who: lending.take_own(s.opened, actor=who, other=s.decided)


def _second_reading(s: Stage) -> Any:
    """Judged by the teacher; another one is asked to read it too."""
    s.story.judge(s.opened, CRITERION, "partly")
    return s.story.second(s.opened, CRITERION)


def _ask_second_reader(s: Stage) -> Act:
    reader = s.world.user("teacher2")
    return lambda who: second.ask_second_reader(
        s.opened, actor=who, reader=reader, criteria=[CRITERION], blind=True
    )


def _withdraw_second_reader(s: Stage) -> Act:
    s.story.judge(s.opened, CRITERION, "partly")
    row = s.story.second(s.opened, CRITERION, blind=False)
    return lambda who: second.withdraw_second_reader(row, actor=who)


def _read_second(s: Stage) -> Act:
    row = _second_reading(s)
    return lambda who: second.read_second(row, actor=who, judgement="partly", argument="Zo.")


def _settle(s: Stage) -> Act:
    row = _second_reading(s)
    reader = s.world.actor("teacher2")
    second.read_second(row, actor=reader, judgement="not-in-order", argument="Neen.")
    fresh = SecondReading.objects.get(pk=row.pk)
    version = s.opened.assessments.get(criterion=CRITERION).version
    return lambda who: second.settle(
        fresh, actor=who, version=version, judgement="partly", argument="Samen."
    )


def _outside(s: Stage) -> Any:
    return outside.ask_outside(
        s.opened,
        actor=s.story.teacher,
        email="clb@elders.example",
        name="An",
        organisation="CLB",
        question="Wat denk je?",
    )


def _ask_outside(s: Stage) -> Act:
    return lambda who: outside.ask_outside(
        s.opened, actor=who, email="clb@elders.example", name="An", organisation="", question="?"
    )


def _answer_outside(s: Stage) -> Act:
    row = _outside(s)
    return lambda who: outside.answer_outside(row, actor=who, answer="Doen.")


def _withdraw_outside(s: Stage) -> Act:
    row = _outside(s)
    return lambda who: outside.withdraw_outside(row, actor=who)


def _add_partner(s: Stage) -> Act:
    return lambda who: basics.add_partner(s.opened, actor=who, partner=s.partner)


def _remove_partner(s: Stage) -> Act:
    row = s.opened.partners.get()
    return lambda who: basics.remove_partner(s.opened, actor=who, row=row)


def _add_group(s: Stage) -> Act:
    return lambda who: basics.add_group(s.opened, actor=who, level="lager", pupils=20)


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


def _duty(s: Stage) -> Act:
    return lambda who: council.set_council_duty(
        s.opened, actor=who, version=s.opened.version, duty="none", reason="Kort."
    )


def _assess(s: Stage) -> Act:
    s.story.proof(s.ready(), CRITERION)
    return lambda who: s.story.judge(s.opened, CRITERION, actor=who)


def _assign(s: Stage) -> Act:
    user = s.world.user("teacher2")
    return lambda who: screening.assign_criterion(
        s.opened, actor=who, criterion=CRITERION, user=user, due_on=None
    )


def _add_evidence(s: Stage) -> Act:
    return lambda who: screening.add_evidence(
        s.opened, actor=who, criterion=CRITERION, kind="document", title="Folder"
    )


def _use_evidence(s: Stage) -> Act:
    evidence = s.story.proof(s.opened, CRITERION)
    return lambda who: screening.use_evidence(
        s.opened, actor=who, evidence=evidence, criterion="fits-school-project"
    )


def _remove_evidence(s: Stage) -> Act:
    evidence = s.story.proof(s.opened, CRITERION)
    return lambda who: screening.remove_evidence(s.opened, actor=who, evidence=evidence)


def _restore_evidence(s: Stage) -> Act:
    evidence = s.story.proof(s.opened, CRITERION)
    screening.remove_evidence(s.opened, actor=s.story.head, evidence=evidence)
    return lambda who: screening.restore_evidence(s.opened, actor=who, evidence=evidence)


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


def _handle_change(s: Stage) -> Act:
    version = s.story.fix(s.ready())
    s.story.send(version)
    wishes = {"": "Later."}
    change = agreeing.ask_change(version, actor=PARTNER_SIDE, name="Lowie", wishes=wishes)[0]
    return lambda who: agreeing.handle_change(change, actor=who)


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


def _plan(s: Stage) -> Act:
    facts = s.story.moment()
    return lambda who: running.plan_activity(
        s.decided, actor=who, facts=facts, groups=[], teachers=[]
    )


def _edit_activity(s: Stage) -> Act:
    activity, facts = s.story.plan(s.decided), s.story.moment(9)
    return lambda who: running.edit_activity(
        activity, actor=who, version=activity.version, facts=facts, groups=[], teachers=[]
    )


def _confirm_activity(s: Stage) -> Act:
    activity = s.story.plan(s.decided)
    return lambda who: running.confirm_activity(activity, actor=who)


def _cancel_activity(s: Stage) -> Act:
    activity = s.story.plan(s.decided)
    return lambda who: running.cancel_activity(activity, actor=who, reason="Ziek.")


def _restore_activity(s: Stage) -> Act:
    activity = s.story.plan(s.decided)
    running.cancel_activity(activity, actor=s.story.head, reason="Ziek.")
    return lambda who: running.restore_activity(activity, actor=who)


def _pupil_survey(s: Stage) -> Act:
    activity = s.story.plan(s.decided)
    return lambda who: running.start_pupil_survey(activity, actor=who)


def _evaluate(s: Stage) -> Act:
    answers = {
        "aim_result": "reached", "aim_note": "", "impact": {}, "working_factors": {},
        "again": "yes", "advice": "", "share_advice": False,
    }  # fmt: skip
    return lambda who: evaluating.save_evaluation(
        s.decided, actor=who, version=0, answers=answers, factors=[]
    )


def _follow_up(s: Stage) -> Act:
    return lambda who: evaluating.choose_follow_up(s.decided, actor=who, choice="stop")


def _share(s: Stage) -> Act:
    s.story.look_back(s.decided)
    return lambda who: evaluating.share(
        s.decided, actor=who, version=0, audience="school", again="yes", factors=[], advice="",
        text_consent=False,
    )  # fmt: skip


def _withdraw_sharing(s: Stage) -> Act:
    s.story.look_back(s.decided)
    s.story.share(s.decided)
    return lambda who: evaluating.withdraw_sharing(s.decided, actor=who)


def _ask_adviser(s: Stage) -> Act:
    adviser = s.world.user("adviser")
    return lambda who: advising.ask_adviser(
        s.opened, actor=who, adviser=adviser, question="Wat denk je?"
    )


def _answer_as_adviser(s: Stage) -> Act:
    question = s.story.ask_adviser(s.opened)
    return lambda who: advising.answer_as_adviser(question, actor=who, answer="Doe maar.")


def _keep_run(s: Stage) -> Act:
    return lambda who: s.story.walk(s.opened, "trade", "no", actor=who)


def _note_day(s: Stage) -> Act:
    run = s.story.walk(s.opened, "minors-check", "checked-then", about="Jo Maes")
    return lambda who: walking.note_day(run, actor=who, version=run.version, on=s.story.today)


def _remove_run(s: Stage) -> Act:
    run = s.story.walk(s.opened, "trade", "no")
    return lambda who: walking.remove_run(run, actor=who)


TABLE: dict[Any, tuple[set[str], Callable[[Stage], Act]]] = {
    basics.open_dossier: (STAFF, _open),
    basics.edit_dossier: (STAFF, edit),
    basics.answer_situations: (STAFF, _situations),
    basics.choose_screening: (STAFF, _screening),
    moving.move: (STAFF, _adopt),
    basics.add_partner: (STAFF, _add_partner),
    basics.remove_partner: (STAFF, _remove_partner),
    basics.add_group: (STAFF, _add_group),
    basics.remove_group: (STAFF, _remove_group),
    basics.choose_goals: (STAFF, _choose_goals),
    basics.explain_goal: (STAFF, _explain_goal),
    basics.remove_goal: (STAFF, _remove_goal),
    basics.add_member: (STAFF, _add_member),
    basics.remove_member: (STAFF, _remove_member),
    basics.stop_dossier: (LEADS, _stop),
    basics.reopen_dossier: (LEADS, _reopen),
    basics.close_dossier: (LEADS, _close),
    council.set_council_duty: (LEADS, _duty),
    screening.save_assessment: (STAFF, _assess),
    screening.assign_criterion: (STAFF, _assign),
    screening.add_evidence: (STAFF, _add_evidence),
    screening.use_evidence: (STAFF, _use_evidence),
    screening.remove_evidence: (STAFF, _remove_evidence),
    screening.restore_evidence: (STAFF, _restore_evidence),
    walking.keep_run: (STAFF, _keep_run),
    walking.note_day: (STAFF, _note_day),
    walking.remove_run: (STAFF, _remove_run),
    evidence.renew: (STAFF, _renew),
    evidence.reuse: (STAFF, _reuse),
    lending.share_screening: (HEAD, _share_screening),
    lending.withdraw_screening: (HEAD, _withdraw_screening),
    lending.take_shared: (STAFF, _take_shared),
    lending.take_own: (STAFF, _take_own),
    second.ask_second_reader: (STAFF, _ask_second_reader),
    second.withdraw_second_reader: (STAFF, _withdraw_second_reader),
    second.read_second: ({"teacher2"}, _read_second),
    second.settle: (STAFF, _settle),
    outside.ask_outside: (STAFF, _ask_outside),
    outside.answer_outside: (LINK, _answer_outside),
    outside.withdraw_outside: (STAFF, _withdraw_outside),
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
    signing.reopen_condition: ({*LEADS, "teacher"}, _reopen_condition),
    signing.note_review: (LEADS, _note_review),
    council.save_council_item: (LEADS, _save_council_item),
    council.note_council_outcome: (LEADS, _council_outcome),
    running.plan_activity: (STAFF, _plan),
    running.edit_activity: (STAFF, _edit_activity),
    running.confirm_activity: (STAFF, _confirm_activity),
    running.cancel_activity: (STAFF, _cancel_activity),
    running.restore_activity: (STAFF, _restore_activity),
    running.start_pupil_survey: (STAFF, _pupil_survey),
    evaluating.save_evaluation: (STAFF, _evaluate),
    evaluating.choose_follow_up: (STAFF, _follow_up),
    evaluating.share: (LEADS, _share),
    evaluating.withdraw_sharing: (LEADS, _withdraw_sharing),
    advising.ask_adviser: (STAFF, _ask_adviser),
    advising.answer_as_adviser: ({"adviser"}, _answer_as_adviser),
}
