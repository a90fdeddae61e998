"""The dossier itself: what, with whom, for which groups and goals, and who works on it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerwijzer.access.actor import Actor
from partnerwijzer.authoring.models import SchoolCriteria
from partnerwijzer.frameworks import vocabulary
from partnerwijzer.frameworks.models import FrameworkVersion
from partnerwijzer.goals.models import Goal
from partnerwijzer.organisations.models import AdviserAssignment, School
from partnerwijzer.partners.models import Offer, Partner

USER = settings.AUTH_USER_MODEL


class CooperationKind(models.TextChoices):
    ONE_OFF = "one-off", _("eenmalig")
    STRUCTURAL = "structural", _("structureel: langer of telkens opnieuw")


class Screening(models.TextChoices):
    """How much of the framework is asked; keys and meaning are those of the framework."""

    LIGHT = "light", _("licht: een tiental vragen")
    NORMAL = "normal", _("gewoon: wat er in dit geval toe doet")
    FULL = "full", _("volledig: alle vragen die passen")


class BudgetUnit(models.TextChoices):
    """What the budget of a dossier is for: see dossiers.cost."""

    PUPIL = "pupil", _("per leerling")
    TOTAL = "total", _("voor alles samen")


class DossierState(models.TextChoices):
    OPEN = "open", _("loopt")
    CLOSED = "closed", _("afgerond")
    STOPPED = "stopped", _("gestopt")


class FollowUp(models.TextChoices):
    """What the school chose at the end (gate `closing`: follow-up-chosen)."""

    GO_ON = "go-on", _("verdergaan")
    ADJUST = "adjust", _("aanpassen")
    STOP = "stop", _("stoppen")


class CouncilDuty(models.TextChoices):
    """What the school council must get: the school's own answer, domain.md section 4."""

    UNKNOWN = "", _("nog niet nagegaan")
    NONE = "none", _("niets")
    INFORM = "inform", _("informeren")
    ADVICE = "advice", _("advies vragen")
    CONSULT = "consult", _("overleggen")


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, actor: Actor) -> "DossierQuerySet":
        """Staff of the school, administrators of its board, and advisers who were asked something,
        as long as they are an adviser of that school.

        A member of the school council sees council items only, never the dossier.
        """
        mine = AdviserAssignment.objects.filter(adviser_id=actor.uid, ended_at=None)
        asked = Q(
            pk__in=AdviserQuestion.objects.filter(adviser_id=actor.uid).values("dossier_id"),
            school_id__in=mine.values("school_id"),
        )
        seen = Q(school_id__in=actor.schools())
        if actor.boards:
            seen |= Q(school__board_id__in=actor.boards)
        return self.filter(seen | asked if actor.signed_in else Q(pk=None))


class Dossier(models.Model):
    """A cooperation from wish to experience. `steps` is derived: see dossiers.steps."""

    school = models.ForeignKey(School, models.PROTECT, related_name="dossiers")
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="+")
    own_criteria = models.ForeignKey(
        SchoolCriteria, models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("titel"), max_length=200)
    aim = models.TextField(_("wat willen jullie bereiken"), blank=True)
    kind = models.CharField(_("soort"), max_length=12, choices=CooperationKind.choices)
    screening = models.CharField(max_length=10, choices=Screening.choices, default=Screening.LIGHT)
    themes: models.JSONField[list[str], list[str]] = models.JSONField(
        _("thema’s"), default=list, blank=True
    )
    impact: models.JSONField[list[str], list[str]] = models.JSONField(
        _("bij wie er iets verandert"), default=list, blank=True
    )
    situations: models.JSONField[dict[str, bool], dict[str, bool]] = models.JSONField(
        default=dict, blank=True
    )
    council_duty = models.CharField(
        max_length=10, choices=CouncilDuty.choices, default=CouncilDuty.UNKNOWN, blank=True
    )
    council_reason = models.TextField(blank=True)
    planned_from = models.DateField(_("vanaf"), null=True, blank=True)
    planned_until = models.DateField(_("tot en met"), null=True, blank=True)
    budget = models.DecimalField(
        _("hoeveel mag het kosten"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    budget_unit = models.CharField(
        _("dat bedrag is"), max_length=10, choices=BudgetUnit.choices, default=BudgetUnit.PUPIL
    )
    state = models.CharField(max_length=10, choices=DossierState.choices, default=DossierState.OPEN)
    follow_up = models.CharField(max_length=10, choices=FollowUp.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by"
    )
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    steps: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    objects = DossierQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["school", "state", "-updated_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_from=None)
                | Q(planned_until=None)
                | Q(planned_until__gte=models.F("planned_from")),
                name="dossier_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0), name="dossier_budget_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DossierPartner(models.Model):
    """A partner in a dossier (P4: there may be several), with the offer that it is about."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="partners")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["DossierPartner"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "partner"], name="dossier_partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.partner_id}"


class DossierGroup(models.Model):
    """A group as level, name of the class and number of pupils. Never names of pupils (K6)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="groups")
    level = models.CharField(_("niveau"), max_length=60)
    label = models.CharField(_("klas of groep"), max_length=60, blank=True)
    pupils = models.PositiveSmallIntegerField(_("aantal leerlingen"))
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["DossierGroup"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.pupils})"

    @property
    def in_general(self) -> str:
        """As somebody from outside may know it: the level, and how many."""
        words = ngettext("{level}, {n} leerling", "{level}, {n} leerlingen", self.pupils)
        return words.format(level=self.level_words, n=self.pupils)

    @property
    def level_words(self) -> str:
        return vocabulary.label("education_levels", self.level)

    @property
    def name(self) -> str:
        """How people call the group: its own name, else its level in words."""
        return self.label or self.level_words


def in_general(groups: Iterable[DossierGroup]) -> str:
    """Groups as somebody from outside may know them (domain.md 7.1, D16): levels and numbers."""
    return "; ".join(group.in_general for group in groups)


class DossierGoal(models.Model):
    """An educational goal that the cooperation helps to reach, and what pupils do for it (K1)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="goals")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="+")
    how = models.CharField(_("wat doen leerlingen hiervoor"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["DossierGoal"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "goal"], name="dossier_goal_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.goal_id}"


class Part(models.TextChoices):
    """What somebody does in a dossier."""

    LEAD = "lead", _("trekt het dossier")
    WORKS = "works", _("werkt mee")
    READS_ALONG = "reads-along", _("leest mee")


class DossierMember(models.Model):
    """A colleague with a part in the dossier."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="members")
    user = models.ForeignKey(USER, models.PROTECT, related_name="dossier_parts")
    part = models.CharField(_("rol in dit dossier"), max_length=12, choices=Part.choices)

    objects: ClassVar[models.Manager["DossierMember"]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "user"], name="dossier_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.user_id}"


class AdviserQuestion(models.Model):
    """A question to the anker inside the dossier (N5); that adviser then sees this dossier.

    criterion: the question of the screening that it is about; empty for the dossier as a whole.
    quiet_at: somebody wants no reminder to go.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="adviser_questions")
    criterion = models.CharField(max_length=60, blank=True)
    adviser = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    question = models.TextField(_("je vraag"))
    answer = models.TextField(_("je antwoord"), blank=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    quiet_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["AdviserQuestion"]] = models.Manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["adviser", "dossier"])]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.pk}"
