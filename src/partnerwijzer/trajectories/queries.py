"""Reading trajectories. Everything starts from the dossier that the actor may see."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import require
from partnerwijzer.dossiers import clashing, together
from partnerwijzer.dossiers.clashing import Wanted
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityPartner,
    ActivityState,
    Dossier,
    DossierState,
    Part,
    Remark,
)
from partnerwijzer.dossiers.models.talking import MOMENT
from partnerwijzer.dossiers.queries import partnermails
from partnerwijzer.dossiers.queries.partnermails import PartnerMails
from partnerwijzer.organisations.models import User
from partnerwijzer.trajectories.models import (
    ImprovementPlan,
    Milestone,
    MilestoneState,
    Series,
    SeriesMoment,
)
from partnerwijzer.trajectories.recurrence import Moment

# How long before its day a milestone becomes a task.
AHEAD_DAYS = 7

PLAN = "trajectories.plan"


def series_of(dossier: Dossier) -> list[Series]:
    """The series of a dossier, with the activities that came out of them."""
    rows = Series.objects.filter(dossier=dossier)
    return list(rows.prefetch_related("moments__activity"))


def milestones_of(dossier: Dossier) -> list[Milestone]:
    return list(Milestone.objects.filter(dossier=dossier))


def improvement_of(dossier: Dossier) -> ImprovementPlan | None:
    return ImprovementPlan.objects.select_related("file").filter(dossier=dossier).first()


def get_series(actor: Actor, dossier_pk: int, pk: int) -> Series:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Series.objects.select_related("dossier__school", "dossier__framework")
    series = get_object_or_404(rows, pk=pk, dossier__in=visible)
    require(actor, PLAN, series)
    return series


def get_milestone(actor: Actor, dossier_pk: int, pk: int) -> Milestone:
    visible = Dossier.objects.visible_to(actor).filter(pk=dossier_pk)
    rows = Milestone.objects.select_related("dossier__school")
    milestone = get_object_or_404(rows, pk=pk, dossier__in=visible)
    require(actor, PLAN, milestone)
    return milestone


def milestones_due(actor: Actor) -> QuerySet[Milestone]:
    """Milestones whose day is near or past and of which nobody said how they stand, of cooperations
    that the actor works on."""
    return Milestone.objects.filter(
        state=MilestoneState.TO_DO,
        on__lte=timezone.localdate() + timedelta(days=AHEAD_DAYS),
        dossier__state=DossierState.OPEN,
        dossier__school_id__in=actor.schools(),
        dossier__members__user_id=actor.uid,
        dossier__members__part__in=[Part.LEAD, Part.WORKS],
    )


def to_come(series: Series, day: date) -> QuerySet[SeriesMoment]:
    """The moments of a series from a day on, by the day on which they really are."""
    rows = series.moments.filter(activity__on__gte=day)
    return rows.select_related("activity").order_by("activity__on", "pk")


def has_data(activity: Activity) -> bool:
    """Whether something would be lost with it: it was confirmed, changed, moved or cancelled, has a
    survey or talk about it, or anything of another part of the product hangs on it (who was there,
    a pack …). Which partners come, came out of the series: who changes that, makes a new
    version."""
    if activity.version > 1 or activity.state != ActivityState.PLANNED or activity.survey_id:
        return True
    if Remark.objects.filter(dossier=activity.dossier_id, part=f"{MOMENT}{activity.pk}").exists():
        return True
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: activity}).exists()
        for relation in Activity._meta.related_objects
        if relation.related_model not in (SeriesMoment, ActivityPartner)
    )


def kept_and_free(series: Series, day: date) -> tuple[list[Activity], list[Activity]]:
    """Of the moments from a day on: those that stay because they hold something, and those that a
    change may replace."""
    rows = [moment.activity for moment in to_come(series, day)]
    holding = {activity.pk for activity in rows if has_data(activity)}
    kept = [a for a in rows if a.pk in holding]
    return kept, [a for a in rows if a.pk not in holding]


def to_stop(series: Series, day: date) -> tuple[list[Activity], list[Activity]]:
    """As kept_and_free, of what has not begun and was not called off."""
    kept, free = kept_and_free(series, day)
    keys = [activity.pk for activity in (*kept, *free)]
    left = set(Activity.objects.to_come().filter(pk__in=keys).values_list("pk", flat=True))
    return [a for a in kept if a.pk in left], [a for a in free if a.pk in left]


def teachers_at(moments: Iterable[Activity], but: Actor) -> list[str]:
    """Names of who stays with the group at one of them, without who asks."""
    rows = User.objects.filter(activities__in=[one.pk for one in moments]).exclude(pk=but.uid)
    return list(rows.distinct().order_by("name", "pk").values_list("name", flat=True))


def partner_mails(series: Series) -> PartnerMails | None:
    """Where the partner of a series was written to; None for a series without any moment."""
    rows = series.moments.select_related("activity__dossier")
    found = rows.order_by("-activity__on").first()
    return partnermails.partner_mails(found.activity) if found else None


def stop_mails(series: Series) -> PartnerMails:
    """Where the partners of what is still to come were written to: each moment has its own."""
    rows = Activity.objects.to_come().filter(in_series__series=series)
    left = list(rows.select_related("dossier").order_by("on", "pk"))
    return partnermails.together_at(mails for mails, _same in _by_partners(left))


def _by_partners(moments: list[Activity]) -> list[tuple[PartnerMails, list[Activity]]]:
    """Where is written to for the moments with the same partners: asked once for all of those, as
    a series can be long."""
    prefetch_related_objects(moments, together.PARTNERS)
    same: dict[frozenset[int], list[Activity]] = {}
    for one in moments:
        same.setdefault(frozenset(p.row_id for p in one.partners.all()), []).append(one)
    return [(partnermails.partner_mails(rows[0]), rows) for rows in same.values()]


def mails_at(
    dossier: Dossier, moments: Iterable[Activity], chosen: Iterable[str]
) -> dict[int, list[str]]:
    """By key of a moment which of the chosen addresses hear of it: those of its own partners, and
    those that belong to no partner of the dossier."""
    partners = dossier.partners.values_list("partner_id", flat=True)
    theirs = {mail.email for mail in partnermails.written_to(dossier, partners).values()}
    typed, found = list(chosen), {}
    for mails, rows in _by_partners(list(moments)):
        here = {mail.email for mail in mails.known}
        told = [to for to in typed if to in here or to not in theirs]
        found.update({one.pk: told for one in rows})
    return found


def with_clashes(
    dossier: Dossier, planned: list[Moment], wanted: Wanted, besides: list[Activity]
) -> list[Moment]:
    """The moments with who and which group has something else then, beside what they warn of.

    Args:
        wanted: the hours, groups and teachers of each of them.
        besides: what would be replaced.
    """
    days = [moment.on for moment in planned if not moment.skipped]
    found = clashing.on_days(dossier, days, wanted, [activity.pk for activity in besides])
    return [
        replace(moment, warning=" ".join([moment.warning, *found.get(moment.on, ())]).strip())
        if not moment.skipped
        else moment
        for moment in planned
    ]
