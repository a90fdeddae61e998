"""Which dossier goes on from which, how long things are kept, and what was removed for that."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.dossiers.models import Dossier
from partnerwijzer.organisations.models import School, Umbrella

USER = settings.AUTH_USER_MODEL


class Succession(models.Model):
    """How a dossier was begun as an earlier one (`Dossier.continues`). It keeps the title of that
    one, which may go.

    `moved` are days that were shifted because there is no school; `stayed` is what did not go
    along, in words without content.
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="goes_on_from")
    source_title = models.CharField(max_length=200)
    school_year = models.PositiveSmallIntegerField()
    moved: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    stayed: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Succession"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.dossier_id} as {self.source_title}"


class DataKind(models.TextChoices):
    """What is kept, each with a period of its own."""

    DOSSIER = "dossier", _("het hele dossier")
    DECISION = "decision", _("ondertekende beslissingen")
    EVIDENCE_FILES = "evidence-files", _("bestanden bij de antwoorden (bewijs)")
    REMARKS = "remarks", _("opmerkingen tussen collega’s")
    ANSWERS = "answers", _("antwoorden op bevragingen")
    MESSAGES = "messages", _("gesprekken met de partner")
    LINKS = "links", _("namen en adressen bij persoonlijke links, en hun mails")
    HISTORY = "history", _("regels van de geschiedenis")


def _mine(actor: Actor) -> Q:
    """Of a school where one works or that one governs, or of an umbrella that one keeps."""
    seen = Q(school_id__in=actor.schools()) | Q(
        umbrella_id__in=actor.umbrellas(Role.UMBRELLA_ADMIN)
    )
    if actor.boards:
        seen |= Q(school__board_id__in=actor.boards)
    return seen


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, actor: Actor) -> "PeriodQuerySet":
        """Those of one's schools and of their umbrellas, and of an umbrella that one keeps."""
        schools = School.objects.filter(
            Q(pk__in=actor.schools()) | Q(board_id__in=actor.boards), umbrella__isnull=False
        )
        return self.filter(_mine(actor) | Q(umbrella_id__in=schools.values("umbrella_id")))


class Period(models.Model):
    """How many months after the end of a dossier something goes, with where that stands.

    Without a period nothing goes. The period of a school goes before that of its umbrella; 0 months
    is never.
    """

    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="keeping_periods"
    )
    umbrella = models.ForeignKey(
        Umbrella, models.CASCADE, null=True, blank=True, related_name="keeping_periods"
    )
    kind = models.CharField(_("wat"), max_length=20, choices=DataKind.choices)
    months = models.PositiveSmallIntegerField(_("hoeveel maanden na het einde"))
    source = models.CharField(_("waar staat dat"), max_length=300)
    url = models.URLField(_("adres van die bron"), blank=True, max_length=500)
    read_on = models.DateField(_("nagekeken op"))
    entered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None, umbrella__isnull=False)
                | Q(school__isnull=False, umbrella=None),
                name="period_of_one",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="period_has_a_source"),
            models.UniqueConstraint(
                fields=["school", "kind"],
                condition=Q(school__isnull=False),
                name="period_once_school",
            ),
            models.UniqueConstraint(
                fields=["umbrella", "kind"],
                condition=Q(umbrella__isnull=False),
                name="period_once_umbrella",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.months}"

    @property
    def owner(self) -> str:
        """The name of the school or the umbrella."""
        return str(self.school or self.umbrella)


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, actor: Actor) -> "RunQuerySet":
        """Those of a school where one works or that one governs."""
        seen = Q(school_id__in=actor.schools())
        if actor.boards:
            seen |= Q(school__board_id__in=actor.boards)
        return self.filter(seen)


class Run(models.Model):
    """One time that a school had things removed. It knows how many, and nothing of what they
    said."""

    school = models.ForeignKey(School, models.PROTECT, related_name="keeping_runs")
    started_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    job_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(finished_at=None), name="run_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.started_at:%Y-%m-%d}"


class Removal(models.Model):
    """One kind of data of one dossier, to be removed by a run. `held` says why it stayed.

    It names the dossier by number only: what was removed may not live on here.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="removals")
    dossier_id = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=DataKind.choices)
    planned = models.PositiveIntegerField()
    removed = models.PositiveIntegerField(null=True)
    held = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Removal"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["run", "dossier_id", "kind"], name="removal_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"
