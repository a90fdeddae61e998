"""Step 3: the agreement with a partner, in versions that both sides confirm."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.models import AccessLink
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models.dossier import Dossier
from partnerwijzer.partners.models import Partner

USER = settings.AUTH_USER_MODEL
Json = models.JSONField[dict[str, Any], dict[str, Any]]


class Agreement(models.Model):
    """The draft that the school works on: chosen blocks and what was filled in."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="agreements")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    blocks: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    fields: Json = models.JSONField(default=dict)
    extra = models.TextField(_("wat jullie nog afspreken"), blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Agreement"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "partner"], name="agreement_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.partner_id}"


class AgreementVersion(models.Model):
    """A fixed text that was put before the partner. It never changes; a change is a new version."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    change_note = models.CharField(_("wat is er veranderd"), max_length=400, blank=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    link = models.OneToOneField(AccessLink, models.PROTECT, null=True, related_name="agreement")
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    school_name = models.CharField(max_length=120, blank=True)
    school_confirmed_at = models.DateTimeField(null=True)
    partner_name = models.CharField(max_length=120, blank=True)
    partner_confirmed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["AgreementVersion"]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"

    @property
    def confirmed(self) -> bool:
        """Both sides confirmed this very version."""
        return self.school_confirmed_at is not None and self.partner_confirmed_at is not None


class AgreementChange(models.Model):
    """A change that the partner asks for, about one block or about all."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="changes")
    block = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("wat wil je anders"))
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["AgreementChange"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.block}"
