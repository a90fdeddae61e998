"""Two people edit the same thing: the one who saves last is told, and nobody's words are lost.

A model with `version: PositiveIntegerField(default=1)` can be claimed. The form carries the version
that was read; the action claims it before it writes:

    profile = versions.claim(SchoolProfile, pk, version)   # or Conflict, with what is there now
    profile.project = text
    profile.save(update_fields=["project"])

The view catches Conflict and shows both texts: what was typed, and `conflict.current`.
"""

from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet

M = TypeVar("M", bound=Model)


class Conflict(Exception):
    """Somebody else saved in between. `current` is the thing as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"{current._meta.label_lower} {current.pk} is at {current.version}")
        self.current = current


def claim(rows: QuerySet[M] | type[M], pk: Any, version: int) -> M:
    """Raises the version by one where it is still the one that was read, and gives the fresh row.

    One UPDATE decides, so that of two that come at the same moment exactly one wins. Call it inside
    a transaction (every action is one) and save other fields with `update_fields`.

    Args:
        rows: a model, or a queryset that is already narrowed to what the actor may change.

    Raises:
        Conflict: somebody saved in between.
        DoesNotExist: no such row (any more) among these rows.
    """
    queryset: QuerySet[M] = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    won = queryset.filter(pk=pk, version=version).update(version=F("version") + 1)
    current = queryset.get(pk=pk)
    if not won:
        raise Conflict(current)
    return current
