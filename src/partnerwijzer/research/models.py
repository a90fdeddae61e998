"""Practice research in a dossier: what it asks of ethics and consent, as counts (P3, P5, K6)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models import Dossier, DossierGroup

USER = settings.AUTH_USER_MODEL


class Research(models.Model):
    """The research that a cooperation is part of. `answers`: by key of the fields of the content
    (governance.research). `without`: why its moments may go on without all of that."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="research")
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    approval = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    without = models.TextField(_("waarom kan het zonder"), max_length=1000, blank=True)
    without_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    without_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Research"]] = models.Manager()

    class Meta:
        verbose_name_plural = "research"

    def __str__(self) -> str:
        return f"{self.dossier_id}"


class Consent(models.Model):
    """How many of a group were asked and how many agreed. Never who: nobody is named (K6)."""

    research = models.ForeignKey(Research, models.CASCADE, related_name="consents")
    # A group goes with its dossier, never alone: nobody can count again what was answered.
    group = models.ForeignKey(DossierGroup, models.RESTRICT, related_name="+")
    asked = models.PositiveSmallIntegerField(_("gevraagd"))
    agreed = models.PositiveSmallIntegerField(_("zei ja"))
    noted_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Consent"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["research", "group"], name="research_consent_once"),
            models.CheckConstraint(
                condition=Q(agreed__lte=F("asked")), name="research_agreed_were_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.research_id} {self.group_id}"
