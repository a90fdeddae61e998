"""Days of elections, entered by who keeps the databank: when they are is no rule of ours."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.elections.near import Vote


class ElectionQuerySet(models.QuerySet["Election"]):
    def standing(self) -> "ElectionQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def votes(self) -> list[Vote]:
        """The days as the rule needs them."""
        return [Vote(name, on) for name, on in self.standing().values_list("name", "on")]


class Election(models.Model):
    """One day of elections, with where it was read. Withdrawn ones count no more."""

    name = models.CharField(_("welke verkiezingen"), max_length=120)
    on = models.DateField(_("dag"))
    source = models.CharField(_("waar staat dat"), max_length=300)
    read_on = models.DateField(_("nagekeken op"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["on", "name"], condition=Q(withdrawn_at=None), name="election_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
