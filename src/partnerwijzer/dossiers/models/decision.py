"""Step 4: deciding together."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.documents.models import StoredFile
from partnerwijzer.dossiers.models.dossier import Dossier

USER = settings.AUTH_USER_MODEL


class Hidden(models.TextChoices):
    """Who reads the positions of others, from open to closed. It is only ever opened up."""

    OPEN = "open", _("meteen te lezen")
    OWN_FIRST = "own-first", _("te lezen zodra je zelf sprak")
    CLOSED = "closed", _("verborgen tot het sluiten")


class Silence(models.TextChoices):
    """What it counts as when somebody who was asked says nothing: the words of the ballot."""

    NO_ANSWER = "no-answer", _("telt als geen antwoord")
    AFTER_REMINDER = "after-reminder", _("telt niet mee, na één herinnering")
    WAITS = "waits", _("er wordt op gewacht")
    ABSENT = "absent", _("telt als afwezig")


def time_is_up(decision: str = "") -> Q:
    """As Decision.is_over, to ask of the database; `decision` leads to it, as in a lookup."""
    passed = Q(**{f"{decision}closes_on__lt": timezone.localdate()})
    waits = Q(**{f"{decision}silence": Silence.WAITS})
    return Q(**{f"{decision}closed_at__isnull": False}) | passed & ~waits


class DecisionQuerySet(models.QuerySet["Decision"]):
    def running(self) -> "DecisionQuerySet":
        """Questions that lie before colleagues: neither signed nor withdrawn."""
        return self.filter(decided_at=None, withdrawn_at=None)

    def signed(self) -> "DecisionQuerySet":
        return self.filter(decided_at__isnull=False)

    def standing(self) -> "DecisionQuerySet":
        """The decision that holds now in each dossier: signed, and not replaced by a later one."""
        return self.signed().exclude(superseded_by__decided_at__isnull=False)


class Decision(models.Model):
    """A question with positions and an outcome. Once signed it does not change.

    `template` and `outcome` are keys of the framework's vocab (decision_templates,
    decision_outcomes). `silence` is fixed when the question is put: it is what colleagues were
    told, whatever a later release of the framework says. `signer` is the head who was named at the
    start; another head may take over. `interest` is why who signed has an interest in the outcome:
    it stays inside the school. `snapshot` holds what was known when it was signed. A question that
    is withdrawn keeps what was said.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="decisions")
    question = models.CharField(_("wat beslissen jullie"), max_length=300)
    template = models.CharField(_("hoe beslissen jullie"), max_length=40)
    hidden = models.CharField(
        _("wie leest de standpunten"), max_length=10, choices=Hidden.choices, default=Hidden.OPEN
    )
    silence = models.CharField(
        max_length=20, choices=Silence.choices, default=Silence.NO_ANSWER, editable=False
    )
    closes_on = models.DateField(_("standpunten tot en met"))
    signer = models.ForeignKey(USER, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    reasons = models.TextField(_("waarom"), blank=True)
    interest = models.CharField(_("belang van wie ondertekent"), max_length=400, blank=True)
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

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="decision_one_open",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None)
                | (~Q(outcome="") & ~Q(reasons="") & Q(decided_by__isnull=False)),
                name="decision_signed_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(decided_at=None, supersedes=None),
                name="decision_withdrawn_is_nothing_else",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_over(self) -> bool:
        """The time for positions is over: the last day passed, or somebody closed them. A ballot
        that waits for who is silent has no such day: it is open until it is signed or withdrawn."""
        if self.closed_at is not None:
            return True
        return self.silence != Silence.WAITS and self.closes_on < timezone.localdate()

    @property
    def is_late(self) -> bool:
        """The last day passed, and the ballot is open all the same: it waits for who is silent."""
        return not self.is_over and self.closes_on < timezone.localdate()

    @property
    def look_again_on(self) -> date | None:
        """The day on which it is to be looked at again: of the last look, else of the signature."""
        looks = list(self.reviews.all())
        return looks[-1].next_on if looks else self.review_on


class Position(models.Model):
    """What one colleague thinks. A row without `given_at` is somebody who was asked; `reminded_at`
    is set where the ballot promises one reminder, and it went.

    `interest` is why somebody has an interest in the outcome. Who has one may leave the option out
    where the template does not count it.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="positions")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    option = models.CharField(max_length=40, blank=True)
    reason = models.TextField(_("waarom"), blank=True)
    interest = models.CharField(_("welk belang"), max_length=400, blank=True)
    given_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Position"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["decision", "user"], name="position_once")]
        indexes = [models.Index(fields=["user", "given_at"])]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.user_id}"


class Condition(models.Model):
    """Something that the decision asks for: by whom at school, and by when. A task until done."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conditions")
    text = models.CharField(_("voorwaarde"), max_length=400)
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    by_on = models.DateField(_("tegen"))
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("hoe is dit in orde gekomen"), max_length=400, blank=True)

    objects: ClassVar[models.Manager["Condition"]] = models.Manager()

    class Meta:
        ordering = ["by_on", "id"]
        indexes = [models.Index(fields=["user", "done_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="condition_done_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text


class DecisionReview(models.Model):
    """Looked at again on the review date, and kept as it was; `next_on` is the next date."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reviews")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.CharField(_("wat zagen jullie"), max_length=400)
    next_on = models.DateField(_("opnieuw bekijken op"), null=True, blank=True)

    objects: ClassVar[models.Manager["DecisionReview"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.at:%Y-%m-%d}"
