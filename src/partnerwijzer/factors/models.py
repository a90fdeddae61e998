"""How school and partner score what makes a cooperation work (W1 to W7), at three moments."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.models import AccessLink
from partnerwijzer.dossiers.models import Dossier, DossierPartner

USER = settings.AUTH_USER_MODEL


class Ask(models.Model):
    """A partner who is asked to score at a moment, by link without account."""

    row = models.ForeignKey(DossierPartner, models.CASCADE, related_name="factor_asks")
    moment = models.CharField(max_length=20)
    link = models.OneToOneField(AccessLink, models.PROTECT, related_name="factor_ask")
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Ask"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["row", "moment"], name="factor_ask_once")]

    def __str__(self) -> str:
        return f"{self.row_id} {self.moment}"


class Score(models.Model):
    """What one person finds of each statement. `answers`: 1 to 5 by key of the statement; what one
    does not know is left out. Of a colleague (`user`) or of a partner (`ask`), never of both."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="factor_scores")
    moment = models.CharField(max_length=20)
    user = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ask = models.OneToOneField(Ask, models.CASCADE, null=True, related_name="score")
    answers: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    given_on = models.DateField(default=timezone.localdate)

    objects: ClassVar[models.Manager["Score"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "moment", "user"],
                condition=Q(user__isnull=False),
                name="factor_score_once",
            ),
            models.CheckConstraint(
                condition=Q(user=None, ask__isnull=False) | Q(user__isnull=False, ask=None),
                name="factor_score_of_one_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.moment}"


class FactorAction(models.Model):
    """What somebody will do about a factor that asks for it, and by when."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="factor_actions")
    moment = models.CharField(max_length=20)
    factor = models.CharField(max_length=60)
    what = models.CharField(_("wat doen jullie"), max_length=300)
    owner = models.ForeignKey(
        USER, models.PROTECT, related_name="+", verbose_name=_("wie trekt dit")
    )
    due = models.DateField(_("tegen wanneer"))
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["FactorAction"]] = models.Manager()

    class Meta:
        ordering = ["due", "id"]
        indexes = [models.Index(fields=["owner", "done_at"])]

    def __str__(self) -> str:
        return self.what
