"""Reading scores, links to partners, actions, and what waits for somebody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import (
    ActivityState,
    CooperationKind,
    Dossier,
    DossierPartner,
    DossierState,
    Part,
)
from partnerwijzer.factors import moments
from partnerwijzer.factors.models import Ask, FactorAction, Score

PURPOSE = "factors"
LIMIT = 20


def span(dossier: Dossier) -> tuple[date, date] | None:
    """First and last day of a cooperation: as planned, else of its activities. None: not known."""
    begin, end = dossier.planned_from, dossier.planned_until
    if begin is None or end is None:
        going = dossier.activities.exclude(state=ActivityState.CANCELLED)
        found = going.aggregate(first=Min("on"), last=Max("on"))
        begin, end = begin or found["first"], end or found["last"]
    if begin is None:
        return None
    return begin, max(end or begin, begin)


def open_moment(dossier: Dossier) -> str:
    """The moment that is open today; empty where none is."""
    known = span(dossier)
    return moments.open_now(*known, timezone.localdate()) if known else ""


def scores(actor: Actor, dossier: Dossier) -> list[Score]:
    """All scores of a dossier, without who gave them."""
    visible = Dossier.objects.visible_to(actor)
    rows = Score.objects.filter(dossier__in=visible, dossier=dossier).select_related("ask")
    return list(rows.defer("user"))


def my_score(actor: Actor, dossier: Dossier, moment: str) -> Score | None:
    return Score.objects.filter(dossier=dossier, moment=moment, user_id=actor.uid).first()


def asks(actor: Actor, dossier: Dossier) -> QuerySet[Ask]:
    """Which partners were asked, with how far each link is."""
    visible = Dossier.objects.visible_to(actor)
    rows = Ask.objects.filter(row__dossier__in=visible, row__dossier=dossier)
    return rows.select_related("link", "row__partner", "score")


def get_ask(actor: Actor, dossier_pk: int, pk: int) -> Ask:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Ask.objects.select_related("link", "row__dossier__school", "row__partner")
    return get_object_or_404(rows, pk=pk, row__dossier__in=visible)


def partner_rows(actor: Actor, dossier: Dossier) -> QuerySet[DossierPartner]:
    visible = Dossier.objects.visible_to(actor)
    rows = DossierPartner.objects.filter(dossier__in=visible, dossier=dossier)
    return rows.select_related("partner").prefetch_related("partner__contacts")


def by_token(actor: Actor, token: str) -> Ask | None:
    """What a secret link asks, also when it is over; None when there is none."""
    link = links.find(PURPOSE, token)
    if link is None:
        return None
    related = ("link", "row__partner", "row__dossier__school", "row__dossier__framework")
    return Ask.objects.select_related(*related).filter(link=link).first()


def actions(actor: Actor, dossier: Dossier) -> QuerySet[FactorAction]:
    visible = Dossier.objects.visible_to(actor)
    rows = FactorAction.objects.filter(dossier__in=visible, dossier=dossier)
    return rows.select_related("owner")


def get_action(actor: Actor, dossier_pk: int, pk: int) -> FactorAction:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    return get_object_or_404(
        FactorAction.objects.select_related("dossier"), pk=pk, dossier__in=visible
    )


@dataclass(frozen=True)
class Waiting:
    """A moment that is open in a dossier and that the actor did not score."""

    dossier: Dossier
    moment: str
    due: date


def to_score(actor: Actor) -> Iterator[Waiting]:
    """Open moments of structural cooperations in which the actor has a part: a single lesson is
    looked back on once, in its evaluation."""
    rows = (
        Dossier.objects.visible_to(actor)
        .filter(
            state=DossierState.OPEN,
            kind=CooperationKind.STRUCTURAL,
            school_id__in=actor.schools(),
            planned_from__lte=timezone.localdate(),
            members__user_id=actor.uid,
            members__part__in=[Part.LEAD, Part.WORKS],
        )
        .annotate(last_on=Max("activities__on"))
        .order_by("planned_from", "pk")
    )
    found = list(rows[:LIMIT])
    done = _scored_by(actor, found) if found else set()
    today = timezone.localdate()
    for dossier in found:
        assert dossier.planned_from is not None
        begin = dossier.planned_from
        last: date | None = getattr(dossier, "last_on", None)
        end = max(dossier.planned_until or last or begin, begin)
        moment = moments.open_now(begin, end, today)
        if moment and (dossier.pk, moment) not in done:
            yield Waiting(dossier, moment, moments.days(begin, end)[moment] + moments.GRACE)


def _scored_by(actor: Actor, dossiers: Iterable[Dossier]) -> set[tuple[int, str]]:
    rows = Score.objects.filter(user_id=actor.uid, dossier__in=dossiers)
    return set(rows.values_list("dossier_id", "moment"))


def to_do(actor: Actor) -> QuerySet[FactorAction]:
    """Actions that the actor took on and that are not done."""
    rows = FactorAction.objects.filter(
        owner_id=actor.uid,
        done_at=None,
        dossier__state=DossierState.OPEN,
        dossier__school_id__in=actor.schools(),
    )
    return rows.select_related("dossier")[:LIMIT]


def unasked(actor: Actor) -> QuerySet[DossierPartner]:
    """Partners of structural cooperations led by the actor who were never asked to score."""
    asked = Ask.objects.filter(row=OuterRef("pk"))
    rows = DossierPartner.objects.filter(
        ~Exists(asked),
        Q(dossier__members__user_id=actor.uid, dossier__members__part=Part.LEAD),
        dossier__state=DossierState.OPEN,
        dossier__kind=CooperationKind.STRUCTURAL,
        dossier__school_id__in=actor.schools(),
        dossier__planned_from__lte=timezone.localdate(),
    )
    return rows.select_related("dossier", "partner").order_by("pk")[:LIMIT]
