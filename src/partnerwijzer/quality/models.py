"""Goals by activity (K1), the quality framework (K3), and vision texts by theme (K2)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.dossiers.models import Activity, Dossier, DossierGoal
from partnerwijzer.organisations.models import School, Umbrella

USER = settings.AUTH_USER_MODEL


class ActivityGoal(models.Model):
    """A goal of the dossier at which an activity works."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(DossierGoal, models.CASCADE, related_name="activity_links")

    objects: ClassVar[models.Manager["ActivityGoal"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "goal"], name="activity_goal_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.goal_id}"


def one_owner(name: str) -> models.CheckConstraint:
    """Belongs to a school or to an umbrella, never to both."""
    school = Q(school__isnull=False, umbrella=None)
    return models.CheckConstraint(
        condition=school | Q(school=None, umbrella__isnull=False), name=name
    )


def _owned_by(actor: Actor) -> Q:
    """Of a school that the actor sees as its staff, board or adviser, of the umbrella of such a
    school, or of an umbrella that the actor works for."""
    schools = School.objects.visible_to(actor)
    mine = [s.umbrella_id for s in actor.seats if s.umbrella_id]
    of_school = Q(school__in=schools) if not _only_keeps(actor) else Q(pk=None)
    return of_school | Q(umbrella__in=schools.values("umbrella_id")) | Q(umbrella_id__in=mine)


def _only_keeps(actor: Actor) -> bool:
    """The administrator of an umbrella keeps schools, but does not read what they note."""
    return all(seat.role == Role.UMBRELLA_ADMIN for seat in actor.seats)


class OwnedQuerySet(models.QuerySet["Expectation"]):
    def visible_to(self, actor: Actor) -> "OwnedQuerySet":
        return self.filter(_owned_by(actor), removed_at=None)


class Expectation(models.Model):
    """One of the expectations of the quality framework, as a school or umbrella loaded it.

    Which they are, we do not know: nothing of it is invented here (domain.md 2). `rubric` is a key
    of the framework's four rubrics; `code` is the owner's own and may be empty.
    """

    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="expectations")
    umbrella = models.ForeignKey(Umbrella, models.CASCADE, null=True, related_name="expectations")
    rubric = models.CharField(_("rubriek"), max_length=60)
    code = models.CharField(_("code"), max_length=30, blank=True)
    title = models.CharField(_("verwachting"), max_length=400)
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [one_owner("expectation_one_owner")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Part(models.TextChoices):
    """What a tag stands on."""

    AIM = "aim", _("daar werken we aan")
    RESULT = "result", _("daar kwam iets van, zegt de evaluatie")


class TagSheet(models.Model):
    """What somebody ticks at once: the tags of a part of a dossier, or of one of its activities.
    Its version tells two people who tick at the same time apart."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    part = models.CharField(max_length=8, choices=Part.choices)
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["TagSheet"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "part"],
                condition=Q(activity=None),
                name="tag_sheet_once",
            ),
            models.UniqueConstraint(fields=["activity", "part"], name="tag_sheet_of_activity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.part}"


class QualityTag(models.Model):
    """To which part of the quality framework a cooperation contributes, meant or found; as a whole,
    or by one activity."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="quality_tags")
    part = models.CharField(max_length=8, choices=Part.choices)
    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="quality_tags"
    )
    rubric = models.CharField(max_length=60)
    expectation = models.ForeignKey(
        Expectation, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["QualityTag"]] = models.Manager()

    class Meta:
        ordering = ["part", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "part", "rubric"],
                condition=Q(expectation=None, activity=None),
                name="quality_rubric_once",
            ),
            models.UniqueConstraint(
                fields=["dossier", "part", "expectation"],
                condition=Q(activity=None),
                name="quality_expectation_once",
            ),
            models.UniqueConstraint(
                fields=["activity", "part", "rubric"],
                condition=Q(expectation=None),
                name="activity_rubric_once",
            ),
            models.UniqueConstraint(
                fields=["activity", "part", "expectation"], name="activity_expectation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rubric}"


class VisionTextQuerySet(models.QuerySet["VisionText"]):
    def visible_to(self, actor: Actor) -> "VisionTextQuerySet":
        return self.filter(_owned_by(actor), removed_at=None)


class VisionText(models.Model):
    """A text that points the way, by theme: where it stands, and an own summary (never a copy)."""

    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="vision_texts")
    umbrella = models.ForeignKey(Umbrella, models.CASCADE, null=True, related_name="vision_texts")
    title = models.CharField(_("titel"), max_length=200)
    publisher = models.CharField(_("wie schreef het"), max_length=200)
    url = models.URLField(_("adres"), blank=True, max_length=500)
    themes: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    summary = models.TextField(_("wat staat erin, in jullie woorden"), max_length=1500)
    dated_on = models.DateField(_("van wanneer is de tekst"))
    added_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = VisionTextQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [one_owner("vision_text_one_owner")]

    def __str__(self) -> str:
        return self.title
