"""Text blocks that a school or an umbrella keeps, for its agreements with partners."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.organisations.models import School, Umbrella

USER = settings.AUTH_USER_MODEL


class OwnBlockQuerySet(models.QuerySet["OwnBlock"]):
    def visible_to(self, actor: Actor) -> "OwnBlockQuerySet":
        """Those of the actor's schools, of the umbrellas of these schools, and of the umbrellas
        that the actor keeps."""
        schools = actor.schools()
        umbrellas = School.objects.filter(pk__in=schools).exclude(umbrella=None)
        kept = actor.umbrellas(Role.UMBRELLA_ADMIN)
        mine = Q(school_id__in=schools) | Q(umbrella_id__in=kept)
        return self.filter(mine | Q(umbrella_id__in=umbrellas.values("umbrella_id")))

    def kept_by(self, actor: Actor) -> "OwnBlockQuerySet":
        """Those that the actor may change."""
        kept = actor.umbrellas(Role.UMBRELLA_ADMIN)
        return self.filter(Q(school_id__in=actor.schools(LEADS)) | Q(umbrella_id__in=kept))

    def for_school(self, school: School) -> "OwnBlockQuerySet":
        """What a school can use now: first of its umbrella, then its own, in the chosen order."""
        rows = Q(school=school)
        if school.umbrella_id:
            rows |= Q(umbrella_id=school.umbrella_id)
        found = self.filter(rows, archived_at=None).select_related("school", "umbrella")
        return found.order_by(models.F("umbrella_id").asc(nulls_last=True), "place", "pk")


class OwnBlock(models.Model):
    """One block: of a school or of an umbrella. An agreement takes a copy of its words.

    `situations` are those of the framework: the block belongs to a dossier in which one of them
    holds; empty: to every dossier. `kinds` likewise with one-off and structural.
    """

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="own_blocks"
    )
    umbrella = models.ForeignKey(
        Umbrella, models.PROTECT, null=True, blank=True, related_name="own_blocks"
    )
    group = models.CharField(_("waar in de nota"), max_length=40)
    title = models.CharField(_("titel"), max_length=120)
    text = models.TextField(_("tekst"))
    required = models.BooleanField(_("altijd in de nota"), default=False)
    kinds: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    situations: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)

    objects = OwnBlockQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None, umbrella__isnull=False)
                | Q(school__isnull=False, umbrella=None),
                name="own_block_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> str:
        """The name of the school or the umbrella."""
        return str(self.school or self.umbrella or _("onbekend"))


class OwnBlockText(models.Model):
    """The words of a block as they were in one of its versions."""

    block = models.ForeignKey(OwnBlock, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["OwnBlockText"]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["block", "number"], name="own_block_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.block_id} v{self.number}"
