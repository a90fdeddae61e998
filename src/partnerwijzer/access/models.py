"""Links without account, and forms that were sent already."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class AccessLink(models.Model):
    """A secret address for one person from outside, for one purpose. Only the hash is stored."""

    purpose = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["AccessLink"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    @property
    def state(self) -> str:
        """withdrawn, done, expired, opened, sent or new: the first that holds."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.done_at:
            return "done"
        if self.expires_at <= timezone.now():
            return "expired"
        return "opened" if self.opened_at else "sent" if self.sent_at else "new"

    @property
    def usable(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()


class SpentForm(models.Model):
    """A form that was sent: its one-time mark and where the sender was led to."""

    mark = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    location = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["SpentForm"]] = models.Manager()

    def __str__(self) -> str:
        return self.mark
