"""Opening a dossier and keeping its facts: what, with whom, for which groups, goals and people."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import kept, record
from partnerwijzer.authoring.queries import newest_criteria
from partnerwijzer.dossiers import casework, hanging
from partnerwijzer.dossiers.actions import derived, rescreening
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Dossier,
    DossierGoal,
    DossierGroup,
    DossierMember,
    DossierPartner,
    DossierState,
    Part,
    Screening,
)
from partnerwijzer.dossiers.moment_change import ended
from partnerwijzer.dossiers.queries import council
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.goals.models import Goal
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import School, User
from partnerwijzer.partners.models import Offer, Partner

EDITABLE = (
    *("title", "aim", "kind", "themes", "impact"),
    *("planned_from", "planned_until", "budget", "budget_unit"),
)


class NotAllowedNow(Exception):
    """The rules of the framework or of the step do not allow this now. The text says why."""


@action("dossiers.open")
def open_dossier(
    school: School,
    *,
    actor: Actor,
    framework: FrameworkVersion,
    title: str,
    kind: str,
    aim: str = "",
    impact: Iterable[str] = (),
    partner: Partner | None = None,
    offer: Offer | None = None,
) -> Dossier:
    """A new dossier with the newest framework; who opens it leads it."""
    dossier = Dossier.objects.create(
        school=school,
        framework=framework,
        own_criteria=newest_criteria(school),
        title=title,
        kind=kind,
        aim=aim,
        impact=list(impact),
        themes=_themes(partner, offer),
        created_by_id=actor.uid,
    )
    DossierMember.objects.create(dossier=dossier, user_id=actor.uid, part=Part.LEAD)
    if partner is not None:
        DossierPartner.objects.create(dossier=dossier, partner=partner, offer=offer)
    record("dossier.opened", dossier, actor=actor, title=title)
    touched(dossier)
    return dossier


def _themes(partner: Partner | None, offer: Offer | None) -> list[str]:
    """What the dossier is about: the themes of the offer, else those of the partner."""
    return list((offer and offer.themes) or (partner.themes if partner else []))


@action("dossiers.edit")
def edit_dossier(
    dossier: Dossier, *, actor: Actor, version: int, changes: Mapping[str, Any]
) -> Dossier:
    """Changes facts of the dossier.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = versions.claim(Dossier, dossier.pk, version)
    changed = [n for n in EDITABLE if n in changes and getattr(fresh, n) != changes[n]]
    for name in changed:
        setattr(fresh, name, changes[name])
    fresh.save(update_fields=changed or ["version"])
    if "kind" in changed and council.raised(fresh):
        derived.reopen(fresh, derived.COUNCIL_ROLE, fresh.council_reason)
    labels = [Dossier._meta.get_field(n).verbose_name for n in changed]  # type: ignore[union-attr]
    record("dossier.edited", fresh, actor=actor, fields=labels)
    touched(fresh)
    return fresh


@action("dossiers.edit")
def answer_situations(dossier: Dossier, *, actor: Actor, answers: Mapping[str, bool]) -> None:
    """The yes/no questions at the start; they decide which criteria and clauses apply."""
    known = {s.key for s in casework.content(dossier).framework.situations}
    stands = Dossier.objects.select_for_update().get(pk=dossier.pk).situations
    dossier.situations = {**stands, **{k: v for k, v in answers.items() if k in known}}
    dossier.version = F("version") + 1
    dossier.save(update_fields=["situations", "version"])
    record("dossier.situations", dossier, actor=actor, answers=dict(answers))
    dossier.refresh_from_db(fields=["version"])
    touched(dossier)


@action("dossiers.edit")
def choose_screening(dossier: Dossier, *, actor: Actor, screening: str) -> None:
    """Light or full. Answers outside the light set stay and come back with the full one."""
    dossier.screening = Screening(screening)
    dossier.save(update_fields=["screening"])
    record("dossier.screening", dossier, actor=actor, screening=Screening(screening).label)
    touched(dossier)


@action("dossiers.edit")
def add_partner(
    dossier: Dossier, *, actor: Actor, partner: Partner, offer: Offer | None = None
) -> DossierPartner:
    """Adds a partner (P4), or changes the offer that it is about. What was found about those who
    were there already is looked at anew.

    Raises:
        NotAllowedNow: the offer is of another partner.
    """
    if offer is not None and offer.partner_id != partner.pk:
        raise NotAllowedNow(_("Dit aanbod is van een andere partner."))
    before = rescreening.partners_of(dossier)
    row, _new = DossierPartner.objects.update_or_create(
        dossier=dossier, partner=partner, defaults={"offer": offer}
    )
    record("dossier.partner_added", dossier, actor=actor, partner=partner.name)
    rescreening.partners_changed(dossier, actor, before)
    touched(dossier)
    return row


@action("dossiers.edit")
def remove_partner(dossier: Dossier, *, actor: Actor, row: DossierPartner) -> None:
    """Takes a partner out. What was found about this partner is looked at anew.

    Raises:
        NotAllowedNow: there is an agreement text with this partner, and that record stays; or the
            experience with this partner is in the databank.
    """
    if hasattr(dossier, "sharing"):
        raise NotAllowedNow(_("De ervaring met deze partner is gedeeld. Trek ze eerst in."))
    if dossier.agreements.filter(partner=row.partner, versions__isnull=False).exists():
        raise NotAllowedNow(
            _("Met deze partner is al een afsprakennota gemaakt. Die blijft bij het dossier.")
        )
    before = rescreening.partners_of(dossier)
    dossier.agreements.filter(partner=row.partner).delete()
    row.delete()
    record("dossier.partner_removed", dossier, actor=actor, partner=row.partner.name)
    rescreening.partners_changed(dossier, actor, before)
    touched(dossier)


@action("dossiers.edit")
def add_group(
    dossier: Dossier, *, actor: Actor, level: str, pupils: int, label: str = ""
) -> DossierGroup:
    """A group as level, class and number; never names (K6)."""
    group = DossierGroup.objects.create(dossier=dossier, level=level, label=label, pupils=pupils)
    record("dossier.group_added", dossier, actor=actor, group=group)
    touched(dossier)
    return group


@action("dossiers.edit")
def edit_group(
    dossier: Dossier,
    *,
    actor: Actor,
    group: DossierGroup,
    version: int,
    level: str,
    pupils: int,
    label: str = "",
) -> None:
    """Corrects a group; what hangs on it (activities, costs, consents) stays with it.

    Raises:
        Conflict: a colleague changed it in between.
    """
    fresh = versions.claim(dossier.groups.all(), group.pk, version)
    before, fresh.level, fresh.pupils, fresh.label = kept(fresh), level, pupils, label
    fresh.save(update_fields=["level", "pupils", "label"])
    record("dossier.group_edited", dossier, actor=actor, before=before, group=fresh)
    touched(dossier)


@action("dossiers.edit")
def remove_group(dossier: Dossier, *, actor: Actor, group: DossierGroup) -> None:
    """Takes a group out: it does not join after all (K6).

    Raises:
        NotAllowedNow: it joined in already, or what was counted of it would be lost.
    """
    if reason := hanging.why_it_stays(dossier, group):
        raise NotAllowedNow(reason)
    record("dossier.group_removed", dossier, actor=actor, group=group)
    group.delete()
    touched(dossier)


@action("dossiers.edit")
def choose_goals(dossier: Dossier, *, actor: Actor, goals: Iterable[Goal]) -> None:
    """Adds goals (K1); those that are there already stay as they are."""
    new = [DossierGoal(dossier=dossier, goal=goal) for goal in goals]
    DossierGoal.objects.bulk_create(new, ignore_conflicts=True)
    codes = dossier.goals.select_related("goal").values_list("goal__code", flat=True)
    title = _("Gekozen onderwijsdoelen: {codes}").format(codes=", ".join(filter(None, codes)))
    derived.note(dossier, actor, derived.GOALS, title)
    record("dossier.goals_chosen", dossier, actor=actor, count=len(new))
    touched(dossier)


@action("dossiers.edit")
def explain_goal(
    dossier: Dossier, *, actor: Actor, row: DossierGoal, version: int, how: str
) -> None:
    """What pupils do for a goal.

    Raises:
        Conflict: a colleague wrote something else in between.
    """
    fresh = versions.claim(dossier.goals.select_related("goal"), row.pk, version)
    fresh.how = how
    fresh.save(update_fields=["how"])
    record("dossier.edited", dossier, actor=actor, fields=[_short(fresh.goal)])
    touched(dossier)


def _short(goal: Goal) -> str:
    """How the history calls a goal."""
    return goal.code or goal.first_line[:60]


@action("dossiers.edit")
def remove_goal(dossier: Dossier, *, actor: Actor, row: DossierGoal) -> None:
    """Takes an educational goal out (K1)."""
    name = _short(row.goal)
    row.delete()
    record("dossier.goal_removed", dossier, actor=actor, goal=name)
    touched(dossier)


def must_be_colleagues(dossier: Dossier, people: Collection[User], words: str = "") -> None:
    """Refuses anybody who is not on the staff of the dossier's school now; a seat in its council is
    not enough."""
    asked = {user.pk for user in people}
    if organisations.staff(dossier.school_id).filter(pk__in=asked).count() != len(asked):
        raise NotAllowedNow(words or _("Deze persoon werkt niet (meer) op jullie school."))


@action("dossiers.edit")
def add_member(dossier: Dossier, *, actor: Actor, user: User, part: str) -> DossierMember:
    """Gives a colleague of this school a part, or changes it.

    Raises:
        NotAllowedNow: the person does not work at this school (any more).
    """
    must_be_colleagues(dossier, [user])
    row, _new = DossierMember.objects.update_or_create(
        dossier=dossier, user=user, defaults={"part": Part(part)}
    )
    record(
        "dossier.member_added",
        dossier,
        actor=actor,
        member=str(user),
        part=Part(part).label,
    )
    touched(dossier)
    return row


@action("dossiers.edit")
def remove_member(dossier: Dossier, *, actor: Actor, row: DossierMember) -> None:
    """Someone no longer works on this dossier."""
    record("dossier.member_removed", dossier, actor=actor, member=str(row.user))
    row.delete()
    touched(dossier)


@action("dossiers.close")
def stop_dossier(dossier: Dossier, *, actor: Actor, reason: str) -> None:
    """Ends a dossier that goes no further; it can be opened again. What was still to come is called
    off, and whoever has it in an agenda is told."""
    _end(dossier, DossierState.STOPPED, actor)
    record("dossier.stopped", dossier, actor=actor, reason=reason)


@action("dossiers.close")
def reopen_dossier(dossier: Dossier, *, actor: Actor) -> None:
    """Opens a closed dossier again; nothing of it was lost. Moments that were called off stay off
    until somebody puts them back: whoever would come has to hear of each."""
    dossier.state, dossier.closed_at = DossierState.OPEN, None
    dossier.save(update_fields=["state", "closed_at"])
    record("dossier.reopened", dossier, actor=actor)
    touched(dossier)


def _end(dossier: Dossier, state: DossierState, actor: Actor) -> None:
    ended.send(Dossier, dossier=dossier, actor=actor)
    dossier.state, dossier.closed_at = state, timezone.now()
    dossier.save(update_fields=["state", "closed_at"])


@action("dossiers.close")
def close_dossier(dossier: Dossier, *, actor: Actor) -> None:
    """Rounds off. Gate `closing` of the framework: a colleague evaluated and a follow-up is chosen.
    What was still to come is called off, as in stop_dossier.

    Raises:
        NotAllowedNow: with what is still missing.
    """
    if not dossier.evaluations.exists():
        raise NotAllowedNow(_("Nog geen collega keek terug. Doe dat eerst bij stap 6."))
    if not dossier.follow_up:
        raise NotAllowedNow(_("Kies eerst bij stap 6 of jullie stoppen, aanpassen of verdergaan."))
    _end(dossier, DossierState.CLOSED, actor)
    record("dossier.closed", dossier, actor=actor)
