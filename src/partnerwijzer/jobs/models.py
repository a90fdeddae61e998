"""Long work with a stored progress, and signs of life of the background worker."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Job(models.Model):
    """One piece of long work. `done` of `total` units; `total` 0 means not known yet.

    `step` says in words what is being done now, `result` what came of it (so far, while it runs),
    `error` why it failed.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    started_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Job"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(started_at__isnull=False),
                name="job_finished_was_started",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "-id"], name="job_latest_of_kind")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> str:
        """waiting, busy, done or failed."""
        if self.finished_at:
            return "failed" if self.error else "done"
        return "busy" if self.started_at else "waiting"

    @property
    def per_cent(self) -> int | None:
        """How far it is, 0 to 100; None while that is not known."""
        if self.state == "done":
            return 100
        return min(100, self.done * 100 // self.total) if self.total else None


class WorkerSeen(models.Model):
    """When a background worker last said that it is alive."""

    name = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["WorkerSeen"]] = models.Manager()

    def __str__(self) -> str:
        return self.name
