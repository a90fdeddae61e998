"""Long work with a stored progress, and signs of life of the background worker."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """One piece of long work. `done` of `total` units; `total` 0 means not known yet."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    started_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    result: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Job"]] = models.Manager()

    def __str__(self) -> str:
        return self.title


class WorkerSeen(models.Model):
    """When a background worker last said that it is alive."""

    name = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["WorkerSeen"]] = models.Manager()

    def __str__(self) -> str:
        return self.name
