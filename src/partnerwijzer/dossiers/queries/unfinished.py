"""What was begun in dossiers and is not finished, or grew old: which rows, in no order. The list of
work reads them as those of `waiting`.
"""

from datetime import timedelta

from django.db.models import DateField, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.dossiers.models import (
    Assessment,
    CouncilItem,
    Decision,
    Dossier,
    DossierState,
    Part,
    SecondReading,
    Status,
    TreeRun,
)

# A younger answer is not looked at for the list of work, whatever the framework lets it be.
OLD = timedelta(days=180)


def to_settle(actor: Actor) -> QuerySet[SecondReading]:
    """Questions on which two readers differ, for these two and who leads the dossier."""
    first = Assessment.objects.filter(
        ~Q(judgement=OuterRef("judgement")),
        dossier=OuterRef("dossier"),
        criterion=OuterRef("criterion"),
        status=Status.DONE,
    )
    mine = Q(reader_id=actor.uid) | Q(Exists(first.filter(updated_by_id=actor.uid)))
    leads = Q(dossier__members__user_id=actor.uid, dossier__members__part=Part.LEAD)
    rows = SecondReading.objects.filter(
        mine | leads,
        Exists(first),
        read_at__isnull=False,
        settled_at=None,
        asked_now=True,
        dossier__state=DossierState.OPEN,
        dossier__school_id__in=actor.schools(),
    )
    return rows.distinct()


def without_day(actor: Actor) -> QuerySet[TreeRun]:
    """Trees that the actor walked and of which no day was noted; the content says which outcomes
    ask for one, and of whom."""
    return _without_day(actor.schools()).filter(walked_by_id=actor.uid)


def without_day_of_head(actor: Actor) -> QuerySet[TreeRun]:
    """Of all that was walked in a school of which the actor is the head."""
    return _without_day(actor.schools(frozenset({Role.HEAD})))


def _without_day(schools: tuple[int, ...]) -> QuerySet[TreeRun]:
    return TreeRun.objects.filter(
        noted_on=None, dossier__state=DossierState.OPEN, dossier__school_id__in=schools
    )


def old_answers(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers that the actor leads, not decided, with an answer that may have grown old: the
    framework of each says after how long (`moving.stale`). Once decided, its review date holds.

    `oldest`: the day of the oldest answer.
    """
    rows = Assessment.objects.filter(dossier=OuterRef("pk"), status=Status.DONE)
    found = Coalesce(Cast(KT("origin__on"), DateField()), TruncDate("updated_at"))
    first = rows.order_by().values("dossier").annotate(first=Min(found)).values("first")
    decided = Decision.objects.standing().filter(dossier=OuterRef("pk"))
    return Dossier.objects.annotate(oldest=Subquery(first)).filter(
        ~Exists(decided),
        oldest__lte=timezone.localdate() - OLD,
        state=DossierState.OPEN,
        school_id__in=actor.schools(),
        members__user_id=actor.uid,
        members__part=Part.LEAD,
    )


def consult_items(actor: Actor, keys: list[int]) -> QuerySet[CouncilItem]:
    """These items, with what their clocks need."""
    rows = CouncilItem.objects.visible_to(actor).filter(pk__in=keys)
    return rows.select_related("body__school", "dossier__school")
