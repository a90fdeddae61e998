"""The end of a cooperation: what is handed over and to whom, and the thanks to the partner."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models.dossier import Dossier, DossierPartner

USER = settings.AUTH_USER_MODEL


class HandOver(models.Model):
    """One thing that stays when the partner goes: material, a way of working, a contact."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="handovers")
    what = models.CharField(_("wat geven jullie door"), max_length=200)
    to_whom = models.CharField(_("aan wie"), max_length=120)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["HandOver"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what


class Thanks(models.Model):
    """The thanks to one partner: a draft until it is sent, and then as it went."""

    row = models.OneToOneField(DossierPartner, models.CASCADE, related_name="thanks")
    to_name = models.CharField(_("naam"), max_length=120)
    to_email = models.EmailField(_("e-mailadres van het werk"))
    subject = models.CharField(_("onderwerp"), max_length=150)
    body = models.TextField(_("wat schrijven jullie"))
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["Thanks"]] = models.Manager()

    class Meta:
        verbose_name_plural = "thanks"
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="thanks_sent_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.subject
