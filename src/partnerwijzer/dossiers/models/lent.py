"""What a school shows colleague schools of how it screened a partner."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from partnerwijzer.access.actor import STAFF, Actor
from partnerwijzer.dossiers.models.dossier import Dossier

USER = settings.AUTH_USER_MODEL


class SharedQuerySet(models.QuerySet["SharedScreening"]):
    def visible_to(self, actor: Actor) -> "SharedQuerySet":
        """Staff of any school, as long as it is shared."""
        return self.filter(withdrawn_at=None) if actor.has(*STAFF) else self.none()


class SharedScreening(models.Model):
    """A copy of judgements and reasons, without names, as they were on that day.

    data: see dossiers.lending. It is emptied when the head takes it back.
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="shared_screening")
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    shared_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = SharedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.dossier_id}"
