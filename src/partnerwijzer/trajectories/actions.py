"""Planning series, milestones and the plan that a cooperation belongs to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.documents import intake, storage
from partnerwijzer.dossiers.actions import running
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.known_facts import election_warnings
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGroup
from partnerwijzer.dossiers.moment_change import (
    Stop,
    Told,
    hours,
    in_words,
    let_go,
    stop_together,
)
from partnerwijzer.mail import post
from partnerwijzer.organisations.models import User
from partnerwijzer.schooldays import queries as schooldays
from partnerwijzer.trajectories import queries, recurrence
from partnerwijzer.trajectories.models import (
    ImprovementPlan,
    Milestone,
    MilestoneState,
    Series,
    SeriesMoment,
    SeriesPartner,
)

PARTNER_READS = "nl"
Hours = tuple[date, time, time]
FACTS = (
    *("title", "rule", "first", "until", "starts", "ends", "place", "skip_off"),
    "working_form",
)


class Refused(ValueError):
    """What cannot be; the words are for who tried, `field` is what they stand at."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field or None


def foreseen(
    dossier: Dossier,
    facts: Mapping[str, Any],
    taken: Iterable[date] = (),
    changes: Series | None = None,
) -> list[recurrence.Moment]:
    """What a series would give, to look at before it is made.

    Args:
        changes: the series that it comes after, which can be stopped as well.

    Raises:
        Refused: too many moments, or none.
    """
    try:
        found = recurrence.moments(
            facts["rule"],
            facts["first"],
            facts["until"],
            schooldays.days_of(dossier.school),
            skip=facts["skip_off"],
            taken=list(taken),
        )
    except recurrence.TooMany:
        text = _("Dit zijn er meer dan {most}. Kies een vroegere laatste dag.")
        raise Refused(text.format(most=recurrence.MOST), "until") from None
    if not any(not moment.skipped for moment in found):
        stops = _("Stopt de reeks? Kies ‘Stop de reeks’.") if changes else ""
        raise Refused(f"{_('Zo blijft er geen enkele dag over.')} {stops}".strip(), "until")
    votes = election_warnings(dossier, [one.on for one in found if not one.skipped])
    return [replace(one, warning=votes.get(one.on, "")) for one in found]


@action("trajectories.plan")
def make_series(
    dossier: Dossier,
    *,
    actor: Actor,
    facts: Mapping[str, Any],
    groups: Iterable[DossierGroup],
    teachers: Iterable[User],
    partners: Mapping[int, str] | None = None,
) -> Series:
    """Plans an activity on each day of the rule on which there is school.

    Raises:
        Refused: too many moments, or none.
    """
    series = _store(dossier, actor, facts, (groups, teachers, partners))
    count = len(_fill(series, actor, taken=()))
    _tell_named(series, actor, series.teachers.all(), count)
    record("series.made", series, actor=actor, thread=dossier, title=series.title, count=count)
    return series


# Who is there: groups, teachers, and what each of several partners does.
People = tuple[Iterable[DossierGroup], Iterable[User], Mapping[int, str] | None]


def _store(
    dossier: Dossier,
    actor: Actor,
    facts: Mapping[str, Any],
    people: People,
    follows: Series | None = None,
) -> Series:
    groups, teachers, partners = people
    series = Series.objects.create(
        dossier=dossier,
        made_by_id=actor.uid,
        follows=follows,
        **{name: facts[name] for name in FACTS if name in facts},
    )
    series.groups.set(groups)
    series.teachers.set(teachers)
    SeriesPartner.objects.bulk_create(
        SeriesPartner(series=series, row_id=key, part=part)
        for key, part in (partners or {}).items()
    )
    return series


def _fill(series: Series, actor: Actor, taken: Iterable[date]) -> list[Activity]:
    """Plans the activities."""
    facts = {name: getattr(series, name) for name in FACTS}
    groups, teachers = list(series.groups.all()), list(series.teachers.all())
    partners = {one.row_id: one.part for one in series.partners.all()}
    planned = []
    for moment in foreseen(series.dossier, facts, taken):
        if moment.skipped:
            continue
        shape = {name: facts[name] for name in ("title", "starts", "ends", "place", "working_form")}
        activity = running.plan_activity(
            series.dossier,
            actor=actor,
            facts={**shape, "on": moment.on},
            groups=groups,
            teachers=teachers,
            partners=partners,
            tell=False,
        )
        SeriesMoment.objects.create(series=series, activity=activity, by_rule=moment.on)
        planned.append(activity)
    return planned


@dataclass(frozen=True)
class Planned:
    """A moment that is planned already, on which day by the rule of its series, and whether it is
    otherwise than the rest: then a change of the series leaves it."""

    activity: Activity
    by_rule: date
    own: bool


@action("trajectories.plan")
def gather(
    dossier: Dossier,
    *,
    actor: Actor,
    facts: Mapping[str, Any],
    groups: Iterable[DossierGroup],
    partners: Mapping[int, str],
    moments: Sequence[Planned],
    follows: Series | None = None,
) -> Series:
    """A series out of moments that are planned already: one that comes again in a new school year.
    Without teachers: who stays with the group is asked anew."""
    series = _store(dossier, actor, facts, (groups, (), partners), follows=follows)
    SeriesMoment.objects.bulk_create(
        SeriesMoment(series=series, activity=one.activity, by_rule=one.by_rule) for one in moments
    )
    own = [one.activity.pk for one in moments if one.own]
    Activity.objects.filter(pk__in=own).update(version=F("version") + 1)
    count = len(moments)
    record("series.made", series, actor=actor, thread=dossier, title=series.title, count=count)
    return series


def _tell_named(series: Series, actor: Actor, teachers: Iterable[User], count: int) -> None:
    """Who stays with the group hears of all moments at once."""
    told: dict[str, Any] = {"title": series.title, "count": count}
    told |= {"day": series.first, "instead": str(series.pk)}
    for teacher in teachers:
        if teacher.pk != actor.user_id:
            thread, name = series.dossier, teacher.name
            record("series.named", teacher, actor=actor, thread=thread, teacher=name, **told)


@action("trajectories.plan")
def change_from(
    series: Series,
    *,
    actor: Actor,
    version: int,
    facts: Mapping[str, Any],
    groups: Iterable[DossierGroup],
    teachers: Iterable[User],
    partners: Mapping[int, str] | None = None,
    partner_mail: Iterable[str] = (),
) -> Series:
    """From the new first day on it goes otherwise. What was before stays; so does each activity
    that holds something (confirmed, changed, prepared, asked about, attended, with places for who
    helps): it is not replaced. A mail leaves for the teachers of what is, and for each partner
    whose address is given.

    Raises:
        Conflict: a colleague changed the series in between.
        Refused: too many moments, or none.
    """
    fresh = versions.claim(Series, series.pk, version)
    day = facts["first"]
    kept, free = queries.kept_and_free(fresh, day)
    before = set(fresh.teachers.all())
    Activity.objects.filter(pk__in=[activity.pk for activity in free]).delete()
    _end_before(fresh, day)
    new = _store(fresh.dossier, actor, facts, (groups, teachers, partners), follows=fresh)
    SeriesMoment.objects.filter(activity__in=kept).update(series=new)
    planned = _fill(new, actor, taken=[a.on for a in kept])
    count, after = len(planned), set(new.teachers.all())
    _tell_named(new, actor, after - before, count)
    mailed = let_go(_by_name(before - after), free, actor=actor)
    mailed += _tell_kept(_by_name(before & after), free, planned, actor)
    _tell_partner(partner_mail, free, planned, actor)
    words: dict[str, Any] = {"title": new.title, "day": day, "count": count}
    record("series.changed", new, actor=actor, thread=fresh.dossier, **words, mailed=mailed)
    touched(fresh.dossier)
    return new


def _end_before(series: Series, day: date, *, stopped: bool = False) -> None:
    series.until = min(series.until, day - timedelta(days=1))
    series.stopped_from = day if stopped else None
    series.save(update_fields=["until", "stopped_from"])


def what_stops(series: Series, day: date) -> tuple[list[Activity], list[Activity]]:
    """What does not go on any more from a day on, to look at before it is stopped: what is called
    off, because it holds something, and what goes.

    Raises:
        Refused: the day lies behind, or there is nothing left from it on.
    """
    if day < timezone.localdate():
        raise Refused(_("Kies vandaag of een latere dag. Wat voorbij is, blijft staan."), "day")
    off, gone = queries.to_stop(series, day)
    if not off and not gone:
        raise Refused(_("Vanaf die dag staat er van deze reeks niets meer op de planning."), "day")
    return off, gone


@action("trajectories.plan")
def stop_from(
    series: Series,
    *,
    actor: Actor,
    version: int,
    day: date,
    side: str,
    reason: str,
    partner_mail: Iterable[str] = (),
) -> Told:
    """From this day on it does not come back. What holds something is called off, and can be put
    back one by one; what is empty goes. The teachers, who comes to help, and each address of a
    partner get one mail with all the days that are theirs.

    Raises:
        Conflict: a colleague changed the series in between.
        Refused: the day lies behind, or there is nothing left from it on.
    """
    fresh = versions.claim(Series.objects.select_related("dossier__school"), series.pk, version)
    off, gone = what_stops(fresh, day)
    mails = queries.mails_at(fresh.dossier, (*off, *gone), partner_mail)
    what = Stop(tuple(off), side, reason, mails, tuple(gone))
    told = stop_together(fresh.dossier, what, actor=actor)
    Activity.objects.filter(pk__in=[activity.pk for activity in gone]).delete()
    _end_before(fresh, day, stopped=True)
    words: dict[str, Any] = {"title": fresh.title, "day": day}
    words |= {"count": len(mails), "mailed": list(told.keys)}
    record("series.stopped", fresh, actor=actor, thread=fresh.dossier, **words)
    touched(fresh.dossier)
    return told


def _by_name(people: Iterable[User]) -> list[User]:
    return sorted(people, key=lambda user: (user.name, user.pk))


def _tell_kept(
    people: Iterable[User], gone: list[Activity], planned: list[Activity], actor: Actor
) -> list[int]:
    """Mails who stays with the group which moments go, which come and which are elsewhere, each
    once; keys of who."""
    if _where(gone) == _where(planned):
        return []
    told = [user for user in people if user.pk != actor.user_id]
    path = reverse("dossiers:activities", args=[planned[0].dossier_id])
    for user in told:
        more = {"name": user.get_short_name(), "address": f"{settings.SITE_URL}{path}"}
        with translation.override(user.language):
            _mail_change(user.email, gone, planned, actor, more)
    return [user.pk for user in told]


def _tell_partner(
    addresses: Iterable[str], gone: list[Activity], planned: list[Activity], actor: Actor
) -> None:
    """The same for the partner, who has no account."""
    if _where(gone) == _where(planned):
        return
    with translation.override(PARTNER_READS):
        for address in addresses:
            _mail_change(address, gone, planned, actor, {"school": planned[0].dossier.school})


def _where(rows: list[Activity]) -> dict[Hours, str]:
    """The place of each moment, by its day and hours."""
    return {hours(one): one.place for one in rows}


def _mail_change(
    to: str, gone: list[Activity], planned: list[Activity], actor: Actor, more: dict[str, Any]
) -> None:
    old, new = _where(gone), _where(planned)
    title = planned[0].title
    known = set(old.values()) | {""}
    elsewhere = [key for key in sorted(old.keys() & new.keys()) if old[key] != new[key]]
    context = {
        **more,
        "title": title,
        "gone": [in_words(*key) for key in sorted(old.keys() - new.keys())],
        "new": [
            (in_words(*key), "" if new[key] in known else new[key])
            for key in sorted(new.keys() - old.keys())
        ],
        "elsewhere": [(in_words(*key), new[key]) for key in elsewhere],
        "sender": actor.name,
    }
    subject = _("Noteer de nieuwe dagen: {title}")
    if old.keys() == new.keys():
        subject = _("Noteer de nieuwe plaats: {title}")
    post.send(to, subject.format(title=title), "trajectories/mail/changed.txt", context)


@action("trajectories.plan")
def add_milestone(dossier: Dossier, *, actor: Actor, title: str, on: date) -> Milestone:
    """Something to have reached by a day."""
    milestone = Milestone.objects.create(dossier=dossier, title=title, on=on)
    record("milestone.added", milestone, actor=actor, thread=dossier, title=title)
    return milestone


@action("trajectories.plan")
def edit_milestone(
    milestone: Milestone,
    *,
    actor: Actor,
    version: int,
    title: str,
    on: date,
    state: str,
    note: str,
) -> Milestone:
    """How it stands.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = versions.claim(Milestone, milestone.pk, version)
    fresh.title, fresh.on, fresh.state, fresh.note = title, on, MilestoneState(state), note
    fresh.save(update_fields=["title", "on", "state", "note"])
    words: dict[str, Any] = {"title": title, "state": MilestoneState(state).label}
    record("milestone.edited", fresh, actor=actor, thread=fresh.dossier, **words)
    return fresh


@action("trajectories.plan")
def remove_milestone(milestone: Milestone, *, actor: Actor) -> None:
    """Takes a milestone away."""
    dossier = milestone.dossier
    record("milestone.removed", milestone, actor=actor, thread=dossier, title=milestone.title)
    milestone.delete()


@action("trajectories.plan")
def save_improvement(
    dossier: Dossier,
    *,
    actor: Actor,
    version: int,
    facts: Mapping[str, Any],
    upload: "UploadedFile[Any] | None" = None,
) -> ImprovementPlan:
    """To which plan after an inspection this belongs.

    Args:
        upload: the plan itself, in the place of an earlier one; None keeps what there is.

    Raises:
        Conflict: a colleague saved in between.
        intake.BadFile: the file is not accepted.
    """
    found, new = ImprovementPlan.objects.get_or_create(
        dossier=dossier, defaults={"title": facts["title"]}
    )
    plan = found if new and not version else versions.claim(ImprovementPlan, found.pk, version)
    names, old = ("title", "inspected_on", "url", "part"), plan.file
    for name in names:
        setattr(plan, name, facts[name])
    if upload is not None:
        plan.file = intake.accept(upload, school_id=dossier.school_id, actor=actor)
    plan.save(update_fields=[*names, "file"])
    if old is not None and plan.file_id != old.pk:
        storage.remove(old)
    record("improvement.saved", plan, actor=actor, thread=dossier, title=plan.title)
    return plan
