"""Frameworks that umbrellas write, criteria that schools add, and the drafts of both."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import LEADS, Actor, Role
from partnerwijzer.frameworks.models import FrameworkVersion, Published, PublishedQuerySet
from partnerwijzer.organisations.models import School, Umbrella

USER = settings.AUTH_USER_MODEL


class OwnFramework(models.Model):
    """A framework that an umbrella keeps. Its releases are frameworks.FrameworkVersion, by key."""

    umbrella = models.ForeignKey(Umbrella, models.PROTECT, related_name="frameworks")
    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(_("naam"), max_length=120)
    for_new_dossiers = models.BooleanField(default=False)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["OwnFramework"]] = models.Manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["umbrella"],
                condition=Q(for_new_dossiers=True),
                name="one_framework_for_new_dossiers",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SchoolCriteria(Published):
    """One release of the criteria that a school adds on top; a dossier points to it."""

    school = models.ForeignKey(School, models.PROTECT, related_name="own_criteria")
    number = models.PositiveIntegerField()
    data: models.JSONField[list[Any], list[Any]] = models.JSONField()
    published_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    objects = PublishedQuerySet["SchoolCriteria"].as_manager()

    class Meta:
        verbose_name_plural = "school criteria"
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="school_criteria_once")
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.number}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> "DraftQuerySet":
        """Who keeps the umbrella's frameworks; who leads the school."""
        return self.filter(
            Q(own__umbrella__in=actor.umbrellas(Role.UMBRELLA_ADMIN))
            | Q(school__in=actor.schools(LEADS))
        )


class Draft(models.Model):
    """What is being written and not published yet.

    data: the six files of a framework by name, or for a school {"criteria": [...]}.
    problems: what has to be mended before it can be published, as it was when last saved.
    """

    own = models.OneToOneField(OwnFramework, models.CASCADE, null=True, related_name="draft")
    school = models.OneToOneField(School, models.CASCADE, null=True, related_name="criteria_draft")
    base = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    problems: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(own=None, school__isnull=False) | Q(own__isnull=False, school=None),
                name="draft_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def criteria(self) -> list[dict[str, Any]]:
        found = self.data if self.school_id else self.data.get("framework", {})
        return list(found.get("criteria", []))

    def problems_in(self, file: str, within: str) -> list[dict[str, Any]]:
        """What has to be mended at a place or inside it; nothing of advice."""
        nearer = ("", ".", "[")
        return [
            problem
            for problem in self.problems
            if not problem["advice"]
            and problem["file"] == file
            and problem["place"].startswith(within)
            and (not within or problem["place"][len(within) :][:1] in nearer)
        ]
