"""Reading decisions."""

from datetime import date

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import along, ballot, casework, told
from partnerwijzer.dossiers.models import (
    Condition,
    Decision,
    DecisionReview,
    Dossier,
    Position,
)

# How long before its date a review becomes a task.
REVIEW_DAYS = 14


def decisions(actor: Actor, dossier: Dossier) -> QuerySet[Decision]:
    """All decisions of a dossier, newest first, with their positions."""
    given = Position.objects.select_related("user")
    rows = Decision.objects.filter(dossier__in=Dossier.objects.visible_to(actor), dossier=dossier)
    related = rows.select_related("decided_by", "opened_by", "signer", "pdf", "docx", "supersedes")
    wanted = Condition.objects.select_related("user", "done_by")
    reviews = DecisionReview.objects.select_related("user")
    return related.prefetch_related(
        Prefetch("positions", given), Prefetch("conditions", wanted), Prefetch("reviews", reviews)
    ).order_by("-id")


# What the pages of a decision show of it, read with the decision itself.
POSITIONS = along.List("positions", {"user": along.PERSON})
CONDITIONS = along.List("conditions", {"user": along.PERSON, "done_by": along.PERSON})
REVIEWS = along.List("reviews", {"user": along.PERSON})
SHOWN = (POSITIONS, CONDITIONS, REVIEWS)


def shown(actor: Actor, dossier: Dossier) -> list[Decision]:
    """As decisions(), in one query, of a dossier that was read already."""
    rows = Decision.objects.filter(dossier__in=Dossier.objects.visible_to(actor), dossier=dossier)
    related = rows.select_related("decided_by", "opened_by", "signer", "pdf", "docx", "supersedes")
    found = list(along.read(related, SHOWN).order_by("-id"))
    for row in found:
        along.lay(row, SHOWN)
        row.dossier = dossier  # with what was read already
    return found


def standing_of(decision: Decision) -> ballot.Standing:
    """How the ballot stands, with who works at the school now."""
    way = casework.content(decision.dossier).vocab.decision_template[decision.template]
    staff = set(told.of(decision.dossier, "staff") or ())
    return ballot.stand(way, voices(decision.positions.all(), staff))


def voices(positions: "QuerySet[Position] | list[Position]", staff: set[int]) -> list[ballot.Voice]:
    """The positions as the ballot counts them. `staff`: keys of who works at the school now."""
    return [
        ballot.Voice(
            option=p.option,
            given=p.given_at is not None,
            interested=bool(p.interest),
            left=p.user_id not in staff,
            reminded=p.reminded_at is not None,
        )
        for p in positions
    ]


def reviews_due(decisions: QuerySet[Decision], until: date) -> QuerySet[Decision]:
    """Of decisions that hold: those to be looked at again by a day, with that day as `due_on`."""
    newest = DecisionReview.objects.filter(decision=OuterRef("pk")).order_by("-pk")
    looked = Q(reviews__isnull=True)
    planned = decisions.filter(looked, review_on__lte=until).values("pk")
    again = Subquery(newest.values("next_on")[:1])
    rows = decisions.annotate(next_on=again).filter(Q(pk__in=planned) | Q(next_on__lte=until))
    return rows.annotate(due_on=Coalesce(F("next_on"), F("review_on"))).order_by("due_on")


def get_condition(actor: Actor, dossier_pk: int, pk: int) -> Condition:
    """A condition of a decision in a dossier that the actor may see, or 404."""
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Condition.objects.select_related("decision__dossier", "user")
    return get_object_or_404(rows, pk=pk, decision__dossier__in=visible)


def get_decision(actor: Actor, dossier_pk: int, pk: int) -> Decision:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Decision.objects.select_related(
        "dossier__school", "dossier__framework", "pdf", "docx", "decided_by", "signer"
    )
    return get_object_or_404(rows, pk=pk, dossier__in=visible)


def my_position(actor: Actor, decision: Decision) -> Position | None:
    """The actor's own place on the ballot, where they were asked."""
    rows = decision.positions.filter(user_id=actor.uid).select_related("decision__dossier")
    return rows.first()
