"""Step 4: what the school council has to get, what it gets, and what came of it (K5, M5)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import Actor
from partnerwijzer.councils import kinds, terms
from partnerwijzer.councils.models import CouncilAdvice, CouncilBody, CouncilMeeting
from partnerwijzer.dossiers.models.dossier import CouncilDuty, Dossier
from partnerwijzer.frameworks.queries import content_of

USER = settings.AUTH_USER_MODEL


class CouncilTest(models.Model):
    """How the school came to what its council has to get: the topics that it saw, whether the
    council waived, what the framework proposed, what the tree had said. The outcome itself is
    Dossier.council_duty: the one place that items and their clocks follow."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="council_test")
    topics: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    waived = models.CharField(_("waar staat dat de raad ervan afziet"), max_length=300, blank=True)
    proposed = models.CharField(max_length=10, choices=CouncilDuty.choices, blank=True)
    tree_said = models.CharField(max_length=10, choices=CouncilDuty.choices, blank=True)
    judged_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["CouncilTest"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.proposed}"


class CouncilOutcome(models.TextChoices):
    PENDING = "", _("nog niet besproken")
    INFORMED = "informed", _("ingelicht")
    ADVISED = "advised", _("advies gegeven")
    AGREED = "agreed", _("overleg, akkoord")
    NOT_AGREED = "not-agreed", _("overleg, geen akkoord")
    WAIVED = "waived", _("de raad zag af van overleg")


class CouncilItemQuerySet(models.QuerySet["CouncilItem"]):
    def visible_to(self, actor: Actor) -> "CouncilItemQuerySet":
        """Council members see what their body is shown; staff and board all of their school."""
        staff = Q(dossier__school_id__in=actor.schools())
        if actor.boards:
            staff |= Q(dossier__school__board_id__in=actor.boards)
        mine = CouncilBody.objects.read_by_member(actor)
        return self.filter(staff | Q(body__in=mine.values("pk"), shown_at__isnull=False))


class CouncilItem(models.Model):
    """A topic for a body: the note and the draft decision that it gets, when, and what came of it.

    `handed_on` is the day on which the members got it; the clock runs from the day after.
    `board_answer` is why the board goes on where the council did not agree.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="council_items")
    body = models.ForeignKey(CouncilBody, models.PROTECT, related_name="items")
    meeting = models.ForeignKey(
        CouncilMeeting, models.PROTECT, null=True, blank=True, related_name="items"
    )
    duty = models.CharField(max_length=10, choices=CouncilDuty.choices)
    note = models.TextField(_("nota voor de raad"))
    draft = models.TextField(_("ontwerp van beslissing"), blank=True)
    shown_at = models.DateTimeField(null=True)
    handed_on = models.DateField(_("bezorgd op"), null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=CouncilOutcome.choices, blank=True)
    outcome_on = models.DateField(_("besproken op"), null=True, blank=True)
    outcome_note = models.TextField(_("wat zei de raad"), blank=True)
    board_answer = models.TextField(_("waarom het bestuur toch beslist"), blank=True)
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
    def meeting_on(self) -> date | None:
        """The day of the meeting; none where that is not known or was cancelled."""
        meeting = self.meeting
        return meeting.on if meeting and meeting.cancelled_at is None else None

    @property
    def term(self) -> terms.Term | None:
        """How long the consultation may take; none where there is nothing to wait for."""
        if self.duty != CouncilDuty.CONSULT or self.outcome:
            return None
        shown = timezone.localdate(self.shown_at) if self.shown_at else None
        start = self.handed_on or shown
        own = self.body.consult_days
        if start is None or not (own or kinds.has_read_rules(self.body, self.dossier.school)):
            return None  # of an academy's body no term is told that its own rules do not give
        clock = content_of(self.dossier.framework_id).governance.clock[terms.CONSULTATION]
        return self.body.term(terms.CONSULTATION, start, clock.days)

    @property
    def consult_by(self) -> date | None:
        """The last day for the consultation."""
        return self.term.last if self.term else None

    @property
    def is_too_late(self) -> bool:
        """The meeting comes after the last day for the consultation."""
        return bool(self.meeting_on and self.consult_by and self.meeting_on > self.consult_by)


class AboutDossier(models.Model):
    """An advice that a body gave without being asked, and the dossier that it is about."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="council_advices")
    advice = models.OneToOneField(CouncilAdvice, models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["AboutDossier"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.advice_id}"
