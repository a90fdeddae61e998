"""Two partners that may be one: what makes them alike, and how they were made one."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.partners.models.organisation import Keys, Partner

USER = settings.AUTH_USER_MODEL
Json = models.JSONField[Any, Any]


class LikenessKey(models.Model):
    """Something by which partners that may be the same find each other: see partners.blocking."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="likeness_keys")
    key = models.CharField(max_length=120, db_index=True)

    objects: ClassVar[models.Manager["LikenessKey"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "key"], name="likeness_key_once")]

    def __str__(self) -> str:
        return self.key


class LikelyPair(models.Model):
    """Two partners that look like one, with the reasons; the oldest first. Somebody decides."""

    one = models.ForeignKey(Partner, models.CASCADE, related_name="+")
    other = models.ForeignKey(Partner, models.CASCADE, related_name="+")
    reasons: Keys = models.JSONField(default=list)
    weight = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(default=timezone.now)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["LikelyPair"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likely_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likely_pair_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["-weight", "id"], condition=Q(set_aside_at=None), name="likely_pair_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"


class Merge(models.Model):
    """Two partners became one, with all that is needed to undo it.

    `moved`: [{"model": "app.model", "field": name, "pks": [...]}]. `facts`: {field: [value of the
    kept one before, value after]}. `number`: what the other one gave up.
    """

    kept = models.ForeignKey(Partner, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    moved: Json = models.JSONField(default=list)
    facts: Json = models.JSONField(default=dict)
    number = models.CharField(max_length=10, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Merge"]] = models.Manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="merged_into_one_only"
            )
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} -> {self.kept_id}"


class RelationKind(models.TextChoices):
    """How `partner` stands to `other`."""

    PART_OF = "part-of", _("is deel van")
    WORKS_WITH = "works-with", _("werkt samen met")
    FORMERLY = "formerly", _("heette of was vroeger")


class PartnerRelation(models.Model):
    """Two organisations that have to do with each other: a branch, a companion, what it was."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12, choices=RelationKind.choices)
    other = models.ForeignKey(Partner, models.CASCADE, related_name="relations_to")
    since = models.DateField(null=True, blank=True)
    source = models.URLField(blank=True)

    objects: ClassVar[models.Manager["PartnerRelation"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "kind", "other"], name="relation_once"),
            models.CheckConstraint(condition=~Q(partner=F("other")), name="relation_of_two"),
            models.UniqueConstraint(
                fields=["partner"], condition=Q(kind="part-of"), name="relation_one_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.kind} {self.other_id}"
