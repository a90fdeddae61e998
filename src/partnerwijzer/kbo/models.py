"""What was imported, and whether who follows it was told. The register itself is files."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class RegisterImport(models.Model):
    """One time that the register was replaced. The log knows who did it.

    `generation` is the folder that it made, `told_at` when the watchers had been told.
    """

    at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=300, blank=True)
    generation = models.CharField(max_length=60, unique=True)
    snapshot_date = models.DateField()
    report: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["RegisterImport"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.generation} {self.at:%Y-%m-%d}"
