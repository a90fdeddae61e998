"""Steps 5 and 6: activities with a teacher present, pupils' answers, and the evaluation."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.dossiers.models.dossier import Dossier, DossierGroup, DossierPartner
from partnerwijzer.organisations.models import Membership, User
from partnerwijzer.partners.models import Again, Audience, Effect
from partnerwijzer.surveys.models import Survey

USER = settings.AUTH_USER_MODEL


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("gepland")
    CONFIRMED = "confirmed", _("bevestigd")
    DONE = "done", _("voorbij")
    CANCELLED = "cancelled", _("gaat niet door")


def _later() -> Q:
    now = timezone.localtime()
    return Q(on__gt=now.date()) | Q(on=now.date(), starts__gt=now.time())


class ActivityQuerySet(models.QuerySet["Activity"]):
    def with_presence(self) -> "models.QuerySet[Any]":
        """With `has_teacher`: whether somebody named for it works at the school now."""
        staff = Membership.objects.working().filter(
            user__activities=OuterRef("pk"), school=OuterRef("dossier__school")
        )
        return self.annotate(has_teacher=Exists(staff))

    def to_come(self) -> "ActivityQuerySet":
        """Those that were not called off and have not begun."""
        return self.filter(_later()).exclude(state=ActivityState.CANCELLED)

    def begun(self) -> "ActivityQuerySet":
        """Those that were not called off and have begun, or are over."""
        return self.exclude(_later()).exclude(state=ActivityState.CANCELLED)


class Activity(models.Model):
    """One moment with the partner. Not confirmed without a teacher of the school (S5.2)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="activities")
    title = models.CharField(_("wat gebeurt er"), max_length=200)
    on = models.DateField(_("dag"))
    starts = models.TimeField(_("van"))
    ends = models.TimeField(_("tot"))
    place = models.CharField(_("waar"), max_length=200, blank=True)
    working_form = models.CharField(_("werkvorm"), max_length=60, blank=True)
    # What belongs to the working form, by key of its field (vocab.working_forms).
    details: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    groups = models.ManyToManyField(DossierGroup, blank=True, related_name="activities")
    teachers: models.ManyToManyField[User, Any] = models.ManyToManyField(
        USER, blank=True, related_name="activities"
    )
    state = models.CharField(
        max_length=10, choices=ActivityState.choices, default=ActivityState.PLANNED
    )
    preparation = models.TextField(_("zo bereiden we voor met de leerlingen"), blank=True)
    follow_up = models.TextField(_("zo kijken we terug met de leerlingen"), blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.OneToOneField(
        Survey, models.PROTECT, null=True, blank=True, related_name="activity"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts", "id"]
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["dossier", "on"]), models.Index(fields=["on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="activity_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"


class PartIn(models.TextChoices):
    """What a partner does at a moment that several of them share."""

    LEADS = "leads", _("trekt dit moment")
    GIVES = "gives", _("geeft mee")
    PREPARES = "prepares", _("bereidt mee voor")


class ActivityPartner(models.Model):
    """A partner of the dossier at one of its moments (P4). Only asked where a dossier has several
    partners: with one it is that one."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="partners")
    row = models.ForeignKey(DossierPartner, models.CASCADE, related_name="moments")
    part = models.CharField(max_length=10, choices=PartIn.choices)

    objects: ClassVar[models.Manager["ActivityPartner"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "row"], name="activity_partner_once"),
            models.UniqueConstraint(
                fields=["activity"], condition=Q(part="leads"), name="activity_led_by_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.row_id} {self.part}"


class AimResult(models.TextChoices):
    REACHED = "reached", _("ja")
    PARTLY = "partly", _("deels")
    NOT = "not", _("nee")
    TOO_EARLY = "too-early", _("nog te vroeg om te zien")


class Evaluation(models.Model):
    """How one colleague looks back. Scores are 1 to 5 per working factor (W1 to W7)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="evaluations")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    aim_result = models.CharField(max_length=12, choices=AimResult.choices)
    aim_note = models.TextField(_("waaraan zie je dat"), blank=True)
    impact: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    working_factors: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(
        default=dict
    )
    again = models.CharField(max_length=10, choices=Again.choices)
    advice = models.TextField(_("raad voor een andere school"), blank=True)
    share_advice = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Evaluation"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dossier", "user"], name="evaluation_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.user_id}"


class EvaluationFactor(models.Model):
    """A factor that made it smooth or difficult, with a word of explanation."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="factors")
    factor = models.CharField(max_length=60)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["EvaluationFactor"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "factor"], name="evaluation_factor_once")
        ]

    def __str__(self) -> str:
        return f"{self.factor} {self.effect}"


class Sharing(models.Model):
    """What the school chose to share of a dossier, with whom (S6.2). One row: the newest choice."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="sharing")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    again = models.CharField(max_length=10, choices=Again.choices)
    factors: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    advice = models.TextField(blank=True)
    text_consent = models.BooleanField(default=False)
    shared_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Sharing"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(advice="") | Q(text_consent=True), name="sharing_text_needs_consent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.audience}"
