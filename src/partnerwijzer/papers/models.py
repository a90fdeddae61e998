"""What goes out on paper: the letter to the partner after a decision."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.dossiers.models import Decision, Dossier
from partnerwijzer.mail.models import OutgoingMail
from partnerwijzer.partners.models import Partner

USER = settings.AUTH_USER_MODEL


class LetterQuerySet(models.QuerySet["PartnerLetter"]):
    def visible_to(self, actor: Actor) -> "LetterQuerySet":
        """Letters of dossiers that the actor may see."""
        return self.filter(decision__dossier__in=Dossier.objects.visible_to(actor))


class PartnerLetter(models.Model):
    """A letter to a partner about a decision: a draft until it is sent, and then as it went."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="letters")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    to_name = models.CharField(_("naam"), max_length=120, blank=True)
    to_email = models.EmailField(_("e-mailadres van het werk"))
    subject = models.CharField(_("onderwerp"), max_length=200)
    body = models.TextField(_("brief"))
    # [{"key": …, "name": …, "size": …}] of papers.enclosing: what goes along, and went along
    enclosed: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "partner"],
                condition=Q(sent_at=None),
                name="letter_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="letter_sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> str:
        """draft, waiting, sent or dropped: whether it reached the mailbox."""
        if self.sent_at is None:
            return "draft"
        return self.mail.state if self.mail else "sent"
