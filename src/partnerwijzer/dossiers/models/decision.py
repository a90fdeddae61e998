"""Step 4: deciding together, and what the school council gets."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor, Role
from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers import clock
from partnerwijzer.dossiers.models.dossier import CouncilDuty, Dossier
from partnerwijzer.organisations import holidays

USER = settings.AUTH_USER_MODEL


class Decision(models.Model):
    """A question with positions and an outcome. Once signed it does not change.

    `template` and `outcome` are keys of the framework's vocab (decision_templates,
    decision_outcomes). `snapshot` holds what was known when it was signed.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="decisions")
    question = models.CharField(_("wat beslissen jullie"), max_length=300)
    template = models.CharField(_("hoe beslissen jullie"), max_length=40)
    closes_on = models.DateField(_("standpunten tot en met"))
    opened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    reasons = models.TextField(_("waarom"), blank=True)
    conditions = models.TextField(_("onder welke voorwaarden"), blank=True)
    review_on = models.DateField(_("opnieuw bekijken op"), null=True, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    positive = models.BooleanField(null=True)
    snapshot: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(decided_at=None), name="decision_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None)
                | (~Q(outcome="") & ~Q(reasons="") & Q(decided_by__isnull=False)),
                name="decision_signed_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Position(models.Model):
    """What one colleague thinks. A row without `option` is somebody who was asked."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="positions")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    option = models.CharField(max_length=40, blank=True)
    reason = models.TextField(_("waarom"), blank=True)
    given_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Position"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["decision", "user"], name="position_once")]
        indexes = [models.Index(fields=["user", "given_at"])]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.user_id}"


class CouncilOutcome(models.TextChoices):
    PENDING = "", _("nog niet besproken")
    INFORMED = "informed", _("ingelicht")
    AGREED = "agreed", _("overleg, akkoord")
    NOT_AGREED = "not-agreed", _("overleg, geen akkoord")
    WAIVED = "waived", _("de raad zag af van overleg")


class CouncilItemQuerySet(models.QuerySet["CouncilItem"]):
    def visible_to(self, actor: Actor) -> "CouncilItemQuerySet":
        """Council members see what they are shown; staff and board all of their school."""
        council = actor.schools(frozenset({Role.COUNCIL_MEMBER}))
        staff = Q(dossier__school_id__in=actor.schools())
        if actor.boards:
            staff |= Q(dossier__school__board_id__in=actor.boards)
        shown = Q(dossier__school_id__in=council, shown_at__isnull=False)
        return self.filter(staff | shown)


class CouncilItem(models.Model):
    """A topic for the school council: the note it gets, the date, and what came of it (K5)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="council_items")
    duty = models.CharField(max_length=10, choices=CouncilDuty.choices)
    note = models.TextField(_("nota voor de raad"))
    meeting_on = models.DateField(_("vergadering op"), null=True, blank=True)
    shown_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=CouncilOutcome.choices, blank=True)
    outcome_on = models.DateField(_("besproken op"), null=True, blank=True)
    outcome_note = models.TextField(_("wat zei de raad"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CouncilItemQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome_on__isnull=False),
                name="council_outcome_has_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.duty}"

    @property
    def consult_by(self) -> date | None:
        """The last day for the consultation; none where there is nothing to wait for."""
        if self.duty != CouncilDuty.CONSULT or self.outcome or not self.shown_at:
            return None
        start = timezone.localdate(self.shown_at)
        ahead = holidays.between(start, start + timedelta(days=366))
        pauses = [h for h in ahead if h.is_long]
        return clock.deadline(start, clock.CONSULTATION_DAYS, pauses)
