"""Keeping costs: of a dossier, outside dossiers, and ceilings of umbrellas and schools."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import lazy

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.costs.book import book
from partnerwijzer.costs.models import CostCeiling, CostLine, CostPlan, OtherCost
from partnerwijzer.dossiers.models import Dossier, DossierGoal, DossierGroup
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.ui import schoolyear

LINE = ("what", "unit", "amount", "times", "parents_each", "duration", "need", "school_year")
OTHER = ("what", "school_year", "level", "label", "parents_each", "duration", "need")
CEILING = ("kind", "level", "school_year", "amount", "source", "url", "read_on")


class AlreadyThere(Exception):
    """There is an amount for this kind, level and school year."""


@action("costs.edit")
def add_line(
    dossier: Dossier,
    *,
    actor: Actor,
    facts: Mapping[str, Any],
    groups: Iterable[DossierGroup],
    goals: Iterable[DossierGoal] = (),
) -> CostLine:
    """A cost of the cooperation, in euro, for these groups of the dossier."""
    line = CostLine.objects.create(dossier=dossier, **{n: facts[n] for n in LINE if n in facts})
    line.groups.set(groups)
    line.goals.set(goals)
    record("cost.added", line, actor=actor, thread=dossier, what=line.what)
    return line


@action("costs.edit")
def edit_line(
    dossier: Dossier,
    *,
    actor: Actor,
    line: CostLine,
    version: int,
    facts: Mapping[str, Any],
    groups: Iterable[DossierGroup],
    goals: Iterable[DossierGoal] = (),
) -> CostLine:
    """Changes a cost.

    Raises:
        Conflict: a colleague saved in between.
        DoesNotExist: a colleague took it away.
    """
    fresh = versions.claim(CostLine.objects.filter(dossier=dossier), line.pk, version)
    for name in LINE:
        setattr(fresh, name, facts[name])
    fresh.save(update_fields=LINE)
    fresh.groups.set(groups)
    fresh.goals.set(goals)
    record("cost.edited", fresh, actor=actor, thread=dossier, what=fresh.what)
    return fresh


@action("costs.edit")
def remove_line(dossier: Dossier, *, actor: Actor, line: CostLine) -> None:
    """Takes a cost out."""
    record("cost.removed", line, actor=actor, thread=dossier, what=line.what)
    line.delete()


@action("costs.edit")
def explain(dossier: Dossier, *, actor: Actor, version: int, text: str) -> CostPlan:
    """How the school solves what passes a ceiling, or a cost that is hard to pay at home.

    Raises:
        Conflict: a colleague wrote something else in between.
    """
    row, _new = CostPlan.objects.get_or_create(dossier=dossier)
    fresh = versions.claim(CostPlan, row.pk, version)
    fresh.explanation, fresh.updated_at = text, timezone.now()
    fresh.updated_by_id = actor.uid
    fresh.save(update_fields=["explanation", "updated_at", "updated_by"])
    record("cost.explained", dossier, actor=actor)
    return fresh


@action("costs.edit")
def add_other(school: School, *, actor: Actor, facts: Mapping[str, Any]) -> OtherCost:
    """What parents pay outside any dossier."""
    row = OtherCost.objects.create(
        school=school, created_by_id=actor.uid, **{n: facts[n] for n in OTHER}
    )
    record("cost.other_added", row, actor=actor, what=row.what)
    return row


@action("costs.edit")
def edit_other(
    row: OtherCost, *, actor: Actor, version: int, facts: Mapping[str, Any]
) -> OtherCost:
    """Changes what parents pay outside any dossier.

    Raises:
        Conflict: a colleague saved in between.
    """
    fresh = versions.claim(OtherCost, row.pk, version)
    for name in OTHER:
        setattr(fresh, name, facts[name])
    fresh.save(update_fields=OTHER)
    record("cost.other_edited", fresh, actor=actor, what=fresh.what)
    return fresh


@action("costs.edit")
def remove_other(row: OtherCost, *, actor: Actor) -> None:
    """Takes out what parents pay outside any dossier."""
    record("cost.other_removed", row, actor=actor, what=row.what)
    row.delete()


@action("costs.ceilings")
def enter_ceiling(
    owner: Umbrella | School, *, actor: Actor, facts: Mapping[str, Any]
) -> CostCeiling:
    """An amount with its source and the day on which that was read, of an umbrella for its schools
    or of a school for itself.

    Raises:
        AlreadyThere: for this kind, level and year there is one already.
    """
    row = _store(CostCeiling(**_of(owner), entered_by_id=actor.uid), facts)
    record("cost.ceiling_entered", row, actor=actor, thread=owner, what=_said(row))
    return row


@action("costs.ceilings")
def replace_ceiling(
    row: CostCeiling, *, actor: Actor, version: int, facts: Mapping[str, Any]
) -> CostCeiling:
    """Another amount, source or day takes its place; what stood there stays to be read.

    Raises:
        Conflict: somebody saved in between.
        AlreadyThere: another row is about this kind, level and year.
    """
    old = versions.claim(CostCeiling, row.pk, version)
    CostCeiling.objects.filter(pk=old.pk).update(ended_at=timezone.now())
    fresh = CostCeiling(
        **_of(old.owner), entered_by_id=actor.uid, replaces=old, version=old.version
    )
    _store(fresh, facts)
    record(
        "cost.ceiling_edited", fresh, actor=actor, thread=fresh.owner, what=_said(fresh),
        before=_said(old),
    )  # fmt: skip
    return fresh


@action("costs.ceilings")
def withdraw_ceiling(row: CostCeiling, *, actor: Actor) -> None:
    """Takes an amount out that should not have been there; that it was there stays to be read."""
    standing = CostCeiling.objects.standing().filter(pk=row.pk)
    standing.update(ended_at=timezone.now(), version=F("version") + 1)
    record("cost.ceiling_removed", row, actor=actor, thread=row.owner, what=_said(row))


def _of(owner: Umbrella | School) -> dict[str, Umbrella | School]:
    return {"school" if isinstance(owner, School) else "umbrella": owner}


def _store(row: CostCeiling, facts: Mapping[str, Any]) -> CostCeiling:
    for name in CEILING:
        setattr(row, name, facts[name])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise AlreadyThere from None
    return row


def _words(row: CostCeiling) -> str:
    """How the log calls an amount: kind, level, year, euro."""
    kind, level = book().kind[row.kind].label, book().level[row.level].label
    return f"{level}, {kind}, {schoolyear.label(row.school_year)}: {row.amount} euro"


# In the language of each reader.
_said = lazy(_words, str)
