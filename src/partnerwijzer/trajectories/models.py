"""A longer cooperation: series of moments, milestones, and the plan that it belongs to (P3, P4)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models import (
    Activity,
    ActivityState,
    Dossier,
    DossierGroup,
    DossierPartner,
    PartIn,
)
from partnerwijzer.organisations.models import User
from partnerwijzer.trajectories import recurrence

USER = settings.AUTH_USER_MODEL


class Rule(models.TextChoices):
    WEEKLY = recurrence.WEEKLY, _("elke week")
    TWO_WEEKLY = recurrence.TWO_WEEKLY, _("om de twee weken")
    MONTHLY = recurrence.MONTHLY, _("elke maand, op dezelfde weekdag")


class Series(models.Model):
    """Moments that come back by a rule. Changed from a day on, it ends the day before and a new one
    follows: what was, stays as it was. Stopped from a day on, it ends the day before."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="series")
    title = models.CharField(_("wat gebeurt er"), max_length=200)
    rule = models.CharField(_("hoe vaak"), max_length=12, choices=Rule.choices)
    first = models.DateField(_("eerste keer"))
    until = models.DateField(_("tot en met"))
    starts = models.TimeField(_("van"))
    ends = models.TimeField(_("tot"))
    place = models.CharField(_("waar"), max_length=200, blank=True)
    working_form = models.CharField(_("werkvorm"), max_length=60, blank=True)
    skip_off = models.BooleanField(default=True)
    groups = models.ManyToManyField(DossierGroup, blank=True, related_name="+")
    teachers: models.ManyToManyField[User, Any] = models.ManyToManyField(
        USER, blank=True, related_name="+"
    )
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    stopped_from = models.DateField(_("gestopt vanaf"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Series"]] = models.Manager()

    class Meta:
        ordering = ["first", "id"]
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="series_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.first}"

    @property
    def times(self) -> int:
        """How many of its moments were not called off."""
        rows = self.moments.all()
        return sum(row.activity.state != ActivityState.CANCELLED for row in rows)


class SeriesPartner(models.Model):
    """What one of several partners does at each moment of a series (P4)."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="partners")
    row = models.ForeignKey(DossierPartner, models.CASCADE, related_name="+")
    part = models.CharField(max_length=10, choices=PartIn.choices)

    objects: ClassVar[models.Manager["SeriesPartner"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "row"], name="series_partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.row_id} {self.part}"


class SeriesMoment(models.Model):
    """Which activity came out of a series, and on which day by its rule: a moment that was moved
    still belongs to it."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="moments")
    activity = models.OneToOneField(Activity, models.CASCADE, related_name="in_series")
    by_rule = models.DateField()

    objects: ClassVar[models.Manager["SeriesMoment"]] = models.Manager()

    class Meta:
        ordering = ["by_rule", "id"]

    def __str__(self) -> str:
        return f"{self.series_id} {self.by_rule}"


class MilestoneState(models.TextChoices):
    TO_DO = "to-do", _("nog te doen")
    REACHED = "reached", _("bereikt")
    DROPPED = "dropped", _("laten vallen")


class Milestone(models.Model):
    """Something to have reached by a day."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="milestones")
    title = models.CharField(_("wat is er dan bereikt"), max_length=200)
    on = models.DateField(_("tegen"))
    state = models.CharField(
        _("hoe staat het"),
        max_length=10,
        choices=MilestoneState.choices,
        default=MilestoneState.TO_DO,
    )
    note = models.TextField(_("waaraan zie je dat"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Milestone"]] = models.Manager()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"


class ImprovementPlan(models.Model):
    """The plan after an inspection that this cooperation belongs to (P4)."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="improvement_plan")
    title = models.CharField(_("hoe heet het plan"), max_length=200)
    inspected_on = models.DateField(_("doorlichting van"), null=True, blank=True)
    url = models.URLField(_("waar staat het"), max_length=500, blank=True)
    part = models.TextField(_("aan welk punt werkt dit"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["ImprovementPlan"]] = models.Manager()

    def __str__(self) -> str:
        return self.title
