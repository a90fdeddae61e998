"""Helper trees walked in a dossier: the answers, where they led, who and when (K4, M6)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerwijzer.dossiers.models.dossier import Dossier
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.partners.models import Partner

USER = settings.AUTH_USER_MODEL


class TreeRun(models.Model):
    """One tree, walked to its end: for the dossier, for a partner, or for a person of a partner.

    `number` tells the people of a dossier apart, counted from 1 (0: it is about nobody in
    particular); their names are kept nowhere. `facts` holds what Partnerwijzer knew at the
    questions of the way (question -> value), so that a change of it is seen.

    Of a tree that names what it stores (the check for working with minors, domain.md 7.2) that is
    all: outcome, day and who looked. `answers` and `facts` stay empty. `overruled` then says that
    the outcome did not follow from what was known, so that it is not doubted for that ever after.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tree_runs")
    tree = models.CharField(max_length=60)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField(default=0)
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    answers: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    overruled = models.BooleanField(default=False)
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
                fields=["dossier", "tree", "partner"],
                condition=Q(number=0),
                name="tree_run_once",
            ),
            models.UniqueConstraint(
                fields=["dossier", "tree"],
                condition=Q(partner=None, number=0),
                name="tree_run_once_without_partner",
            ),
            models.UniqueConstraint(
                fields=["dossier", "tree", "number"],
                condition=Q(number__gt=0),
                name="tree_run_number_once",
            ),
            models.CheckConstraint(condition=~Q(outcome=""), name="tree_run_has_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.tree}"
