"""Linking goals and activities, tagging, loading expectations, keeping vision texts."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.text import format_lazy

from partnerwijzer.access import versions
from partnerwijzer.access.actor import Actor
from partnerwijzer.access.gate import action
from partnerwijzer.audit.log import record
from partnerwijzer.dossiers import casework
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGoal
from partnerwijzer.organisations.models import School, Umbrella
from partnerwijzer.quality.loading import Line
from partnerwijzer.quality.models import (
    ActivityGoal,
    Expectation,
    Part,
    QualityTag,
    TagSheet,
    VisionText,
)

TEXT = ("title", "publisher", "url", "themes", "summary", "dated_on")
Pairs = Collection[tuple[int, int]]


@action("quality.edit")
def link_goals(dossier: Dossier, *, actor: Actor, add: Pairs, remove: Pairs) -> None:
    """Says of activities at which goals they work. Pairs are keys of an activity and of a goal of
    this dossier; others are passed over. What a colleague linked in between stays."""
    activities = set(Activity.objects.filter(dossier=dossier).values_list("pk", flat=True))
    goals = set(DossierGoal.objects.filter(dossier=dossier).values_list("pk", flat=True))
    new = [ActivityGoal(activity_id=a, goal_id=g) for a, g in add if a in activities and g in goals]
    ActivityGoal.objects.bulk_create(new, ignore_conflicts=True)
    for activity, goal in remove:
        rows = ActivityGoal.objects.filter(activity__dossier=dossier)
        rows.filter(activity_id=activity, goal_id=goal).delete()
    record("quality.goals", dossier, actor=actor)


@action("quality.edit")
def tag(
    dossier: Dossier,
    *,
    actor: Actor,
    version: int,
    part: str,
    rubrics: Iterable[str],
    expectations: Iterable[Expectation],
    activity: Activity | None = None,
) -> TagSheet:
    """To what the cooperation contributes: rubrics of the framework, expectations of the school's
    list. Replaces what stood there for this part.

    Args:
        version: of the sheet that was read; 0 where nobody ticked anything yet.
        activity: one of this dossier, where it is about that alone.

    Raises:
        Conflict: a colleague ticked something in between.
    """
    if activity is not None and activity.dossier_id != dossier.pk:
        raise PermissionDenied
    which: dict[str, Any] = {"dossier": dossier, "part": Part(part), "activity": activity}
    sheet, _made = TagSheet.objects.get_or_create(**which)
    sheet = versions.claim(TagSheet, sheet.pk, version)
    known = {r.key: r.label for r in casework.content(dossier).framework.rubrics}
    chosen = [key for key in rubrics if key in known]
    loaded = list(expectations)
    QualityTag.objects.filter(**which).delete()
    QualityTag.objects.bulk_create(
        [
            *(QualityTag(**which, rubric=key) for key in chosen),
            *(QualityTag(**which, rubric=e.rubric, expectation=e) for e in loaded),
        ]
    )
    words: list[Any] = [*(known[key] for key in chosen), *map(str, loaded)]
    what = [format_lazy("{}: {}", activity.title, one) for one in words] if activity else words
    record("quality.tagged", dossier, actor=actor, what=what or ["–"])
    return sheet


@action("quality.keep")
def load_expectations(owner: School | Umbrella, *, actor: Actor, lines: Collection[Line]) -> int:
    """Replaces the list of a school or umbrella. One with the same words or the same code stays the
    same expectation, so that its tags stay; what is not in the list any more shows no longer.

    Returns: how many there are now.
    """
    mine = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    old = list(Expectation.objects.filter(**mine).order_by("removed_at", "pk"))
    by_code = {row.code: row for row in reversed(old) if row.code}
    by_title = {row.title: row for row in reversed(old)}
    kept = set()
    for position, line in enumerate(lines):
        row = by_code.get(line.code) or by_title.get(line.title) or Expectation(**mine)
        if row.pk in kept:
            row = Expectation(**mine)
        row.rubric, row.code, row.title = line.rubric, line.code, line.title
        row.position, row.removed_at = position, None
        row.save()
        kept.add(row.pk)
    gone = Expectation.objects.filter(**mine, removed_at=None).exclude(pk__in=kept)
    gone.update(removed_at=timezone.now())
    record("quality.loaded", owner, actor=actor, n=len(kept))
    return len(kept)


@action("quality.keep")
def add_text(owner: School | Umbrella, *, actor: Actor, facts: Mapping[str, Any]) -> VisionText:
    """A text that points the way, with an own summary."""
    mine = {"school": owner} if isinstance(owner, School) else {"umbrella": owner}
    row = VisionText.objects.create(**mine, added_by_id=actor.uid, **{n: facts[n] for n in TEXT})
    record("quality.text_added", row, actor=actor, title=row.title)
    return row


@action("quality.keep")
def edit_text(
    row: VisionText, *, actor: Actor, version: int, facts: Mapping[str, Any]
) -> VisionText:
    """Changes a text of the library.

    Raises:
        Conflict: somebody saved in between.
    """
    fresh = versions.claim(VisionText, row.pk, version)
    for name in TEXT:
        setattr(fresh, name, facts[name])
    fresh.save(update_fields=TEXT)
    record("quality.text_edited", fresh, actor=actor, title=fresh.title)
    return fresh


@action("quality.keep")
def remove_text(row: VisionText, *, actor: Actor) -> None:
    """Takes a text out of the library."""
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    record("quality.text_removed", row, actor=actor, title=row.title)
