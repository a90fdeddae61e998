"""The log of who did what and when. Rows are only ever added."""

from typing import Any

from django.db import models


class AuditRecord(models.Model):
    """One thing that somebody did.

    `subject` is what was changed; `thread` is the larger thing on whose page it shows (a dossier, a
    partner, a school). The names are kept as they were: a renamed person keeps the old lines.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    school_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    thread_type = models.CharField(max_length=60)
    thread_id = models.CharField(max_length=40)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["thread_type", "thread_id", "-id"], name="audit_thread"),
            models.Index(fields=["school_id", "verb", "-id"], name="audit_school"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}"
