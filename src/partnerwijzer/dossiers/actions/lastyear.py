"""Opening a dossier after an earlier one: "as last year", or as what follows on it."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import lastyear
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import (
    Activity,
    Agreement,
    Dossier,
    DossierGoal,
    DossierGroup,
    DossierMember,
    DossierPartner,
    Part,
)
from partnerwijzer.frameworks.models import FrameworkVersion


@action("dossiers.open")
def open_after(
    earlier: Dossier,
    *,
    actor: Actor,
    framework: FrameworkVersion,
    title: str,
    parts: Collection[str],
) -> Dossier:
    """A new dossier of the same school with these parts of an earlier one, and a link to it.

    Args:
        framework: what a new dossier of this school begins with.
        parts: of lastyear.PARTS. Names, positions, answers and proof never go along.
    """
    dossier = Dossier.objects.create(
        school=earlier.school,
        framework=framework,
        title=title,
        aim=earlier.aim,
        kind=earlier.kind,
        screening=earlier.screening,
        themes=earlier.themes,
        impact=earlier.impact,
        situations=earlier.situations,
        budget=earlier.budget,
        budget_unit=earlier.budget_unit,
        continues=earlier,
        created_by_id=actor.uid,
    )
    DossierMember.objects.create(dossier=dossier, user_id=actor.uid, part=Part.LEAD)
    _copy(earlier, dossier, set(parts), timezone.localdate())
    record("dossier.opened_after", dossier, actor=actor, title=title, earlier=earlier.title)
    touched(dossier)
    return dossier


def _copy(earlier: Dossier, dossier: Dossier, parts: set[str], today: date) -> None:
    if "partners" in parts:
        for row in earlier.partners.all():
            DossierPartner.objects.create(dossier=dossier, partner=row.partner, offer=row.offer)
    groups = _groups(earlier, dossier) if "groups" in parts else {}
    if "goals" in parts:
        for goal in earlier.goals.all():
            DossierGoal.objects.create(dossier=dossier, goal=goal.goal, how=goal.how)
    if {"partners", "blocks"} <= parts:
        _blocks(earlier, dossier)
    if "plan" in parts:
        _plan(earlier, dossier, groups, today)


def _groups(earlier: Dossier, dossier: Dossier) -> dict[int, DossierGroup]:
    """The groups without the name of the class: other pupils sit in it now."""
    return {
        g.pk: DossierGroup.objects.create(dossier=dossier, level=g.level, pupils=g.pupils)
        for g in earlier.groups.all()
    }


def _blocks(earlier: Dossier, dossier: Dossier) -> None:
    for note in earlier.agreements.select_related("dossier__school", "supersedes"):
        Agreement.objects.create(
            dossier=dossier,
            partner=note.partner,
            blocks=note.blocks,
            own_blocks=note.own_blocks,
            fields=lastyear.fields_along(note),
        )


def _plan(earlier: Dossier, dossier: Dossier, groups: dict[int, DossierGroup], today: date) -> None:
    moved = lastyear.shift_of(earlier, today)
    for old in lastyear.activities(earlier):
        new = Activity.objects.create(
            dossier=dossier,
            title=old.title,
            on=old.on + moved,
            starts=old.starts,
            ends=old.ends,
            place=old.place,
            preparation=old.preparation,
            follow_up=old.follow_up,
        )
        new.groups.set([groups[g.pk] for g in old.groups.all() if g.pk in groups])
    if earlier.planned_from:
        dossier.planned_from = earlier.planned_from + moved
    if earlier.planned_until:
        dossier.planned_until = earlier.planned_until + moved
    dossier.save(update_fields=["planned_from", "planned_until"])
