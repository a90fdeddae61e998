"""What waits for somebody in dossiers: which rows, in no order. The list of work reads all kinds in
one query, and takes the columns that it needs.

Of a dossier that is closed or stopped nothing waits.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.dossiers import period
from partnerwijzer.dossiers.checkpoints import AHEAD_DAYS as CHECKPOINT_DAYS
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityState,
    AdviserQuestion,
    Agreement,
    AgreementChange,
    AgreementCheckpoint,
    AgreementMessage,
    AgreementVersion,
    Assessment,
    Condition,
    CouncilItem,
    CouncilOutcome,
    Decision,
    Dossier,
    DossierState,
    Evaluation,
    Position,
    Silence,
    Status,
)
from partnerwijzer.dossiers.models.decision import time_is_up
from partnerwijzer.dossiers.queries import deciding
from partnerwijzer.dossiers.queries.whose import falls_to
from partnerwijzer.organisations.models import Membership

# How long after an activity somebody is still asked to look back.
LOOK_BACK_DAYS = 60
# How long before an activity a missing teacher becomes a task.
AHEAD_DAYS = 21
# How long before its planned end a dossier asks to be ended well.
END_DAYS = 14
# How long before its last day an agreement that ends becomes a task.
ENDING_DAYS = 42


def criteria(actor: Actor) -> QuerySet[Any, Any]:
    """Criteria that a colleague asked the actor to look at, or that fall to the actor, counted per
    dossier."""
    mine = Assessment.objects.filter(
        falls_to(actor, "assigned_to", "dossier"),
        dossier__state=DossierState.OPEN,
        dossier__school_id__in=actor.schools(),
    ).exclude(status=Status.DONE)
    rows = mine.values("dossier_id", "dossier__title")
    return rows.annotate(count=Count("pk"), due=Min("due_on"))


def positions(actor: Actor) -> QuerySet[Position]:
    """Decisions on which the actor's position is still asked."""
    return Position.objects.filter(
        user_id=actor.uid,
        given_at=None,
        decision__decided_at=None,
        decision__withdrawn_at=None,
        decision__dossier__state=DossierState.OPEN,
        decision__dossier__school_id__in=actor.schools(),
    ).exclude(time_is_up("decision__"))


def decisions(actor: Actor) -> QuerySet[Decision]:
    """Questions that the actor, as head, can decide: everybody who works there spoke, or the date
    is over. Those that another head signs wait only once that head left the school. `waits` where
    the last day passed and the ballot still waits for somebody: then the head looks how to go on.
    """
    here = Membership.objects.working().filter(
        user=OuterRef("user"), school=OuterRef("decision__dossier__school")
    )
    waiting = Position.objects.filter(Exists(here), decision=OuterRef("pk"), given_at=None)
    heads = Membership.objects.working(frozenset({Role.HEAD}))
    signer = heads.filter(user=OuterRef("signer"), school=OuterRef("dossier__school"))
    rows = Decision.objects.running().filter(
        Q(signer_id=actor.uid) | ~Exists(signer),
        dossier__state=DossierState.OPEN,
        dossier__school_id__in=actor.schools(frozenset({Role.HEAD})),
    )
    late = Q(closes_on__lt=timezone.localdate(), closed_at=None, silence=Silence.WAITS)
    rows = rows.filter(time_is_up() | late | ~Exists(waiting))
    stuck = When(late & Exists(waiting), then=Value(Silence.WAITS.value))
    return rows.annotate(waits=Case(stuck, default=Value(""), output_field=CharField()))


def conditions(actor: Actor) -> QuerySet[Condition]:
    """Conditions of decisions that hold, which the actor sees to."""
    return Condition.objects.filter(
        falls_to(actor, "user", "decision__dossier", lead=False),
        done_at=None,
        decision__in=Decision.objects.standing(),
        decision__dossier__state=DossierState.OPEN,
        decision__dossier__school_id__in=actor.schools(),
    )


def reviews(actor: Actor) -> QuerySet[Decision]:
    """Decisions to look at again soon, in schools that the actor leads. A dossier that is closed is
    looked at again too: that is what the date was for."""
    rows = Decision.objects.standing().filter(dossier__school_id__in=actor.schools(LEADS))
    until = timezone.localdate() + timedelta(days=deciding.REVIEW_DAYS)
    return deciding.reviews_due(rows.exclude(dossier__state=DossierState.STOPPED), until)


def without_teacher(actor: Actor) -> QuerySet[Activity]:
    """Activities soon, without a teacher, where the actor leads the school or the dossier."""
    today = timezone.localdate()
    mine = Q(dossier__school_id__in=actor.schools(LEADS)) | Q(
        dossier__members__user_id=actor.uid, dossier__school_id__in=actor.schools()
    )
    rows = (
        Activity.objects.with_presence()
        .filter(
            mine,
            dossier__state=DossierState.OPEN,
            has_teacher=False,
            on__gte=today,
            on__lte=today + timedelta(days=AHEAD_DAYS),
        )
        .exclude(state=ActivityState.CANCELLED)
    )
    return rows.distinct()


def adviser_questions(actor: Actor) -> QuerySet[AdviserQuestion]:
    """Questions of schools that the actor, as anker, has not answered."""
    return AdviserQuestion.objects.filter(
        adviser_id=actor.uid, answered_at=None, dossier__in=Dossier.objects.visible_to(actor)
    )


def changes(actor: Actor) -> QuerySet[AgreementChange]:
    """Changes that partners ask for, in dossiers that the actor works on; `newest` is the last one
    that was asked of that version and waits."""
    mine = Q(version__agreement__dossier__members__user_id=actor.uid) | Q(
        version__agreement__dossier__school_id__in=actor.schools(LEADS)
    )
    rows = AgreementChange.objects.filter(
        mine,
        handled_at=None,
        version__agreement__dossier__state=DossierState.OPEN,
        version__agreement__dossier__school_id__in=actor.schools(),
    )
    open_ones = AgreementChange.objects.filter(version=OuterRef("version"), handled_at=None)
    return rows.annotate(newest=_newest(open_ones)).distinct()


def _newest(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by("-pk").values("pk")[:1], output_field=BigIntegerField())


def _mine(actor: Actor, prefix: str) -> Q:
    """Dossiers that the actor works on, or of a school that the actor leads; open ones only."""
    here = f"{prefix}__" if prefix else ""
    member = Q(**{f"{here}members__user_id": actor.uid})
    leads = Q(**{f"{here}school_id__in": actor.schools(LEADS)})
    open_ones = Q(**{f"{here}state": DossierState.OPEN, f"{here}school_id__in": actor.schools()})
    return (member | leads) & open_ones


def checkpoints(actor: Actor) -> QuerySet[AgreementCheckpoint]:
    """Days on which school and partner look together: near or past, and not noted yet. Of who is
    named for it or to whom it falls; where nobody is, of who works on the dossier."""
    today = timezone.localdate()
    rows = AgreementCheckpoint.objects.filter(
        versions__in=AgreementVersion.objects.in_force(today),
        done_at=None,
        on__lte=today + timedelta(days=CHECKPOINT_DAYS),
    )
    nobody = Q(school_user=None) & _mine(actor, "agreement__dossier")
    named = Q(
        falls_to(actor, "school_user", "agreement__dossier"),
        agreement__dossier__state=DossierState.OPEN,
        agreement__dossier__school_id__in=actor.schools(),
    )
    return rows.filter(named | nobody).distinct()


def messages(actor: Actor) -> QuerySet[Agreement]:
    """Agreements about which the partner wrote something that nobody answered or marked as read;
    `newest` is the last of these messages."""
    unread = AgreementMessage.objects.filter(
        agreement=OuterRef("pk"), by_school=False, read_at=None
    )
    rows = Agreement.objects.filter(Exists(unread), _mine(actor, "dossier"))
    return rows.annotate(newest=_newest(unread)).distinct()


def ending_agreements(actor: Actor) -> QuerySet[AgreementVersion]:
    """What holds now and ends soon, without another text that takes its place."""
    today = timezone.localdate()
    rows = AgreementVersion.objects.in_force(today).filter(
        _mine(actor, "agreement__dossier"), valid_until__lte=today + timedelta(days=ENDING_DAYS)
    )
    followed = AgreementVersion.objects.confirmed().filter(supersedes=OuterRef("pk"))
    return rows.filter(~Exists(followed)).distinct()


def to_confirm(actor: Actor) -> QuerySet[AgreementVersion]:
    """Versions that the partner confirmed, and that wait for who leads the school."""
    newer = AgreementVersion.objects.filter(
        agreement=OuterRef("agreement"), number__gt=OuterRef("number")
    )
    return AgreementVersion.objects.filter(
        ~Exists(newer),
        school_confirmed_at=None,
        partner_confirmed_at__isnull=False,
        agreement__dossier__state=DossierState.OPEN,
        agreement__dossier__school_id__in=actor.schools(LEADS),
    )


def ending(actor: Actor) -> QuerySet[Dossier]:
    """Open dossiers of which the end that was planned or agreed is near or past, for who works on
    them, with that day as `ends_on`. Where nobody said an end, once the last moment is over: more
    may come until then."""
    today = timezone.localdate()
    near = Q(said_until__lte=today + timedelta(days=END_DAYS))
    rows = period.along(Dossier.objects.all())
    return rows.filter(_mine(actor, ""), near | Q(_over(today), said_until=None)).distinct()


def _over(today: date) -> Q:
    """The cooperation began, and its last day as far as is known is over."""
    return Q(Q(begins_on=None) | Q(begins_on__lt=today), ends_on__lt=today)


def evaluations(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers with an activity that is over, where the actor was present (as was
    noted, else as was planned), and those that the actor
    works on and whose last day is over: from the day after, as long as nobody looked back."""
    today = timezone.localdate()
    planned = Q(attendance=None, teachers=actor.user_id)
    over = Activity.objects.filter(
        planned | Q(attendance__teachers=actor.user_id),
        dossier=OuterRef("pk"),
        on__lt=today,
        on__gte=today - timedelta(days=LOOK_BACK_DAYS),
    ).exclude(state=ActivityState.CANCELLED)
    done = Evaluation.objects.filter(dossier=OuterRef("pk"), user_id=actor.uid)
    ended = Q(
        _over(today),
        ends_on__gte=today - timedelta(days=LOOK_BACK_DAYS),
        members__user_id=actor.uid,
        school_id__in=actor.schools(),
    )
    rows = period.along(Dossier.objects.visible_to(actor))
    rows = rows.filter(Exists(over) | ended, ~Exists(done)).distinct()
    return rows.filter(state=DossierState.OPEN)


def council(actor: Actor) -> QuerySet[CouncilItem]:
    """Topics that wait for the school council, for its members and for who leads the school, with
    the day of the meeting as `meets_on`: none where that is not known or was cancelled."""
    given = Q(shown_at__isnull=False) | Q(handed_on__isnull=False)
    rows = CouncilItem.objects.visible_to(actor).filter(
        given,
        outcome=CouncilOutcome.PENDING,
        dossier__state=DossierState.OPEN,
        dossier__school_id__in=actor.schools(LEADS | {Role.COUNCIL_MEMBER}),
    )
    held = Case(When(meeting__cancelled_at=None, then="meeting__on"), output_field=DateField())
    return rows.annotate(meets_on=held)
