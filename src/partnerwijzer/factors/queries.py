"""Reading scores, links to partners, actions, and what waits for somebody."""

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access import links
from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers import period, together
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityState,
    CooperationKind,
    Dossier,
    DossierPartner,
    DossierState,
    Part,
)
from partnerwijzer.dossiers.queries.whose import falls_to
from partnerwijzer.factors import moments
from partnerwijzer.factors.models import Ask, FactorAction, Score

PURPOSE = "factors"


def open_moment(dossier: Dossier) -> str:
    """The moment that is open today; empty where none is."""
    known = period.span(dossier)
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


def moments_of(found: Ask) -> list[Activity]:
    """The moments at which the partner that is asked is, in order; with who comes. Each once."""
    rows = found.row.dossier.activities.exclude(state=ActivityState.CANCELLED)
    if found.row.dossier.partners.count() > 1:
        rows = rows.filter(partners__row=found.row)
    return list(rows.prefetch_related(together.PARTNERS))


def actions(actor: Actor, dossier: Dossier) -> QuerySet[FactorAction]:
    visible = Dossier.objects.visible_to(actor)
    rows = FactorAction.objects.filter(dossier__in=visible, dossier=dossier)
    return rows.select_related("owner")


def get_action(actor: Actor, dossier_pk: int, pk: int) -> FactorAction:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    return get_object_or_404(
        FactorAction.objects.select_related("dossier"), pk=pk, dossier__in=visible
    )


def to_score(actor: Actor) -> QuerySet[Dossier]:
    """Structural cooperations that began and in which the actor has a part: a single lesson is
    looked back on once, in its evaluation. With `begins_on` and `ends_on` as far as is known, and
    `scored`, the moments that the actor scored with a space after each."""
    rows: QuerySet[Dossier] = period.along(Dossier.objects.all()).filter(
        state=DossierState.OPEN,
        kind=CooperationKind.STRUCTURAL,
        school_id__in=actor.schools(),
        begins_on__lte=timezone.localdate(),
        members__user_id=actor.uid,
        members__part__in=[Part.LEAD, Part.WORKS],
    )
    scored = Concat(*(_scored(actor, moment) for moment in moments.ORDER))
    return rows.annotate(scored=scored)


def _scored(actor: Actor, moment: str) -> Case:
    rows = Score.objects.filter(user_id=actor.uid, dossier=OuterRef("pk"), moment=moment)
    return Case(When(Exists(rows), then=Value(f"{moment} ")), default=Value(""))


def to_do(actor: Actor) -> QuerySet[FactorAction]:
    """Actions that the actor took on, or that fall to the actor, and that are not done."""
    return FactorAction.objects.filter(
        falls_to(actor, "owner", "dossier"),
        done_at=None,
        dossier__state=DossierState.OPEN,
        dossier__school_id__in=actor.schools(),
    )


def to_ask(actor: Actor) -> QuerySet[DossierPartner]:
    """Partners of structural cooperations led by the actor. With `begins_on` and `ends_on` as
    in to_score, and `asked`, the moments at which the partner was asked to score with a space after
    each."""
    asked = Concat(*(_asked(moment) for moment in moments.ORDER))
    rows: QuerySet[DossierPartner] = period.along(DossierPartner.objects.all(), "dossier").filter(
        Q(dossier__members__user_id=actor.uid, dossier__members__part=Part.LEAD),
        dossier__state=DossierState.OPEN,
        dossier__kind=CooperationKind.STRUCTURAL,
        dossier__school_id__in=actor.schools(),
        begins_on__lte=timezone.localdate(),
    )
    return rows.annotate(asked=asked)


def _asked(moment: str) -> Case:
    rows = Ask.objects.filter(row=OuterRef("pk"), moment=moment)
    return Case(When(Exists(rows), then=Value(f"{moment} ")), default=Value(""))
