"""Mail that is on its way. The text is wiped once it was sent: it may hold a secret link."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerwijzer.access.models import AccessLink


class MailQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self) -> "MailQuerySet":
        """Neither sent nor dropped."""
        return self.filter(sent_at=None, dropped_at=None)

    def due(self, now: datetime, abandoned: datetime) -> "MailQuerySet":
        """To be tried now: its time has come and nobody has been busy with it since `abandoned`."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=abandoned)
        return self.waiting().filter(free, next_try_at__lte=now).order_by("next_try_at", "id")


class OutgoingMail(models.Model):
    """One mail. Kept for a while without its text, so that it is known what went out.

    Dropped: given up after too many failures, refused by the other side, or its link was withdrawn
    before it went. `last_error` says which and never quotes a server, which may quote the text.
    """

    to = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    stop = models.URLField(max_length=300, blank=True)
    # [{"name": …, "mime": …, "path": …}]: kept files that go along, by their place in FILES_DIR
    attached: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    message_id = models.CharField(max_length=120, unique=True)
    link = models.ForeignKey(AccessLink, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(sent_at=None, dropped_at=None) | Q(body=""), name="mail_text_is_wiped"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="mail_sent_or_dropped"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, dropped_at=None),
                name="mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> str:
        """sent, dropped, or waiting."""
        if self.sent_at:
            return "sent"
        return "dropped" if self.dropped_at else "waiting"
