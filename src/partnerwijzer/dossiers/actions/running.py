"""Step 5: activities with a teacher present, and what pupils say afterwards."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import beside, casework, together, told
from partnerwijzer.dossiers.actions.basics import NotAllowedNow, must_be_colleagues
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityPartner,
    ActivityState,
    Dossier,
    DossierGroup,
    DossierState,
)
from partnerwijzer.dossiers.moment_change import let_go
from partnerwijzer.frameworks import selection
from partnerwijzer.frameworks.words import Requirement
from partnerwijzer.organisations.models import User
from partnerwijzer.surveys import actions as surveys

FIELDS = (
    *("title", "on", "starts", "ends", "place", "preparation", "follow_up"),
    *("working_form", "details"),
)
# Who has the moment in an agenda has to be told of these: see moments.actions.move.
WHEN = ("on", "starts", "ends")


def _must_go_on(dossier: Dossier) -> None:
    if dossier.state != DossierState.OPEN:
        raise NotAllowedNow(_("Deze samenwerking is voorbij. Open eerst het dossier opnieuw."))


def _staff_of(dossier: Dossier, teachers: Iterable[User]) -> list[User]:
    """The teachers, all of whom work at the school of the dossier."""
    chosen = list(teachers)
    must_be_colleagues(dossier, chosen, _("Kies een leerkracht van jullie school."))
    return chosen


def _set_partners(activity: Activity, partners: Mapping[int, str] | None) -> None:
    if partners is None:
        return
    if wrong := together.why_not(activity.dossier.partners.all(), partners):
        raise NotAllowedNow(wrong)
    activity.partners.all().delete()
    ActivityPartner.objects.bulk_create(
        ActivityPartner(activity=activity, row_id=key, part=part) for key, part in partners.items()
    )


@action("dossiers.plan")
def plan_activity(
    dossier: Dossier,
    *,
    actor: Actor,
    facts: dict[str, Any],
    groups: Iterable[DossierGroup],
    teachers: Iterable[User],
    partners: Mapping[int, str] | None = None,
    tell: bool = True,
) -> Activity:
    """Plans a moment. Without a teacher it stays planned: see confirm_activity.

    Args:
        tell: it is news by itself, and each teacher hears of this moment; False where everybody
            hears of all moments of a series at once.
        partners: by key of a DossierPartner what it does there; None where nothing is said.

    Raises:
        NotAllowedNow: a teacher of elsewhere, partners that cannot be, or the dossier ended.
    """
    _must_go_on(dossier)
    chosen = _staff_of(dossier, teachers)
    values = {name: facts[name] for name in FIELDS if name in facts}
    activity = Activity.objects.create(dossier=dossier, **values)
    activity.groups.set(groups)
    activity.teachers.set(chosen)
    _set_partners(activity, partners)
    record(
        "activity.planned" if tell else "activity.in_series",
        activity,
        actor=actor,
        thread=dossier,
        title=activity.title,
        on=activity.on,
    )
    _tell_named(activity, actor, chosen if tell else ())
    touched(dossier)
    return activity


def _tell_named(activity: Activity, actor: Actor, teachers: Iterable[User]) -> None:
    """Who stays with the group reads it in the news, also where they have no other part."""
    told: dict[str, Any] = {
        "title": activity.title,
        "on": activity.on,
        "instead": str(activity.pk),
    }
    for teacher in teachers:
        if teacher.pk != actor.user_id:
            thread, name = activity.dossier, teacher.name
            record("activity.named", teacher, actor=actor, thread=thread, teacher=name, **told)


@action("dossiers.plan")
def edit_activity(
    activity: Activity,
    *,
    actor: Actor,
    version: int,
    facts: dict[str, Any],
    groups: Iterable[DossierGroup],
    teachers: Iterable[User],
    partners: Mapping[int, str] | None = None,
) -> Activity:
    """Changes a moment. A confirmed one that loses its last teacher, or becomes part of research
    that is not cleared, is only planned again. Who does not stay with the group any more, is told.

    Raises:
        Conflict: a colleague saved in between.
        NotAllowedNow: a teacher of elsewhere, partners that cannot be, or another day or hour:
            that is moving it, of which people are told.
    """
    fresh = versions.claim(Activity, activity.pk, version)
    if any(facts.get(name, getattr(fresh, name)) != getattr(fresh, name) for name in WHEN):
        raise NotAllowedNow(_("Verplaats de activiteit: dan weet iedereen welke dag het wordt."))
    chosen = _staff_of(fresh.dossier, teachers)
    for name in FIELDS:
        if name in facts:
            setattr(fresh, name, facts[name])
    fresh.groups.set(groups)  # before the gate is asked: consent is counted for each group
    cleared = Requirement.RESEARCH_CLEARED in beside.met_by(fresh)
    if fresh.state == ActivityState.CONFIRMED and not (chosen and cleared):
        fresh.state = ActivityState.PLANNED
    fresh.save(update_fields=[*FIELDS, "state"])
    before = list(fresh.teachers.all())
    fresh.teachers.set(chosen)
    _set_partners(fresh, partners)
    _tell_named(fresh, actor, [one for one in chosen if one not in before])
    let_go([one for one in before if one not in chosen], [fresh], actor=actor)
    record("activity.edited", fresh, actor=actor, thread=fresh.dossier, title=fresh.title)
    touched(fresh.dossier)
    return fresh


def before_confirming(activity: Activity) -> list[str]:
    """What is missing before this activity can be confirmed: the gate `first-activity` (S5.2)."""
    dossier = activity.dossier
    return gaps(activity, what_is_met(dossier), staff_of(dossier))


def what_is_met(dossier: Dossier) -> set[str]:
    """The requirements of the gate that the dossier as a whole meets; once for all activities."""
    met = set()
    if told.of(dossier, "newest_yes"):
        met.add("positive-decision")
    if casework.agreements_confirmed(dossier):
        met.add("agreement-confirmed-by-both")
    return met


def staff_of(dossier: Dossier) -> set[int]:
    """Keys of those who work at the school now; once for all activities."""
    return set(told.of(dossier, "staff") or ())


def has_teacher(activity: Activity, staff: set[int]) -> bool:
    """Somebody who works at the school now stays with the group."""
    return any(teacher.pk in staff for teacher in activity.teachers.all())


def gaps(activity: Activity, met: set[str], staff: set[int]) -> list[str]:
    """What this activity still misses, given what its dossier meets. A teacher who left the school
    does not stay with the group."""
    named = {"teacher-named"} if has_teacher(activity, staff) else set()
    also = beside.met_by(activity)
    reasons = casework.before_activity(activity.dossier, met | named | also)
    return [str(reason.words) for reason in reasons]


def _move(activity: Activity, verb: str, actor: Actor, mailed: Collection[int] = ()) -> None:
    """Stores another state, as a new version: who has the page open is told, agendas replace it."""
    activity.version += 1
    activity.save(update_fields=["state", "cancel_reason", "version"])
    dossier, title = activity.dossier, activity.title
    more: dict[str, Any] = {"mailed": sorted(mailed)} if mailed else {}
    record(verb, activity, actor=actor, thread=dossier, title=title, on=activity.on, **more)
    touched(dossier)


def _locked(activity: Activity, state: ActivityState, words: str) -> Activity:
    """The activity as it is now, in this very state."""
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.state != state:
        raise NotAllowedNow(words)
    return locked


@action("dossiers.plan")
def confirm_activity(activity: Activity, *, actor: Actor) -> None:
    """It will go on.

    Raises:
        NotAllowedNow: no teacher of the school is named, the gate asks for something else, or it
            was confirmed or cancelled already.
    """
    words = _("Deze activiteit is al bevestigd of gaat niet door.")
    locked = _locked(activity, ActivityState.PLANNED, words)
    readings = locked.dossier.second_readings.filter(reader_id=actor.uid, read_at=None)
    # What is missing would tell what the first reader found.
    if readings.filter(asked_now=True).exists():
        raise NotAllowedNow(_("Geef eerst je tweede lezing in dit dossier."))
    if missing := before_confirming(locked):
        raise NotAllowedNow(_("Bevestigen kan nog niet: ") + " · ".join(missing))
    locked.state = ActivityState.CONFIRMED
    _move(locked, "activity.confirmed", actor)


@action("dossiers.plan")
def cancel_activity(
    activity: Activity,
    *,
    actor: Actor,
    reason: str,
    mailed: Collection[int] = (),
    tell: bool = True,
) -> None:
    """It does not go on; it stays readable and can be put back.

    Args:
        mailed: keys of users who get a mail of it: it is no news for them any more.
        tell: it is news by itself; False where everybody hears at once that more than this stops.

    Raises:
        NotAllowedNow: it was cancelled already.
    """
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.state == ActivityState.CANCELLED:
        raise NotAllowedNow(_("Deze activiteit was al geschrapt."))
    locked.state, locked.cancel_reason = ActivityState.CANCELLED, reason[:300]
    _move(locked, "activity.cancelled" if tell else "activity.stopped", actor, mailed)


@action("dossiers.plan")
def restore_activity(activity: Activity, *, actor: Actor, mailed: Collection[int] = ()) -> None:
    """Puts a cancelled moment back on the planning.

    Args:
        mailed: as in cancel_activity.

    Raises:
        NotAllowedNow: it is not cancelled, or the dossier ended.
    """
    _must_go_on(activity.dossier)
    words = _("Deze activiteit staat al op de planning.")
    locked = _locked(activity, ActivityState.CANCELLED, words)
    locked.state, locked.cancel_reason = ActivityState.PLANNED, ""
    _move(locked, "activity.restored", actor, mailed)


@action("dossiers.take_off")
def take_off(activity: Activity, *, actor: Actor, teacher: User) -> None:
    """A teacher left the school: a confirmed moment that loses its last one is only planned again
    (S5.2), and asks for somebody else."""
    activity.teachers.remove(teacher)
    rows = Activity.objects.with_presence().select_for_update(of=("self",))
    fresh = rows.get(pk=activity.pk)
    fresh.version += 1
    if fresh.state == ActivityState.CONFIRMED and not fresh.has_teacher:
        fresh.state = ActivityState.PLANNED
    fresh.save(update_fields=["state", "version"])
    told_of: dict[str, Any] = {"title": fresh.title, "on": fresh.on, "teacher": teacher.name}
    record("activity.teacher_left", fresh, actor=actor, thread=fresh.dossier, **told_of)
    touched(fresh.dossier)


@action("dossiers.plan")
def start_pupil_survey(activity: Activity, *, actor: Actor) -> Activity:
    """Makes the short survey for the pupils of this activity: by code, without account (M7).

    Raises:
        NotAllowedNow: there is one already, or no question set fits this group.
    """
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.survey_id is not None:
        raise NotAllowedNow(_("Bij deze activiteit hoort al een bevraging."))
    dossier = locked.dossier
    content = casework.content(dossier)
    groups = list(locked.groups.all()) or list(dossier.groups.all())
    sets = selection.question_sets(
        content, audience="pupils", levels=[g.level for g in groups], moment="after-activity"
    )
    if not sets:
        raise NotAllowedNow(_("Voor deze groep is er nog geen bevraging."))
    locked.survey = surveys.create_survey(
        dossier.school,
        actor=actor,
        set_key=sets[0].key,
        framework=dossier.framework,
        title=locked.title,
        about=locked.title,
        situations=[key for key, so in dossier.situations.items() if so],
        expected=sum(g.pupils for g in groups) or None,
    )
    locked.save(update_fields=["survey"])
    record("activity.survey", locked, actor=actor, thread=dossier, title=locked.title)
    return locked
