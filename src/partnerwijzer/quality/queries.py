"""Reading goals by activity, coverage, expectations, tags and vision texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.dossiers import period
from partnerwijzer.dossiers.grouping import name_of
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityState,
    Dossier,
    DossierGoal,
    DossierGroup,
    DossierState,
)
from partnerwijzer.dossiers.queries import reading
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.goals.models import GoalSet
from partnerwijzer.organisations import queries as organisations
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.quality import coverage
from partnerwijzer.quality.coverage import Coverage, Group, Touch
from partnerwijzer.quality.models import ActivityGoal, Expectation, QualityTag, TagSheet, VisionText
from partnerwijzer.ui import schoolyear

Owner = School | Umbrella


def activities_of(actor: Actor, dossier: Dossier) -> list[Activity]:
    """What goes on or went on in a dossier, each with its goals."""
    visible = Dossier.objects.visible_to(actor)
    rows = Activity.objects.filter(dossier__in=visible, dossier=dossier)
    rows = rows.exclude(state=ActivityState.CANCELLED)
    return list(rows.prefetch_related("goal_links", "groups"))


def goals_of(actor: Actor, dossier: Dossier) -> QuerySet[DossierGoal]:
    visible = Dossier.objects.visible_to(actor)
    rows = DossierGoal.objects.filter(dossier__in=visible, dossier=dossier)
    return rows.select_related("goal__goal_set")


def linked(actor: Actor, dossier: Dossier) -> set[tuple[int, int]]:
    """Pairs of an activity and a goal of the dossier."""
    rows = ActivityGoal.objects.filter(
        activity__dossier__in=Dossier.objects.visible_to(actor), activity__dossier=dossier
    )
    return set(rows.values_list("activity_id", "goal_id"))


# Coverage


def school_of(actor: Actor) -> School:
    """The school that is worked for now, for its staff; for a board its first school."""
    school = organisations.my_school(actor)
    if school is not None and actor.works_at(school.pk):
        return school
    found = School.objects.filter(board_id__in=actor.boards).order_by("name", "pk").first()
    if found is None:
        raise Http404
    return found


def area_of(goal_set: GoalSet) -> str:
    """Key competence where the source gives one, else the short name of the set."""
    if goal_set.competence:
        return f"{goal_set.competence_number}. {goal_set.competence}".lstrip(". ")
    return goal_set.short_name or goal_set.name


def coverage_of(actor: Actor, school: School, year: int) -> Coverage:
    """What the dossiers of a school do in a school year, over all areas of its kind of education:
    those at the levels that its dossiers ever named."""
    links = ActivityGoal.objects.select_related("activity")
    rows = (
        period.along(Dossier.objects.visible_to(actor))
        .filter(school=school)
        .exclude(state=DossierState.STOPPED)
        .prefetch_related(
            "groups",
            Prefetch("goals", DossierGoal.objects.select_related("goal__goal_set")),
            Prefetch("goals__activity_links", links),
            "goals__activity_links__activity__groups",
        )
    )
    dossiers = [
        d for d in rows if (d.steps or {}).get("decide-together", {}).get("code") != "negative"
    ]
    levels = {row.goal.goal_set.level for d in dossiers for row in d.goals.all()}
    sets = GoalSet.objects.filter(level__in=levels) if levels else GoalSet.objects.none()
    areas = {area_of(one) for one in sets.only("name", "short_name", "competence_number",
                                               "competence")}  # fmt: skip
    touches = [touch for d in dossiers for touch in _touches(d, year)]
    return coverage.cover(areas, touches)


def _touches(dossier: Dossier, year: int) -> Iterator[Touch]:
    for row in dossier.goals.all():
        linked = bool(row.activity_links.all())
        pairs = _in_activities(row, dossier, year) if linked else _named(dossier, year)
        for group, activity in sorted(set(pairs)):
            yield Touch(
                area=area_of(row.goal.goal_set),
                goal=row.goal_id,
                code=row.goal.code,
                text=row.goal.first_line,
                group=group,
                dossier=dossier.pk,
                title=dossier.title,
                activity=activity,
            )


def _group(row: DossierGroup, dossier: Dossier) -> Group:
    """As in the costs of a school: kleuter 1A is not lager 1A, `5a` is 5A, and two groups without
    a name are never one."""
    ancestry = vocabulary.current().vocab.ancestry
    level = ancestry.get(row.level, (row.level,))[-1]
    name, words = name_of(row.label), vocabulary.label("education_levels", level)
    if name:
        return Group(name, level, 0, row.label, words)
    return Group("", level, row.pk, f"{row.level_words}, {dossier.title}", words)


def _in_activities(row: DossierGoal, dossier: Dossier, year: int) -> Iterator[tuple[Group, str]]:
    for link in row.activity_links.all():
        activity = link.activity
        if activity.state == ActivityState.CANCELLED or schoolyear.of(activity.on) != year:
            continue
        groups = list(activity.groups.all()) or list(dossier.groups.all())
        yield from ((_group(g, dossier), activity.title) for g in groups)


def _named(dossier: Any, year: int) -> Iterator[tuple[Group, str]]:
    begin = dossier.begins_on or timezone.localdate(dossier.created_at)
    end = max(dossier.ends_on or begin, begin)
    if schoolyear.of(begin) <= year <= schoolyear.of(end):
        yield from ((_group(g, dossier), "") for g in dossier.groups.all())


# Expectations and tags


def owner_of(actor: Actor) -> Owner | None:
    """For whom the actor keeps expectations and texts: the school that is worked for now as one who
    leads it, else the umbrella."""
    school = organisations.my_school(actor)
    if school is not None and actor.works_at(school.pk, LEADS):
        return school
    return Umbrella.objects.filter(pk__in=actor.umbrellas(Role.UMBRELLA_ADMIN)).first()


def expectations_of(owner: Owner, actor: Actor) -> QuerySet[Expectation]:
    """What this owner loaded."""
    mine = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    return Expectation.objects.visible_to(actor).filter(**mine)


def expectations_for(actor: Actor, school: School) -> list[Expectation]:
    """What a school works with: its own list, or else that of its umbrella."""
    rows = Expectation.objects.filter(removed_at=None)
    own = list(rows.filter(school=school))
    if own or school.umbrella_id is None:
        return own
    return list(rows.filter(umbrella_id=school.umbrella_id))


def tags_of(actor: Actor, dossier: Dossier) -> list[QualityTag]:
    """The tags of a dossier that the actor may see; read once."""
    if "quality_tags" not in getattr(dossier, "_prefetched_objects_cache", {}):
        if not reading.sees(actor, dossier):
            return []
        rows = QualityTag.objects.select_related("expectation")
        prefetch_related_objects([dossier], Prefetch("quality_tags", rows))
    return list(dossier.quality_tags.all())


def sheet_versions(actor: Actor, dossier: Dossier, activity: Activity | None) -> dict[str, int]:
    """At which version the sheets of tags are, by part; a part that nobody ticked is at 0."""
    if not reading.sees(actor, dossier):
        return {}
    rows = TagSheet.objects.filter(dossier=dossier, activity=activity)
    return dict(rows.values_list("part", "version"))


def activities(actor: Actor, dossier: Dossier) -> list[Activity]:
    """The activities of a dossier that the actor may see, in order, that were not cancelled."""
    if not reading.sees(actor, dossier):
        return []
    return list(dossier.activities.exclude(state=ActivityState.CANCELLED).order_by("on", "starts"))


@dataclass(frozen=True)
class Tagged:
    """A rubric or expectation with the dossiers that carry it; of an expectation maybe none."""

    rubric: str
    expectation: Expectation | None
    tags: tuple[QualityTag, ...]

    @property
    def dossiers(self) -> int:
        """How many dossiers carry it, as a whole or by an activity; each once."""
        return len({tag.dossier_id for tag in self.tags})


def tagged(actor: Actor, school: School, *, rubric: str = "", part: str = "") -> list[Tagged]:
    """What the dossiers of a school contribute to, by rubric and expectation: every rubric that one
    carries, and every expectation that the school works with, carried or not. With `part` chosen,
    an expectation that is carried by another part alone is left out: it is not bare."""
    rows = QualityTag.objects.filter(
        dossier__in=Dossier.objects.visible_to(actor), dossier__school=school
    ).select_related("dossier", "activity", "expectation")
    if rubric:
        rows = rows.filter(rubric=rubric)
    found: dict[tuple[str, int], list[QualityTag]] = {}
    for tag in rows.order_by("dossier__title", "part", "pk"):
        of_one = found.setdefault((tag.rubric, tag.expectation_id or 0), [])
        if part in ("", tag.part):
            of_one.append(tag)
    rows_of = [
        Tagged(key, tags[0].expectation, tuple(tags)) for (key, _pk), tags in found.items() if tags
    ]
    bare = (
        Tagged(one.rubric, one, ())
        for one in expectations_for(actor, school)
        if (one.rubric, one.pk) not in found and rubric in ("", one.rubric)
    )
    return [*rows_of, *bare]


# Vision texts


def texts(actor: Actor, *, theme: str = "") -> list[VisionText]:
    """The library as the actor sees it; of one theme, with those that are about every theme."""
    rows = VisionText.objects.visible_to(actor).select_related("school", "umbrella")
    return [row for row in rows if not theme or not row.themes or theme in row.themes]


def texts_for(actor: Actor, dossier: Dossier) -> list[VisionText]:
    """Texts of the school and its umbrella about the themes of a dossier; those that are about
    every theme at the end."""
    if not Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists():
        return []
    rows = VisionText.objects.filter(removed_at=None)
    mine = rows.filter(school=dossier.school_id)
    if dossier.school.umbrella_id:
        mine = mine | rows.filter(umbrella=dossier.school.umbrella_id)
    fits = [row for row in mine if _about(row.themes, dossier.themes)]
    return sorted(fits, key=lambda row: (not row.themes, row.title))


def _about(themes: Iterable[str], wanted: Iterable[str]) -> bool:
    chosen = set(themes)
    return not chosen or bool(chosen & set(wanted))


def get_text(actor: Actor, pk: int) -> VisionText:
    rows = VisionText.objects.visible_to(actor).select_related("school", "umbrella")
    return get_object_or_404(rows, pk=pk)
