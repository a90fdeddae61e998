"""A moment with the partner, on the day itself: who stays with the group, what the partner has to
know, what moved, who was really there, and what went wrong (S5, D16)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerwijzer.access.actor import LEADS, Actor
from partnerwijzer.dossiers.models import Activity
from partnerwijzer.dossiers.moment_change import Side
from partnerwijzer.organisations.models import School, User

USER = settings.AUTH_USER_MODEL


class Replacement(models.Model):
    """One teacher took the place of another. Why somebody was away is nobody's business here."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="replacements")
    absent = models.ForeignKey(USER, models.PROTECT, related_name="+")
    substitute = models.ForeignKey(USER, models.PROTECT, related_name="+")
    note = models.CharField(_("wat moet de vervanger weten"), max_length=400, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Replacement"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(absent=models.F("substitute")), name="replacement_is_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.absent_id} {self.substitute_id}"


class Shift(models.Model):
    """A moment that moved, was called off (no `after`) or put back (no `before`): by whom and why,
    and who was told."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="shifts")
    side = models.CharField(_("wie kon niet"), max_length=10, choices=Side.choices, blank=True)
    reason = models.CharField(_("waarom"), max_length=300, blank=True)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    told: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Shift"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.before}"


class Came(models.TextChoices):
    YES = "yes", _("ja, op tijd")
    LATE = "late", _("ja, maar te laat")
    NOT = "not", _("nee")


class Attendance(models.Model):
    """Who was really there. A moment without a teacher says what happened (S5.2)."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="attendance")
    teachers: models.ManyToManyField[User, Any] = models.ManyToManyField(USER, related_name="+")
    came = models.CharField(_("is de partner gekomen"), max_length=5, choices=Came.choices)
    pupils = models.PositiveSmallIntegerField(_("hoeveel leerlingen"), null=True, blank=True)
    note = models.TextField(_("wat moeten we onthouden"), max_length=2000, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Attendance"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.activity_id} {self.came}"


class Pack(models.Model):
    """What somebody from outside has to know before coming. Groups as level and number only."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="pack")
    arrival = models.CharField(_("waar meld je je aan"), max_length=300, blank=True)
    needs = models.TextField(
        _("waarmee houd je rekening in deze groep"), max_length=1000, blank=True
    )
    material = models.TextField(_("wat is er in het lokaal"), max_length=1000, blank=True)
    questions = models.TextField(_("vragen van de leerlingen"), max_length=3000, blank=True)
    contact = models.CharField(_("wie bel je als er iets is"), max_length=200, blank=True)
    # Addresses with a comma between them: several partners may come together.
    sent_to = models.CharField(max_length=1000, blank=True)
    sent_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Pack"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.activity_id}"

    @property
    def texts(self) -> list[str]:
        """What was filled in, in the order of the form."""
        every = (self.arrival, self.contact, self.needs, self.material, self.questions)
        return [text for text in every if text]


class HouseRules(models.Model):
    """What holds for every guest of a school: goes with each information pack."""

    school = models.OneToOneField(School, models.CASCADE, related_name="house_rules")
    text = models.TextField(_("onze huisregels voor wie van buiten komt"), max_length=4000)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["HouseRules"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.school_id}"


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, actor: Actor) -> "IncidentQuerySet":
        """For who leads the school, and for who wrote it while they work there."""
        leads = Q(activity__dossier__school_id__in=actor.schools(LEADS))
        wrote = Q(by_id=actor.uid, activity__dossier__school_id__in=actor.schools())
        return self.filter(leads | wrote)


class Incident(models.Model):
    """Something went wrong. Few people read it; no pupil is named in it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="incidents")
    happened = models.TextField(_("wat is er gebeurd"), max_length=4000)
    done = models.TextField(_("wat is er gedaan"), max_length=4000, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.pk}"
