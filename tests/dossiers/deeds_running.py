"""As deeds.py: what is planned, and looking back."""

from partnerwijzer.dossiers.actions import evaluating, running
from tests.dossiers.stage import LEADS, STAFF, Act, Rows, Stage


def _plan(s: Stage) -> Act:
    facts = s.story.moment()
    return lambda who: running.plan_activity(
        s.decided, actor=who, facts=facts, groups=[], teachers=[]
    )


def _edit_activity(s: Stage) -> Act:
    activity, facts = s.story.plan(s.decided), s.story.moment()
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


TABLE: Rows = {
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
}
