"""Issue 4, item 20: "everything that waits for someone in one list, from wherever it arose".

What waits has somewhere a day or a moment that stays empty until somebody did it. Every such field
of the product stands here: with the kind of work that asks for it, or with the reason why nobody
waits for it. A new field falls through until somebody thought about it.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from partnerwijzer.worklist import sources, unfinished
from partnerwijzer.worklist.rows import Source

# The empty field -> how the task of it is worded.
WAITS = {
    "dossiers.Assessment.due_on": "_criteria",
    "dossiers.SecondReading.due_on": "_second",
    "dossiers.SecondReading.read_at": "_second",
    "dossiers.SecondReading.settled_at": "_settle",
    "dossiers.Evidence.valid_until": "_evidence",
    "dossiers.Position.given_at": "_position",
    "dossiers.Decision.decided_at": "_decision",
    "dossiers.Decision.closed_at": "_decision",
    "dossiers.Decision.review_on": "_review",
    "dossiers.DecisionReview.next_on": "_review",
    "dossiers.Condition.done_at": "_condition",
    "dossiers.AgreementChange.handled_at": "_change",
    "dossiers.AgreementMessage.read_at": "_message",
    "dossiers.AgreementCheckpoint.done_at": "_checkpoint",
    "dossiers.AgreementVersion.valid_until": "_ending",
    "dossiers.AgreementVersion.school_confirmed_at": "_confirm",
    "dossiers.Dossier.planned_until": "_end",
    "dossiers.Dossier.closed_at": "_end",
    "dossiers.HandOver.done_at": "_end",
    "dossiers.Thanks.sent_at": "_end",
    "dossiers.Call.seen_at": "_called",
    "dossiers.AdviserQuestion.answered_at": "_adviser",
    "dossiers.CouncilItem.outcome_on": "_council_points",
    "dossiers.TreeRun.noted_on": "_day",
    "factors.FactorAction.done_at": "_factor_action",
    "moments.Incident.closed_at": "_incident",
    "papers.PartnerLetter.sent_at": "_letter",
    "partners.Recognition.until": "_recognition",
    "partners.Report.handled_at": "_reports",
    "partners.Proposal.decided_at": "_proposals",
    "partners.Reply.decided_at": "_replies",
    "partners.LikelyPair.set_aside_at": "_pairs",
    "councils.CouncilMeeting.agenda_sent_on": "_agenda",
    "councils.CouncilAdvice.answered_on": "_advices",
    "councils.CouncilMember.until": "_mandates",
    "worklist.Assignment.done_at": "an assignment: asked in somebody's own words",
    "worklist.Assignment.due": "an assignment: asked in somebody's own words",
}
# What waits without such a field: by which kind of work.
WITHOUT_A_FIELD = {
    "_teacher": "a moment without somebody of the school",
    "_evaluation": "a look back that is not there yet",
    "_scoring": "one's own view of the working factors that is not there yet",
    "_partner_scoring": "a partner that was not asked yet",
    "_milestone": "a milestone that is still to do",
    "_second_left": "a second reader who left, and whose place somebody else takes",
    "_old": "a screening that grew old",
    "_past_keeping": "what is past its period",
}
OUTSIDE = "waits for somebody without an account, who has a link and a reminder"
SINCE = "from when it holds, or is known"
ENDED = "empty as long as it goes on"
MACHINE = "done by the worker"
# Nobody of the school waits for these.
NOT = {
    "access.AccessLink.sent_at": OUTSIDE,
    "access.AccessLink.opened_at": OUTSIDE,
    "access.AccessLink.done_at": OUTSIDE,
    "access.AccessLink.withdrawn_at": ENDED,
    "dossiers.AgreementVersion.partner_confirmed_at": OUTSIDE,
    "dossiers.OutsideAdvice.answered_at": OUTSIDE,
    "dossiers.OutsideAdvice.reminded_at": OUTSIDE,
    "dossiers.OutsideAdvice.quiet_at": OUTSIDE,
    "dossiers.AdviserQuestion.reminded_at": "the question itself waits",
    "dossiers.Position.reminded_at": "the ballot itself waits",
    "dossiers.AdviserQuestion.quiet_at": "the question itself waits",
    "surveys.SurveyInvitation.reminded_at": OUTSIDE,
    "surveys.SurveyInvitation.declined_at": OUTSIDE,
    "surveys.Survey.closes_on": OUTSIDE,
    "surveys.Survey.closed_at": ENDED,
    "surveys.Survey.opened_on": SINCE,
    "volunteers.Volunteer.consent_on": OUTSIDE,
    "volunteers.Volunteer.note_read_on": OUTSIDE,
    "volunteers.Volunteer.wiped_on": ENDED,
    "moments.Pack.sent_at": "sent when somebody wants to; the page of the day asks for it",
    "dossiers.CouncilItem.shown_at": "a draft of who writes it; the decision page asks for it",
    "dossiers.CouncilItem.handed_on": "from then on the item waits",
    "dossiers.AgreementCheckpoint.mailed_at": MACHINE,
    "dossiers.AgreementMessage.mailed_at": MACHINE,
    "mail.OutgoingMail.claimed_at": MACHINE,
    "mail.OutgoingMail.sent_at": MACHINE,
    "mail.OutgoingMail.dropped_at": MACHINE,
    "jobs.Job.started_at": MACHINE,
    "jobs.Job.finished_at": MACHINE,
    "kbo.RegisterImport.told_at": MACHINE,
    "archive.Run.finished_at": MACHINE,
    "archive.Removal.done_at": MACHINE,
    "worklist.Reader.told_at": MACHINE,
    "partners.RegisterChange.settled_at": "a fact of the register: said in each dossier",
    "partners.Offer.price_checked_on": SINCE,
    "partners.GroundingSource.checked_on": SINCE,
    "partners.Recognition.since": SINCE,
    "partners.Recognition.checked_on": SINCE,
    "partners.Recognition.said_on": SINCE,
    "partners.Recognition.asked_about": SINCE,
    "partners.Statement.said_on": SINCE,
    "partners.Statement.checked_on": SINCE,
    "partners.PartnerRelation.since": SINCE,
    "partners.Offer.withdrawn_at": ENDED,
    "partners.Experience.withdrawn_at": ENDED,
    "partners.Merge.undone_at": ENDED,
    "partners.PartnerMark.ended_at": ENDED,
    "surveys.OwnSet.retired_at": ENDED,
    "surveys.OwnEdition.released_at": "a draft of who writes it",
    "surveys.SurveyResponse.day": SINCE,
    "exchange.PartnerList.finished_at": "a list that somebody is busy with",
    "goals.Goal.valid_from": SINCE,
    "goals.Goal.valid_until": ENDED,
    "goals.Goal.published_on": SINCE,
    "elections.Election.withdrawn_at": ENDED,
    "organisations.User.last_login": SINCE,
    "organisations.School.imported_on": SINCE,
    "organisations.School.gone_since": ENDED,
    "organisations.Campus.imported_on": SINCE,
    "organisations.Campus.gone_since": ENDED,
    "organisations.Membership.ended_at": ENDED,
    "organisations.AdviserAssignment.ended_at": ENDED,
    "councils.CouncilBody.rules_on": SINCE,
    "councils.CouncilBody.ended_at": ENDED,
    "councils.CouncilMeeting.cancelled_at": ENDED,
    "dossiers.Dossier.planned_from": SINCE,
    "dossiers.AgreementVersion.valid_from": SINCE,
    "dossiers.Decision.withdrawn_at": ENDED,
    "dossiers.SharedScreening.withdrawn_at": ENDED,
    "dossiers.OwnBlock.archived_at": ENDED,
    "dossiers.Evidence.dated_on": SINCE,
    "dossiers.Evidence.removed_at": ENDED,
    "dossiers.EvidenceVersion.dated_on": SINCE,
    "dossiers.EvidenceVersion.valid_until": "an earlier version: the newest asks",
    "dossiers.Remark.changed_at": SINCE,
    "dossiers.Remark.removed_at": ENDED,
    "trajectories.ImprovementPlan.inspected_on": SINCE,
    "trajectories.Series.stopped_from": ENDED,
    "costs.CostCeiling.ended_at": ENDED,
    "quality.Expectation.removed_at": ENDED,
    "quality.VisionText.removed_at": ENDED,
    "research.Research.without_at": ENDED,
}


def empty_fields() -> Iterator[str]:
    """Days and moments that may be empty, of the product's own models."""
    for model in apps.get_models():
        if model.__module__.startswith("partnerwijzer."):
            for field in model._meta.fields:
                if isinstance(field, models.DateField) and field.null:
                    yield f"{model._meta.label}.{field.name}"


def wording(source: Source) -> str:
    """The name of what words its tasks."""
    found = source.tasks or source.task
    return str(getattr(getattr(found, "func", found), "__name__", ""))


def test_of_every_empty_day_it_is_said_who_waits_for_it() -> None:
    assert set(WAITS) & set(NOT) == set()
    assert sorted(empty_fields()) == sorted({**WAITS, **NOT})


def test_every_kind_of_work_is_in_the_list_and_no_other() -> None:
    kinds = {wording(source) for source in sources.SOURCES}
    named = {word for word in WAITS.values() if word.startswith("_")}
    assert kinds == named | set(WITHOUT_A_FIELD)
    assert set(unfinished.SOURCES) < set(sources.SOURCES)
