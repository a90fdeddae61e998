"""Reading what goes to the school council."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils import queries as councils
from partnerwijzer.councils.models import CouncilBody, CouncilMeeting
from partnerwijzer.dossiers import council_duty, told
from partnerwijzer.dossiers.council_duty import Contradiction
from partnerwijzer.dossiers.models import CouncilDuty, CouncilItem, CouncilTest, Dossier
from partnerwijzer.frameworks.queries import content_of
from partnerwijzer.organisations.models import School

RELATED = ("dossier__school", "dossier__framework", "body__school", "meeting")


def council_items(actor: Actor) -> QuerySet[CouncilItem]:
    """Topics for the council that the actor may read, those that wait first."""
    rows = CouncilItem.objects.visible_to(actor).select_related(*RELATED)
    return rows.order_by("outcome", F("meeting__on").desc(nulls_last=True), "-pk")


def get_council_item(actor: Actor, pk: int) -> CouncilItem:
    rows = CouncilItem.objects.visible_to(actor).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def items_of(dossier: Dossier) -> list[CouncilItem]:
    """What this dossier laid before a council, the newest first."""
    return list(dossier.council_items.select_related(*RELATED))


def items_at(actor: Actor, meeting: CouncilMeeting) -> QuerySet[CouncilItem]:
    """What dossiers put on the agenda of a meeting, in the order in which they came."""
    rows = CouncilItem.objects.visible_to(actor).select_related(*RELATED)
    return rows.filter(meeting=meeting).order_by("pk")


def tested(dossier: Dossier) -> CouncilTest | None:
    """How the school came to what the council has to get; none while it did not."""
    if "council_test" in dossier._state.fields_cache:  # read with the dossier, also where none is
        return getattr(dossier, "council_test", None)
    return CouncilTest.objects.filter(dossier=dossier).select_related("judged_by").first()


def raised(dossier: Dossier) -> str:
    """What is usual for this dossier now, where that is more than when the school judged."""
    test = tested(dossier)
    if test is None or not (test.proposed and dossier.council_duty):
        return ""
    return council_duty.raised(
        content_of(dossier.framework_id).governance,
        dossier.kind,
        test.topics,
        waived=bool(test.waived),
        before=max(test.proposed, dossier.council_duty, key=council_duty.ORDER.index),
    )


def main_body(school: School) -> CouncilBody | None:
    """The body that a school works with first."""
    return next(iter(councils.bodies_of(school)), None)


def tree_says(dossier: Dossier) -> str:
    """The duty to which a walked tree leads; empty where none was walked that far."""
    governance = content_of(dossier.framework_id).governance
    runs = ((run.tree, run.outcome) for run in dossier.tree_runs.all())
    return council_duty.said_by_tree(governance, runs)


@dataclass(frozen=True)
class Advised:
    """What a body advised about a dossier without being asked."""

    pk: int
    title: str
    body: str
    received_on: date
    answered_on: date | None


def advised(dossier: Dossier) -> list[Advised]:
    """The advice about this dossier, as it came. The caller has checked the reader."""
    rows = told.of(dossier, "council_advised") or []
    return [
        Advised(pk, title, body, date.fromisoformat(came), date.fromisoformat(on) if on else None)
        for pk, title, body, came, on in sorted(rows, key=lambda row: (row[3], row[0]))
    ]


def contradiction(dossier: Dossier, test: CouncilTest | None) -> Contradiction | None:
    """Where the tree and the judgement of the school differ, with whether that was meant."""
    seen = test.tree_said if test else ""
    return council_duty.contradiction(dossier.council_duty, tree_says(dossier), seen)


def contradiction_words(found: Contradiction) -> str:
    """Both sides in words."""
    text = _("De beslisboom zegt: {tree}. De school koos: {judged}.")
    return text.format(tree=CouncilDuty(found.tree).label, judged=CouncilDuty(found.judged).label)
