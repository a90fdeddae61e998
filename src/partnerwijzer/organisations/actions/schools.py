"""Schools: making and taking them in, their profile, priorities and advisers."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.access.gate import action
from partnerwijzer.audit import log
from partnerwijzer.organisations import queries
from partnerwijzer.organisations.models import (
    AdviserAssignment,
    Priority,
    School,
    SchoolBoard,
    SchoolProfile,
    Umbrella,
    User,
)
from partnerwijzer.organisations.refusal import Refused

MOST_PRIORITIES = 12


@action("organisations.keep")
def create_school(
    umbrella: Umbrella,
    *,
    actor: Actor,
    name: str,
    kind: str,
    board: str = "",
    details: dict[str, str] | None = None,
) -> School:
    """Makes a school by hand, with the board of that name (made too where it is new).

    Args:
        details: number, street, postcode, town, phone, email, website.

    Raises:
        Refused: a school with this number exists.
    """
    values = details or {}
    school = School(
        name=name, kind=kind, umbrella=umbrella, board=_board(board, umbrella), **values
    )
    try:
        with transaction.atomic():
            school.save()
    except IntegrityError:
        text = _("Er is al een school met dit schoolnummer. Zoek ze op.")
        raise Refused(text, "number") from None
    log.record("school.created", school, actor=actor, school_id=school.pk)
    return school


def _board(name: str, umbrella: Umbrella) -> SchoolBoard | None:
    name = " ".join(name.split())
    if not name:
        return None
    return queries.board_named(name, umbrella.pk) or SchoolBoard.objects.create(name=name)


@action("organisations.keep")
def take_in(school: School, *, actor: Actor, umbrella: Umbrella) -> None:
    """Brings a school of the official list, where nobody works yet, under an umbrella."""
    if school.umbrella_id == umbrella.pk:
        raise Refused(_("Deze school hoort al bij {umbrella}.").format(umbrella=umbrella))
    if umbrella.pk not in actor.umbrellas(Role.UMBRELLA_ADMIN) and actor.signed_in:
        raise Refused(_("Je kunt een school alleen bij je eigen koepel opnemen."))
    school.umbrella = umbrella
    school.save(update_fields=["umbrella"])
    log.record("school.taken_in", school, actor=actor, school_id=school.pk, umbrella=str(umbrella))


@action("organisations.profile")
def save_profile(
    school: School,
    *,
    actor: Actor,
    version: int,
    project: str,
    themes: list[str],
    levels: list[str],
) -> SchoolProfile:
    """What the school stands for.

    Args:
        version: of the profile that was read; 0 where there was none.

    Raises:
        Conflict: somebody saved in between.
    """
    profile = _claim_profile(school, version)
    profile.project, profile.themes, profile.levels = project, themes, levels
    profile.save(update_fields=["project", "themes", "levels"])
    log.record("school.profile_changed", school, actor=actor, school_id=school.pk)
    return profile


def _claim_profile(school: School, version: int) -> SchoolProfile:
    if version:
        there = SchoolProfile.objects.get(school=school)
        return versions.claim(SchoolProfile, there.pk, version)
    try:
        with transaction.atomic():
            return SchoolProfile.objects.create(school=school)
    except IntegrityError:
        raise versions.Conflict(SchoolProfile.objects.get(school=school)) from None


@action("organisations.profile")
def add_priority(school: School, *, actor: Actor, text: str) -> Priority:
    """Puts a priority under the others.

    Raises:
        Refused: there are many already, or this one is there.
    """
    there = _locked_priorities(school)
    if any(p.text.casefold() == text.casefold() for p in there):
        raise Refused(_("Deze prioriteit staat er al."), "text")
    if len(there) >= MOST_PRIORITIES:
        most = _("Er staan er al {most}. Haal er eerst een weg: wie alles kiest, kiest niets.")
        raise Refused(most.format(most=MOST_PRIORITIES), "text")
    position = max((p.position for p in there), default=-1) + 1
    priority = Priority.objects.create(school=school, text=text, position=position)
    _record("school.priority_added", priority, actor)
    return priority


@action("organisations.profile")
def change_priority(priority: Priority, *, actor: Actor, version: int, text: str) -> None:
    """Writes a priority anew.

    Raises:
        Conflict: somebody saved in between.
    """
    fresh = versions.claim(Priority, priority.pk, version)
    fresh.text = text
    fresh.save(update_fields=["text"])
    _record("school.priority_changed", fresh, actor)


@action("organisations.profile")
def remove_priority(priority: Priority, *, actor: Actor) -> None:
    """Takes a priority off the list; the log keeps its words."""
    _record("school.priority_removed", priority, actor)
    priority.delete()


@action("organisations.profile")
def move_priority(priority: Priority, *, actor: Actor, up: bool) -> None:
    """One place up or down; at the end of the list nothing moves."""
    rows = _locked_priorities(priority.school)
    order = [p.pk for p in rows]
    at = order.index(priority.pk) if priority.pk in order else -1
    to = at - 1 if up else at + 1
    if at >= 0 and 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    for position, pk in enumerate(order):
        Priority.objects.filter(pk=pk).update(position=position)
    log.record(
        "school.priority_moved",
        priority,
        actor=actor,
        thread=priority.school,
        school_id=priority.school_id,
    )


def _locked_priorities(school: School) -> list[Priority]:
    """The list, while nobody else changes it: two people may add at the same moment."""
    School.objects.select_for_update().filter(pk=school.pk).first()
    return queries.priorities(school)


def _record(verb: str, priority: Priority, actor: Actor) -> None:
    school = priority.school
    log.record(verb, priority, actor=actor, thread=school, school_id=school.pk, text=priority.text)


@action("organisations.keep")
def assign_adviser(school: School, *, actor: Actor, adviser: User) -> AdviserAssignment:
    """Makes an adviser of the umbrella the anker of a school.

    Raises:
        Refused: no adviser of this umbrella, or assigned already.
    """
    if not queries.advisers_to_choose(actor, school).filter(pk=adviser.pk).exists():
        raise Refused(_("Kies iemand die nog geen anker van deze school is."), "adviser")
    row = AdviserAssignment.objects.create(school=school, adviser=adviser)
    log.record(
        "school.adviser_assigned",
        row,
        actor=actor,
        thread=school,
        school_id=school.pk,
        name=adviser.name,
    )
    return row


@action("organisations.keep")
def end_assignment(assignment: AdviserAssignment, *, actor: Actor) -> None:
    """From now on this adviser does not see the school any more."""
    rows = AdviserAssignment.objects.filter(pk=assignment.pk, ended_at=None)
    if not rows.update(ended_at=timezone.now()):
        raise Refused(_("Deze opdracht was al beëindigd."))
    log.record(
        "school.adviser_ended",
        assignment,
        actor=actor,
        thread=assignment.school,
        school_id=assignment.school_id,
        name=assignment.adviser.name,
    )
