"""What everybody who works with a partner has to know: marks, and what the register changed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.partners.models.organisation import Partner

USER = settings.AUTH_USER_MODEL


class MarkKind(models.TextChoices):
    INACTIVE = "inactive", _("niet meer actief")
    ATTENTION = "attention", _("let op")


class PartnerMark(models.Model):
    """A warning that the umbrella puts on a partner, with the reason. Ended, never deleted."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="marks")
    kind = models.CharField(_("wat is er"), max_length=10, choices=MarkKind.choices)
    reason = models.TextField(_("waarom"))
    since = models.DateField(_("sinds wanneer"))
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["PartnerMark"]] = models.Manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=Q(ended_at=None), name="mark_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="mark_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.kind}"


class RegisterMemory(models.Model):
    """What the register said when it was last compared: the measure of what changes."""

    partner = models.OneToOneField(Partner, models.CASCADE, related_name="register_memory")
    number = models.CharField(max_length=10)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    snapshot_date = models.DateField()

    objects: ClassVar[models.Manager["RegisterMemory"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.partner_id} {self.snapshot_date}"


class ChangeKind(models.TextChoices):
    """What the register says now and did not say before."""

    DISSOLVED = "dissolved", _("ontbonden")
    BANKRUPT = "bankrupt", _("failliet")
    REORGANISATION = "reorganisation", _("in reorganisatie")
    GONE = "gone", _("verdwenen uit het register")
    BACK = "back", _("weer zonder melding")
    RENAMED = "renamed", _("andere naam")
    MOVED = "moved", _("verhuisd")


class RegisterChange(models.Model):
    """A change in the register since the last import, told until somebody has looked at it."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="register_changes")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    before = models.CharField(max_length=400, blank=True)
    after = models.CharField(max_length=400, blank=True)
    snapshot_date = models.DateField()
    found_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["RegisterChange"]] = models.Manager()

    class Meta:
        ordering = ["-snapshot_date", "-id"]
        indexes = [
            models.Index(
                fields=["partner"], condition=Q(settled_at=None), name="register_change_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.kind} {self.snapshot_date}"
