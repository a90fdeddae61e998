"""Helper trees walked in a dossier: the answers, where they led, who and when (K4, M6)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models.dossier import Dossier
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.partners.models import Partner

USER = settings.AUTH_USER_MODEL


class TreeRun(models.Model):
    """One tree, walked to its end: for the dossier, for a partner, or for a person of a partner.

    `facts` holds what Partnerwijzer knew at the questions of the way (question -> value), so that a
    change of it is seen. Of the check for working with minors only the outcome, the day and who
    looked are kept: never the extract, nor a word about it (domain.md 7.2).
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tree_runs")
    tree = models.CharField(max_length=60)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.CharField(_("over wie gaat het"), max_length=120, blank=True)
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    answers: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    outcome = models.CharField(max_length=60)
    result = models.CharField(max_length=30)
    noted_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    walked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    walked_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["TreeRun"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["tree", "partner"])]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "tree", "partner", "about"], name="tree_run_once"
            ),
            models.UniqueConstraint(
                fields=["dossier", "tree", "about"],
                condition=Q(partner=None),
                name="tree_run_once_without_partner",
            ),
            models.CheckConstraint(condition=~Q(outcome=""), name="tree_run_has_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.tree}"
