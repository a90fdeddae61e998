"""Which lines of the history go along with a dossier that leaves the school.

A line is written for colleagues. Outside goes what a cooperation answers for: what was judged,
agreed, decided, planned and done. A verb that is not named here stays in the school, so that a new
one is never let out by accident: talk among colleagues, second readings, questions to the anker and
to others in confidence, who was ill and replaced, tasks, and drafts.
"""

from partnerwijzer.audit.log import Entry
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.papers.listing import Reader

VERBS = frozenset(
    {
        *("dossier.opened", "dossier.edited", "dossier.situations", "dossier.screening"),
        *("dossier.framework", "dossier.partner_added", "dossier.partner_removed"),
        *("dossier.group_added", "dossier.group_removed", "dossier.goals_chosen"),
        *("dossier.goal_removed", "dossier.member_added", "dossier.member_removed"),
        *("dossier.closed", "dossier.stopped", "dossier.reopened", "dossier.handed_outside"),
        *("archive.taken_over", "archive.went_on"),
        *("assessment.saved", "assessment.judged", "evidence.added", "evidence.linked"),
        *("evidence.renewed", "evidence.removed"),
        *("screening.shared", "screening.withdrawn", "screening.taken"),
        *("tree.walked", "tree.noted", "tree.removed"),
        *("quality.goals", "quality.tagged", "cost.added", "cost.edited", "cost.removed"),
        *("cost.explained", "research.saved", "research.consents", "research.without"),
        *("research.with_again", "improvement.saved", "milestone.added", "milestone.edited"),
        *("milestone.removed", "series.made", "series.changed", "series.stopped"),
        *("agreement.fixed", "agreement.sent", "agreement.withdrawn", "agreement.message"),
        *("agreement.confirmed_school", "agreement.confirmed_partner", "agreement.partner_wrote"),
        *("agreement.change_asked", "agreement.change_handled", "agreement.looked"),
        *("agreement.partner_looked", "council.duty", "council.item", "council.edited"),
        *("council.shown", "council.advised", "council.not_advised", "council.outcome"),
        *("decision.opened", "decision.extended", "decision.closed", "decision.cancelled"),
        *("decision.signed", "decision.reviewed", "decision.condition_met"),
        *("decision.condition_open", "letter.sent"),
        *("activity.planned", "activity.edited", "activity.confirmed", "activity.moved"),
        *("activity.cancelled", "activity.restored", "activity.survey", "activity.attended"),
        *("activity.stopped",),
        *("activity.pack", "activity.pack_sent", "volunteers.slot", "volunteers.slot_gone"),
        *("factors.scored", "factors.asked", "factors.answered", "factors.withdrawn"),
        *("evaluation.saved", "evaluation.follow_up", "sharing.published", "sharing.withdrawn"),
        *("ending.handover", "ending.handed", "ending.not_handed", "ending.handover_removed"),
        "ending.thanked",
    }
)


def history(reader: Reader, *, limit: int, offset: int = 0) -> list[Entry]:
    """The newest lines that this reader takes along."""
    verbs = None if reader.inside else VERBS
    return reading.history(reader.actor, reader.dossier, limit=limit, offset=offset, verbs=verbs)
