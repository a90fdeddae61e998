"""A second, independent reading of a criterion, and advice from outside without an account."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers.models.dossier import Dossier
from partnerwijzer.dossiers.models.screening import Judgement

USER = settings.AUTH_USER_MODEL


class SecondReading(models.Model):
    """What a second colleague finds of one criterion.

    blind: the reader sees what the first found only after their own reading.
    asked_now: whether the dossier asks the question now (progress.touched keeps it so): nobody has
    to read what is no longer asked, and what was read stays.
    first_*: what the first had found when the two settled it; the conclusion is the Assessment's.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="second_readings")
    criterion = models.CharField(max_length=60)
    reader = models.ForeignKey(USER, models.PROTECT, related_name="+")
    blind = models.BooleanField(default=True)
    asked_now = models.BooleanField(default=True)
    due_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    judgement = models.CharField(max_length=20, choices=Judgement.choices, blank=True)
    argument = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    first_judgement = models.CharField(max_length=20, choices=Judgement.choices, blank=True)
    first_argument = models.TextField(blank=True)
    first_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["SecondReading"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "criterion"], name="second_reading_once"),
            models.CheckConstraint(
                condition=Q(read_at=None) | ~Q(judgement=""), name="second_reading_has_judgement"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(read_at__isnull=False),
                name="second_reading_settled_after",
            ),
        ]
        indexes = [models.Index(fields=["reader", "read_at"])]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.criterion}"

    def hides_from(self, user_id: int | None) -> bool:
        """Whether this person may not see yet what the first found."""
        return self.blind and self.read_at is None and self.reader_id == user_id

    def is_open(self, first: str) -> bool:
        """Whether the two still have to read or to talk; `first` is the other's judgement."""
        if self.settled_at is not None:
            return False
        return self.read_at is None or self.judgement != first


class OutsideAdvice(models.Model):
    """A question to somebody without an account (CLB, a nurse, the police), answered by link.

    Who answers sees the question and no word of the dossier. A reminder brings an address of its
    own, so that the one in the first mail keeps working. quiet_at: no reminder is to go.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="outside_advice")
    criterion = models.CharField(max_length=60, blank=True)
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="advice")
    reminder = models.OneToOneField(
        AccessLink, models.PROTECT, null=True, related_name="advice_reminder"
    )
    organisation = models.CharField(_("van welke dienst"), max_length=200, blank=True)
    question = models.TextField(_("je vraag"))
    answer = models.TextField(_("je antwoord"), blank=True)
    answered_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True)
    quiet_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["OutsideAdvice"]] = models.Manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "outside advice"

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.pk}"
