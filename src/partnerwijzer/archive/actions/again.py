"""A dossier again, in a new school year, without data about people."""

from collections.abc import Collection

from django.db.models import prefetch_related_objects
from django.utils import timezone

from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.archive import repeating
from partnerwijzer.archive.actions import planning
from partnerwijzer.archive.models import Succession
from partnerwijzer.audit.log import record
from partnerwijzer.authoring.queries import framework_for
from partnerwijzer.costs import actions as costs
from partnerwijzer.dossiers import carrying, casework, drafting
from partnerwijzer.dossiers.actions import agreeing, basics
from partnerwijzer.dossiers.actions.progress import touched
from partnerwijzer.dossiers.models import Assessment, Dossier, DossierGoal, DossierGroup, Status
from partnerwijzer.quality.models import QualityTag
from partnerwijzer.trajectories import actions as trajectories
from partnerwijzer.ui import schoolyear

COST = ("unit", "amount", "times", "parents_each", "duration", "need")


@action("archive.again")
def take_over(
    source: Dossier,
    *,
    actor: Actor,
    year: int,
    title: str,
    answers: bool = False,
    moments: Collection[str] | None = None,
) -> Dossier:
    """A new dossier as this one, in the school year that begins in `year`. Who does it leads it.

    Args:
        source: as reading.get_whole gives it.
        answers: also begin from answers that are not too old. They keep where they come from and
            count as judged only when somebody judges them.
        moments: the keys of those that go along; None for all.
    """
    found = repeating.plan(source, year)
    if moments is not None:
        found = found.only(moments)
    dossier = basics.open_dossier(
        source.school,
        actor=actor,
        framework=framework_for(actor, source.school),
        title=title,
        kind=source.kind,
        aim=found.aim,
        impact=source.impact,
    )
    dossier.continues = source
    dossier.save(update_fields=["continues"])
    _fill(dossier, source, found, actor, answers=answers)
    Succession.objects.create(
        dossier=dossier,
        source_title=source.title,
        school_year=year,
        moved=found.moved,
        stayed=list(found.stayed),
    )
    label = schoolyear.label(year)
    record("archive.taken_over", dossier, actor=actor, title=source.title, year=label)
    record("archive.went_on", source, actor=actor, year=label)
    touched(dossier)
    return dossier


def _fill(
    dossier: Dossier, source: Dossier, found: repeating.Plan, actor: Actor, *, answers: bool
) -> None:
    """All that goes along."""
    _facts(dossier, source, found, actor)
    groups = _groups(dossier, found, actor)
    _goals(dossier, found, actor)
    _agreements(dossier, found, actor)
    planning.plan_again(dossier, source, found, groups, actor=actor)
    _lasting(dossier, found, actor)
    _costs(dossier, found, groups, actor)
    _tags(dossier, found)
    if answers:
        _answers(dossier, source, found)


def _facts(dossier: Dossier, source: Dossier, found: repeating.Plan, actor: Actor) -> None:
    first, last = found.period
    changes = {
        "themes": source.themes,
        "planned_from": first,
        "planned_until": last,
        "budget": source.budget,
        "budget_unit": source.budget_unit,
    }
    basics.edit_dossier(dossier, actor=actor, version=dossier.version, changes=changes)
    dossier.refresh_from_db()
    for partner, offer in found.partners:
        basics.add_partner(dossier, actor=actor, partner=partner, offer=offer)
    if source.situations:
        basics.answer_situations(dossier, actor=actor, answers=source.situations)
    if dossier.screening != source.screening:
        basics.choose_screening(dossier, actor=actor, screening=source.screening)


def _groups(dossier: Dossier, found: repeating.Plan, actor: Actor) -> dict[int, DossierGroup]:
    """The new group for each old one."""
    return {
        group.pk: basics.add_group(
            dossier, actor=actor, level=group.level, pupils=group.pupils, label=label
        )
        for group, label in found.groups
    }


def _goals(dossier: Dossier, found: repeating.Plan, actor: Actor) -> None:
    if found.goals:
        basics.choose_goals(dossier, actor=actor, goals=[row.goal for row, _how in found.goals])
    for row, how in found.goals:
        DossierGoal.objects.filter(dossier=dossier, goal=row.goal).update(how=how)


def _agreements(dossier: Dossier, found: repeating.Plan, actor: Actor) -> None:
    """Drafts: what the new dossier knows itself, and what goes along."""
    for draft in found.drafts:
        fields = {**drafting.known_fields(dossier, draft.partner), **draft.fields}
        agreeing.save_draft(
            dossier,
            actor=actor,
            partner=draft.partner,
            version=0,
            blocks=draft.blocks,
            fields=fields,
            extra=draft.extra,
            own_blocks=draft.own_blocks,
        )


def _lasting(dossier: Dossier, found: repeating.Plan, actor: Actor) -> None:
    """Milestones, each still to do, and the improvement plan that this belongs to."""
    for mile in found.milestones:
        trajectories.add_milestone(dossier, actor=actor, title=mile.title, on=mile.on)
    if found.improvement:
        trajectories.save_improvement(dossier, actor=actor, version=0, facts=found.improvement)


def _costs(
    dossier: Dossier, found: repeating.Plan, groups: dict[int, DossierGroup], actor: Actor
) -> None:
    """With the price of then, in the new school year: for the same groups and goals."""
    goals = {row.goal_id: row for row in dossier.goals.all()}
    prefetch_related_objects([line for line, _what in found.costs], "goals")
    for line, what in found.costs:
        facts = {name: getattr(line, name) for name in COST} | {"what": what}
        costs.add_line(
            dossier,
            actor=actor,
            facts={**facts, "school_year": found.year},
            groups=[groups[g.pk] for g in line.groups.all() if g.pk in groups],
            goals=[goals[g.goal_id] for g in line.goals.all() if g.goal_id in goals],
        )


def _tags(dossier: Dossier, found: repeating.Plan) -> None:
    QualityTag.objects.bulk_create(
        QualityTag(dossier=dossier, part=tag.part, rubric=tag.rubric, expectation=tag.expectation)
        for tag in found.tags
    )


def _answers(dossier: Dossier, source: Dossier, found: repeating.Plan) -> None:
    """Each as something that was begun: without judgement, until somebody gives one."""
    asked = casework.content(dossier).framework.criterion
    for row, reason in found.answers:
        criterion = asked.get(row.criterion.key)
        if criterion is None:
            continue
        Assessment.objects.update_or_create(
            dossier=dossier,
            criterion=criterion.key,
            defaults={
                "status": Status.BUSY,
                "argument": reason,
                "question": criterion.question.model_dump(),
                "origin": carrying.origin(
                    "dossier",
                    where=source.title,
                    question=str(row.criterion.question),
                    on=row.found_on,
                    whole=False,
                    earlier=row.assessment.origin,
                ),
                "updated_at": timezone.now(),
            },
        )
