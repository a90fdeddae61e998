"""Which addresses are of pupils, as a school says, and what somebody let stand all the same."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PupilDomain(models.Model):
    """Behind this @ an address is one of a pupil of the school."""

    school_id = models.BigIntegerField()
    domain = models.CharField(_("domein"), max_length=120)

    objects: ClassVar[models.Manager["PupilDomain"]] = models.Manager()

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(fields=["school_id", "domain"], name="pupil_domain_once")
        ]

    def __str__(self) -> str:
        return self.domain


class Allowed(models.Model):
    """Somebody said that what looked like data of a person may stand, and why. Never the text."""

    school_id = models.BigIntegerField(null=True, db_index=True)
    place = models.CharField(max_length=80)
    kinds: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    reason = models.CharField(max_length=300)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Allowed"]] = models.Manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.place
